//! Between the laws' plain numbers and candle's tensors.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarMap;
use judge::{Answer, Broken};
use kit::Matrix;

/// The matrix as a tensor of 64-bit numbers.
pub fn tensor(m: &Matrix) -> Tensor {
    Tensor::from_slice(m.as_slice(), m.shape(), &Device::Cpu).expect("a matrix holds rows times columns")
}

/// All numbers of a tensor, the last index running fastest.
pub fn numbers(call: &str, t: &Tensor) -> Result<Vec<f64>, Broken> {
    let flat = t.flatten_all().and_then(|flat| flat.to_dtype(DType::F64)?.to_vec1());
    flat.accepted(call)
}

/// A tensor of rows and columns as a matrix.
pub fn matrix(call: &str, t: &Tensor) -> Result<Matrix, Broken> {
    let (rows, cols) = t.dims2().accepted(call)?;
    Matrix::new(rows, cols, numbers(call, t)?).accepted(call)
}

/// The names of the variables in alphabetical order, each with its tensor: not a copy, the variable itself.
pub fn sorted(variables: &VarMap) -> Vec<(String, candle_core::Var)> {
    let held = variables.data().lock().expect("the lock is free");
    let mut sorted: Vec<_> = held.iter().map(|(name, var)| (name.clone(), var.clone())).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted
}

/// Sets a variable to these numbers.
pub fn set(var: &candle_core::Var, to: &[f64]) {
    let new = Tensor::from_slice(to, var.dims(), &Device::Cpu).and_then(|new| new.to_dtype(var.dtype()));
    new.and_then(|new| var.set(&new)).expect("a variable takes as many numbers as it holds");
}
