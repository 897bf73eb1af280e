//! Specimens of milestone 9.
