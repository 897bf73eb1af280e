//! A right answer.
//! kata: m07_deep_learning/loss/cross_entropy
//! state: holds

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    honest(logits, labels)
}
