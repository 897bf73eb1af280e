//! What the laws ask for, and what is to be read then.

use judge::any::sizes;
use judge::{Answer, Broken, Inputs, any};
use katas::m09_convolution::explain::explain_convolution;
use kit::Explanation;
use ndarray::Array3;
use proptest::prelude::*;

use super::super::arrays::{array, pixel, text};

/// One output pixel of a convolution with one kernel.
#[derive(Debug, Clone)]
pub struct Asked {
    pub x: Array3<f64>,
    pub kernel: Array3<f64>,
    pub bias: f64,
    pub padding: usize,
    pub at: (usize, usize),
}

impl Inputs for Asked {
    fn describe(&self) -> Vec<String> {
        vec![
            text(&self.x),
            text(&self.kernel),
            self.bias.to_string(),
            self.padding.to_string(),
            format!("{:?}", self.at),
        ]
    }
}

pub const NAMES: &str = "x, kernel, bias, padding, at";

pub fn asked() -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    let shape = (1..=2_usize, 2..=4_usize, 2..=4_usize, 1..=2_usize, 1..=3_usize, 0..=2_usize);
    let picks = (any::eighth(), 0..9_usize, 0..9_usize);
    (shape, picks).prop_flat_map(|((c, h, w, kh, kw, padding), (bias, row, col))| {
        let kw = kw.min(w);
        let at = (row % (h + 2 * padding - kh + 1), col % (w + 2 * padding - kw + 1));
        // Slightly more than eighths, which f32 loses, or so small that four decimals are not enough.
        let unit = judge::any::select(vec![1.0, 1.0, 1.0 + 2.0_f64.powi(-30), 2.0_f64.powi(-16)]);
        (array((c, h, w)), array((c, kh, kw)), unit).prop_map(move |(x, kernel, unit)| Asked {
            x: x * unit,
            kernel,
            bias: bias * unit,
            padding,
            at,
        })
    })
}

/// Images, windows and paddings of any size.
pub fn any_size() -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    let shape = sizes([1..=2, 2..=4, 2..=4, 1..=2, 1..=3, 0..=2], [301, 151, 151, 41, 41, 52]);
    // Whole multiples, so that large sums are exact as well.
    let unit = judge::any::select(vec![1.0, 1.0, 256.0, 1_048_576.0, 2.0_f64.powi(60)]);
    (shape, any::eighth(), any::seed(), unit).prop_flat_map(
        |([c, h, w, kh, kw, padding], bias, seed, unit)| {
            let (h, w) = (h.max(kh), w.max(kw));
            let (kh, kw) = if c > 4 { (kh.min(3), kw.min(4)) } else { (kh, kw) };
            // Square images and kernels, too.
            let (w, kw) = if c <= 4 && seed.is_multiple_of(3) { (h, kh) } else { (w, kw) };
            let (rows, cols) = (h + 2 * padding - kh + 1, w + 2 * padding - kw + 1);
            let at = (seed as usize % rows, (seed >> 32) as usize % cols);
            (array((c, h, w)), array((c, kh, kw))).prop_map(move |(x, kernel)| Asked {
                x: x * unit,
                kernel,
                bias,
                padding,
                at,
            })
        },
    )
}

pub fn explained(asked: &Asked) -> Result<Explanation, Broken> {
    explain_convolution(asked.x.view(), asked.kernel.view(), asked.bias, asked.padding, asked.at)
        .accepted("explain_convolution(…)")
}

/// Four decimals; halfway between two the even one, as Rust writes it.
pub fn four(x: f64) -> String {
    let text = format!("{x:.4}");
    if text == "-0.0000" { "0.0000".to_owned() } else { text }
}

/// The same, halfway away from 0.
pub fn four_away(x: f64) -> String {
    four((x * 1e4).round() / 1e4)
}

/// Name, formula, numbers and result of every step.
pub fn lines(asked: &Asked, four: fn(f64) -> String) -> Vec<(String, String, String, f64)> {
    let Asked { x, kernel, bias, padding, at } = asked;
    let (channels, height, width) = kernel.dim();
    let (mut lines, mut sums) = (Vec::new(), Vec::new());
    for c in 0..channels {
        let mut products = Vec::new();
        for (i, j) in (0..height).flat_map(|i| (0..width).map(move |j| (i, j))) {
            let (row, col) =
                ((at.0 + i) as isize - *padding as isize, (at.1 + j) as isize - *padding as isize);
            let inside = row >= 0 && col >= 0 && row < x.dim().1 as isize && col < x.dim().2 as isize;
            let (k, p) = (kernel[[c, i, j]], pixel(x, c, row, col));
            let (of, number) = if inside {
                (format!("x[{c},{row},{col}]"), four(p))
            } else {
                ("0".to_owned(), "0".to_owned())
            };
            lines.push((
                format!("k[{c},{i},{j}]"),
                format!("k[{c},{i},{j}]·{of}"),
                format!("{}·{number}", four(k)),
                k * p,
            ));
            products.push(k * p);
        }
        let far = |at: usize| format!("{:+}", at as isize - *padding as isize);
        let formula = format!("Σ k[{c},i,j]·x[{c},i{},j{}]", far(at.0), far(at.1));
        let written: Vec<String> = products.iter().map(|p| four(*p)).collect();
        let sum: f64 = products.iter().sum();
        lines.push((format!("channel {c}"), formula, written.join(" + "), sum));
        sums.push(sum);
    }
    let y: f64 = sums.iter().sum();
    let names: Vec<String> = (0..channels).map(|c| format!("channel {c}")).collect();
    let written: Vec<String> = sums.iter().map(|s| four(*s)).collect();
    lines.push(("y".to_owned(), names.join(" + "), written.join(" + "), y));
    lines.push(("biased".to_owned(), "y + b".to_owned(), format!("{} + {}", four(y), four(*bias)), y + bias));
    lines.push((
        "output".to_owned(),
        "max(0, biased)".to_owned(),
        format!("max(0, {})", four(y + bias)),
        (y + bias).max(0.0),
    ));
    lines
}
