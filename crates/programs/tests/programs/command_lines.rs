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
fn what_is_written_can_be_timed() {
    let timed = |size: &str| {
        let words = ["m01_linear_algebra/vectors/dot", "--times", size];
        said(program("compare").expect("it is built").args(words))
    };
    let no_size = timed("many");
    assert!(no_size.code == Some(2) && no_size.err.contains("many"), "{no_size:?}");
    let times = timed("10");
    match times.code {
        Some(1) => assert!(times.err.contains("is not written yet"), "{times:?}"),
        code => {
            let second = |line: &str| line.split('\t').nth(1)?.parse().ok().filter(|s: &f64| *s > 0.0);
            assert!(code == Some(0) && times.out.lines().count() >= 3, "{times:?}");
            assert!(times.out.lines().all(|line| second(line).is_some()), "{times:?}");
        }
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
