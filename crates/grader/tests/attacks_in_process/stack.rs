//! Calls itself without end.
//! scanned: broken
//! channel: broken

fn deeper(n: u64) -> u64 {
    std::hint::black_box([n; 64]);
    1 + deeper(n + 1)
}

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    Ok(Tensor::new(deeper(labels.len() as u64) as f64, logits.device())?)
}
