//! Inputs to draw. Most are eighths: exact in `f64`, so sums and products of a few are exact too, and a
//! counterexample shrinks to `0.125`, not to `496.9426250137177`. The others reach through the whole range: [`wide`](fn@wide),
//! [`size`] and what is made of them.

mod kinds;
mod number;
mod part;
mod sized;
mod small;
mod wide;

pub use kinds::{Numbers, kinds, numbers};
pub use part::{InputPart, part, select, vec};
pub use sized::{many, place, several, sizes, unequal_lengths};
pub use small::{
    angle, any_matrix, eighth, entry, matrix, nonzero, not_finite, one_not_finite, seed, unequal_vectors,
    vector, vectors,
};
pub use wide::{
    entries, fine, length, magnitude, matrix_of, size, wide, wide_matrix, wide_vector, wide_vectors,
};
