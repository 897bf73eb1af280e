//! Numbers, truths and characters.

use crate::value::{Decode, Encode, Malformed, Reader};

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Encode for $number {
            fn encode(&self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
        }

        impl Decode for $number {
            fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
                let bytes = from.bytes(size_of::<$number>())?;
                let mut bytes: [u8; size_of::<$number>()] = bytes.try_into().map_err(|_| Malformed)?;
                from.touch(&mut bytes);
                Ok(Self::from_le_bytes(bytes))
            }
        }
    )*};
}

numbers!(f32, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

impl Encode for f64 {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    /// Compiled here and optimized, not with a learner's code, which is not.
    fn encode_all(values: &[Self], out: &mut Vec<u8>) {
        out.extend(values.iter().flat_map(|number| number.to_le_bytes()));
    }
}

impl Decode for f64 {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let bytes = from.bytes(size_of::<Self>())?;
        let number = Self::from_le_bytes(bytes.try_into().map_err(|_| Malformed)?);
        Ok(from.number(number))
    }

    fn decode_all(count: usize, from: &mut Reader<'_>) -> Result<Vec<Self>, Malformed> {
        if from.touches() {
            return (0..count).map(|i| from.at(i, count, Reader::decode)).collect();
        }
        let bytes = from.bytes(count.checked_mul(size_of::<Self>()).ok_or(Malformed)?)?;
        let (numbers, _) = bytes.as_chunks();
        Ok(numbers.iter().map(|number| Self::from_le_bytes(*number)).collect())
    }
}

impl Encode for usize {
    fn encode(&self, out: &mut Vec<u8>) {
        (*self as u64).encode(out);
    }

    /// Compiled here, as those of `f64`.
    fn encode_all(values: &[Self], out: &mut Vec<u8>) {
        out.extend(values.iter().flat_map(|number| (*number as u64).to_le_bytes()));
    }
}

impl Decode for usize {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let whole = from.size()?;
        Ok(from.whole(whole))
    }

    fn decode_all(count: usize, from: &mut Reader<'_>) -> Result<Vec<Self>, Malformed> {
        if from.touches() {
            return (0..count).map(|i| from.at(i, count, Reader::decode)).collect();
        }
        let bytes = from.bytes(count.checked_mul(size_of::<u64>()).ok_or(Malformed)?)?;
        let (numbers, _) = bytes.as_chunks();
        numbers
            .iter()
            .map(|number| Self::try_from(u64::from_le_bytes(*number)).map_err(|_| Malformed))
            .collect()
    }
}

impl Encode for isize {
    fn encode(&self, out: &mut Vec<u8>) {
        (*self as i64).encode(out);
    }
}

impl Decode for isize {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::try_from(from.decode::<i64>()?).map_err(|_| Malformed)
    }
}

impl Encode for bool {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

impl Decode for bool {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let truth = from.flag()?;
        Ok(from.truth(truth))
    }
}

impl Encode for char {
    fn encode(&self, out: &mut Vec<u8>) {
        u32::from(*self).encode(out);
    }
}

impl Decode for char {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::from_u32(from.decode()?).ok_or(Malformed)
    }
}
