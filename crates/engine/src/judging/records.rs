//! The folder in which laws leave their verdicts, and the environment in which they run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, process};

use serde_json::Value;

use super::environment;
use crate::catalog::{Kata, Law};
use crate::machine::Need;
use crate::problem::{Doing, Problem};
use protocol::{KataVerdict, LawVerdict, Status};

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
    Slow,
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
            Breadth::Slow => law.unmet(true),
        }
    }

    /// Lets a program that judges laws leave its records here, and run as every law does, whatever is exported: no
    /// picture of its own blessed, the same inputs each time, unless the caller asked for others.
    pub fn prepare(&self, command: &mut Command, root: &Path) {
        environment::seal_run(command);
        command.env("KATAS_VERDICTS", &self.folder);
        command.env("INSTA_WORKSPACE_ROOT", root).env("CARGO_MANIFEST_DIR", root).current_dir(root);
        command.envs(self.variables.iter().map(|(key, value)| (key, value)));
    }

    /// Where a law notes the input that it is about to try.
    pub(super) fn note(&self, test: &str) -> PathBuf {
        self.folder.join(format!("{}.input", test.replace("::", ".")))
    }

    /// When a law last left something.
    #[must_use]
    pub fn changed(&self) -> Option<std::time::SystemTime> {
        fs::metadata(&self.folder).and_then(|it| it.modified()).ok()
    }

    /// What the law of this test left.
    #[must_use]
    pub fn of(&self, test: &str) -> Option<LawVerdict> {
        let record = serde_json::from_str::<Value>(&fs::read_to_string(self.record(test)).ok()?).ok()?;
        LawVerdict::from_json(&record).filter(|law| law.test == test)
    }

    /// Forgets what the law of this test left: it is judged once more.
    pub(super) fn forget(&self, test: &str) {
        let _left_nothing = fs::remove_file(self.record(test));
    }

    fn record(&self, test: &str) -> PathBuf {
        self.folder.join(format!("{}.json", test.replace("::", ".")))
    }

    /// The verdict of a kata. `ended` shows how the runner saw a test end: passed, failed, or not at all.
    pub fn verdict(&self, kata: &Kata, ended: impl Fn(&str) -> Option<Ended>) -> KataVerdict {
        let laws = kata.laws.iter().map(|law| {
            if let Some(need) = self.skips(law) {
                return LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) };
            }
            let record = self.of(&law.test);
            match (ended(&law.test), record) {
                (Some(Ended::Passed), Some(record)) if record.status == Status::Held => record,
                // Anyone who exits with 0 in the middle of a law has not shown that it holds.
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
                (Some(Ended::Failed(said)), Some(record)) if record.status != Status::Held => {
                    LawVerdict { printed: printed(&said), ..record }
                }
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

/// The marks of the judge before and after what the kata prints for the counterexample, on both channels.
const BEGIN: &str = "\u{1e}katas<";
const END: &str = "\u{1e}katas>";
/// How much of it is shown: the first lines, each as far as it goes.
const LINES: usize = 40;
const COLUMNS: usize = 300;

/// What stands between the judge's marks, without what no terminal should be given. The two channels may come one after
/// the other, or as they were written.
fn printed(said: &str) -> String {
    let (mut open, mut lines) = (0_usize, Vec::new());
    for line in said.lines() {
        if line == BEGIN {
            open += 1;
            continue;
        }
        // A kata that does not end its last line has the mark at the end of it.
        let (words, ends) = line.strip_suffix(END).map_or((line, false), |words| (words, true));
        if open > 0 && !words.is_empty() {
            lines.push(words.chars().filter(|c| !c.is_control()).take(COLUMNS).collect::<String>());
        }
        open = open.saturating_sub(usize::from(ends));
    }
    let left_out = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if left_out > 0 {
        lines.push(format!("… and {left_out} more lines"));
    }
    lines.join("\n")
}

fn crashed(test: &str, said: &str) -> LawVerdict {
    let last = || {
        let last = said.lines().map(str::trim).rfind(|line| !line.is_empty() && !line.starts_with("test "));
        last.unwrap_or("it said nothing").to_owned()
    };
    let failed_allocation = said.lines().find(|line| line.contains("memory allocation of"));
    let (got, look) = if said.contains("has overflowed its stack") {
        ("the stack overflowed: the process died".to_owned(), "Which call calls itself without end?")
    } else if let Some(line) = failed_allocation {
        (
            format!("ran out of memory: {}", line.trim()),
            "What grows in each round of a loop, and what ends it?",
        )
    } else {
        (format!("the process died: {}", last()), "What ends the process?")
    };
    let (want, look) = ("a value, or an Err".to_owned(), look.to_owned());
    LawVerdict { got, want, look, ..LawVerdict::bare(test, Status::Crashed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_between_the_marks_is_shown_and_nothing_else() {
        let said =
            format!("running\nbefore\n{BEGIN}\n{BEGIN}\nx = 1\n\u{1b}[2J!\n{END}\n[a.rs:1] y{END}\nafter\n");
        assert_eq!(printed(&said), "x = 1\n[2J!\n[a.rs:1] y");
        assert_eq!(printed("nothing"), "");
        let flood = format!("{BEGIN}\n{}{END}\n", "a\n".repeat(100));
        assert!(printed(&flood).ends_with("a\n… and 60 more lines"));
    }

    #[test]
    fn a_failed_allocation_is_distinguished_from_other_deaths() {
        let got = |said| crashed("m::f::k::law", said).got;
        assert_eq!(
            got("memory allocation of 9 bytes failed\n"),
            "ran out of memory: memory allocation of 9 bytes failed"
        );
        assert_eq!(
            got("thread 'a' has overflowed its stack\nfatal\n"),
            "the stack overflowed: the process died"
        );
        assert_eq!(got("\n"), "the process died: it said nothing");
    }
}
