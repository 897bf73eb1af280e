//! Gives a graph of its own: right numbers, and a gradient that is no gradient of theirs.
//! kata: m07_deep_learning/loss/cross_entropy
//! state: broken

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    let right = honest(logits, labels)?.detach();
    let wrong = logits.sum_all()?;
    Ok((right + (&wrong - wrong.detach())?)?)
}
