//! Wants more memory than there is.
//! scanned: broken
//! channel: broken

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    let all = std::hint::black_box(vec![1_u8; 1 << 40]);
    Ok(Tensor::new(all.len() as f64, logits.device())?)
}
