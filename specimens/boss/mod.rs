//! Specimens of the boss.
