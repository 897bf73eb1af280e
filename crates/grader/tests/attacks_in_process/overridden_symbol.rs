//! Puts a function of its own in the place of the system's.
//! scanned: against the rules
//! unscanned: does not compile
//! channel: broken
//! enforced: the file
//! others: any

#[unsafe(no_mangle)]
pub extern "C" fn write(descriptor: i32, bytes: *const u8, length: usize) -> isize {
    length as isize
}

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    Ok(Tensor::new(0.0, logits.device())?)
}
