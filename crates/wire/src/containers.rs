//! References, tuples, and what holds several values.

use crate::value::{Decode, Encode, Malformed, Reader};

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
}

impl<T: Encode + ?Sized> Encode for &mut T {
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.decode().map(Self::new)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, out: &mut Vec<u8>) {
        self.len().encode(out);
        T::encode_all(self, out);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_slice().encode(out);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = from.count()?;
        T::decode_all(count, from)
    }
}

impl<T: Encode, const N: usize> Encode for [T; N] {
    fn encode(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|value| value.encode(out));
    }
}

impl<T: Decode, const N: usize> Decode for [T; N] {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let values = (0..N).map(|_| from.decode()).collect::<Result<Vec<T>, _>>()?;
        values.try_into().map_err(|_| Malformed)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.is_some().encode(out);
        if let Some(value) = self {
            value.encode(out);
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        if from.flag()? { from.decode().map(Some) } else { Ok(None) }
    }
}

impl<T: Encode, E: Encode> Encode for Result<T, E> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.is_ok().encode(out);
        match self {
            Ok(value) => value.encode(out),
            Err(error) => error.encode(out),
        }
    }
}

impl<T: Decode, E: Decode> Decode for Result<T, E> {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        if from.flag()? { from.decode().map(Ok) } else { from.untouched(Reader::decode).map(Err) }
    }
}

impl Encode for str {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_bytes().encode(out);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut Vec<u8>) {
        self.as_str().encode(out);
    }
}

impl Decode for String {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let length = from.count()?;
        Self::from_utf8(from.bytes(length)?.to_vec()).map_err(|_| Malformed)
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        #[allow(non_snake_case, reason = "a value is named like its type")]
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            fn encode(&self, _out: &mut Vec<u8>) {
                let ($($name,)*) = self;
                $($name.encode(_out);)*
            }
        }

        impl<$($name: Decode),*> Decode for ($($name,)*) {
            fn decode(_from: &mut Reader<'_>) -> Result<Self, Malformed> {
                Ok(($(_from.decode::<$name>()?,)*))
            }
        }
    )*};
}

tuples!(()(A)(A B)(A B C)(A B C D)(A B C D E)(A B C D E F)(A B C D E F G)(A B C D E F G H));

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back<T: Encode + Decode>(value: &T) -> Result<T, Malformed> {
        let mut out = Vec::new();
        value.encode(&mut out);
        let mut from = Reader::new(&out);
        let back = from.decode();
        from.end().and(back)
    }

    #[test]
    fn nested_values_cross() {
        let value = (vec![Some([1.0, 2.0]), None], Ok::<(), String>(()), Err::<u8, _>("no ✗".to_owned()));
        assert_eq!(there_and_back(&value).as_ref(), Ok(&value));
        assert_eq!(there_and_back(&vec![String::new(); 3]), Ok(vec![String::new(); 3]));
    }
}
