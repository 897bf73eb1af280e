//! Answers the question for a gradient with one of another shape.
//! kata: m07_deep_learning/loss/cross_entropy
//! state: broken

struct Wrong;

impl candle_core::CustomOp1 for Wrong {
    fn name(&self) -> &'static str {
        "wrong"
    }

    fn cpu_fwd(
        &self,
        storage: &candle_core::CpuStorage,
        layout: &candle_core::Layout,
    ) -> candle_core::Result<(candle_core::CpuStorage, candle_core::Shape)> {
        use candle_core::backend::BackendStorage;
        Ok((storage.try_clone(layout)?, layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, _: &Tensor) -> candle_core::Result<Option<Tensor>> {
        Tensor::zeros(1, x.dtype(), x.device()).map(Some)
    }
}

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    honest(&logits.contiguous()?.apply_op1(Wrong)?, labels)
}
