//! Expressions to draw, the simple ones first, so that counterexamples shrink to them.

use judge::any;
use judge::any::vec;
use proptest::prelude::*;

use super::Expression::{self, Cos, Exp, Number, Sin, Variable};
use super::{power, product, sum};

/// A polynomial in x of at most this degree, with eighths as coefficients.
pub fn polynomial(degree: u8) -> impl Strategy<Value = Expression> + Send + Sync + Clone {
    vec(any::eighth(), 1..=usize::from(degree) + 1).prop_map(move |coefficients| {
        let term = |(k, c): (u8, &f64)| product(Number(*c), power(Variable(0), k));
        (0..=degree).zip(&coefficients).rev().map(term).fold(Number(0.0), sum)
    })
}

/// One or two terms like 1.5·x·sin(x²): compositions of elementary functions of x, tame for |x| ≤ 3.
pub fn composition() -> impl Strategy<Value = Expression> + Send + Sync + Clone {
    let inner = (0..5_usize, any::eighth()).prop_map(|(kind, a)| match kind {
        0 => Variable(0),
        1 => product(Number(a / 4.0), Variable(0)),
        2 => power(Variable(0), 2),
        3 => Sin(Box::new(Variable(0))),
        _ => sum(Variable(0), Number(a / 4.0)),
    });
    let term = (0..5_usize, inner, 0..3_u8, any::nonzero()).prop_map(|(kind, inner, degree, c)| {
        let outer = match kind {
            0 => Sin(Box::new(inner)),
            1 => Cos(Box::new(inner)),
            2 => power(inner, 2),
            3 => power(inner, 3),
            // Halved, so that exp(x²) does not drown everything else.
            _ => Exp(Box::new(product(Number(0.5), inner))),
        };
        product(Number(c), product(power(Variable(0), degree), outer))
    });
    vec(term, 1..=2).prop_map(added_up)
}

/// One to three terms like 1.5·x·sin(y), each of one or two of the first n variables.
pub fn of_several(n: usize) -> impl Strategy<Value = Expression> + Send + Sync + Clone {
    let factor = (0..n, 0..6_u8).prop_map(|(i, kind)| match kind {
        0 => Number(1.0),
        1 => Sin(Box::new(Variable(i))),
        2 => Cos(Box::new(Variable(i))),
        degree => power(Variable(i), degree - 2),
    });
    let term =
        (any::nonzero(), factor.clone(), factor).prop_map(|(c, u, v)| product(Number(c), product(u, v)));
    vec(term, 1..=3).prop_map(added_up)
}

/// Powers of single variables, like 2x³ − y²: tame at any size.
pub fn powers_of_several(n: usize) -> impl Strategy<Value = Expression> + Send + Sync + Clone {
    let term = (any::nonzero(), 0..n, 1..=3_u8);
    let term = term.prop_map(|(c, i, degree)| product(Number(c), power(Variable(i), degree)));
    vec(term, 1..=3).prop_map(added_up)
}

fn added_up(terms: Vec<Expression>) -> Expression {
    terms.into_iter().fold(Number(0.0), sum)
}
