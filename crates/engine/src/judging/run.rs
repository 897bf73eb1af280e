//! Running the laws of some katas: in company first, and what did not hold there each by itself.

use std::collections::BTreeMap;

use super::build::Laws;
use super::records::{Ended, Records};
use super::{company, direct, nextest};
use crate::Progress;
use crate::catalog::{Kata, Law};
use crate::problem::Problem;

/// How many laws are named to nextest at a time: an argument must not be longer than 128 KiB.
const AT_A_TIME: usize = 1000;

/// How each law ended. After an endless call the kata's other laws are not waited for, those of other katas are run anew.
pub(super) fn all(
    laws: &Laws,
    katas: &[&Kata],
    records: &Records,
    notes: &mut Vec<String>,
    progress: &mut dyn Progress,
) -> Result<BTreeMap<String, Ended>, Problem> {
    let mut nextest = nextest::installed();
    if nextest.is_none() {
        let note =
            "cargo-nextest is not installed; `cargo kata setup` installs it and makes judging more reliable.";
        notes.push(note.to_owned());
    }
    let mut ended = company::run(laws, katas, records, progress)?;
    loop {
        let left = left(katas, records, &ended);
        let more = match &nextest {
            _ if left.is_empty() => break,
            // For a few laws nextest takes longer to begin than the laws to end.
            Some(program) if katas.len() > 1 => {
                let some = &left[..left.len().min(AT_A_TIME)];
                match nextest::run(program, laws, some, records, progress) {
                    Ok(more) => more,
                    Err(Problem::Interrupted) => return Err(Problem::Interrupted),
                    Err(problem) => {
                        notes.push(format!("{problem}; the laws were run without it."));
                        nextest = None;
                        continue;
                    }
                }
            }
            _ => direct::run(laws, left, records, progress)?,
        };
        if more.is_empty() {
            break; // Tests are missing: their laws stay without a verdict.
        }
        ended.extend(more);
    }
    Ok(ended)
}

/// The laws that wait for their verdict.
fn left<'a>(katas: &[&'a Kata], records: &Records, ended: &BTreeMap<String, Ended>) -> Vec<&'a Law> {
    let endless = |kata: &&&'a Kata| {
        !kata.laws.iter().any(|law| records.of(&law.test).is_some_and(|law| law.is_runaway()))
    };
    let laws = katas.iter().filter(endless).flat_map(|kata| &kata.laws);
    laws.filter(|law| records.skips(law).is_none() && !ended.contains_key(&law.test)).collect()
}
