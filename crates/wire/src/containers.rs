//! References, tuples, and what holds several values.

use crate::value::{Malformed, Put, Reader, Take};

impl<T: Put + ?Sized> Put for &T {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }
}

impl<T: Put + ?Sized> Put for &mut T {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }
}

impl<T: Put + ?Sized> Put for Box<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (**self).put(out);
    }
}

impl<T: Take> Take for Box<T> {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.take().map(Self::new)
    }
}

impl<T: Put> Put for [T] {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|value| value.put(out));
    }
}

impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_slice().put(out);
    }
}

impl<T: Take> Take for Vec<T> {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        (0..from.count()?).map(|_| from.take()).collect()
    }
}

impl<T: Put, const N: usize> Put for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|value| value.put(out));
    }
}

impl<T: Take, const N: usize> Take for [T; N] {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let values = (0..N).map(|_| from.take()).collect::<Result<Vec<T>, _>>()?;
        values.try_into().map_err(|_| Malformed)
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }
}

impl<T: Take> Take for Option<T> {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        if from.take()? { from.take().map(Some) } else { Ok(None) }
    }
}

impl<T: Put, E: Put> Put for Result<T, E> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_ok().put(out);
        match self {
            Ok(value) => value.put(out),
            Err(error) => error.put(out),
        }
    }
}

impl<T: Take, E: Take> Take for Result<T, E> {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        if from.take()? { from.take().map(Ok) } else { from.take().map(Err) }
    }
}

impl Put for str {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_bytes().put(out);
    }
}

impl Put for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_str().put(out);
    }
}

impl Take for String {
    fn take(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let length = from.count()?;
        Self::from_utf8(from.bytes(length)?.to_vec()).map_err(|_| Malformed)
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        #[allow(non_snake_case, reason = "a value is named like its type")]
        impl<$($name: Put),*> Put for ($($name,)*) {
            fn put(&self, _out: &mut Vec<u8>) {
                let ($($name,)*) = self;
                $($name.put(_out);)*
            }
        }

        impl<$($name: Take),*> Take for ($($name,)*) {
            fn take(_from: &mut Reader<'_>) -> Result<Self, Malformed> {
                Ok(($(_from.take::<$name>()?,)*))
            }
        }
    )*};
}

tuples!(()(A)(A B)(A B C)(A B C D)(A B C D E)(A B C D E F)(A B C D E F G)(A B C D E F G H));

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back<T: Put + Take>(value: &T) -> Result<T, Malformed> {
        let mut out = Vec::new();
        value.put(&mut out);
        let mut from = Reader::new(&out);
        let back = from.take();
        from.end().and(back)
    }

    #[test]
    fn nested_values_cross() {
        let value = (vec![Some([1.0, 2.0]), None], Ok::<(), String>(()), Err::<u8, _>("no ✗".to_owned()));
        assert_eq!(there_and_back(&value).as_ref(), Ok(&value));
        assert_eq!(there_and_back(&vec![String::new(); 3]), Ok(vec![String::new(); 3]));
    }
}
