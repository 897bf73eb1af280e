//! Specimens of the fourth extra milestone.
