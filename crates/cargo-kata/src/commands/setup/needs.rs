//! What the katas need, and how it is here.

use std::fs;
use std::process::Command as Program;

use crate::commands::Context;
use engine::judging::nextest;
use engine::machine::opencv;
use engine::problem::{Doing, Problem};

/// Something that the katas need, and how it is here.
pub(super) struct Requirement {
    pub(super) name: &'static str,
    pub(super) there: bool,
    /// Whether all katas but a few can do without.
    pub(super) optional: bool,
    pub(super) what: String,
    pub(super) remedy: &'static str,
}

pub(super) fn rust(context: &Context) -> Result<Requirement, Problem> {
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
    Ok(Requirement {
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

pub(super) fn runner(context: &Context) -> Requirement {
    let settings = fs::read_to_string(context.workspace.path(".config/nextest.toml")).unwrap_or_default();
    let wanted = settings.lines().find_map(|line| line.strip_prefix("nextest-version = "));
    let wanted = wanted.unwrap_or_default().trim_matches('"');
    let program = nextest::installed();
    let version = program.as_ref().and_then(|program| {
        let said = Program::new(program).args(["nextest", "--version"]).output().ok()?;
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        said.split_whitespace().nth(1).map(ToOwned::to_owned)
    });
    let (there, what) = match (program, version) {
        (None, _) => (
            false,
            "not installed; laws are judged all the same, with less shelter from endless calls".to_owned(),
        ),
        (Some(program), Some(version)) if numbers(&version) >= numbers(wanted) => {
            (true, format!("{} {version} runs each law in a process of its own", program.display()))
        }
        (Some(program), version) => {
            let version = version.unwrap_or_else(|| "of an unknown version".to_owned());
            (false, format!("{} is {version}, {wanted} or later is needed", program.display()))
        }
    };
    Requirement {
        name: "cargo-nextest",
        there,
        optional: false,
        what,
        remedy: "`cargo install cargo-nextest --locked`, some minutes once",
    }
}

pub(super) fn library() -> Requirement {
    let missing = opencv::missing();
    let what = match missing[..] {
        _ if opencv::is_declined() => {
            "hidden by KATAS_OPENCV=no; the second half of m08 is skipped".to_owned()
        }
        [] => "library and libclang are here, for the second half of m08".to_owned(),
        _ => format!("missing: {}; the second half of m08 is skipped", missing.join(", and ")),
    };
    Requirement {
        name: "OpenCV",
        there: missing.is_empty(),
        optional: true,
        what,
        remedy: if opencv::is_declined() {
            "Without the variable it is looked for."
        } else {
            "OpenCV 4.5 or later with headers, pkg-config, clang and libclang: on Debian `apt-get install \
             --no-install-recommends libopencv-dev clang libclang-dev opencv-data pkg-config` (185 MB), with \
             Homebrew `brew install opencv llvm pkgconf`"
        },
    }
}

pub(super) fn book() -> Requirement {
    let there = super::install::has_mdbook();
    Requirement {
        name: "mdBook",
        there,
        optional: true,
        what: match there {
            true => "makes the book a site: `cargo kata book`".to_owned(),
            false => "not installed; `cargo kata explain` shows the book in the terminal".to_owned(),
        },
        remedy: "`cargo install mdbook --locked`, some minutes once",
    }
}

pub(super) fn writable(context: &Context) -> Requirement {
    let probe = context.workspace.path(format!("katas/.cargo-kata-{}", std::process::id()));
    let written = fs::write(&probe, "").and_then(|()| fs::remove_file(&probe));
    let what = match &written {
        Ok(()) => "your katas can be written".to_owned(),
        Err(error) => format!("katas/ cannot be written: {error}"),
    };
    Requirement {
        name: "folder",
        there: written.is_ok(),
        optional: false,
        what,
        remedy: "Clone the repository to a folder of your own.",
    }
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
