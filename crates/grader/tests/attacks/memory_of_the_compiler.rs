//! A table that takes all the memory of the compiler, so that the machine seems to be at fault.
//! dot: does not compile
//! others: does not compile

static TABLE: [u64; 1 << 34] = [1; 1 << 34];

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    Ok(TABLE[x.len()] as f64)
}
