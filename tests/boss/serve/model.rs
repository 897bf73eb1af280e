//! A model to serve, small enough to follow by hand.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use katas::boss::serve::{Limits, app};
use kit::{Classifier, Matrix, Softmax};

use super::client::start;

/// Three classes of two numbers: z = x, y, 0.
pub fn model() -> Softmax {
    Softmax {
        weights: Matrix::from_rows([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
        intercepts: vec![0.0; 3],
        classes: ["east", "north", "home"].map(ToOwned::to_owned).to_vec(),
    }
}

/// A model of one number and two classes that loses the first probability where the number is large, and the other one where
/// it is far below 0.
pub struct HalfLost(pub Vec<String>);

impl Classifier for HalfLost {
    fn features(&self) -> usize {
        1
    }

    fn classes(&self) -> &[String] {
        &self.0
    }

    fn probabilities(&self, sample: &[f64]) -> Vec<f64> {
        [sample[0] > 1e6, sample[0] < -1e6].map(|is_lost| if is_lost { f64::NAN } else { 0.5 }).to_vec()
    }
}

/// A body of 500 bytes, three samples, and a second to send them.
pub const LIMITS: Limits = Limits { body: 500, samples: 3, timeout: Duration::from_millis(1000) };

/// The kata's service, started on the first call.
pub fn served() -> SocketAddr {
    static SERVED: OnceLock<SocketAddr> = OnceLock::new();
    *SERVED.get_or_init(|| start(app(Arc::new(model()), LIMITS)))
}
