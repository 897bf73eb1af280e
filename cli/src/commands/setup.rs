use std::fs;
use std::process::Command as Program;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, prompt};
use crate::judging::build::cargo;
use crate::judging::{hand_over, nextest};
use crate::problem::{Doing, Exit, Problem};
use crate::show::wrap;
use crate::{bubblewrap, opencv};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("setup")
        .about("What is missing on this machine; installs it if you agree")
        .arg(Arg::new("yes").long("yes").action(ArgAction::SetTrue).help("Install without asking"))
        .after_help("Exit code 3 if something is missing and was not installed. OpenCV, which half a milestone needs, counts only\nwith --yes, which asks for it.\n\nExamples:\n  cargo kata setup\n  cargo kata setup --yes")
}

/// Something that the katas need, and how it is here.
struct Need {
    name: &'static str,
    there: bool,
    /// Whether all katas but a few can do without.
    optional: bool,
    what: String,
    remedy: &'static str,
}

const INSTALL: [&str; 3] = ["install", "cargo-nextest", "--locked"];

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let needs = [rust(context)?, runner(), writable(context), library()];
    if context.json {
        let all: Vec<_> = needs
            .iter()
            .map(|it| {
                let Need { name, there, optional, what, remedy } = it;
                json!({ "name": name, "there": there, "optional": optional, "what": what, "remedy": remedy })
            })
            .collect();
        context.print(&format!("{:#}\n", json!({ "needs": all })));
    } else {
        context.print(&needs.iter().map(|need| line(context, need)).collect::<String>());
    }
    let mut missing = needs.iter().filter(|it| !it.there && !it.optional).count();
    let yes = matches.get_flag("yes");
    if !needs[1].there && !context.json && (yes || agreed(RUNNER)?) {
        install()?;
        missing -= usize::from(nextest::installed().is_some());
    }
    let is_wanted = !needs[3].there && !context.json && !opencv::is_declined();
    if is_wanted && !bring_opencv(context, yes)? && yes {
        missing += 1;
    }
    Ok(if missing == 0 { Exit::Fine } else { Exit::Environment })
}

fn line(context: &Context, need: &Need) -> String {
    let style = context.style;
    let mark = match need {
        Need { there: true, .. } => style.good("✓"),
        Need { optional: true, .. } => style.faint("·"),
        _ => style.bad("✗"),
    };
    let mut out = wrap(&format!("{}: {}", need.name, need.what), &format!("{mark} "), style.width) + "\n";
    if !need.there {
        out += &(wrap(need.remedy, "  ", style.width) + "\n");
    }
    out
}

fn rust(context: &Context) -> Result<Need, Problem> {
    let manifest = context.workspace.path("Cargo.toml");
    let text = fs::read_to_string(&manifest).doing("read", &manifest)?;
    let wanted = text.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let wanted = wanted.unwrap_or_default().trim_matches('"').to_owned();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let said = Program::new(rustc).arg("--version").output();
    let said =
        said.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let version = said.split(' ').nth(1).unwrap_or_default();
    let what = match version {
        "" => "not found".to_owned(),
        _ => format!("{version} is here, {wanted} or later is needed"),
    };
    let there = !version.is_empty() && numbers(version) >= numbers(&wanted);
    Ok(Need {
        name: "rustc",
        there,
        optional: false,
        what,
        remedy: "`rustup update stable` brings the newest; https://rustup.rs has rustup.",
    })
}

fn numbers(version: &str) -> Vec<u32> {
    let plain = version.split('-').next().unwrap_or_default();
    let mut numbers: Vec<u32> = plain.split('.').map(|part| part.parse().unwrap_or(0)).collect();
    numbers.resize(3, 0);
    numbers
}

fn runner() -> Need {
    let (there, what) = match nextest::installed() {
        Some(program) => (true, format!("{} runs each law in a process of its own", program.display())),
        None => (
            false,
            "not installed; laws are judged all the same, with less shelter from endless calls".into(),
        ),
    };
    Need {
        name: "cargo-nextest",
        there,
        optional: false,
        what,
        remedy: "`cargo install cargo-nextest --locked`, some minutes once",
    }
}

fn library() -> Need {
    let missing = opencv::missing();
    let what = match missing[..] {
        _ if opencv::is_declined() => {
            "hidden by KATAS_OPENCV=no; the second half of m08 is skipped".to_owned()
        }
        [] => "library and libclang are here, for the second half of m08".to_owned(),
        _ => format!("missing: {}; the second half of m08 is skipped", missing.join(", and ")),
    };
    Need {
        name: "OpenCV",
        there: missing.is_empty(),
        optional: true,
        what,
        remedy: if opencv::is_declined() {
            "Without the variable it is looked for."
        } else {
            "OpenCV 4.5 or later with headers, pkg-config, clang and libclang: on Debian `apt-get install \
             --no-install-recommends libopencv-dev clang libclang-dev opencv-data pkg-config` (185 MB), with Homebrew `brew \
             install opencv llvm pkgconf`"
        },
    }
}

/// Installs OpenCV where that is agreed to and a way is known; whether it is there then.
///
/// # Errors
///
/// A [`Problem`] if it was to be installed and could not be.
pub(super) fn bring_opencv(context: &Context, yes: bool) -> Result<bool, Problem> {
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
pub(super) fn bring_bubblewrap(context: &Context, yes: bool) -> Result<bool, Problem> {
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
        let failed = |why: String| Problem::Runner {
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

fn writable(context: &Context) -> Need {
    let probe = context.workspace.path(format!("katas/.cargo-kata-{}", std::process::id()));
    let written = fs::write(&probe, "").and_then(|()| fs::remove_file(&probe));
    let what = match &written {
        Ok(()) => "your katas can be written".to_owned(),
        Err(error) => format!("katas/ cannot be written: {error}"),
    };
    Need {
        name: "folder",
        there: written.is_ok(),
        optional: false,
        what,
        remedy: "Clone the repository to a folder of your own.",
    }
}

/// For commands that want the runner: installs it where that was agreed to, and else goes on without.
///
/// # Errors
///
/// A [`Problem`] if it was to be installed and could not be.
pub(super) fn require_runner(context: &Context, yes: bool) -> Result<(), Problem> {
    if nextest::installed().is_some() {
        return Ok(());
    }
    if yes || (!context.json && agreed(RUNNER)?) {
        return install();
    }
    eprintln!("cargo-nextest is not installed; the laws are run without it. `cargo kata setup` installs it.");
    Ok(())
}

const RUNNER: &str = "Install cargo-nextest now? It takes some minutes, once.";

fn agreed(question: &str) -> Result<bool, Problem> {
    if prompt::can_ask() { prompt::yes(question) } else { Ok(false) }
}

/// Cargo shows its own progress.
fn install() -> Result<(), Problem> {
    if hand_over(cargo().args(INSTALL))?.success() {
        return Ok(());
    }
    Err(Problem::Runner {
        what: "cargo-nextest was not installed".into(),
        remedy: "Cargo says above why. https://nexte.st has ready-made programs too.".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(numbers("1.100.0") > numbers("1.91"));
        assert!(numbers("1.91.0-nightly") >= numbers("1.91"));
        assert!(numbers("1.90.2") < numbers("1.91"));
    }
}
