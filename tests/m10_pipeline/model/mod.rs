mod evaluate;
mod train;
