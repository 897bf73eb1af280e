//! A macro that doubles itself.
//! dot: does not compile
//! others: does not compile

macro_rules! twice {
    ($($any:tt)*) => { twice!($($any)* $($any)* x) };
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    twice!(x)
}
