//! Calling a worker as the laws demand: a trusted process with the laws on one side, a sandbox with the worker on the
//! other.
//!
//! First all laws run in one process and share a worker, which is quick. What is not found to hold is judged again, kata
//! by kata and with a worker for each law, as each law has a process of its own at home: what one kata leaves behind in
//! its process costs no other a point.
//!
//! A kata that judges candidates has a worker for each law from the beginning: what it counts in one law says it nothing in
//! the next.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use engine::catalog::{Kata, Law};
use engine::judging::{Breadth, Ended, Records};
use engine::problem::{Doing, Problem};
use protocol::{KataVerdict, LawVerdict, Status};

use super::milestone::MilestoneJudge;
use crate::sandbox::launch::SupervisorTask;
use crate::sandbox::{GuardedProcess, LARGE_WORKER, Mounts, OF_THE_SYSTEM, WORKER, on_one_core};

/// Without a new verdict for so long, the laws are held up for good: each has a limit of its own that is shorter.
const TIMEOUT: Duration = Duration::from_secs(120);
/// A sandbox may take this long to be cleared.
const GRACE: Duration = Duration::from_secs(10);
/// Endless calls may take this much of a submission's time; what was not judged again by then stays as it was found.
const BUDGET: Duration = Duration::from_secs(900);

/// As the laws have them: one thread for each kata, and memory that is kept.
const VARIABLES: [(&str, &str); 3] = [
    ("RAYON_NUM_THREADS", "1"),
    ("MALLOC_TRIM_THRESHOLD_", "268435456"),
    ("MALLOC_MMAP_THRESHOLD_", "67108864"),
];

/// A worker that is to be judged, and how.
#[derive(Debug, Clone, Copy)]
pub struct WorkerRun<'a> {
    /// The programs, by the ids of their milestones.
    pub workers: &'a BTreeMap<String, PathBuf>,
    /// The slot in whose name it runs.
    pub slot: usize,
    /// What the laws draw from.
    pub seed: u64,
    /// Seconds that a call may take, where its law allows more; that is 10 mostly.
    pub call_timeout: Option<u64>,
    /// Named to the worker, which is our own then.
    pub specimen: Option<&'a str>,
}

/// What is known of a kata before it is judged.
fn unjudged(kata: &Kata) -> KataVerdict {
    let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Unjudged)).collect();
    KataVerdict { kata: kata.id.clone(), laws, compiles: true }
}

/// How laws come by their workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Workers {
    Shared,
    Fresh,
}

impl MilestoneJudge {
    /// Judges these katas of the milestone, one verdict each. The submission's time began so long ago.
    pub(super) fn judge(
        &self,
        katas: &[&Kata],
        run: WorkerRun<'_>,
        began: Instant,
    ) -> Result<Vec<Result<KataVerdict, Problem>>, Problem> {
        let together = katas.iter().filter(|kata| !self.judges_candidates(kata));
        let together: Vec<&Kata> = together.copied().collect();
        let laws: Vec<&Law> = together.iter().flat_map(|kata| &kata.laws).collect();
        let mut first = self.once(&together, &laws, run, Workers::Shared)?;
        let again = |kata: &&Kata| {
            let known = first.iter().position(|found| found.kata == kata.id);
            let found = known.map_or_else(|| unjudged(kata), |place| first.swap_remove(place));
            let decided = |law: &LawVerdict| {
                let late = began.elapsed() > BUDGET && law.status != Status::Unjudged;
                late || matches!(law.status, Status::Held | Status::Todo | Status::Skipped)
            };
            self.again(kata, found, run, &decided)
        };
        Ok(katas.iter().map(again).collect())
    }

    /// Judges again what is not decided; twice, if something went wrong on our side, perhaps only for a moment.
    fn again(
        &self,
        kata: &Kata,
        mut found: KataVerdict,
        run: WorkerRun<'_>,
        decided: &dyn Fn(&LawVerdict) -> bool,
    ) -> Result<KataVerdict, Problem> {
        for _ in 0..2 {
            let open = |law: &&Law| found.laws.iter().any(|it| it.test == law.test && !decided(it));
            let laws: Vec<&Law> = kata.laws.iter().filter(open).collect();
            if laws.is_empty() {
                return Ok(found);
            }
            for verdict in self.once(&[kata], &laws, run, Workers::Fresh)? {
                let of = |test: &str| verdict.laws.iter().find(|it| it.test == test).cloned();
                let judged = found.laws.iter_mut().filter(|it| laws.iter().any(|law| law.test == it.test));
                judged.for_each(|law| *law = of(&law.test).unwrap_or_else(|| law.clone()));
            }
            if found.laws.iter().all(|law| law.status != Status::Unjudged) {
                return Ok(found);
            }
        }
        Err(Problem::Grading {
            what: format!("{} could not be judged: its sandbox did not start, or did not last", kata.id),
            remedy: "No point is given or taken for it; grade it again.".to_owned(),
        })
    }

