mod evaluate;
mod readers;
mod train;
pub mod costs;
