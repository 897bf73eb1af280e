//! A claimed gradient against differences of the loss, entry by entry; where they disagree, what the pattern says.

mod differences;
mod loss;
mod pattern;

use std::fmt::Display;

use crate::broken::{Broken, Verdict};
use crate::check::{close, ensure};
pub use loss::{Block, Loss};

use differences::{Quotient, quotient};
use pattern::pattern;

/// The claimed gradient is the gradient of the loss, up to what differences can tell.
///
/// Each entry is compared with central differences at two steps, extrapolated; see [`Broken`]'s `look` for the pattern
/// that the wrong entries form: doubled, halved, the other sign, not averaged, transposed, one block only.
///
/// # Errors
///
/// [`Broken`] if it is not; `call` names what was asked, `look` says where to look in addition.
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
    let quotients: Vec<Vec<Quotient>> = quotients(blocks, loss);
    let wrong = |(block, quotients): (&Block, &Vec<Quotient>)| {
        (0..quotients.len())
            .find(|&k| close("", block.got[k], quotients[k].value, quotients[k].error, "").is_err())
    };
    let firsts: Vec<Option<usize>> = blocks.iter().zip(&quotients).map(wrong).collect();
    let Some(first) = firsts.iter().position(Option::is_some) else { return Ok(()) };
    let (block, k) = (&blocks[first], firsts[first].unwrap_or(0));
    let (entry, want) = (block.entry(k), quotients[first][k]);
    let got: Vec<String> = blocks.iter().map(|b| format!("∂L/∂{} = {:?}", b.name, b.got)).collect();
    let got = format!("{call}: {}", got.join(", "));
    let want = format!(
        "∂L/∂{entry} = {}, give or take {:.1e}: (L({entry} + h) − L({entry} − h)) / 2h for a small h",
        shown(want.value, want.error),
        want.error
    );
    let look = match pattern(blocks, &quotients, loss.samples) {
        Some(pattern) => format!("{pattern}\n{look}"),
        None => look.to_string(),
    };
    ensure(false, || Broken::answer(got, want, look.trim_end()))
}

fn quotients(blocks: &[Block], loss: &Loss) -> Vec<Vec<Quotient>> {
    let mut at: Vec<f64> = blocks.iter().flat_map(|block| block.at).copied().collect();
    let mut next = 0;
    let mut take = |block: &Block| {
        let from = next;
        next += block.at.len();
        (from..next).map(|i| quotient(loss, &mut at, i)).collect()
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
