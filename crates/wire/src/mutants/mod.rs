//! Systematic mutants: the reference with its arguments or its answer touched on the way, in one of the ways in which
//! plausible programs are wrong beyond what a careless law draws. The form of the values decides which ways there are.
//!
//! The variable `KATAS_MUTANT` names the kata and the kind, as `m01_linear_algebra/vectors/norm tiny_dropped`. The kind
//! `probe` changes nothing. What was seen on the way is appended to the file that `KATAS_MUTANT_SEEN` names, so that
//! who judges the laws knows which kinds there are for a kata, and whether a mutant ever had something to change.

mod call;
mod hand;
mod kind;
mod outline;
mod seen;

#[cfg(feature = "ndarray")]
pub use call::write_back_into_view;
pub use call::{Call, is_asked, write_back};
pub use hand::Hand;
pub use kind::{KINDS, MutantKind, Side};
