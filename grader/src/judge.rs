//! Asking a worker what the laws want to know, one kata after the other: a trusted process with the laws on one side, a
//! cage with the worker on the other.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use cargo_kata::catalogue::Kata;
use cargo_kata::judging::{Breadth, Ended, KataVerdict, Records, Status};
use cargo_kata::problem::{Doing, Problem};

use crate::assignment::Assignment;
use crate::cage::{Task, View, WORKER};

/// All laws of one kata together may take this long.
const PATIENCE: Duration = Duration::from_secs(120);
/// A cage may take this long to be cleared.
const GRACE: Duration = Duration::from_secs(10);

/// Judges one kata. `specimen` is named to the worker, which is our own then.
///
/// # Errors
///
/// [`Problem`] if a program cannot be started, or the kata could not be asked: there is no verdict then.
pub fn judge(
    assignment: &Assignment,
    kata: &Kata,
    worker: &Path,
    slot: usize,
    specimen: Option<&str>,
) -> Result<KataVerdict, Problem> {
    let first = once(assignment, kata, worker, slot, specimen)?;
    if !unreachable(&first) {
        return Ok(first);
    }
    // Something went wrong on our side, perhaps only for a moment.
    let second = once(assignment, kata, worker, slot, specimen)?;
    if !unreachable(&second) {
        return Ok(second);
    }
    let what = format!("{} could not be asked: its cage did not start, or did not last", kata.id);
    Err(Problem::Runner { what, remedy: "No point is given or taken for it; grade it again.".to_owned() })
}

fn unreachable(verdict: &KataVerdict) -> bool {
    verdict.laws.iter().any(|law| law.status == Status::Unjudged)
}

fn once(
    assignment: &Assignment,
    kata: &Kata,
    worker: &Path,
    slot: usize,
    specimen: Option<&str>,
) -> Result<KataVerdict, Problem> {
    let seed = assignment.seed.to_string();
    let records = Records::fresh(&assignment.folder)?
        .with(&[("PROPTEST_RNG_SEED", &seed), ("PROPTEST_CASES", "256")])
        .at(Breadth::Plain);
    let laws: Vec<_> = kata.laws.iter().filter(|law| records.skips(law).is_none()).collect();
    let (ours, theirs) = UnixStream::pair().doing("make a socket for", worker)?;
    let view = View { shown: vec![(worker, "/worker")], out: None };
    let specimen: Vec<OsString> = specimen.map(OsString::from).into_iter().collect();
    let cage = &assignment.cage;
    let mut warden = cage.command(&view, WORKER, Task::Serve, slot, Path::new("/worker"), &specimen);
    warden.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
    let mut caged = Kept(warden.spawn().doing("shut in", worker)?);
    let mut command = Command::new(&assignment.laws);
    records.prepare(&mut command, assignment.workspace.root());
    command.args(laws.iter().map(|law| &law.test)).args(["--exact", "--test-threads", "2"]);
    command.stdin(OwnedFd::from(ours)).stdout(Stdio::null()).stderr(Stdio::null());
    let laws = command.spawn().doing("start", &assignment.laws)?;
    // The socket to the warden shall have no other holder than the laws.
    drop(command);
    let in_time = ends(&mut Kept(laws), PATIENCE).doing("wait for", &assignment.laws)?;
    // The laws have hung up, so the warden goes, and whatever is left in its cage goes with it: every worker is dead
    // before its verdict is read, and the next cage finds the slot's user without a process.
    ends(&mut caged, GRACE).doing("wait for", worker)?;
    drop(caged);
    let ended = |test: &str| match records.of(test) {
        Some(law) if law.status == Status::Held => Some(Ended::Passed),
        Some(law) if law.status == Status::Unjudged => None,
        Some(_) => Some(Ended::Failed(String::new())),
        None if in_time => None,
        None => Some(Ended::TimedOut),
    };
    Ok(records.verdict(kata, ended))
}

/// A program that is ended with this value.
struct Kept(Child);

impl Drop for Kept {
    fn drop(&mut self) {
        let _ended_by_itself = self.0.kill();
        let _gone = self.0.wait();
    }
}

/// Waits for a program; whether it ended in time.
fn ends(program: &mut Kept, patience: Duration) -> std::io::Result<bool> {
    let began = Instant::now();
    while began.elapsed() < patience {
        if program.0.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(false)
}
