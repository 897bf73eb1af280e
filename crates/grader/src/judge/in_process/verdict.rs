use std::path::Path;
use std::time::{Duration, Instant};

use engine::catalog::{Kata, Law};
use engine::problem::Problem;
use protocol::{KataVerdict, LawVerdict, Status};

use super::report::ProcessReport;
use super::run::LawProgram;
use super::state::{InProcess, InProcessRun};

/// Endless calls may take this much of a kata's time; the laws of none take a quarter of it.
const BUDGET: Duration = Duration::from_secs(60);

impl InProcess {
    /// Judges a kata, each law in a process of its own; or why the grader could not come to a verdict.
    pub(super) fn kata(
        &self,
        program: &Path,
        kata: &Kata,
        run: InProcessRun<'_>,
        specimen: Option<&str>,
    ) -> Result<Result<KataVerdict, String>, Problem> {
        let program = self.program(program, run, specimen);
        let (mut laws, began) = (Vec::new(), Instant::now());
        for law in &kata.laws {
            let verdict = match law.needs.first() {
                Some(need) => {
                    LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) }
                }
                None if began.elapsed() > BUDGET => LawVerdict {
                    got: "it was not waited for: other laws took too long".to_owned(),
                    ..LawVerdict::bare(&law.test, Status::Timeout)
                },
                None => self.law(&program, law, began)?,
            };
            if verdict.status == Status::Unjudged {
                let why = "its sandbox did not start, or did not last; no point is given or taken for it";
                return Ok(Err(format!("{}: {why}", kata.id)));
            }
            laws.push(verdict);
        }
        Ok(Ok(KataVerdict { kata: kata.id.clone(), laws, compiles: true }))
    }

    /// The program of laws and katas that lies there.
    pub(super) fn program<'a>(
        &'a self,
        path: &'a Path,
        run: InProcessRun<'_>,
        specimen: Option<&'a str>,
    ) -> LawProgram<'a> {
        let InProcessRun { slot, seed, .. } = run;
        let (workspace, sandbox) = (&self.workspace, self.rustc.sandbox());
        LawProgram { path, workspace, sandbox, slot, seed, specimen }
    }

    /// Judges a law; once more where time may have been short, or something went wrong on our side.
    fn law(&self, program: &LawProgram<'_>, law: &Law, began: Instant) -> Result<LawVerdict, Problem> {
        let first = self.weigh(program.run(&law.test)?, law);
        match first.status {
            Status::Timeout | Status::Unjudged if began.elapsed() < BUDGET / 2 => {
                Ok(self.weigh(program.run(&law.test)?, law))
            }
            _ => Ok(first),
        }
    }

    /// What a process reported of its law, as far as it can be believed.
    pub(super) fn weigh(&self, report: ProcessReport, law: &Law) -> LawVerdict {
        let bare = |status, got: String, look: &str| LawVerdict {
            got,
            want: "a kata that returns".to_owned(),
            look: look.to_owned(),
            ..LawVerdict::bare(&law.test, status)
        };
        match report {
            ProcessReport::Verdict(verdict, drawn) if verdict.status == Status::Held => {
                match self.drawn.get(&law.test) {
                    // While the reference itself is tried out, that is not known yet.
                    None => LawVerdict { cases: drawn, ..*verdict },
                    Some(wanted) if *wanted == drawn => *verdict,
                    Some(wanted) => {
                        let got = format!("the law tried {drawn} inputs, and {wanted} it should have");
                        bare(Status::Crashed, got, "What keeps the law from its work?")
                    }
                }
            }
            ProcessReport::Verdict(verdict, _) => *verdict,
            ProcessReport::Silence => {
                let got = "the process ended without a verdict".to_owned();
                bare(Status::Crashed, got, "What ends the process?")
            }
            ProcessReport::Endless => {
                let look = "Which loop does not end? What changes in each round?";
                bare(Status::Timeout, "no answer, and no end".to_owned(), look)
            }
            ProcessReport::NoStart => bare(Status::Unjudged, String::new(), ""),
        }
    }
}
