//! Specimens of milestone 4.
