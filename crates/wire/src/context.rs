//! Without tensors the two ends of a call have nothing in common but its values.

use crate::value::Encode;
#[cfg(feature = "proxy")]
use crate::value::{Malformed, Reader};

pub(crate) fn enter() {}

pub(crate) fn leave() {}

pub(crate) fn put_changes(out: &mut Vec<u8>) {
    0_usize.encode(out);
}

#[cfg(feature = "proxy")]
pub(crate) fn take_changes(from: &mut Reader<'_>) -> Result<(), Malformed> {
    if from.count()? == 0 { Ok(()) } else { Err(Malformed) }
}
