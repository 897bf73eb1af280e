//! A constant that takes for ever.
//! dot: does not compile
//! others: does not compile

const FOR_EVER: u64 = {
    let mut n = 0_u64;
    while n < u64::MAX {
        n += 1;
    }
    n
};

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    Ok(FOR_EVER as f64)
}
