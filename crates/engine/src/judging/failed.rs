//! A build that failed: whose fault it is.

use super::diagnostic::Diagnostic;
use crate::problem::Problem;

/// Why there is no test program.
#[derive(Debug)]
pub enum BuildFailure {
    /// rustc rejected it.
    Rejected(Vec<Diagnostic>),
    /// Anything else.
    Problem(Problem),
}

impl From<Problem> for BuildFailure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Code that does not compile is at fault where rustc points to a file; a linker that was killed points nowhere.
pub(super) fn failure(diagnostics: Vec<Diagnostic>, stderr: &str) -> BuildFailure {
    let errors = || diagnostics.iter().filter(|it| it.is_error);
    let said: String = errors().map(|it| it.rendered.as_str()).chain([stderr]).collect();
    if let Some(remedy) = of_the_machine(&said) {
        return Problem::cargo(&said, remedy).into();
    }
    if errors().any(|it| it.file.is_some()) {
        return BuildFailure::Rejected(diagnostics);
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn remedy(stderr: &str, diagnostics: Vec<Diagnostic>) -> Option<String> {
        match failure(diagnostics, stderr) {
            BuildFailure::Problem(problem) => Some(problem.remedy().join(" ")),
            BuildFailure::Rejected(_) => None,
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
