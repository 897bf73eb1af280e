//! Katas: learn machine learning in Rust, from dot products to a deployed convolutional network.
//!
//! Every function below is yours to write (the default), or the reference (`--features solutions`), or one of its
//! right and wrong variants (`--features specimens` and `mutants`), or a proxy that asks a process of its own (`--features proxy`, for
//! the grader). The paths are the same in all of them, so one set of laws judges them all.

/// A hash of the texts, set by `cargo kata`: where it differs from that of the last build, all this is compiled anew,
/// even if a text is older than what was made of the last one.
const _: Option<&str> = option_env!("KATAS_TEXT");

#[cfg(feature = "proxy")]
#[allow(unused, missing_docs, reason = "printed by the grader from stubs that have both")]
mod chosen {
    include!(env!("KATAS_PROXY"));
}

#[cfg(feature = "mutants")]
#[allow(unused, missing_docs, reason = "printed from outlines that have both")]
mod chosen {
    include!(env!("KATAS_MUTANTS"));
}

#[cfg(not(any(feature = "solutions", feature = "specimens", feature = "proxy", feature = "mutants")))]
#[path = "mod.rs"]
#[allow(
    missing_docs,
    unused,
    reason = "a stub does not use its arguments and imports yet, and documentation is no learner's duty"
)]
mod chosen;

#[cfg(feature = "specimens")]
#[path = "../specimens/mod.rs"]
mod specimens;

#[cfg(all(feature = "specimens", not(feature = "mutants")))]
use specimens as chosen;

/// The reference: chosen itself, or next to whatever was chosen, for specimens and for comparisons.
#[cfg(any(feature = "solutions", feature = "specimens", feature = "compare", feature = "mutants"))]
#[path = "../solutions/mod.rs"]
#[doc(hidden)]
pub mod reference;

/// The specimens named `tuned`, written for speed: next to the reference in a comparison.
#[cfg(feature = "compare")]
#[path = "../specimens/tuned.rs"]
#[doc(hidden)]
#[allow(
    clippy::duplicate_mod,
    reason = "with the feature specimens the same files stand among those as well"
)]
pub mod tuned;

#[cfg(all(feature = "solutions", not(feature = "specimens")))]
use reference as chosen;

pub use chosen::*;
