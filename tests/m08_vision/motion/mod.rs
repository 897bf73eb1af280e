mod definition;
mod optical_flow;
mod scenes;
