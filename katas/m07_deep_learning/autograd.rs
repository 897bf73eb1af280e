//! Automatic differentiation (autograd): a scalar that records its computation graph and backpropagates through it.

use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;

/// One node of a computation graph: what a [`Value`] points to.
pub struct Node {
    /// The number.
    pub data: f64,
    /// The gradient: the partial derivative of the result with respect to this number, as the last
    /// [`Value::backward`] left it.
    pub grad: Cell<f64>,
    /// The numbers from which it was computed, each with the local derivative of this one with respect to it.
    pub parents: Vec<(Value, f64)>,
}

/// A scalar with reverse-mode automatic differentiation: what candle's and PyTorch's `backward` do, for single
/// numbers.
///
/// Each operation makes a new value that points to those it was computed from. So a result holds its *computation
/// graph*, in which a number may be used many times. `backward` walks the graph from the result to the leaves and
/// applies the chain rule:
///
/// ```formula
/// ∂r/∂r = 1        ∂r/∂v = Σ ∂r/∂u · ∂u/∂v    over all u that were computed from v directly
/// ```
///
/// * A clone is the same node of the graph, not a copy of the number.
/// * Nothing is rejected: a NaN propagates.
/// * For a graph of n operations `backward` takes time proportional to n, however often its numbers are used again.
///   The graph may be some thousand operations deep.
///
/// ```
/// # use katas::m07_deep_learning::autograd::Value;
/// let (x, y) = (Value::new(3.0), Value::new(-2.0));
/// let r = x.times(&x).plus(&x.times(&y)); // x² + x·y
/// r.backward();
/// assert_eq!((r.data(), x.grad(), y.grad()), (3.0, 4.0, 3.0));
/// ```
///
/// In Python: `x = torch.tensor(3.0, requires_grad=True)`, then `r.backward()` and `x.grad`; PyTorch adds to `x.grad`
/// at each call until it is set to zero.
///
/// Source: Baydin, Pearlmutter, Radul and Siskind, *Automatic Differentiation in Machine Learning: a Survey*, JMLR 18
/// (2018), §3.2.
#[derive(Clone)]
pub struct Value(pub Rc<Node>);

impl Value {
    /// A leaf of the graph: a number that was not computed from others. Its gradient is 0.
    pub fn new(data: f64) -> Self {
        todo!()
    }

    /// The number.
    pub fn data(&self) -> f64 {
        todo!()
    }

    /// The gradient ∂r/∂(this number) for the last r whose `backward` reached it; 0 if none did.
    pub fn grad(&self) -> f64 {
        todo!()
    }

    /// The sum of this number and another.
    pub fn plus(&self, other: &Self) -> Self {
        todo!()
    }

    /// The product of this number and another.
    pub fn times(&self, other: &Self) -> Self {
        todo!()
    }

    /// The hyperbolic tangent of this number.
    pub fn tanh(&self) -> Self {
        todo!()
    }

    /// Backpropagates: sets the gradient of this number and of all that it was computed from, directly or not, to the
    /// partial derivative of this number with respect to them. Gradients of earlier calls are overwritten, not
    /// accumulated.
    pub fn backward(&self) {
        todo!()
    }
}
