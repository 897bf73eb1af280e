/// One block of the parameters, a matrix row after row or a vector as one column, and the gradient claimed for it.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Its name in the formulas: `w`, `b`.
    pub name: &'a str,
    /// Rows and columns; \[n, 1\] for a vector, \[1, 1\] for a number.
    pub shape: [usize; 2],
    /// Where the gradient is taken.
    pub at: &'a [f64],
    /// What was answered.
    pub got: &'a [f64],
}

impl<'a> Block<'a> {
    /// A matrix, row after row.
    #[must_use]
    pub fn matrix(name: &'a str, shape: [usize; 2], at: &'a [f64], got: &'a [f64]) -> Self {
        Self { name, shape, at, got }
    }

    /// A vector.
    #[must_use]
    pub fn vector(name: &'a str, at: &'a [f64], got: &'a [f64]) -> Self {
        Self { name, shape: [at.len(), 1], at, got }
    }

    /// A single number.
    #[must_use]
    pub fn number(name: &'a str, at: &'a f64, got: &'a f64) -> Self {
        Self::vector(name, std::slice::from_ref(at), std::slice::from_ref(got))
    }

    /// The name of entry k: `w[2]`, `w[1,0]`, `b`.
    pub(super) fn entry(&self, k: usize) -> String {
        match self.shape {
            [1, 1] => self.name.to_owned(),
            [_, 1] => format!("{}[{k}]", self.name),
            [_, cols] => format!("{}[{},{}]", self.name, k / cols, k % cols),
        }
    }
}

/// The loss whose gradient is claimed, and what is known of it.
pub struct Loss<'a> {
    /// The loss as a function of all parameters, block after block.
    pub value: &'a dyn Fn(&[f64]) -> f64,
    /// How far rounding may carry one of its values: [`crate::rounding`] of its number of operations and its size.
    pub rounding: f64,
    /// Over how many samples it is averaged; 1 if it is not.
    pub samples: usize,
}
