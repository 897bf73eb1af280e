//! Building the laws with the learner's katas.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::child::{self, Heard, Next};
use super::diagnostic::Diagnostic;
use super::environment;
use super::failed::{BuildFailure, failure};
use crate::Progress;
use crate::hash::Hash;

/// The variable that `katas/lib.rs` reads, and cargo therefore watches.
const TEXT: &str = "KATAS_TEXT";

/// What to build: a package `katas` and its cargo features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The folder of the package: the repository, or a shadow of it.
    pub root: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// The milestones, and `solutions` or `specimens`.
    pub features: Vec<String>,
    /// The hash of the texts that are built: another one is compiled whatever their times say.
    pub text: Hash,
    /// The list of modules, where the laws of one kata only are built.
    pub one: Option<PathBuf>,
    /// The module tree that answers, where systematic mutants do.
    pub mutants: Option<PathBuf>,
    /// How much it is optimized.
    pub profile: Profile,
    /// Whether rustc may use color.
    pub color: bool,
}

/// The test program that holds all laws of the milestones it was built with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laws {
    /// What was built.
    pub variant: Variant,
    /// The program.
    pub program: PathBuf,
    /// What rustc warns of.
    pub warnings: Vec<Diagnostic>,
}

/// How much the laws are optimized: the more they have to do, the longer a build is worth the wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// Not at all, for one answer to each kata.
    #[default]
    Usual,
    /// A little, with all checks of debugging, for some thousand answers. They take a fifth of the time.
    ManyAnswers,
    /// As much as it gets, for many inputs.
    ManyInputs,
}

impl Profile {
    /// From here on an optimized build is sooner done, its own time included.
    const MANY: usize = 16;

    /// What is worth the wait for the specimens or mutants of so many katas.
    #[must_use]
    pub fn for_answers_to(katas: usize) -> Self {
        if katas >= Self::MANY { Self::ManyAnswers } else { Self::Usual }
    }
}

impl Variant {
    /// The name of the test program.
    pub(super) fn program(&self) -> &'static str {
        if self.one.is_some() { "one" } else { "suite" }
    }

    /// Chooses the program for cargo or nextest.
    pub(super) fn choose(&self, command: &mut Command) {
        command.args(["--package", "katas", "--test", self.program()]);
        command.args(["--no-default-features", "--features", &self.features.join(",")]);
        command.envs(self.one.iter().map(|list| ("KATAS_ONE", list)));
        command.envs(self.mutants.iter().map(|tree| ("KATAS_MUTANTS", tree)));
        command.env(TEXT, self.text.to_string());
        environment::seal_build(command, &self.root);
        match self.profile {
            Profile::Usual => {}
            Profile::ManyAnswers => {
                command.args(["--profile", "graded"]);
            }
            Profile::ManyInputs => {
                command.arg("--release");
            }
        }
    }
}

/// The program `cargo`: the one that started us, where one did.
#[must_use]
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Builds the laws.
///
/// # Errors
///
/// [`BuildFailure::Rejected`] with rustc's diagnostics if something does not compile.
pub fn build(variant: &Variant, progress: &mut dyn Progress) -> Result<Laws, BuildFailure> {
    let format = if variant.color { "json-diagnostic-rendered-ansi" } else { "json" };
    let mut command = cargo();
    command.current_dir(&variant.root).args(["test", "--no-run"]);
    variant.choose(&mut command);
    command.args(["--message-format", format]).env("CARGO_TARGET_DIR", &variant.target);
    let (mut program, mut diagnostics, mut built) = (None, Vec::new(), 0);
    progress.say("building the laws");
    let finished = child::run_hearing_both(&mut command, |heard| {
        let line = match heard {
            // Cargo says so and nothing more until the other one has finished.
            Heard::Error(line) if line.contains("Blocking waiting for file lock") => {
                progress.say("waiting for another cargo, which is building");
                None
            }
            Heard::Line(line) => Some(line),
            Heard::Error(_) | Heard::Nothing => None,
        };
        if let Some(message) = line.and_then(|line| serde_json::from_str::<Value>(line).ok()) {
            match message["reason"].as_str() {
                Some("compiler-message") => diagnostics.extend(Diagnostic::read(&message, &variant.root)),
                Some("compiler-artifact") => {
                    let name = message["target"]["name"].as_str().unwrap_or_default();
                    if message["executable"].is_string() && name == variant.program() {
                        program = message["executable"].as_str().map(PathBuf::from);
                    }
                    if message["fresh"] == Value::Bool(false) {
                        built += 1;
                        progress.say(&format!("building the laws: {name} is done ({built})"));
                    }
                }
                _ => {}
            }
        }
        progress.tick();
        Next::On
    })?;
    match program {
        Some(program) if finished.status.success() => {
            Ok(Laws { variant: variant.clone(), program, warnings: diagnostics })
        }
        _ => Err(failure(diagnostics, &finished.stderr)),
    }
}
