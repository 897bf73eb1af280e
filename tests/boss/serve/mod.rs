mod answers;
mod app;
mod client;
mod gate;
mod model;
mod refused;
mod serve;
