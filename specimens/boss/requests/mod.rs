//! Specimens of `requests`.

mod read_request;

pub use crate::reference::boss::requests::{PredictRequest, Rejection};
pub use read_request::read_request;
