mod evaluate;
mod runs;
mod train;
