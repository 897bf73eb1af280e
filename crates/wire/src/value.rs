//! Values as bytes: little-endian, to the last bit, without names or types.

use std::fmt;

/// A value that can be written down.
pub trait Put {
    /// Appends it.
    fn put(&self, out: &mut Vec<u8>);
}

/// A value that can be read back.
pub trait Take: Sized {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if these bytes are none.
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed>;
}

/// What was lent to be changed, and comes back.
pub trait Back {
    /// Reads what became of it.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if these bytes are no such value.
    fn back(self, from: &mut Reader<'_>) -> Result<(), Malformed>;
}

impl<T: Take> Back for &mut T {
    fn back(self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = from.take()?;
        Ok(())
    }
}

impl<T: Take> Back for &mut [T] {
    fn back(self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        let changed: Vec<T> = from.take()?;
        if changed.len() != self.len() {
            return Err(Malformed);
        }
        self.iter_mut().zip(changed).for_each(|(place, value)| *place = value);
        Ok(())
    }
}

/// The bytes are not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "these bytes are not such a value")
    }
}

impl std::error::Error for Malformed {}

/// Bytes that are read from the front.
#[derive(Debug)]
pub struct Reader<'a> {
    left: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads these.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    /// The next value.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there is none.
    pub fn take<T: Take>(&mut self) -> Result<T, Malformed> {
        T::take(self)
    }

    /// That nothing is left over.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there is.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.left.is_empty() { Ok(()) } else { Err(Malformed) }
    }

    /// The next `n` bytes.
    pub(crate) fn bytes(&mut self, n: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, left) = self.left.split_at_checked(n).ok_or(Malformed)?;
        self.left = left;
        Ok(bytes)
    }

    /// A number of things, each at least a byte long: nobody makes us reserve memory for more than was sent.
    pub(crate) fn count(&mut self) -> Result<usize, Malformed> {
        let count = self.take::<usize>()?;
        if count <= self.left.len() { Ok(count) } else { Err(Malformed) }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Put for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }

        impl Take for $number {
            fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
                let bytes = from.bytes(size_of::<$number>())?;
                Ok(Self::from_le_bytes(bytes.try_into().map_err(|_| Malformed)?))
            }
        }
    )*};
}

numbers!(f64, f32, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

impl Put for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }
}

impl Take for usize {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::try_from(from.take::<u64>()?).map_err(|_| Malformed)
    }
}

impl Put for isize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as i64).put(out);
    }
}

impl Take for isize {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::try_from(from.take::<i64>()?).map_err(|_| Malformed)
    }
}

impl Put for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

impl Take for bool {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        match from.take::<u8>()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }
}

impl Put for char {
    fn put(&self, out: &mut Vec<u8>) {
        u32::from(*self).put(out);
    }
}

impl Take for char {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::from_u32(from.take()?).ok_or(Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_cross_to_the_last_bit() {
        let mut out = Vec::new();
        let odd = f64::from_bits(0x7ff8_0000_dead_beef);
        (odd, -0.0_f64, usize::MAX, -3_i32, true, 'é').put(&mut out);
        let mut from = Reader::new(&out);
        let (a, b, c, d, e, f): (f64, f64, usize, i32, bool, char) = from.take().unwrap();
        assert_eq!((a.to_bits(), b.to_bits()), (odd.to_bits(), (-0.0_f64).to_bits()));
        assert_eq!((c, d, e, f), (usize::MAX, -3, true, 'é'));
        assert_eq!(from.end(), Ok(()));
        assert_eq!(from.take::<u8>(), Err(Malformed));
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(Reader::new(&[2]).take::<bool>(), Err(Malformed));
        assert_eq!(Reader::new(&[0, 0xd8, 0, 0]).take::<char>(), Err(Malformed));
        assert_eq!(Reader::new(&[0; 7]).take::<f64>(), Err(Malformed));
        // A length that nothing stands behind reserves no memory.
        assert_eq!(Reader::new(&[0xff; 8]).take::<Vec<f64>>(), Err(Malformed));
    }
}
