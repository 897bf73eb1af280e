//! Values that stay with the worker: the laws have a number for each, and ask for it by that number.
//!
//! So a type with methods is called over IPC: what its constructor returns stays where it was made. A number that the laws
//! have dropped is given back with a later call.

#[cfg(feature = "proxy")]
mod held;
mod part;
#[cfg(not(feature = "proxy"))]
mod store;

#[cfg(all(feature = "candle", feature = "proxy"))]
pub(crate) use held::Held;
#[cfg(feature = "proxy")]
pub use held::Object;
#[cfg(feature = "proxy")]
pub(crate) use held::{Dropped, asks};
#[cfg(feature = "candle")]
pub(crate) use part::SharedPart;
#[cfg(not(feature = "proxy"))]
pub(crate) use store::release;
#[cfg(all(feature = "candle", not(feature = "proxy")))]
pub(crate) use store::{find, keep_as, share};
#[cfg(not(feature = "proxy"))]
pub use store::{keep, object};

/// What the laws call to give numbers back,
pub(crate) const RELEASE: &str = "wire/release";
/// and to ask for gradients.
#[cfg(feature = "candle")]
pub(crate) const GRADIENTS: &str = "wire/gradients";
/// The function that stands for the laws' own gradients: no law gives so many.
#[cfg(feature = "candle")]
pub(crate) const GRADIENTS_OF_THE_LAWS: usize = usize::MAX;
/// What the laws call to ask a function of the kata's, given to one of theirs.
pub const FUNCTION: &str = "wire/function";
