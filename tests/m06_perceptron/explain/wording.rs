//! What an explanation of a step says, word for word, and how two texts with numbers in them are compared.

use judge::{Verdict, close, rounding};
use kit::{Dense, Explanation, Matrix};

use super::super::draw::{each, sigmoid, sums};

/// A layer, a sample, its targets, and the learning rate.
pub type Given = (Dense, Vec<f64>, Vec<f64>, f64);

pub fn row(x: &[f64]) -> Matrix {
    Matrix::from_fn(1, x.len(), |_, j| x[j])
}

/// Everything that the explanation states, by the definitions.
pub struct Numbers {
    pub z: Vec<f64>,
    pub p: Vec<f64>,
    pub delta: Vec<f64>,
    pub after: Dense,
    pub new_p: Vec<f64>,
}

pub fn numbers((layer, x, t, rate): &Given) -> Numbers {
    let z = sums(layer, &row(x));
    let p = each(&z, sigmoid).as_slice().to_vec();
    let delta: Vec<f64> = p.iter().zip(t).map(|(p, t)| (p - t) * p * (1.0 - p)).collect();
    let (k, n) = layer.weights.shape();
    let weights = Matrix::from_fn(k, n, |c, j| layer.weights[(c, j)] - rate * delta[c] * x[j]);
    let after = Dense { weights, bias: layer.bias.iter().zip(&delta).map(|(b, d)| b - rate * d).collect() };
    let new_p = each(&sums(&after, &row(x)), sigmoid).as_slice().to_vec();
    Numbers { z: z.as_slice().to_vec(), p, delta, after, new_p }
}

/// Every δ is right where the weighted sums are exact, for targets of any size.
pub fn deltas_are_right(explained: &Explanation, given: &Given) -> Verdict {
    for (c, (want, t)) in numbers(given).delta.into_iter().zip(&given.2).enumerate() {
        let got = explained.result(&format!("δ{c}")).unwrap_or_default();
        // p rounds a few times, and is multiplied by its distance from the target.
        let error = rounding(32, 1.0 + t.abs());
        close(&format!("the result of step δ{c}"), got, &[want], error, "The error p − t times p·(1 − p).")?;
    }
    Ok(())
}

/// Name, formula and numbers of every step, in order.
pub fn lines(explained: &Given) -> Vec<[String; 3]> {
    let ((layer, x, t, rate), Numbers { z, p, delta, new_p, .. }) = (explained, numbers(explained));
    let mut lines = Vec::new();
    for (c, z) in z.iter().enumerate() {
        let products: String =
            layer.weights.row(c).iter().zip(x).map(|(w, x)| format!("{w:.4}·{x:.4} + ")).collect();
        lines.push([format!("z{c}"), format!("w{c}·x + b{c}"), format!("{products}{:.4}", layer.bias[c])]);
        lines.push([format!("p{c}"), format!("1 / (1 + e^−z{c})"), format!("1 / (1 + e^−({z:.4}))")]);
    }
    let squares = |p: &[f64]| {
        let terms: Vec<_> = p.iter().zip(t).map(|(p, t)| format!("({p:.4} − {t:.4})²")).collect();
        format!("½·({})", terms.join(" + "))
    };
    lines.push(["L".to_owned(), "½·Σ(p − t)²".to_owned(), squares(&p)]);
    for (c, &d) in delta.iter().enumerate() {
        let (p, t) = (p[c], t[c]);
        lines.push([
            format!("δ{c}"),
            format!("(p{c} − t{c})·p{c}·(1 − p{c})"),
            format!("({p:.4} − {t:.4})·{p:.4}·(1 − {p:.4})"),
        ]);
        lines.push([format!("∂L/∂w{c}"), format!("δ{c}·x"), format!("{d:.4}·{}", vector(x))]);
        lines.push([format!("∂L/∂b{c}"), format!("δ{c}"), format!("{d:.4}")]);
    }
    for (c, d) in delta.iter().enumerate() {
        let gradient: Vec<f64> = x.iter().map(|x| d * x).collect();
        let numbers = format!("{} − {rate:.4}·{}", vector(layer.weights.row(c)), vector(&gradient));
        lines.push([format!("new w{c}"), format!("w{c} − η·∂L/∂w{c}"), numbers]);
        let numbers = format!("{:.4} − {rate:.4}·{d:.4}", layer.bias[c]);
        lines.push([format!("new b{c}"), format!("b{c} − η·∂L/∂b{c}"), numbers]);
    }
    lines.push(["new L".to_owned(), "½·Σ(p − t)² with new w, b".to_owned(), squares(&new_p)]);
    // What rounds to −0 is written as 0.
    lines.into_iter().map(|line: [String; 3]| line.map(|text| text.replace("-0.0000", "0.0000"))).collect()
}

fn vector(values: &[f64]) -> String {
    format!("[{}]", values.iter().map(|value| format!("{value:.4}")).collect::<Vec<_>>().join(", "))
}

/// The same text, but for numbers with four decimals that differ by one in the last: two right answers may fall on
/// either side of where rounding turns.
pub fn alike(got: &str, want: &str) -> bool {
    let (got, want) = (pieces(got), pieces(want));
    got.len() == want.len()
        && got.iter().zip(&want).all(|(got, want)| {
            let number =
                |text: &str| text.split_once('.').filter(|(_, d)| d.len() == 4).and(text.parse::<f64>().ok());
            got == want
                || matches!((number(got), number(want)), (Some(a), Some(b)) if (a - b).abs() < 1.001e-4)
        })
}

/// Numbers, each with its sign, and what stands between them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let in_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    for c in text.chars() {
        match pieces.last_mut() {
            Some(last) if last.chars().all(in_number) == in_number(c) => last.push(c),
            _ => pieces.push(c.to_string()),
        }
    }
    pieces
}
