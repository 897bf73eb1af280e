//! The specimens named `tuned` under the paths of their katas, so that `cargo kata compare` can time them without all
//! other specimens.

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra {
    #[path = "vectors/tuned.rs"]
    pub mod vectors;
}
#[cfg(feature = "m08")]
pub mod m08_vision {
    #[path = "blur/tuned.rs"]
    pub mod blur;
    #[path = "edges/tuned.rs"]
    pub mod edges;
}
#[cfg(feature = "m09")]
pub mod m09_convolution {
    #[path = "conv/tuned.rs"]
    pub mod conv;
}
#[cfg(feature = "boss")]
pub mod boss {
    #[path = "pca/tuned.rs"]
    pub mod pca;
}
