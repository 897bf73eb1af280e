//! What a new kata begins with.

pub(super) const HEAD: &str = "//! One line: what this subject is.

use kit::{InputError, check};

";

pub(super) const FUNCTION: &str = "/// What it computes, in one sentence.
///
/// ```text
/// its formula
/// ```
///
/// * `x`: shape, unit, range.
/// * Returns …
///
/// # Errors
///
/// [`InputError::TooFew`] if …
///
/// Source: book, section.
pub fn KATA(x: &[f64]) -> Result<f64, InputError> {
    check::at_least(1, x.len())?;
    Ok(x.iter().sum())
}
";

pub(super) const LAWS: &str = "use judge::{Answer, any, close, for_all, rounding};
use katas::MODULE::KATA;

#[test]
fn a_sentence_that_reads_aloud_as_the_mathematics() {
    for_all(\"x\", any::vector(1..=6)).holds(|x| {
        let got = KATA(x).accepted(\"KATA(x)\")?;
        let want: f64 = x.iter().sum();
        close(\"KATA(x)\", got, want, rounding(x.len(), want), \"Where to look, without the code.\")
    });
}
";

pub(super) const SPECIMENS: &str = "use kit::{InputError, check};

use crate::specimens::specimen::{answering, chaff, wheat};
use crate::reference::MODULE as reference;

type Kata = fn(&[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn KATA(x: &[f64]) -> Result<f64, InputError> {
    answering::<Kata>(
        module_path!(),
        reference::KATA,
        &[
            wheat(\"from_the_back\", \"how it differs from the reference\", |x| {
                check::at_least(1, x.len())?;
                Ok(x.iter().rev().sum())
            }),
            chaff(\"constant\", \"what the learner believed, in one sentence\", |_| Ok(0.0)),
        ],
    )(x)
}
";

pub(super) const HINTS: &str = "# KATA

## Where to look


## The idea


## Almost the code

";