    /// Runs these laws in one process.
    fn once(
        &self,
        katas: &[&Kata],
        laws: &[&Law],
        run: WorkerRun<'_>,
        workers: Workers,
    ) -> Result<Vec<KataVerdict>, Problem> {
        let records = self.records(run, workers)?;
        let wanted = laws.iter().filter(|law| records.skips(law).is_none());
        let tests: Vec<_> = wanted.map(|law| &law.test).collect();
        if tests.is_empty() {
            // Where no law is named, all would be run.
            return Ok(katas.iter().map(|kata| records.verdict(kata, |_| None)).collect());
        }
        let worker = run.workers.get(&self.id).ok_or_else(|| no_worker(&self.id))?;
        let (ours, theirs) = UnixStream::pair().doing("make a socket for", worker)?;
        let mut command = Command::new(&self.laws);
        records.prepare(&mut command, self.workspace.root());
        // Where workers have a folder of their own, and below it nothing of ours: what lies there crosses to the learner's code.
        let scratch = tempfile::Builder::new().prefix("katas-laws-").tempdir_in("/tmp");
        let scratch = scratch.doing("make a folder in", Path::new("/tmp"))?;
        command.env("TMPDIR", scratch.path()).env_remove("OPENCV_CASCADES");
        command.args(tests).args(["--exact", "--test-threads", "1"]);
        command.stdin(OwnedFd::from(ours)).stdout(Stdio::null()).stderr(Stdio::null());
        let (mut supervisor, mut laws) = on_one_core(run.slot, || {
            let supervisor = self.supervise(worker, run, theirs)?;
            Ok((supervisor, GuardedProcess::spawn(command).doing("start", &self.laws)?))
        })?;
        let newest = || records.changed();
        let in_time = laws.ends_within(TIMEOUT, &newest).doing("wait for", &self.laws)?;
        drop(laws);
        // The laws have hung up, so the supervisor ends, and whatever is left in its sandbox ends with it: every worker is
        // dead before its verdict is read, and the next sandbox finds the slot's user without a process.
        supervisor.ends_within(GRACE, &|| None).doing("wait for", worker)?;
        drop(supervisor);
        let ended = |test: &str| match records.of(test).map(|law| law.status) {
            Some(Status::Held) => Some(Ended::Passed),
            Some(Status::Unjudged) => None,
            Some(_) => Some(Ended::Failed(String::new())),
            None if in_time => None,
            None => Some(Ended::TimedOut),
        };
        Ok(katas.iter().map(|kata| records.verdict(kata, ended)).collect())
    }

    /// Where and how the laws leave their verdicts.
    fn records(&self, run: WorkerRun<'_>, workers: Workers) -> Result<Records, Problem> {
        let (seed, seconds) = (run.seed.to_string(), run.call_timeout.map(|it| it.to_string()));
        // What is broken is judged again: only then a small counterexample is searched for.
        let (how, shrinking) = if workers == Workers::Fresh { ("fresh", "2000") } else { ("shared", "1") };
        let records = Records::fresh(&self.folder)?
            .with(&[("PROPTEST_RNG_SEED", &seed), ("PROPTEST_CASES", "256"), ("KATAS_WORKERS", how)])
            .with(&[("PROPTEST_MAX_SHRINK_TIME", shrinking)])
            .with(seconds.as_deref().map(|it| ("KATAS_SECONDS", it)).as_slice())
            .at(Breadth::Plain);
        Ok(records)
    }

    /// Starts the supervisor of workers, which hears the laws at this end of a socket.
    fn supervise(
        &self,
        worker: &Path,
        run: WorkerRun<'_>,
        laws: UnixStream,
    ) -> Result<GuardedProcess, Problem> {
        let data = self.workspace.path("data");
        let mut read_only = vec![(worker, "/worker")];
        if self.is_large {
            let of_the_system = OF_THE_SYSTEM.iter().map(|it| (Path::new(it), *it));
            let data = data.to_str().map(|it| (data.as_path(), it));
            read_only.extend(of_the_system.chain(data).filter(|(path, _)| path.is_dir()));
        }
        let mounts = Mounts { read_only, scratch: self.is_large, variables: &VARIABLES, ..Mounts::default() };
        let limits = if self.is_large { LARGE_WORKER } else { WORKER };
        let specimen: Vec<OsString> = run.specimen.map(OsString::from).into_iter().collect();
        let (sandbox, program) = (self.rustc.sandbox(), Path::new("/worker"));
        let mut command =
            sandbox.command(&mounts, limits, SupervisorTask::Serve, run.slot, program, &specimen);
        command.stdin(OwnedFd::from(laws)).stdout(Stdio::null()).stderr(Stdio::null());
        GuardedProcess::spawn(command).doing("start the sandbox of", worker)
    }
}

fn no_worker(milestone: &str) -> Problem {
    Problem::Grading {
        what: format!("no worker of {milestone} was compiled"),
        remedy: "No point is given or taken for it; grade it again.".to_owned(),
    }
}
