mod evaluate;
mod readers;
mod train;
mod costs;
