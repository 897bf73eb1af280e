//! The folder in which laws leave their verdicts, and the environment in which they run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use serde_json::Value;

use super::verdict::{KataVerdict, LawVerdict, Status};
use crate::catalogue::{Kata, Law};
use crate::need::Need;
use crate::problem::{Doing, Problem};

/// A fresh folder for the records of one run; gone with this value.
#[derive(Debug)]
pub struct Records {
    folder: PathBuf,
    variables: Vec<(String, String)>,
    breadth: Breadth,
}

/// Which of the laws that need something run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// None of them.
    Plain,
    /// Those whose needs are met, but for those that take minutes.
    Ready,
    /// Those whose needs are met.
    Patient,
}

impl Records {
    /// A folder below the target folder, which is writable or nothing could be built.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be made.
    pub fn fresh(target: &Path) -> Result<Self, Problem> {
        static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let folder = target.join("kata").join("verdicts").join(format!("{}.{number}", process::id()));
        let _there_was_none = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        Ok(Self { folder, variables: Vec::new(), breadth: Breadth::Ready })
    }

    /// Sets further variables for the laws.
    #[must_use]
    pub fn with(mut self, variables: &[(&str, &str)]) -> Self {
        self.variables.extend(variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        self
    }

    /// Chooses which of the laws that need something run.
    #[must_use]
    pub fn at(mut self, breadth: Breadth) -> Self {
        self.breadth = breadth;
        self
    }

    /// Why a law does not run here, if it does not.
    #[must_use]
    pub fn skips(&self, law: &Law) -> Option<Need> {
        match self.breadth {
            Breadth::Plain => law.needs.first().copied(),
            Breadth::Ready => law.unmet(false),
            Breadth::Patient => law.unmet(true),
        }
    }

    /// Lets a program that judges laws leave its records here, and run as every law does: no picture of its own
    /// blessed, the same inputs each time, unless the caller asked for others.
    pub fn prepare(&self, command: &mut Command, root: &Path) {
        command.env("KATAS_VERDICTS", &self.folder);
        command.env("INSTA_WORKSPACE_ROOT", root).env("CARGO_MANIFEST_DIR", root).current_dir(root);
        for (key, value) in [
            ("INSTA_UPDATE", "no"),
            ("INSTA_OUTPUT", "none"),
            ("PROPTEST_RNG_SEED", "1"),
            ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
            ("RUST_BACKTRACE", "0"),
        ] {
            if env::var_os(key).is_none() {
                command.env(key, value);
            }
        }
        command.envs(self.variables.iter().map(|(key, value)| (key, value)));
    }

    /// When a law last left something.
    #[must_use]
    pub fn changed(&self) -> Option<std::time::SystemTime> {
        fs::metadata(&self.folder).and_then(|it| it.modified()).ok()
    }

    /// What the law of this test left.
    #[must_use]
    pub fn of(&self, test: &str) -> Option<LawVerdict> {
        let path = self.folder.join(format!("{}.json", test.replace("::", ".")));
        let record = serde_json::from_str::<Value>(&fs::read_to_string(path).ok()?).ok()?;
        LawVerdict::from_json(&record).filter(|law| law.test == test)
    }

    /// The verdict of a kata. `ended` tells how the runner saw a test end: passed, failed, or not at all.
    pub fn verdict(&self, kata: &Kata, ended: impl Fn(&str) -> Option<Ended>) -> KataVerdict {
        let laws = kata.laws.iter().map(|law| {
            if let Some(need) = self.skips(law) {
                return LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) };
            }
            let record = self.of(&law.test);
            match (ended(&law.test), record) {
                (Some(Ended::Passed), Some(record)) if record.status == Status::Held => record,
                // Whoever exits with 0 in the middle of a law has not shown that it holds.
                (Some(Ended::Passed), _) => LawVerdict {
                    got: "the test ended without a verdict".into(),
                    want: "a kata that returns".into(),
                    look: "Does the kata end the process?".into(),
                    ..LawVerdict::bare(&law.test, Status::Crashed)
                },
                // What the law needs is damaged: as if it were not there.
                (Some(Ended::Failed(_)), Some(record)) if record.status == Status::Unjudged => {
                    LawVerdict { look: record.got, ..LawVerdict::bare(&law.test, Status::Skipped) }
                }
                (Some(Ended::Failed(_)), Some(record)) if record.status != Status::Held => record,
                (Some(Ended::Failed(said)), _) => crashed(&law.test, &said),
                (Some(Ended::TimedOut), Some(record)) if record.status != Status::Held => record,
                (Some(Ended::TimedOut), _) => LawVerdict {
                    got: "no answer, and no end".into(),
                    want: "an answer".into(),
                    look: "Which loop does not end? What changes in each round?".into(),
                    ..LawVerdict::bare(&law.test, Status::Timeout)
                },
                (None, _) => LawVerdict::bare(&law.test, Status::Unjudged),
            }
        });
        KataVerdict { kata: kata.id.clone(), laws: laws.collect(), compiles: true }
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        let _gone_already = fs::remove_dir_all(&self.folder);
    }
}

/// How a runner saw a test end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It exited with 0.
    Passed,
    /// It did not; this is what it said.
    Failed(String),
    /// It was ended because it took too long.
    TimedOut,
}

fn crashed(test: &str, said: &str) -> LawVerdict {
    let overflow = said.contains("has overflowed its stack");
    let got = if overflow {
        "the stack overflowed: the process died".to_owned()
    } else {
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with("test "));
        format!("the process died: {}", last.unwrap_or("it said nothing"))
    };
    let look = if overflow { "Which call calls itself without end?" } else { "What ends the process?" };
    let (want, look) = ("a value, or an Err".to_owned(), look.to_owned());
    LawVerdict { got, want, look, ..LawVerdict::bare(test, Status::Crashed) }
}
