//! One parser for all: help with examples, and 2 for a wrong command line.

use crate::called::{PROGRAMS, program, said};

#[test]
fn help_has_examples_and_a_wrong_word_ends_with_2() {
    for (name, _) in PROGRAMS {
        let mut command = program(name).expect("it is built");
        let help = said(command.arg("--help"));
        assert_eq!(help.code, Some(0), "{name}");
        assert!(
            help.out.contains("Examples:") && help.out.contains(&format!("cargo kata {name}")),
            "{}",
            help.out
        );
        let mut command = program(name).expect("it is built");
        let wrong = said(command.arg("--frobnicate"));
        assert!(wrong.code == Some(2) && wrong.err.contains("--frobnicate"), "{name}: {wrong:?}");
    }
}

#[cfg(feature = "compare")]
#[test]
fn what_can_be_compared_is_listed() {
    let listed = |words: &[&str]| said(program("compare").expect("it is built").args(words));
    let all = listed(&["--list"]);
    assert!(all.code == Some(0) && all.out.contains("m01_linear_algebra/vectors/dot\n"), "{all:?}");
    let some = listed(&["m01_linear_algebra/vectors", "--list"]);
    assert!(some.out.lines().all(|id| id.starts_with("m01_linear_algebra/vectors/")), "{some:?}");
    let none = listed(&["m99"]);
    assert!(none.code == Some(2) && none.err.contains("nothing to compare for m99"), "{none:?}");
}

#[cfg(feature = "compare")]
#[test]
fn a_challenge_needs_a_kata_that_is_written() {
    let challenged = |name: &str| said(program("compare").expect("it is built").args(["--challenge", name]));
    let unknown = challenged("everest");
    assert!(unknown.code == Some(2) && unknown.err.contains("no challenge named everest"), "{unknown:?}");
    let taken = challenged("dot");
    match taken.code {
        Some(1) => assert!(taken.err.contains("is not written yet"), "{taken:?}"),
        code => assert!(code == Some(0) && taken.out.contains("lower is better"), "{taken:?}"),
    }
}

#[cfg(feature = "serve")]
#[test]
fn a_port_is_a_number() {
    let wrong = said(program("serve").expect("it is built").args(["--port", "70000"]));
    assert!(wrong.code == Some(2) && wrong.err.contains("70000"), "{wrong:?}");
}

#[cfg(feature = "pipeline")]
#[test]
fn a_table_needs_a_target() {
    let wrong = said(program("pipeline").expect("it is built").args(["--data", "x.csv"]));
    assert!(wrong.code == Some(2) && wrong.err.contains("--target COLUMN"), "{wrong:?}");
}
