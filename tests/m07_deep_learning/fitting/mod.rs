mod fit;
mod runs;
