use std::fmt::{Debug, Formatter, Result};

use super::Expression::{self, Cos, Exp, Number, Power, Product, Sin, Sum, Variable};

/// As one writes it: `sin(x²) + 3x`, `−0.5x·exp(y)`.
impl Debug for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&text(self))
    }
}

fn text(expression: &Expression) -> String {
    match expression {
        Number(number) => number.to_string().replace('-', "−"),
        Variable(i) => ["x", "y", "z"][*i].to_owned(),
        Sum(a, b) => match text(b).strip_prefix('−') {
            Some(positive) => format!("{} − {positive}", text(a)),
            None => format!("{} + {}", text(a), text(b)),
        },
        Product(a, b) => match **a {
            Number(-1.0) => format!("−{}", factor(b)),
            Number(_) if !starts_with_digit(b) => format!("{}{}", text(a), factor(b)),
            _ => format!("{}·{}", factor(a), factor(b)),
        },
        Power(base, exponent) => format!("{}{}", atom(base), superscript(*exponent)),
        Sin(of) => format!("sin({})", text(of)),
        Cos(of) => format!("cos({})", text(of)),
        Exp(of) => format!("exp({})", text(of)),
    }
}

fn factor(expression: &Expression) -> String {
    let text = text(expression);
    let bare = !matches!(expression, Sum(..)) && !text.starts_with('−');
    if bare { text } else { format!("({text})") }
}

fn atom(expression: &Expression) -> String {
    let bare = matches!(expression, Variable(_));
    if bare { text(expression) } else { format!("({})", text(expression)) }
}

fn starts_with_digit(expression: &Expression) -> bool {
    factor(expression).starts_with(|c: char| c.is_ascii_digit())
}

fn superscript(exponent: u8) -> String {
    exponent
        .to_string()
        .chars()
        .map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize - 48).unwrap_or('?'))
        .collect()
}
