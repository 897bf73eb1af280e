//! Takes all the memory there is.
//! dot: broken
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    let mut all = Vec::new();
    loop {
        all.push(vec![1_u8; 1 << 20]);
        if all.len() > 100_000 {
            return Ok(all[x.len()][y.len()].into());
        }
    }
}
