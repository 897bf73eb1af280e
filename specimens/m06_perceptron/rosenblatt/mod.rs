//! Specimens of `rosenblatt`.

mod perceptron_fit;

pub use perceptron_fit::perceptron_fit;
