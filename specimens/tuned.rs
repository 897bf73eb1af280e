//! The specimens named `tuned` under the paths of their katas, so that `cargo kata compare` can time them without all
//! other specimens.

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra {
    #[cfg(feature = "m01")]
    #[path = "matrices/tuned.rs"]
    pub mod matrices;
    #[path = "vectors/tuned.rs"]
    pub mod vectors;
}
#[cfg(feature = "m02")]
pub mod m02_statistics {
    #[path = "order_statistics/tuned.rs"]
    pub mod order_statistics;
}
#[cfg(feature = "m04")]
pub mod m04_ml_from_scratch {
    #[path = "linear/tuned.rs"]
    pub mod linear;
    #[path = "logistic/tuned.rs"]
    pub mod logistic;
    #[path = "metrics/tuned.rs"]
    pub mod metrics;
    #[path = "multinomial/tuned.rs"]
    pub mod multinomial;
}
#[cfg(feature = "m05")]
pub mod m05_classifiers {
    #[path = "neighbours/tuned.rs"]
    pub mod neighbours;
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
