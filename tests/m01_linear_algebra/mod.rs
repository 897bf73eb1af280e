mod matrices;
mod vectors;
