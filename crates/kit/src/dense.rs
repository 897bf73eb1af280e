use crate::{InputError, Matrix};

/// One layer of a network, from n inputs to k outputs: `z = W·x + b` before the activation function.
///
/// The gradient of a loss with respect to a layer is a `Dense` as well: one slope for each parameter, in its place.
///
/// ```
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::from_rows([[0.5, -1.0]]), bias: vec![0.25] };
/// assert!(layer.accepts(&Matrix::from_rows([[2.0, 1.0], [0.0, 3.0]])).is_ok());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dense {
    /// W: k×n, one output a row.
    pub weights: Matrix,
    /// b: one number an output.
    pub bias: Vec<f64>,
}

impl Dense {
    /// Whether the layer is one, and takes these samples: one a row, n features each.
    ///
    /// # Errors
    ///
    /// * [`InputError::LengthMismatch`] if there is not one bias for each row of weights; `left` counts the rows;
    /// * [`InputError::ShapeMismatch`] if x has not one column for each column of weights; `left` is the shape of x;
    /// * [`InputError::NotFinite`] with `name` `"x"`, `"weights"` or `"bias"`, the first that applies; entries are
    ///   counted row after row.
    pub fn accepts(&self, x: &Matrix) -> Result<(), InputError> {
        let (left, right) = (self.weights.rows(), self.bias.len());
        if left != right {
            return Err(InputError::LengthMismatch { left, right });
        }
        let (left, right) = (x.shape(), self.weights.shape());
        if left.1 != right.1 {
            return Err(InputError::ShapeMismatch { left, right });
        }
        let parts = [("x", x.as_slice()), ("weights", self.weights.as_slice()), ("bias", &self.bias)];
        for (name, values) in parts {
            if let Some(index) = values.iter().position(|v| !v.is_finite()) {
                return Err(InputError::NotFinite { name, index });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_named_the_shapes_first() {
        let layer = Dense { weights: Matrix::from_rows([[1.0, 2.0]]), bias: vec![f64::NAN] };
        let wide = Matrix::zeros(3, 4);
        let rejected = InputError::ShapeMismatch { left: (3, 4), right: (1, 2) };
        assert_eq!(layer.accepts(&wide), Err(rejected));
        let rejected = InputError::NotFinite { name: "bias", index: 0 };
        assert_eq!(layer.accepts(&Matrix::zeros(0, 2)), Err(rejected));
        let rejected = InputError::LengthMismatch { left: 1, right: 2 };
        assert_eq!(Dense { bias: vec![0.0; 2], ..layer }.accepts(&wide), Err(rejected));
    }
}
