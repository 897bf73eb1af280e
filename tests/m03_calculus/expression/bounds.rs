use super::Expression::{self, Cos, Exp, Number, Power, Product, Sin, Sum, Variable};

/// The unit roundoff: one operation errs by at most this share of its result.
const U: f64 = f64::EPSILON / 2.0;

impl Expression {
    /// How far the computed value at a point may lie from the true one, by running error analysis: the errors of the
    /// parts are carried along, and each operation adds its own rounding. Sine, cosine and exp are taken to be right
    /// to one unit in the last place, 2u.
    ///
    /// Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., §3.3.
    pub fn error(&self, x: &[f64]) -> f64 {
        let value = self.at(x).abs();
        match self {
            Number(_) | Variable(_) => 0.0,
            Sum(a, b) => a.error(x) + b.error(x) + U * value,
            Product(a, b) => {
                let (of_a, of_b) = (a.error(x), b.error(x));
                a.at(x).abs() * of_b + b.at(x).abs() * of_a + of_a * of_b + U * value
            }
            Power(base, exponent) => {
                let (n, size) = (f64::from(*exponent), base.at(x).abs() + base.error(x));
                n * size.powf(n - 1.0) * base.error(x) + n * U * value
            }
            Sin(of) | Cos(of) => of.error(x) + 2.0 * U * value,
            Exp(of) => value * of.error(x).exp_m1() + 2.0 * U * value,
        }
    }

    /// A bound of the size for all points whose coordinates are at most this large in size: triangle inequality.
    pub fn size(&self, coordinates: &[f64]) -> f64 {
        match self {
            Number(number) => number.abs(),
            Variable(i) => coordinates[*i],
            Sum(a, b) => a.size(coordinates) + b.size(coordinates),
            Product(a, b) => a.size(coordinates) * b.size(coordinates),
            Power(base, exponent) => base.size(coordinates).powi(i32::from(*exponent)),
            Sin(_) | Cos(_) => 1.0,
            Exp(of) => of.size(coordinates).exp(),
        }
    }
}
