use std::path::Path;
use std::time::{Duration, Instant};

use engine::catalogue::{Kata, Law};
use engine::problem::Problem;
use protocol::{KataVerdict, LawVerdict, Status};

use super::run::Program;
use super::told::Told;
use super::{Asked, Inside, Verdict};

/// Endless calls may take this much of a kata's time; the laws of none take a quarter of it.
const BUDGET: Duration = Duration::from_secs(60);

impl Inside {
    /// Judges a kata, each law in a process of its own.
    pub(super) fn kata(
        &self,
        program: &Path,
        kata: &Kata,
        asked: Asked<'_>,
        specimen: Option<&str>,
    ) -> Result<Verdict, Problem> {
        let program = Program {
            path: program,
            workspace: &self.workspace,
            cage: &self.cage,
            slot: asked.slot,
            seed: asked.seed,
            specimen,
        };
        let (mut laws, began) = (Vec::new(), Instant::now());
        for law in &kata.laws {
            let verdict = match law.needs.first() {
                Some(need) => {
                    LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) }
                }
                None if began.elapsed() > BUDGET => LawVerdict {
                    got: "nobody waited for it any more: other laws took too long".to_owned(),
                    ..LawVerdict::bare(&law.test, Status::Timeout)
                },
                None => self.law(&program, law, began)?,
            };
            if verdict.status == Status::Unjudged {
                let why = "its cage did not start, or did not last; no point is given or taken for it";
                return Ok(Err(format!("{}: {why}", kata.id)));
            }
            laws.push(verdict);
        }
        Ok(Ok(KataVerdict { kata: kata.id.clone(), laws, compiles: true }))
    }

    /// Judges a law; once more where time may have been short, or something went wrong on our side.
    fn law(&self, program: &Program<'_>, law: &Law, began: Instant) -> Result<LawVerdict, Problem> {
        let first = self.weigh(program.run(&law.test)?, law);
        match first.status {
            Status::Timeout | Status::Unjudged if began.elapsed() < BUDGET / 2 => {
                Ok(self.weigh(program.run(&law.test)?, law))
            }
            _ => Ok(first),
        }
    }

    /// What a law told, as far as it can be believed.
    fn weigh(&self, told: Told, law: &Law) -> LawVerdict {
        let bare = |status, got: String, look: &str| LawVerdict {
            got,
            want: "a kata that returns".to_owned(),
            look: look.to_owned(),
            ..LawVerdict::bare(&law.test, status)
        };
        match told {
            Told::Verdict(verdict, drawn) if verdict.status == Status::Held => {
                match self.drawn.get(&law.test) {
                    // While the reference itself is tried out, nobody knows better yet.
                    None => LawVerdict { cases: drawn, ..*verdict },
                    Some(wanted) if *wanted == drawn => *verdict,
                    Some(wanted) => {
                        let got = format!("the law tried {drawn} inputs, and {wanted} it should have");
                        bare(Status::Crashed, got, "What keeps the law from its work?")
                    }
                }
            }
            Told::Verdict(verdict, _) => *verdict,
            Told::Silence => {
                let got = "the process ended without a verdict".to_owned();
                bare(Status::Crashed, got, "What ends the process?")
            }
            Told::Endless => {
                let look = "Which loop does not end? What changes in each round?";
                bare(Status::Timeout, "no answer, and no end".to_owned(), look)
            }
            Told::Nothing => bare(Status::Unjudged, String::new(), ""),
        }
    }
}
