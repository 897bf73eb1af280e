//! Writes to where it may not, without a word of `unsafe` in the text of the kata.
//! dot: broken
//! others: holds
//! enforced: the file

mod forbidden {
    pub fn write() {
        unsafe { std::ptr::null_mut::<u64>().wrapping_add(1).write_volatile(1) }
    }
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    forbidden::write();
    Ok(0.0)
}
