//! Asking a worker what the laws want to know: a trusted process with the laws on one side, a cage with the worker on
//! the other.
//!
//! First all laws run in one process and share a worker, which is quick. What is not found to hold is asked again, kata
//! by kata and with a worker for each law, as each law has a process of its own at home: what one kata leaves behind in
//! its process costs no other a point.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use engine::catalogue::{Kata, Law};
use engine::judging::{Breadth, Ended, Records};
use engine::problem::{Doing, Problem};
use protocol::{KataVerdict, LawVerdict, Status};

use crate::assignment::Assignment;
use crate::cage::{Task, View, WORKER};

/// Without a new verdict for so long, the laws are held up for good: each has a limit of its own that is shorter.
const PATIENCE: Duration = Duration::from_secs(120);
/// A cage may take this long to be cleared.
const GRACE: Duration = Duration::from_secs(10);
/// Endless calls may take this much of a submission's time; what was not asked again by then stays as it was found.
const BUDGET: Duration = Duration::from_secs(900);

/// A worker to be asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The program.
    pub worker: &'a Path,
    /// The slot in whose name it runs.
    pub slot: usize,
    /// Named to the worker, which is our own then.
    pub specimen: Option<&'a str>,
}

/// Judges these katas, one verdict each.
///
/// # Errors
///
/// [`Problem`] if a program cannot be started; for a single kata, if it could not be asked: there is no verdict then.
pub fn judge(
    assignment: &Assignment,
    katas: &[&Kata],
    asked: Asked<'_>,
) -> Result<Vec<Result<KataVerdict, Problem>>, Problem> {
    let began = Instant::now();
    let laws: Vec<&Law> = katas.iter().flat_map(|kata| &kata.laws).collect();
    let first = once(assignment, katas, &laws, asked, Workers::Shared)?;
    let again = |(kata, found): (&&Kata, KataVerdict)| {
        let settled = |law: &LawVerdict| {
            let late = began.elapsed() > BUDGET && law.status != Status::Unjudged;
            late || matches!(law.status, Status::Held | Status::Todo | Status::Skipped)
        };
        anew(assignment, kata, found, asked, &settled)
    };
    Ok(katas.iter().zip(first).map(again).collect())
}

/// Asks again what is not settled; twice, if something went wrong on our side, perhaps only for a moment.
fn anew(
    assignment: &Assignment,
    kata: &Kata,
    mut found: KataVerdict,
    asked: Asked<'_>,
    settled: &dyn Fn(&LawVerdict) -> bool,
) -> Result<KataVerdict, Problem> {
    for _ in 0..2 {
        let open = |law: &&Law| found.laws.iter().any(|it| it.test == law.test && !settled(it));
        let laws: Vec<&Law> = kata.laws.iter().filter(open).collect();
        if laws.is_empty() {
            return Ok(found);
        }
        for verdict in once(assignment, &[kata], &laws, asked, Workers::Fresh)? {
            let of = |test: &str| verdict.laws.iter().find(|it| it.test == test).cloned();
            let asked = found.laws.iter_mut().filter(|it| laws.iter().any(|law| law.test == it.test));
            asked.for_each(|law| *law = of(&law.test).unwrap_or_else(|| law.clone()));
        }
        if found.laws.iter().all(|law| law.status != Status::Unjudged) {
            return Ok(found);
        }
    }
    let what = format!("{} could not be asked: its cage did not start, or did not last", kata.id);
    Err(Problem::Grading { what, remedy: "No point is given or taken for it; grade it again.".to_owned() })
}

/// How laws come by their workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Workers {
    Shared,
    Fresh,
}

/// Runs these laws in one process.
fn once(
    assignment: &Assignment,
    katas: &[&Kata],
    laws: &[&Law],
    asked: Asked<'_>,
    workers: Workers,
) -> Result<Vec<KataVerdict>, Problem> {
    let Asked { worker, slot, specimen } = asked;
    let seed = assignment.seed.to_string();
    // What is broken is asked again: only then a small counterexample is looked for.
    let (how, shrinking) = if workers == Workers::Fresh { ("fresh", "2000") } else { ("shared", "1") };
    let records = Records::fresh(&assignment.folder)?
        .with(&[("PROPTEST_RNG_SEED", &seed), ("PROPTEST_CASES", "256"), ("KATAS_WORKERS", how)])
        .with(&[("PROPTEST_MAX_SHRINK_TIME", shrinking)])
        .at(Breadth::Plain);
    let seconds = assignment.patience.call.map(|seconds| seconds.to_string());
    let records = records.with(seconds.as_deref().map(|it| ("KATAS_SECONDS", it)).as_slice());
    let tests: Vec<_> = laws.iter().filter(|law| records.skips(law).is_none()).map(|law| &law.test).collect();
    if tests.is_empty() {
        // Where no law is named, all would be run.
        return Ok(katas.iter().map(|kata| records.verdict(kata, |_| None)).collect());
    }
    let (ours, theirs) = UnixStream::pair().doing("make a socket for", worker)?;
    let view = View { shown: vec![(worker, "/worker")], ..View::default() };
    let specimen: Vec<OsString> = specimen.map(OsString::from).into_iter().collect();
    let cage = &assignment.cage;
    let mut warden = cage.command(&view, WORKER, Task::Serve, slot, Path::new("/worker"), &specimen);
    warden.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
    let mut caged = Kept(warden.spawn().doing("shut in", worker)?);
    // It holds an end of the socket, which must be closed when the cage is gone.
    drop(warden);
    let mut command = Command::new(&assignment.laws);
    records.prepare(&mut command, assignment.workspace.root());
    command.args(tests).args(["--exact", "--test-threads", "1"]);
    command.stdin(OwnedFd::from(ours)).stdout(Stdio::null()).stderr(Stdio::null());
    let program = command.spawn().doing("start", &assignment.laws)?;
    // The socket to the warden shall have no other holder than the laws.
    drop(command);
    let newest = || records.changed();
    let in_time = ends(&mut Kept(program), PATIENCE, &newest).doing("wait for", &assignment.laws)?;
    // The laws have hung up, so the warden goes, and whatever is left in its cage goes with it: every worker is dead
    // before its verdict is read, and the next cage finds the slot's user without a process.
    ends(&mut caged, GRACE, &|| None).doing("wait for", worker)?;
    drop(caged);
    let ended = |test: &str| match records.of(test) {
        Some(law) if law.status == Status::Held => Some(Ended::Passed),
        Some(law) if law.status == Status::Unjudged => None,
        Some(_) => Some(Ended::Failed(String::new())),
        None if in_time => None,
        None => Some(Ended::TimedOut),
    };
    Ok(katas.iter().map(|kata| records.verdict(kata, ended)).collect())
}

/// A program that is ended with this value.
pub(crate) struct Kept(pub(crate) Child);

impl Drop for Kept {
    fn drop(&mut self) {
        let _ended_by_itself = self.0.kill();
        let _gone = self.0.wait();
    }
}

/// Waits for a program; whether it ended in time. Something `newest` gives it time anew.
pub(crate) fn ends(
    program: &mut Kept,
    patience: Duration,
    newest: &dyn Fn() -> Option<SystemTime>,
) -> std::io::Result<bool> {
    let (mut since, mut seen, mut pause) = (Instant::now(), None, Duration::from_millis(1));
    loop {
        if program.0.try_wait()?.is_some() {
            return Ok(true);
        }
        if since.elapsed() > patience {
            let newest = newest();
            if newest == seen {
                return Ok(false);
            }
            (since, seen) = (Instant::now(), newest);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(16));
    }
}
