//! Functions written down as mathematics: they can be evaluated, and differentiated exactly.
//!
//! A counterexample then reads `f = sin(x²) + 3x`, and the laws know its derivatives without any difference.

mod bounds;
pub mod draw;
mod write;

use judge::Inputs;

/// A function of x, or of x, y and z.
#[derive(Clone, PartialEq)]
pub enum Expression {
    Number(f64),
    /// x, y or z, counted from 0.
    Variable(usize),
    Sum(Box<Expression>, Box<Expression>),
    Product(Box<Expression>, Box<Expression>),
    Power(Box<Expression>, u8),
    Sin(Box<Expression>),
    Cos(Box<Expression>),
    Exp(Box<Expression>),
}

use Expression::{Cos, Exp, Number, Power, Product, Sin, Sum, Variable};

impl Inputs for Expression {}

impl Expression {
    /// The value at a point.
    pub fn at(&self, x: &[f64]) -> f64 {
        match self {
            Number(number) => *number,
            Variable(i) => x[*i],
            Sum(a, b) => a.at(x) + b.at(x),
            Product(a, b) => a.at(x) * b.at(x),
            Power(base, exponent) => (0..*exponent).fold(1.0, |power, _| power * base.at(x)),
            Sin(of) => of.at(x).sin(),
            Cos(of) => of.at(x).cos(),
            Exp(of) => of.at(x).exp(),
        }
    }

    /// The exact derivative along axis i.
    pub fn derivative(&self, i: usize) -> Self {
        match self {
            Number(_) => Number(0.0),
            Variable(j) => Number(if i == *j { 1.0 } else { 0.0 }),
            Sum(a, b) => sum(a.derivative(i), b.derivative(i)),
            Product(a, b) => {
                sum(product(a.derivative(i), (**b).clone()), product((**a).clone(), b.derivative(i)))
            }
            Power(base, exponent) => {
                let outer = product(Number(f64::from(*exponent)), power((**base).clone(), exponent - 1));
                product(outer, base.derivative(i))
            }
            Sin(of) => product(Cos(of.clone()), of.derivative(i)),
            Cos(of) => product(product(Number(-1.0), Sin(of.clone())), of.derivative(i)),
            Exp(of) => product(self.clone(), of.derivative(i)),
        }
    }

    /// The derivative of this order along axis i.
    pub fn derivative_of_order(&self, order: usize, i: usize) -> Self {
        (0..order).fold(self.clone(), |f, _| f.derivative(i))
    }
}

/// a + b, without zeros.
pub fn sum(a: Expression, b: Expression) -> Expression {
    match (a, b) {
        (Number(a), Number(b)) => Number(a + b),
        (Number(0.0), other) | (other, Number(0.0)) => other,
        (a, b) => Sum(Box::new(a), Box::new(b)),
    }
}

/// a·b, without factors 0 and 1, numbers in front.
pub fn product(a: Expression, b: Expression) -> Expression {
    match (a, b) {
        (Number(a), Number(b)) => Number(a * b),
        (Number(0.0), _) | (_, Number(0.0)) => Number(0.0),
        (Number(1.0), other) | (other, Number(1.0)) => other,
        (Number(a), Product(b, c)) | (Product(b, c), Number(a)) if matches!(*b, Number(_)) => {
            product(product(Number(a), *b), *c)
        }
        (a, b @ Number(_)) => Product(Box::new(b), Box::new(a)),
        (a, b) => Product(Box::new(a), Box::new(b)),
    }
}

/// baseⁿ, where 1 and 2 need no power and 0 gives 1.
pub fn power(base: Expression, exponent: u8) -> Expression {
    match exponent {
        0 => Number(1.0),
        1 => base,
        _ => Power(Box::new(base), exponent),
    }
}
