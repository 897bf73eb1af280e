//! The same text gets the same verdict at home and in the grader, law by law: right and wrong answers, files that no
//! compiler can read, and modules of the learner's own.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::source::Source;
use engine::workspace::Workspace;
use grader::judge::{Assignment, GradingConditions, Plan, grade, read};
use grader::report::result::to_json;
use grader::sandbox::{copy, recreate};
use serde_json::Value;

const FILE: &str = "m01_linear_algebra/vectors";
const LIST: &str = "katas/m01_linear_algebra/mod.rs";

/// A body of `dot`, and other files.
struct Case {
    name: &'static str,
    body: &'static str,
    others: &'static [(&'static str, &'static str)],
}

const fn case(name: &'static str, body: &'static str) -> Case {
    Case { name, body, others: &[] }
}

/// A right sum behind the check of the lengths.
macro_rules! checked {
    ($sum:literal) => {
        concat!(
            "    if x.len() != y.len() {\n        \
             return Err(InputError::LengthMismatch { left: x.len(), right: y.len() });\n    }\n    ",
            $sum,
            "\n"
        )
    };
}

const IN_THE_FIRST_CALL: &str = "wrong in the first call of a process";

const CASES: [Case; 16] = [
    case("right", checked!("Ok(x.iter().zip(y).map(|(a, b)| a * b).sum())")),
    case("not written", "    todo!()\n"),
    case("not written yet in one branch", "    if x.len() == y.len() { Ok(0.0) } else { todo!() }\n"),
    case("no check of the lengths", "    Ok(x.iter().zip(y).map(|(a, b)| a * b).sum())\n"),
    case(
        "wrong from seven entries on",
        checked!(
            "Ok(x.iter().zip(y).map(|(a, b)| a * b).sum::<f64>() + if x.len() > 6 { 1.0 } else { 0.0 })"
        ),
    ),
    case(
        "panics for no entries",
        checked!("Ok(x[0] * y[0] + x[1..].iter().zip(&y[1..]).map(|(a, b)| a * b).sum::<f64>())"),
    ),
    case("single precision", checked!("Ok(x.iter().zip(y).map(|(a, b)| f64::from((a * b) as f32)).sum())")),
    case("another order of the sum", checked!("Ok(x.iter().zip(y).rev().map(|(a, b)| a * b).sum())")),
    case(
        IN_THE_FIRST_CALL,
        checked!(
            "static CALLS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);\n    \
             let first = CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;\n    \
             Ok(x.iter().zip(y).map(|(a, b)| a * b).sum::<f64>() + f64::from(u8::from(first)))"
        ),
    ),
    case("does not compile", "    Ok(x.iter().zip(y).map(|a, b| a * b).sum())\n"),
    case("integer overflow", checked!("let n = (x.len() as u8) * 200;\n    Ok(f64::from(n))")),
    case("exits as if all were well", "    std::process::exit(0)\n"),
    case("calls itself without end", "    dot(y, x)\n"),
    Case {
        name: "a module next to the file",
        body: "    super::sums::dot(x, y)\n",
        others: &[(LIST, "mod sums;\n"), ("katas/m01_linear_algebra/sums.rs", SUMS)],
    },
    Case {
        name: "a module that no list names",
        body: "    super::sums::dot(x, y)\n",
        others: &[("katas/m01_linear_algebra/sums.rs", SUMS)],
    },
    Case {
        name: "a module below the file",
        body: "    sums::dot(x, y)\n}\n\nmod sums;\n\nfn nothing() {\n",
        others: &[("katas/m01_linear_algebra/vectors/sums.rs", SUMS)],
    },
];

const SUMS: &str = "\
use kit::InputError;

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    kit::check::same_length(x.len(), y.len())?;
    Ok(x.iter().zip(y).map(|(a, b)| a * b).sum())
}
";

/// A repository like ours, with katas of its own.
struct Home {
    root: PathBuf,
    program: PathBuf,
}

