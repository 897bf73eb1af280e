//! The laws of a kata in one process, which takes a tenth of the time that a process for each of them would take.
//!
//! What holds in company holds, and a `todo!()` is one. Everything else is judged once more by itself, where nothing that other
//! laws left behind can be to blame: an answer that is wrong, a process that died, one that used too much.

use std::collections::BTreeMap;
use std::process::Command;
use std::time::Instant;

use super::build::Laws;
use super::child::{self, Next};
use super::direct::LIMIT;
use super::pool;
use super::records::{Ended, Records};
use crate::Progress;
use crate::catalog::{Kata, Law};
use crate::problem::Problem;
use protocol::{Status, Tier};

/// How the laws ended whose verdict stands.
///
/// # Errors
///
/// [`Problem::Program`] if the test program cannot be started, [`Problem::Interrupted`] after Ctrl-C.
pub(super) fn run(
    laws: &Laws,
    katas: &[&Kata],
    records: &Records,
    progress: &mut dyn Progress,
) -> Result<BTreeMap<String, Ended>, Problem> {
    // Several katas are judged at a time, or several laws of one.
    let threads = if katas.len() == 1 { pool::cores() } else { 1 };
    let job = |kata: &Kata| one(laws, kata, records, threads);
    let say =
        |done, of| if of == 1 { "judging".to_owned() } else { format!("judging: {done} of {of} katas") };
    let ended = pool::all(katas.to_vec(), job, progress, say)?;
    Ok(ended.into_iter().flatten().collect())
}

fn one(
    laws: &Laws,
    kata: &Kata,
    records: &Records,
    threads: usize,
) -> Result<BTreeMap<String, Ended>, Problem> {
    let mut command = Command::new(&laws.program);
    records.prepare(&mut command, &laws.variant.root);
    command.env("KATAS_SHARED", "1").args(choice(kata));
    command.args(["--nocapture", "--test-threads", &threads.to_string()]);
    let began = Instant::now();
    let finished =
        child::run(&mut command, |_| if began.elapsed() < 5 * LIMIT { Next::On } else { Next::Stop })?;
    // A process that ends otherwise may have done more.
    let is_orderly = matches!(finished.status.code(), Some(0 | 101));
    let stands = |law: &&Law| match records.of(&law.test)?.status {
        Status::Held if is_orderly => Some((law.test.clone(), Ended::Passed)),
        Status::Todo | Status::Timeout => Some((law.test.clone(), Ended::Failed(String::new()))),
        _ => None,
    };
    let ended: BTreeMap<String, Ended> = kata.laws.iter().filter_map(|law| stands(&law)).collect();
    for law in kata.laws.iter().filter(|law| !ended.contains_key(&law.test)) {
        records.forget(&law.test);
    }
    Ok(ended)
}

/// The laws of this kata that are asked for, as the test harness takes it.
fn choice(kata: &Kata) -> Vec<String> {
    let (module, robust) = (kata.test_module(), Tier::MODULE);
    let is = |tier| kata.laws.iter().all(|law| law.tier() == tier);
    let robust = format!("{module}::{robust}::");
    match (is(Tier::Core), is(Tier::Robust)) {
        (true, false) => vec![format!("{module}::"), "--skip".to_owned(), robust],
        (false, true) => vec![robust],
        _ => vec![format!("{module}::")],
    }
}
