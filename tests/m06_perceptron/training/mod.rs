mod train;
mod update;
