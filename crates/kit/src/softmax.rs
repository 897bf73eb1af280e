use crate::{InputError, Matrix};

/// What distinguishes classes and can be served: numbers in, one probability per class out.
pub trait Classifier: Send + Sync {
    /// How many numbers a sample has.
    fn features(&self) -> usize;

    /// What the classes are called.
    fn classes(&self) -> &[String];

    /// The probability of each class for one sample of [`features`](Self::features) numbers. Where numbers are too
    /// large to calculate with, some are NaN.
    fn probabilities(&self, sample: &[f64]) -> Vec<f64>;
}

/// A fitted softmax regression: p = softmax(W·x + b).
///
/// ```
/// # use kit::{Classifier, Matrix, Softmax};
/// let model = Softmax {
///     weights: Matrix::from_rows([[1.0], [-1.0]]),
///     intercepts: vec![0.0, 0.0],
///     classes: vec!["up".to_owned(), "down".to_owned()],
/// };
/// assert_eq!(model.probabilities(&[0.0]), [0.5, 0.5]);
/// assert_eq!(model.probabilities(&[500.0]), [1.0, 0.0]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Softmax {
    /// W: one class a row, one feature a column.
    pub weights: Matrix,
    /// b: one number a class.
    pub intercepts: Vec<f64>,
    /// What the classes are called.
    pub classes: Vec<String>,
}

impl Softmax {
    /// A model whose parts fit together.
    ///
    /// # Errors
    ///
    /// [`InputError::LengthMismatch`] if there is not one intercept and one name a row of `weights`; `left` is the
    /// number of rows. [`InputError::TooFew`] if there is no class.
    pub fn new(weights: Matrix, intercepts: Vec<f64>, classes: Vec<String>) -> Result<Self, InputError> {
        for right in [intercepts.len(), classes.len()] {
            let left = weights.rows();
            if left != right {
                return Err(InputError::LengthMismatch { left, right });
            }
        }
        if classes.is_empty() {
            return Err(InputError::TooFew { got: 0, wanted: 1 });
        }
        Ok(Self { weights, intercepts, classes })
    }
}

impl Classifier for Softmax {
    fn features(&self) -> usize {
        self.weights.cols()
    }

    fn classes(&self) -> &[String] {
        &self.classes
    }

    fn probabilities(&self, sample: &[f64]) -> Vec<f64> {
        let logit = |c: usize| {
            let products = self.weights.row(c).iter().zip(sample).map(|(w, x)| w * x);
            products.sum::<f64>() + self.intercepts[c]
        };
        let z: Vec<f64> = (0..self.intercepts.len()).map(logit).collect();
        let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
        let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
        let sum: f64 = powers.iter().sum();
        powers.iter().map(|power| power / sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_do_not_fit_are_rejected() {
        let names = vec!["a".to_owned(), "b".to_owned()];
        let rejected = Softmax::new(Matrix::zeros(2, 3), vec![0.0; 3], names.clone());
        assert_eq!(rejected, Err(InputError::LengthMismatch { left: 2, right: 3 }));
        let fits = Softmax::new(Matrix::zeros(2, 3), vec![0.0; 2], names);
        assert!(fits.is_ok_and(|model| model.features() == 3 && model.classes().len() == 2));
    }

    #[test]
    fn too_large_numbers_show_as_nan() {
        let weights = Matrix::from_rows([[1e200, 1e200], [-1e200, 1e200]]);
        let model = Softmax { weights, intercepts: vec![0.0; 2], classes: vec![String::new(); 2] };
        assert!(model.probabilities(&[1e200, -1e200]).iter().any(|p| p.is_nan()));
    }
}
