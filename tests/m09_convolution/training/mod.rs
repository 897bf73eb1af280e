mod refusals;
mod runs;
mod train;
mod whole;
