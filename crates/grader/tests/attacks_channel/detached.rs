//! Cuts the graph: the number is right, and nothing can be learned from it.
//! kata: m07_deep_learning/loss/cross_entropy
//! state: broken

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    Ok(honest(logits, labels)?.detach())
}
