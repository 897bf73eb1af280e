//! Answers with more numbers than any message may have.
//! kata: m07_deep_learning/loss/cross_entropy
//! state: broken

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    Ok(Tensor::zeros(1 << 24, candle_core::DType::F64, logits.device())?)
}
