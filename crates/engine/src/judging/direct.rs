//! Running laws without cargo-nextest: the test program itself, one process per law.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::build::Laws;
use super::child::{self, Next};
use super::pool;
use super::records::{Ended, Records};
use crate::Progress;
use crate::catalog::{Kata, Law};
use crate::problem::Problem;
use protocol::{KataVerdict, Status};

/// The wall behind the judge's own limit of ten seconds a call, as in `.config/nextest.toml`.
pub(super) const LIMIT: Duration = Duration::from_secs(60);

/// How many bytes of what a law prints are kept.
const MOST_SAID: usize = 1 << 20;

/// The input at which a law's process dies: it is run once more, and this time notes each input before it tries it.
pub(super) fn fatal_input(laws: &Laws, law: &Law, records: &Records) -> Result<Option<String>, Problem> {
    let note = records.note(&law.test);
    let mut command = Command::new(&laws.program);
    records.prepare(&mut command, &laws.variant.root);
    command.env("KATAS_TRACE", &note);
    command.args([&law.test, "--exact", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    let began = Instant::now();
    let finished = child::run(&mut command, |_| if began.elapsed() < LIMIT { Next::On } else { Next::Stop })?;
    let died = !finished.status.success() && records.of(&law.test).is_none();
    Ok(if died { fs::read_to_string(&note).ok() } else { None })
}

/// Runs these laws and returns how each ended. After one that does not come back, those that wait are not begun.
///
/// # Errors
///
/// [`Problem::Program`] if the test program cannot be started, [`Problem::Interrupted`] after Ctrl-C.
pub fn run(
    laws: &Laws,
    wanted: Vec<&Law>,
    records: &Records,
    progress: &mut dyn Progress,
) -> Result<BTreeMap<String, Ended>, Problem> {
    let there = listed(laws)?;
    let endless = AtomicBool::new(false);
    let job = |law: &Law| {
        if endless.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let end = one(laws, law, records)?;
        let is_runaway = records.of(&law.test).is_some_and(|law| law.is_runaway());
        endless.fetch_or(is_runaway, Ordering::Relaxed);
        Ok(Some((law.test.clone(), end)))
    };
    let wanted = wanted.into_iter().filter(|law| there.contains(&law.test)).collect();
    let ended = pool::all(wanted, job, progress, |done, of| format!("judging: {done} of {of} laws"))?;
    Ok(ended.into_iter().flatten().collect())
}

/// The names of the tests in the program.
fn listed(laws: &Laws) -> Result<Vec<String>, Problem> {
    let mut tests = Vec::new();
    let mut command = Command::new(&laws.program);
    command.args(["--list", "--format", "terse"]).current_dir(&laws.variant.root);
    child::run(&mut command, |line| {
        tests.extend(line.and_then(|line| line.strip_suffix(": test")).map(ToOwned::to_owned));
        Next::On
    })?;
    Ok(tests)
}

fn one(laws: &Laws, law: &Law, records: &Records) -> Result<Ended, Problem> {
    let mut command = Command::new(&laws.program);
    records.prepare(&mut command, &laws.variant.root);
    command.args([&law.test, "--exact", "--include-ignored", "--nocapture", "--test-threads", "1"]);
    // Whole data sets are at work in a law that needs them.
    let limit = if law.needs.is_empty() { LIMIT } else { 20 * LIMIT };
    let (began, mut in_time, mut said) = (Instant::now(), true, String::new());
    let finished = child::run(&mut command, |line| {
        // A flood ends with the law; what is kept of it is bounded.
        if let Some(line) = line.filter(|_| said.len() < MOST_SAID) {
            said += line;
            said.push('\n');
        }
        in_time = began.elapsed() < limit;
        if in_time { Next::On } else { Next::Stop }
    })?;
    said += &finished.stderr;
    Ok(match finished.status.success() {
        _ if !in_time => Ended::TimedOut,
        true => Ended::Passed,
        false => Ended::Failed(said),
    })
}

/// Runs these laws of one kata in one process: less sheltered and many times as fast, for specimens, which are ours.
/// A law without a record counts as crashed.
///
/// # Errors
///
/// As [`run`].
pub fn together(laws: &Laws, kata: &Kata, records: &Records) -> Result<KataVerdict, Problem> {
    let mut command = Command::new(&laws.program);
    records.prepare(&mut command, &laws.variant.root);
    command.args(kata.laws.iter().map(|law| &law.test)).arg("--exact");
    let began = Instant::now();
    let finished =
        child::run(&mut command, |_| if began.elapsed() < 5 * LIMIT { Next::On } else { Next::Stop })?;
    let ended = |test: &str| match records.of(test) {
        Some(law) if law.status == Status::Held => Some(Ended::Passed),
        Some(_) => Some(Ended::Failed(String::new())),
        None => Some(Ended::Failed(finished.stderr.clone())),
    };
    Ok(records.verdict(kata, ended))
}
