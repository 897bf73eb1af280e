//! Names that live as long as the program, as the kit's errors hold them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::value::{Decode, Malformed, Reader};

/// No name that the kit's errors hold is longer.
const LONGEST: usize = 1024;
/// What all of them together may take: names are never given back.
const MOST: usize = 10_000;

impl Decode for &'static str {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        static KNOWN: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
        let name: String = from.decode()?;
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = known.get(name.as_str()) {
            return Ok(name);
        }
        if name.len() > LONGEST || known.len() >= MOST {
            return Err(Malformed);
        }
        let name: &'static str = Box::leak(name.into_boxed_str());
        known.insert(name);
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Encode;

    #[test]
    fn a_name_is_kept_once() {
        let mut out = Vec::new();
        ("learning_rate", "learning_rate").encode(&mut out);
        let (a, b): (&'static str, &'static str) = Reader::new(&out).decode().unwrap();
        assert_eq!((a, a.as_ptr()), ("learning_rate", b.as_ptr()));
        let mut out = Vec::new();
        "x".repeat(LONGEST + 1).encode(&mut out);
        assert_eq!(Reader::new(&out).decode::<&'static str>(), Err(Malformed));
    }
}
