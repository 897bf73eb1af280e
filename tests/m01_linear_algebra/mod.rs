mod eigen;
mod laws;
mod vectors;
