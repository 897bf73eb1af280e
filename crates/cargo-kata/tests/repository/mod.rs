//! A small repository of katas, laid out for the tests of the commands.

#![allow(dead_code, reason = "each test program uses its own part of it")]

pub mod shared;
use engine::fingerprints::{Fingerprint, Fingerprints};
use engine::hash::Hash;
use protocol::{KataVerdict, LawVerdict, Status};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::Value;

/// What the solution of the only file says.
pub const SOLUTION: &str = r#"//! Two katas on numbers and one on a type.

use kit::InputError;

/// The sum of two numbers, x + y.
///
/// * `x`, `y`: any numbers.
pub fn add(x: f64, y: f64) -> f64 {
    both(x, y)
}

/// The half of a number.
///
/// # Errors
///
/// [`InputError::Empty`] never: halves always exist.
pub fn half(x: f64) -> Result<f64, InputError> {
    Ok(x / 2.0)
}

/// Counts how often it was asked.
#[derive(Default)]
pub struct Counter {
    count: u64,
}

impl Counter {
    /// One more; returns how many there were so far.
    pub fn tick(&mut self) -> u64 {
        self.count += 1;
        self.count
    }
}

fn both(x: f64, y: f64) -> f64 {
    x + y
}
"#;

const ADD: &str = "use judge::{any, close, for_all};
use katas::m01_linear_algebra::numbers::add;

#[test]
fn it_is_the_sum() {
    for_all(\"x, y\", (any::eighth(), any::eighth())).holds(|&(x, y)| {
        close(\"add(x, y)\", add(x, y), x + y, 0.0, \"Put them together.\")
    });
}

#[test]
fn nothing_changes_nothing() {
    for_all(\"x\", any::eighth()).holds(|&x| close(\"add(x, 0)\", add(x, 0.0), x, 0.0, \"Zero is zero.\"));
}
";

const HALF: &str = "use judge::{Answer, close, example};
use katas::m01_linear_algebra::numbers::half;

#[test]
fn half_of_two_is_one() {
    example(|| close(\"half(2)\", half(2.0).accepted(\"half(2)\")?, 1.0, 0.0, \"Divide by two.\"));
}
";

const COUNTER: &str = "use judge::{equal, example};
use katas::m01_linear_algebra::numbers::Counter;

#[test]
fn it_counts_from_one() {
    example(|| equal(\"tick()\", Counter::default().tick(), 1, \"The first is the first.\"));
}
";

const HINTS: &str = "# add\n## Where to look\nAt `x`.\n## The idea\nPlus.\n## Almost the code\n`x + y`\n";

const ADD_SPECIMENS: &str = r#"chaff("one_more", "there is always one more", |x, y| x + y + 1.0)"#;

/// The fingerprint of that chaff.
fn fingerprints() -> Fingerprints {
    let law = |test, with: &str, got: &str| {
        let (with, got) = (with.to_owned(), got.to_owned());
        LawVerdict { with, got, ..LawVerdict::bare(test, Status::Broken) }
    };
    let laws = vec![
        law("it_is_the_sum", "x = 0.0\ny = 0.0", "add(x, y) = 1.0"),
        law("nothing_changes_nothing", "x = 0.0", "add(x, 0) = 1.0"),
    ];
    let verdict = KataVerdict { kata: "m01_linear_algebra/numbers/add".to_owned(), laws, compiles: true };
    let mut fingerprints = Fingerprints::default();
    fingerprints.set(&verdict.kata, "one_more", Fingerprint::of(&verdict));
    fingerprints
}

/// A repository in a folder of its own.
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// Lays it out anew.
    pub fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _there_was_none = fs::remove_dir_all(&root);
        // A new repository: what an earlier one in this place was built from is nothing to it.
        let name_of_record = format!("libraries-{}", Hash::of(root.as_os_str().as_encoded_bytes()));
        let target = Path::new(env!("CARGO_BIN_EXE_cargo-kata")).ancestors().nth(2).unwrap();
        let _there_was_none = fs::remove_file(target.join("kata").join(name_of_record));
        let repository = Self { root };
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let manifest = fs::read_to_string(ours.join("Cargo.toml")).unwrap();
        let members = manifest.lines().find(|line| line.starts_with("members = ")).unwrap();
        let manifest =
            manifest.replace(members, "members = [\"crates/judge\", \"crates/kit\", \"crates/protocol\"]");
        // Cargo distinguishes packages in one target folder by version.
        let manifest = manifest.replace("version = \"0.1.0\"", &format!("version = \"0.1.0-{name}\""));
        repository.write("Cargo.toml", &manifest);
        for below in [
            "Cargo.lock",
            "katas/lib.rs",
            "tests/one.rs",
            "crates/kit",
            "crates/judge",
            "crates/protocol",
            "crates/wire",
            "data",
        ] {
            copy(&ours.join(below), &repository.path(below));
        }
        for tree in ["katas", "solutions"] {
            repository.write(
                &format!("{tree}/mod.rs"),
                "//! All.\n\n#[cfg(feature = \"m01\")]\npub mod m01_linear_algebra;\n",
            );
            repository.write(
                &format!("{tree}/m01_linear_algebra/mod.rs"),
                "//! Milestone 1: numbers.\n\npub mod numbers;\n",
            );
        }
        repository.write("solutions/m01_linear_algebra/numbers.rs", SOLUTION);
        repository.write("katas/m01_linear_algebra/numbers.rs", &engine::outline::outline(SOLUTION));
        repository.write("katas/m01_linear_algebra/numbers.md", HINTS);
        repository.write("tests/main.rs", "//! The laws.\n\nmod m01_linear_algebra;\n");
        repository.write("tests/m01_linear_algebra/mod.rs", "mod numbers;\n");
        repository.write("tests/m01_linear_algebra/numbers/mod.rs", "mod add;\nmod counter;\nmod half;\n");
        for (kata, laws) in [("add", ADD), ("half", HALF), ("counter", COUNTER)] {
            repository.write(&format!("tests/m01_linear_algebra/numbers/{kata}.rs"), laws);
        }
        repository.write("specimens/m01_linear_algebra/numbers/add.rs", ADD_SPECIMENS);
        let path = Fingerprints::path(&repository.root, "m01_linear_algebra");
        fingerprints().write(&path).unwrap();
        repository
    }

    /// A file or folder below it.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Takes another package of the workspace in.
    pub fn take_in(&self, package: &str) {
        let below = format!("crates/{package}");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(&below), &self.path(&below));
        let manifest = fs::read_to_string(self.path("Cargo.toml")).unwrap();
        let with = manifest.replacen("members = [", &format!("members = [\"{below}\", "), 1);
        fs::write(self.path("Cargo.toml"), with).unwrap();
    }

    /// The learner's file.
    pub fn katas(&self) -> String {
        fs::read_to_string(self.path("katas/m01_linear_algebra/numbers.rs")).unwrap()
    }

    /// The learner solves everything, but for what is replaced.
    pub fn solve(&self, replaced: &[(&str, &str)]) {
        let text = replaced.iter().fold(SOLUTION.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        self.write("katas/m01_linear_algebra/numbers.rs", &text);
    }

    /// `cargo kata …` in this repository. Libraries are shared with the workspace's own target folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_cargo-kata"));
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.env("KATAS_TARGET", program.ancestors().nth(2).unwrap());
        command
    }

    /// Runs it.
    pub fn kata(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    /// Runs it with `--json`.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.kata(&[arguments, &["--json"]].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}{}", said.out, said.err))
    }
}

/// What `cargo kata` said.
#[derive(Debug)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().flatten() {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
