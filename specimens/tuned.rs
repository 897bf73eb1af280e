//! The specimens named `tuned` under the paths of their katas, so that `cargo kata compare` can time them without all
//! other specimens.

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra {
    #[path = "vectors/tuned.rs"]
    pub mod vectors;
}
