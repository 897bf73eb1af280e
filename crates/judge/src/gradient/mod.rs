//! A claimed gradient against differences of the loss, entry by entry; where they disagree, what the pattern says.

mod differences;
mod pattern;

use std::fmt::Display;

use crate::broken::{Broken, Verdict};
use crate::check::{close, ensure};
use differences::{Slope, slope};
use pattern::pattern;

/// One block of the parameters, a matrix row after row or a vector as one column, and the gradient claimed for it.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// Its name in the formulas: `w`, `b`.
    pub name: &'a str,
    /// Rows and columns; \[n, 1\] for a vector, \[1, 1\] for a number.
    pub shape: [usize; 2],
    /// Where the gradient is taken.
    pub at: &'a [f64],
    /// What was answered.
    pub got: &'a [f64],
}

impl<'a> Block<'a> {
    /// A matrix, row after row.
    #[must_use]
    pub fn matrix(name: &'a str, shape: [usize; 2], at: &'a [f64], got: &'a [f64]) -> Self {
        Self { name, shape, at, got }
    }

    /// A vector.
    #[must_use]
    pub fn vector(name: &'a str, at: &'a [f64], got: &'a [f64]) -> Self {
        Self { name, shape: [at.len(), 1], at, got }
    }

    /// A single number.
    #[must_use]
    pub fn number(name: &'a str, at: &'a f64, got: &'a f64) -> Self {
        Self::vector(name, std::slice::from_ref(at), std::slice::from_ref(got))
    }

    /// The name of entry k: `w[2]`, `w[1,0]`, `b`.
    fn entry(&self, k: usize) -> String {
        match self.shape {
            [1, 1] => self.name.to_owned(),
            [_, 1] => format!("{}[{k}]", self.name),
            [_, cols] => format!("{}[{},{}]", self.name, k / cols, k % cols),
        }
    }
}

/// The loss whose gradient is claimed, and what is known of it.
pub struct Loss<'a> {
    /// The loss as a function of all parameters, block after block.
    pub value: &'a dyn Fn(&[f64]) -> f64,
    /// How far rounding may carry one of its values: [`crate::rounding`] of its number of operations and its size.
    pub rounding: f64,
    /// Over how many samples it is averaged; 1 if it is not.
    pub samples: usize,
}

/// The claimed gradient is the gradient of the loss, up to what differences can tell.
///
/// Each entry is compared with central differences at two steps, extrapolated; see [`Broken`]'s `look` for the pattern
/// that the wrong entries form: doubled, halved, the other sign, not averaged, transposed, one block only.
///
/// # Errors
///
/// [`Broken`] if it is not; `call` names what was asked, `look` says where to look besides.
pub fn is_gradient(call: &str, blocks: &[Block], loss: &Loss, look: impl Display) -> Verdict {
    for block in blocks {
        let ([rows, cols], len) = (block.shape, block.got.len());
        ensure(len == block.at.len(), || {
            let name = block.name;
            let got = format!("{call}: {len} entries for {name}");
            let want = format!("{rows}·{cols} = {} entries, one for each of {name}", rows * cols);
            Broken::answer(got, want, &look)
        })?;
    }
    let slopes: Vec<Vec<Slope>> = slopes(blocks, loss);
    let wrong = |(block, slopes): (&Block, &Vec<Slope>)| {
        (0..slopes.len()).find(|&k| close("", block.got[k], slopes[k].value, slopes[k].error, "").is_err())
    };
    let firsts: Vec<Option<usize>> = blocks.iter().zip(&slopes).map(wrong).collect();
    let Some(first) = firsts.iter().position(Option::is_some) else { return Ok(()) };
    let (block, k) = (&blocks[first], firsts[first].unwrap_or(0));
    let (entry, want) = (block.entry(k), slopes[first][k]);
    let got: Vec<String> = blocks.iter().map(|b| format!("∂L/∂{} = {:?}", b.name, b.got)).collect();
    let got = format!("{call}: {}", got.join(", "));
    let want = format!(
        "∂L/∂{entry} = {}, give or take {:.1e}: (L({entry} + h) − L({entry} − h)) / 2h for a small h",
        shown(want.value, want.error),
        want.error
    );
    let look = match pattern(blocks, &slopes, loss.samples) {
        Some(pattern) => format!("{pattern}\n{look}"),
        None => look.to_string(),
    };
    ensure(false, || Broken::answer(got, want, look.trim_end()))
}

fn slopes(blocks: &[Block], loss: &Loss) -> Vec<Vec<Slope>> {
    let mut at: Vec<f64> = blocks.iter().flat_map(|block| block.at).copied().collect();
    let mut next = 0;
    let mut take = |block: &Block| {
        let from = next;
        next += block.at.len();
        (from..next).map(|i| slope(loss, &mut at, i)).collect()
    };
    blocks.iter().map(&mut take).collect()
}

/// The number to as many digits as are sure.
fn shown(value: f64, error: f64) -> String {
    let decimals = if error > 0.0 { (-error.log10()).floor().clamp(0.0, 6.0) as usize } else { 6 };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests;
