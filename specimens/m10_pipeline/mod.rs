//! Specimens of milestone 10.