impl Home {
    fn new(workspace: &Workspace) -> Self {
        let root = workspace.target().join("grader-at-home");
        fs::create_dir_all(&root).expect("a folder");
        for entry in fs::read_dir(workspace.root()).expect("the repository").flatten() {
            let name = entry.file_name();
            let to = root.join(&name);
            if !["target", "katas", ".git", ".kata"].iter().any(|it| name == *it) && !to.exists() {
                symlink(entry.path(), to).expect("a link");
            }
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(workspace.root()).args(["build", "-q", "-p", "cargo-kata"]);
        assert!(cargo.status().expect("cargo runs").success());
        Self { root, program: workspace.target().join("debug/cargo-kata") }
    }

    /// The katas of the repository, with these texts in their places.
    fn write(&self, workspace: &Workspace, files: &BTreeMap<String, String>) {
        recreate(&self.root.join("katas")).expect("a folder");
        copy(&workspace.path("katas"), &self.root.join("katas")).expect("the katas");
        for (path, text) in files {
            let path = self.root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
    }

    /// The state of `dot` and the status of each of its laws.
    fn judged(&self) -> (String, BTreeMap<String, String>) {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.root).args(["test", &format!("{FILE}/dot"), "--json"]);
        command.env("CARGO_TARGET_DIR", self.root.join("target"));
        let output = command.output().expect("it runs");
        let judged: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        described(&judged["katas"][0])
    }
}

/// The state of a kata, and how each law ended: held, or not.
fn described(kata: &Value) -> (String, BTreeMap<String, String>) {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let held = |law: &Value| {
        let status = word(&law["status"]);
        if ["broken", "timeout", "crashed"].contains(&status.as_str()) { "broken".to_owned() } else { status }
    };
    let laws = kata["laws"].as_array().cloned().unwrap_or_default();
    (word(&kata["state"]), laws.iter().map(|law| (word(&law["law"]), held(law))).collect())
}

fn assignment() -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned()]).expect("the repository is whole");
    let prepared = plan.only(|kata| kata.file_id() == FILE).prepare(&mut |_| {});
    let conditions = GradingConditions { seed: 1, ..GradingConditions::default() };
    prepared.expect("bubblewrap is installed").assign(conditions).expect("the repository is whole")
}

#[test]
fn the_same_text_has_the_same_verdict() {
    let assignment = assignment();
    let workspace = assignment.workspace();
    let (home, mut wrong) = (Home::new(workspace), Vec::new());
    let read_file = |path: &Path| fs::read_to_string(path).expect("a file of the repository");
    let solution = read_file(&workspace.path(format!("solutions/{FILE}.rs")));
    let dot = Source::new(&solution).function("dot").expect("it is there").body.clone().expect("a body");
    for case in &CASES {
        let text = format!("{}{{\n{}}}{}", &solution[..dot.start], case.body, &solution[dot.end..]);
        let mut files = BTreeMap::from([(format!("katas/{FILE}.rs"), text)]);
        for (path, text) in case.others {
            let list = if *path == LIST { read_file(&workspace.path(LIST)) } else { String::new() };
            files.insert((*path).to_owned(), list + text);
        }
        home.write(workspace, &files);
        let at_home = home.judged();
        let submission = read(&assignment, &[home.root.join("katas")]).expect("it can be read");
        let result = to_json(&grade(&assignment, "ada", submission, 8));
        let katas = result["katas"].as_array().expect("a list");
        let kata = katas.iter().find(|it| it["kata"] == format!("{FILE}/dot")).expect("a verdict");
        let here = described(kata);
        println!("{}: {} at home, {} here", case.name, at_home.0, here.0);
        // Where nothing compiles no law has a word of its own, and which law comes first in a process is open.
        let is_open = at_home.0 == "does not compile" || case.name == IN_THE_FIRST_CALL;
        if at_home.0 != here.0 || !is_open && at_home.1 != here.1 {
            wrong.push(format!("{}: at home {at_home:?}, here {here:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
