//! What the scan sees, and what it must not see.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use engine::catalog::Catalog;
use engine::workspace::Workspace;
use grader::scan::{Finding, Mode, Policy};

const FILE: &str = "m01_linear_algebra/vectors";

fn policy(mode: Mode) -> Policy {
    static ALL: LazyLock<Policy> = LazyLock::new(|| {
        let workspace = Workspace::find().expect("it is there");
        let catalog = Catalog::read(&workspace).expect("it is there");
        Policy::new(Mode::Enforce, &workspace, catalog.katas().map(|kata| kata.id.as_str()))
            .expect("it is there")
    });
    let mut policy = ALL.clone();
    policy.mode = mode;
    policy
}

fn found(id: &str, text: &str) -> Vec<String> {
    policy(Mode::Advise).scan(id, text).iter().map(|it| format!("{} {}", it.line, it.what)).collect()
}

#[test]
fn what_reaches_outside_is_named_with_its_line() {
    for (text, expected) in [
        ("fn a() {\n    std::process::exit(0)\n}", "2 std::process"),
        ("use std::{cmp,\n    fs::File, io};", "2 std::fs"),
        ("use ::std::net::TcpStream;", "1 std::net"),
        ("use std as s;", "1 std as …"),
        ("use std::*;", "1 std::*"),
        ("fn a() { println!(\"{}\", std::env::args().count()) }", "1 std::env"),
        ("unsafe fn a() {}", "1 unsafe"),
        ("extern crate katas;", "1 extern"),
        ("const A: &str = include_str!(\"x\");", "1 include_str!"),
        ("\n#[path = \"x.rs\"]\nmod x;", "2 #[path]"),
        ("#[cfg_attr(all(), path = \"x.rs\")]\nmod x;", "1 #[path]"),
        ("#[unsafe(no_mangle)]\npub fn main() {}", "1 #[no_mangle]"),
        ("use r#std::r#process;", "1 std::process"),
    ] {
        assert!(found(FILE, text).contains(&expected.to_owned()), "{text}: {:?}", found(FILE, text));
    }
}

#[test]
fn what_only_looks_like_it_is_not() {
    for text in [
        "/// Unlike `std::process`, unsafe.\n// include!(\"x\")\n\
        fn a() -> &'static str { \"std::fs::read unsafe\" }",
        "struct Walk { path: f64 }\nfn a(walk: Walk) -> f64 { walk.path }",
        "#[inline]\n#[must_use]\n#[allow(unused)]\n#[doc = \"path = x\"]\nfn a() {}",
        "use ndarray::{Array1, azip, s};\nfn a(x: Array1<f64>) -> f64 { x.slice(s![..]).std(0.0) }",
        "fn a(include: u8, process: u8) -> bool { include != process }",
        "mod process { pub fn id() {} }\nfn a() { process::id() }",
        "use std::{fmt, collections::HashMap};",
        "fn broken(",
    ] {
        assert_eq!(found(FILE, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn from_scratch_is_from_scratch() {
    let norm =
        "use nalgebra::DVector;\nfn norm(x: &[f64]) -> f64 {\n    DVector::from_column_slice(x).norm()\n}";
    assert_eq!(found(FILE, norm), ["3 nalgebra's norm"]);
    assert_eq!(found("m01_linear_algebra/ndarray_ops", norm), Vec::<String>::new());
    // A method of one's own may bear any name, and the kata itself does.
    let own = "use nalgebra::Vector2;\nstruct V(Vector2<f64>);\nimpl V {\n fn norm(&self) -> f64 { 1.0 }\n}\n\
               fn norm(v: V) -> f64 { v.norm() }";
    assert_eq!(found(FILE, own), Vec::<String>::new());
    let forest = "use smartcore::ensemble::random_forest_classifier as rf;";
    assert_eq!(found("m05_classifiers/bayes", forest), ["1 smartcore"]);
    assert_eq!(found("m05_classifiers/library", forest), Vec::<String>::new());
}

#[test]
fn only_enforced_it_costs_points_and_only_those_of_its_kata() {
    let inside = "pub fn dot() { unsafe {} }\npub fn add() {}";
    let around = "fn helper() { unsafe {} }\npub fn dot() {}";
    let rejects = |mode, text: &str, kata: &str| {
        let policy = policy(mode);
        let findings: Vec<Finding> = policy.scan(FILE, text);
        policy.rejects(&findings, &format!("{FILE}/{kata}")).is_some()
    };
    assert!(rejects(Mode::Enforce, inside, "dot") && !rejects(Mode::Enforce, inside, "add"));
    assert!(rejects(Mode::Enforce, around, "dot") && rejects(Mode::Enforce, around, "add"));
    assert!(!rejects(Mode::Advise, inside, "dot") && !rejects(Mode::Off, around, "add"));
}

#[test]
fn no_depth_and_no_length_holds_it_up() {
    let deep = format!("fn a() -> u8 {{ {}1{} }}", "(".repeat(60_000), ")".repeat(60_000));
    let long = "std::{".repeat(20_000) + &"}".repeat(20_000);
    let calls = format!("use nalgebra as n;\nfn a() {{ {} }}", "x.dot(y);".repeat(20_000));
    let attributes = "#[path".repeat(20_000) + &"]".repeat(20_000);
    let began = std::time::Instant::now();
    for text in [&deep, &long, &calls, &attributes] {
        assert!(found(FILE, text).len() <= 100);
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

/// Every reference, and every wheat and chaff, keeps to the rules: they are answers as people give them.
#[test]
fn no_answer_of_this_repository_breaks_a_rule() {
    let workspace = Workspace::find().unwrap();
    let policy = policy(Mode::Enforce);
    let mut looked_at = 0;
    for (tree, depth) in [("solutions", 1), ("specimens", 2)] {
        for path in files(&workspace.path(tree)) {
            let below = path.strip_prefix(workspace.path(tree)).unwrap().with_extension("");
            let parts: Vec<_> = below.iter().map(|it| it.to_string_lossy().into_owned()).collect();
            if parts.len() != depth + 1 || below.ends_with("mod") {
                continue;
            }
            let id = parts[..2].join("/");
            let mut findings = policy.scan(&id, &fs::read_to_string(&path).unwrap());
            // One wheat shows that the laws take a library's answer for what it is.
            findings.retain(|it| !(tree == "specimens" && it.what.contains("'s ")));
            assert!(findings.is_empty(), "{}: {findings:#?}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 200, "{looked_at}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is there").map(|it| it.expect("it is there").path());
    let below = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    below.filter(|path| path.extension().is_some_and(|it| it == "rs")).collect()
}
