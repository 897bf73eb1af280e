//! candle's own convolution, forwards and backwards.

use candle_core::{Device, Result, Tensor, Var};
use ndarray::{Array, Dimension};

use super::{Case, PADDING};
use crate::numbers::Numbers;

/// Image, kernels and grad_output as candle keeps them. What could not be made rejects to answer.
pub type Tensors = std::result::Result<(Var, Var, Tensor), String>;

pub fn tensors(Case { x, kernels, grad_output }: &Case) -> Tensors {
    let form =
        || Ok((Var::from_tensor(&tensor(x)?)?, Var::from_tensor(&tensor(kernels)?)?, tensor(grad_output)?));
    form().map_err(|error: candle_core::Error| error.to_string())
}

/// One image is a batch of one.
fn tensor<D: Dimension>(array: &Array<f64, D>) -> Result<Tensor> {
    let numbers: Vec<f64> = array.iter().copied().collect();
    let tensor = Tensor::from_vec(numbers, array.shape(), &Device::Cpu)?;
    if array.ndim() == 3 { tensor.unsqueeze(0) } else { Ok(tensor) }
}

pub fn forward(tensors: &Tensors) -> Convolved {
    answered(tensors, |x, kernels, _| Ok(vec![x.conv2d(kernels, PADDING, 1, 1, 1)?]))
}

/// The way there is part of the way back.
pub fn backward(tensors: &Tensors) -> Convolved {
    answered(tensors, |x, kernels, grad_output| {
        let y = x.conv2d(kernels, PADDING, 1, 1, 1)?;
        let found = (y * grad_output)?.sum_all()?.backward()?;
        let of = |var: &Var| found.get(var).cloned().map_or_else(|| var.zeros_like(), Ok);
        Ok(vec![of(x)?, of(kernels)?])
    })
}

fn answered(tensors: &Tensors, ask: impl Fn(&Var, &Var, &Tensor) -> Result<Vec<Tensor>>) -> Convolved {
    let (x, kernels, grad_output) = match tensors {
        Ok(tensors) => tensors,
        Err(rejection) => return Convolved(Err(rejection.clone())),
    };
    Convolved(ask(x, kernels, grad_output).map_err(|error| error.to_string()))
}

/// What came out, read as numbers only when somebody compares.
pub struct Convolved(std::result::Result<Vec<Tensor>, String>);

impl Numbers for Convolved {
    fn numbers(self) -> std::result::Result<Vec<f64>, String> {
        let read = |tensor: &Tensor| tensor.flatten_all()?.to_vec1::<f64>();
        let all = self.0?.iter().map(read).collect::<Result<Vec<_>>>();
        Ok(all.map_err(|error| error.to_string())?.concat())
    }
}
