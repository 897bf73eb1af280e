//! Never answers a request.
//! state: broken
//! slow

pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    Router::new().fallback(|| async {
        while std::hint::black_box(true) {}
        "never"
    })
}
