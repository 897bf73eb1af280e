//! Rejects every request, as most laws of the rejections want it.
//! state: broken
//! slow

pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    Router::new().fallback(|| async { problem(400, "no") })
}
