mod fit;
mod runs;
mod whole;
