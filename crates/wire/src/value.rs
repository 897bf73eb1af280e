//! Values as bytes: little-endian, to the last bit, without names or types.

use std::fmt;

/// A value that can be written down.
pub trait Encode {
    /// Appends it.
    fn encode(&self, out: &mut Vec<u8>);

    /// Appends these, one after the other.
    fn encode_all(values: &[Self], out: &mut Vec<u8>)
    where
        Self: Sized,
    {
        values.iter().for_each(|value| value.encode(out));
    }
}

/// A value that can be read back.
pub trait Decode: Sized {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if these bytes are none.
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed>;

    /// Reads so many.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if these bytes are fewer.
    fn decode_all(count: usize, from: &mut Reader<'_>) -> Result<Vec<Self>, Malformed> {
        (0..count).map(|i| from.at(i, count, Reader::decode)).collect()
    }
}

/// What was lent to be changed, and comes back.
pub trait WriteBack {
    /// Reads what became of it.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if these bytes are no such value.
    fn write_back(self, from: &mut Reader<'_>) -> Result<(), Malformed>;
}

impl<T: Decode> WriteBack for &mut T {
    fn write_back(self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        *self = from.decode()?;
        Ok(())
    }
}

impl<T: Decode> WriteBack for &mut [T] {
    fn write_back(self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        let changed: Vec<T> = from.decode()?;
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
    /// What touches the values as they are read.
    #[cfg(feature = "mutants")]
    pub(crate) hand: Option<&'a mut crate::mutants::Hand>,
}

impl<'a> Reader<'a> {
    /// Reads these.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            left: bytes,
            #[cfg(feature = "mutants")]
            hand: None,
        }
    }

    /// The next value.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there is none.
    pub fn decode<T: Decode>(&mut self) -> Result<T, Malformed> {
        T::decode(self)
    }

    /// That nothing is left over.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there is.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.left.is_empty() { Ok(()) } else { Err(Malformed) }
    }

    /// All that is left.
    #[cfg(feature = "candle")]
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.left)
    }

    /// The next `n` bytes.
    pub(crate) fn bytes(&mut self, n: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, left) = self.left.split_at_checked(n).ok_or(Malformed)?;
        self.left = left;
        Ok(bytes)
    }

    /// A size, which belongs to the form of a value and is no value itself.
    pub(crate) fn size(&mut self) -> Result<usize, Malformed> {
        let bytes = self.bytes(size_of::<u64>())?;
        let size = u64::from_le_bytes(bytes.try_into().map_err(|_| Malformed)?);
        usize::try_from(size).map_err(|_| Malformed)
    }

    /// A byte that belongs to the form of a value, such as the number of a variant.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there is none.
    pub fn byte(&mut self) -> Result<u8, Malformed> {
        Ok(self.bytes(1)?[0])
    }

    /// A bit that belongs to the form of a value.
    pub(crate) fn flag(&mut self) -> Result<bool, Malformed> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }

    /// A number of things, each at least a byte long: no memory is reserved for more than was sent.
    pub(crate) fn count(&mut self) -> Result<usize, Malformed> {
        let count = self.size()?;
        if count <= self.left.len() { Ok(count) } else { Err(Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_cross_to_the_last_bit() {
        let mut out = Vec::new();
        let odd = f64::from_bits(0x7ff8_0000_dead_beef);
        (odd, -0.0_f64, usize::MAX, -3_i32, true, 'é').encode(&mut out);
        let mut from = Reader::new(&out);
        let (a, b, c, d, e, f): (f64, f64, usize, i32, bool, char) = from.decode().unwrap();
        assert_eq!((a.to_bits(), b.to_bits()), (odd.to_bits(), (-0.0_f64).to_bits()));
        assert_eq!((c, d, e, f), (usize::MAX, -3, true, 'é'));
        assert_eq!(from.end(), Ok(()));
        let mut out = Vec::new();
        vec![odd, -0.0, 1.5].encode(&mut out);
        let all: Vec<f64> = Reader::new(&out).decode().unwrap();
        assert_eq!(all.iter().map(|it| it.to_bits()).collect::<Vec<_>>(), [odd, -0.0, 1.5].map(f64::to_bits));
        assert_eq!(from.decode::<u8>(), Err(Malformed));
    }

    #[test]
    fn what_is_no_value_is_rejected() {
        assert_eq!(Reader::new(&[2]).decode::<bool>(), Err(Malformed));
        assert_eq!(Reader::new(&[0, 0xd8, 0, 0]).decode::<char>(), Err(Malformed));
        assert_eq!(Reader::new(&[0; 7]).decode::<f64>(), Err(Malformed));
        // A length that nothing stands behind reserves no memory.
        assert_eq!(Reader::new(&[0xff; 8]).decode::<Vec<f64>>(), Err(Malformed));
        let mut short = Vec::new();
        vec![1.0; 3].encode(&mut short);
        short.pop();
        assert_eq!(Reader::new(&short).decode::<Vec<f64>>(), Err(Malformed));
    }
}
