//! Building the laws with the learner's katas.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::child::{self, Heard, Next};
use super::environment;
use crate::Progress;
use crate::hash::Hash;
use crate::problem::Problem;

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
    /// Whether it is optimised: worth the wait for many inputs.
    pub optimised: bool,
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

/// What rustc says about one mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file it points to, from the package's folder.
    pub file: Option<PathBuf>,
    /// The line, counted from 1.
    pub line: u64,
    /// Whether it is an error.
    pub is_error: bool,
    /// As rustc shows it.
    pub rendered: String,
}

/// Why there is no test program.
#[derive(Debug)]
pub enum BuildFailure {
    /// rustc refused it.
    Refused(Vec<Diagnostic>),
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for BuildFailure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Variant {
    /// The name of the test program.
    pub(super) fn program(&self) -> &'static str {
        if self.one.is_some() { "one" } else { "suite" }
    }

    /// Tells cargo or nextest which program is meant.
    pub(super) fn choose(&self, command: &mut Command) {
        command.args(["--package", "katas", "--test", self.program()]);
        command.args(["--no-default-features", "--features", &self.features.join(",")]);
        command.envs(self.one.iter().map(|list| ("KATAS_ONE", list)));
        command.env(TEXT, self.text.to_string());
        environment::seal_build(command);
        if self.optimised {
            command.arg("--release");
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
/// [`BuildFailure::Refused`] with rustc's diagnostics if something does not compile.
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

/// Code that does not compile is at fault where rustc points to a file; a linker that was killed points nowhere.
fn failure(diagnostics: Vec<Diagnostic>, stderr: &str) -> BuildFailure {
    let errors = || diagnostics.iter().filter(|it| it.is_error);
    let said: String = errors().map(|it| it.rendered.as_str()).chain([stderr]).collect();
    if let Some(remedy) = of_the_machine(&said) {
        return Problem::cargo(&said, remedy).into();
    }
    if errors().any(|it| it.file.is_some()) {
        return BuildFailure::Refused(diagnostics);
    }
    cargo_failed(&said).into()
}

/// What to do where the machine is at fault, and not the code.
fn of_the_machine(said: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["No space left on device", "os error 28", "Disk quota exceeded"]) {
        Some("The disk is full: make room and try again. Your katas are as they were.")
    } else if says(&["signal: 9", "SIGKILL", "signal 9", "memory allocation of", "Cannot allocate memory"]) {
        Some(
            "The system ended the compiler or the linker, as it does when memory runs out: close other \
             programs and try again, or build with one job at a time: `CARGO_BUILD_JOBS=1 cargo kata test`.",
        )
    } else if says(&["signal: 15", "SIGTERM", "signal: 11", "SIGSEGV", "signal 11"]) {
        Some("The compiler or the linker was ended from outside, or broke down: try again.")
    } else if says(&["linking with `", "linker `"]) {
        Some(
            "The linker failed. Is a C compiler installed, and is there room on the disk and in memory? \
             `cargo kata setup` checks what is missing on this machine.",
        )
    } else {
        None
    }
}

fn cargo_failed(stderr: &str) -> Problem {
    let offline =
        ["download", "resolve host", "network", "registry"].iter().any(|word| stderr.contains(word));
    let remedy = if offline {
        "The first build fetches libraries: is this machine online?"
    } else {
        "This is cargo's own message. `cargo kata setup` checks what is missing on this machine."
    };
    Problem::cargo(stderr, remedy)
}

impl Diagnostic {
    fn read(message: &Value, root: &Path) -> Option<Self> {
        let message = &message["message"];
        let rendered = message["rendered"].as_str()?.to_owned();
        let spans = message["spans"].as_array()?;
        let primary = spans.iter().find(|span| span["is_primary"] == Value::Bool(true)).map(in_the_package);
        let file = primary.as_ref().and_then(|span| span["file_name"].as_str()).map(PathBuf::from);
        // A summary such as "aborting due to 2 previous errors" points nowhere and says nothing.
        if file.is_none() && rendered.contains("aborting due to") {
            return None;
        }
        Some(Self {
            file: file.map(|file| file.strip_prefix(root).map(Path::to_owned).unwrap_or(file)),
            line: primary.and_then(|span| span["line_start"].as_u64()).unwrap_or_default(),
            is_error: message["level"].as_str().is_some_and(|level| level.starts_with("error")),
            rendered,
        })
    }
}

/// Where the learner wrote what a macro of a library expanded.
fn in_the_package(span: &Value) -> Value {
    let mut span = span;
    while span["expansion"]["span"].is_object() {
        span = &span["expansion"]["span"];
    }
    span.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy(stderr: &str, diagnostics: Vec<Diagnostic>) -> Option<String> {
        match failure(diagnostics, stderr) {
            BuildFailure::Problem(problem) => Some(problem.remedy().join(" ")),
            BuildFailure::Refused(_) => None,
        }
    }

    fn error(file: Option<&str>, rendered: &str) -> Diagnostic {
        let (file, rendered) = (file.map(PathBuf::from), rendered.to_owned());
        Diagnostic { file, line: 1, is_error: true, rendered }
    }

    #[test]
    fn a_machine_at_fault_is_named_and_no_file_is() {
        for (said, words) in [
            ("error: No space left on device (os error 28)", "disk is full"),
            ("error: could not compile `katas` (lib) (signal: 9, SIGKILL: kill)", "memory runs out"),
            ("collect2: fatal error: ld terminated with signal 9 [Killed]", "memory runs out"),
            ("error: linking with `cc` failed: exit status: 1", "linker failed"),
            ("error: failed to download `a`", "online"),
        ] {
            assert!(remedy(said, vec![]).is_some_and(|remedy| remedy.contains(words)), "{said}");
            let diagnostics = vec![error(None, said)];
            assert!(remedy("", diagnostics).is_some_and(|remedy| remedy.contains(words)), "{said}");
        }
        assert_eq!(remedy("", vec![error(Some("katas/a.rs"), "error[E0308]: mismatched types")]), None);
    }
}
