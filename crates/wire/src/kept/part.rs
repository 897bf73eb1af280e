use std::fmt;

#[cfg(feature = "proxy")]
use crate::value::Encode;
#[cfg(not(feature = "proxy"))]
use crate::value::{Malformed, Reader};

/// What both ends have of an object that stays with the worker: its variables.
pub(crate) trait SharedPart: fmt::Debug {
    /// Sends it with a call of the object, as it is now.
    #[cfg(feature = "proxy")]
    fn put(&self, out: &mut Vec<u8>);

    /// Sets it as it was sent.
    #[cfg(not(feature = "proxy"))]
    fn take(&self, from: &mut Reader<'_>) -> Result<(), Malformed>;
}

/// Most objects have none.
impl SharedPart for () {
    #[cfg(feature = "proxy")]
    fn put(&self, out: &mut Vec<u8>) {
        0_usize.encode(out);
    }

    #[cfg(not(feature = "proxy"))]
    fn take(&self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        if from.count()? == 0 { Ok(()) } else { Err(Malformed) }
    }
}
