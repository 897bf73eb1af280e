//! How a trusted law asks a kata that runs in an untrusted process.
//!
//! ```text
//!   laws ──▶ proxy ──▶ pipes ──▶ worker ──▶ the learner's kata
//!              ▲                                  │
//!              └────── a function it was given ◀──┘
//! ```
//!
//! The laws link a `proxy` of each kata: the same name and signature, with a body that sends the arguments away and
//! waits. A [`worker`] holds the learner's code and answers. Who wrote the worker's code may send any bytes whatever:
//! the laws' end bounds what it reads, trusts no length, and waits no longer than the law allows.
//!
//! Values are sent to the last bit: [`Encode`] writes one down, [`Decode`] reads it back. The implementations for the kit's
//! plain types are derived from its source by `build.rs`.

mod containers;
mod channel;
#[cfg(not(feature = "candle"))]
mod context;
mod files;
#[cfg(feature = "opencv")]
mod images;
mod kept;
mod kit_types;
#[cfg(any(feature = "nalgebra", feature = "ndarray"))]
mod linear_algebra;
#[cfg(feature = "mutants")]
pub mod mutants;
mod names;
mod numbers;
mod places;
#[cfg(feature = "proxy")]
mod pool;
#[cfg(feature = "proxy")]
pub mod proxy;
#[cfg(feature = "candle")]
mod tensors;
mod touch;
mod trees;
mod value;
pub mod worker;

#[cfg(feature = "candle")]
use tensors as context;

pub use channel::{Message, receive, send};
pub use kept::FUNCTION;
#[cfg(feature = "proxy")]
pub use kept::Object;
#[cfg(not(feature = "proxy"))]
pub use kept::{keep, object};
#[cfg(feature = "ndarray")]
pub use linear_algebra::{Strided, write_back_into_view};
pub use places::{LentPath, LentPaths};
#[cfg(feature = "proxy")]
pub use places::{put_place, put_places, take_place};
#[cfg(all(feature = "candle", not(feature = "proxy")))]
pub use tensors::{GivenOptimizer, put_own_variables};
#[cfg(all(feature = "candle", feature = "proxy"))]
pub use tensors::{optimize, own_variables};
pub use value::{Decode, Encode, Malformed, Reader, WriteBack};
