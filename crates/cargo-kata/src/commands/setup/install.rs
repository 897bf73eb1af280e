//! Bringing what is missing, where that is agreed to.

use std::process::Command as Program;

use crate::commands::{Context, prompt};
use engine::judging::build::cargo;
use engine::judging::{hand_over, nextest};
use engine::machine::{bubblewrap, opencv};
use engine::problem::Problem;

const INSTALL: [&str; 3] = ["install", "cargo-nextest", "--locked"];
/// The version that the book is made for.
const MDBOOK: [&str; 5] = ["install", "mdbook", "--locked", "--version", "0.5.4"];

/// Installs OpenCV where that is agreed to and a way is known; whether it is there then.
///
/// # Errors
///
/// A [`Problem`] if it was to be installed and could not be.
pub(in crate::commands) fn bring_opencv(context: &Context, yes: bool) -> Result<bool, Problem> {
    if opencv::is_declined() || opencv::is_there() {
        return Ok(false);
    }
    let without = "Everything else works without it; KATAS_OPENCV=no says that you do not want it.";
    Ok(bring(context, yes, "OpenCV", &opencv::installation(), without)? && opencv::look_again())
}

/// Installs bubblewrap, which shuts submissions in, where that is agreed to and a way is known.
///
/// # Errors
///
/// A [`Problem`] if it was to be installed and could not be.
pub(in crate::commands) fn bring_bubblewrap(context: &Context, yes: bool) -> Result<bool, Problem> {
    let without = "Only submissions of others cannot be graded without it.";
    bring(context, yes, "bubblewrap", &bubblewrap::installation(), without)
}

/// Takes these steps, if there are any and they are agreed to; whether they were taken.
fn bring(
    context: &Context,
    yes: bool,
    name: &str,
    steps: &[Vec<String>],
    without: &str,
) -> Result<bool, Problem> {
    if steps.is_empty() || context.json {
        return Ok(false);
    }
    let shown = steps.iter().map(|step| step.join(" ")).collect::<Vec<_>>().join(" && ");
    if !yes && !agreed(&format!("Install {name} now? This runs: {shown}"))? {
        return Ok(false);
    }
    for step in steps {
        let failed = |why: String| Problem::Installation {
            what: format!("{name} was not installed: `{}` {why}", step.join(" ")),
            remedy: without.to_owned(),
        };
        let status =
            Program::new(&step[0]).args(&step[1..]).env("DEBIAN_FRONTEND", "noninteractive").status();
        match status {
            Ok(status) if status.success() => {}
            Ok(status) => return Err(failed(format!("ended with {status}"))),
            Err(error) => return Err(failed(error.to_string())),
        }
    }
    Ok(true)
}

/// For commands that want the runner: installs it where that was agreed to, and else goes on without.
///
/// # Errors
///
/// A [`Problem`] if it was to be installed and could not be.
pub(in crate::commands) fn require_runner(context: &Context, yes: bool) -> Result<(), Problem> {
    if nextest::installed().is_some() {
        return Ok(());
    }
    if yes || (!context.json && agreed(RUNNER)?) {
        return install();
    }
    eprintln!("cargo-nextest is not installed; the laws are run without it. `cargo kata setup` installs it.");
    Ok(())
}

pub(super) fn has_mdbook() -> bool {
    Program::new("mdbook").arg("--version").output().is_ok_and(|it| it.status.success())
}

/// For the book: installs mdBook where that is agreed to.
///
/// # Errors
///
/// A [`Problem`] if it is not there afterwards.
pub(in crate::commands) fn require_mdbook(context: &Context, yes: bool) -> Result<(), Problem> {
    if has_mdbook() {
        return Ok(());
    }
    let is_wanted = yes || (!context.json && agreed("Install mdBook now? It takes some minutes, once.")?);
    if is_wanted && hand_over(cargo().args(MDBOOK))?.success() {
        return Ok(());
    }
    Err(Problem::Installation {
        what: if is_wanted { "mdBook was not installed" } else { "mdBook is not installed" }.to_owned(),
        remedy: "`cargo kata book --yes` installs it, as `cargo install mdbook --locked` does. Without it, \
                 `cargo kata explain m01` shows a chapter in the terminal."
            .to_owned(),
    })
}

pub(super) const RUNNER: &str = "Install cargo-nextest now? It takes some minutes, once.";

pub(super) fn agreed(question: &str) -> Result<bool, Problem> {
    if prompt::can_ask() { prompt::yes(question) } else { Ok(false) }
}

/// Cargo shows its own progress.
pub(super) fn install() -> Result<(), Problem> {
    if hand_over(cargo().args(INSTALL))?.success() {
        return Ok(());
    }
    Err(Problem::Installation {
        what: "cargo-nextest was not installed".into(),
        remedy: "Cargo says above why. https://nexte.st has ready-made programs too.".into(),
    })
}
