use kit::{InputError, Matrix};

/// An answer as plain numbers, so that answers of different types can be compared.
pub trait Numbers {
    /// All numbers in a fixed order, or the rejection in words.
    fn numbers(self) -> Result<Vec<f64>, String>;
}

impl Numbers for f64 {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok(vec![self])
    }
}

impl Numbers for Vec<f64> {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok(self)
    }
}

/// Weights and an intercept, the intercept last.
impl Numbers for (Vec<f64>, f64) {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok([self.0, vec![self.1]].concat())
    }
}

impl Numbers for Matrix {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok(self.as_slice().to_vec())
    }
}

impl<T: Numbers> Numbers for Result<T, InputError> {
    fn numbers(self) -> Result<Vec<f64>, String> {
        self.map_err(|rejection| format!("Err({rejection:?})"))?.numbers()
    }
}

#[cfg(any(feature = "m01", feature = "m08", feature = "m09"))]
impl<D: ndarray::Dimension> Numbers for ndarray::Array<f64, D> {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok(self.iter().copied().collect())
    }
}

/// 1 for true.
#[cfg(feature = "m08")]
impl<D: ndarray::Dimension> Numbers for ndarray::Array<bool, D> {
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok(self.iter().map(|&is| f64::from(u8::from(is))).collect())
    }
}

/// Row after row, whichever way nalgebra keeps it.
#[cfg(feature = "m01")]
impl<R: nalgebra::Dim, C: nalgebra::Dim, S: nalgebra::RawStorage<f64, R, C>> Numbers
    for nalgebra::Matrix<f64, R, C, S>
{
    fn numbers(self) -> Result<Vec<f64>, String> {
        Ok((0..self.nrows())
            .flat_map(|i| (0..self.ncols()).map(move |j| (i, j)))
            .map(|ij| self[ij])
            .collect())
    }
}
