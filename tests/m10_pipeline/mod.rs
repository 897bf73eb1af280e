mod draw;

mod table;
mod cleaning;
mod splitting;
mod scaling;
mod encoding;
mod model;
mod run;
mod report;
mod laws;
