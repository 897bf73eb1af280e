use super::*;

const OLD: &str = "//! Vectors.

use kit::InputError;

/// The sum.
pub fn add(x: f64, y: f64) -> f64 {
    todo!()
}

/// The half.
pub fn half(x: f64) -> f64 {
    todo!()
}
";

/// What a learner has made of [`OLD`].
const LEARNER: &str = "//! Vectors.

use kit::InputError;
use std::mem;

/// The sum.
#[inline]
pub fn add(a: f64, b: f64) -> f64 {
    both(a, b)
}

/// The half.
pub fn half(x: f64) -> f64 {
    todo!()
}

/// Mine.
fn both(a: f64, b: f64) -> f64 {
    a + b
}
";

#[test]
fn an_untouched_file_becomes_the_new_stub() {
    let new = OLD.replace("The sum.", "The sum of two.");
    assert_eq!(moved(OLD, OLD, &new).text, new);
    assert_eq!(moved(&OLD.replace('\n', "\r\n"), OLD, &new).text, new);
}

#[test]
fn bodies_imports_and_helpers_go_under_new_documentation() {
    let new =
        OLD.replace("The sum.", "The sum of two.") + "\n/// A third.\npub fn third() {\n    todo!()\n}\n";
    let moved = moved(LEARNER, OLD, &new);
    assert_eq!((moved.carried, moved.notes), (vec!["add".to_owned()], vec![]));
    let text = moved.text;
    assert!(
        text.contains(
            "/// The sum of two.\n#[inline]\npub fn add(a: f64, b: f64) -> f64 {\n    both(a, b)\n}"
        ),
        "{text}"
    );
    assert!(text.contains("use kit::InputError;\nuse std::mem;\n"), "{text}");
    assert!(text.ends_with("/// Mine.\nfn both(a: f64, b: f64) -> f64 {\n    a + b\n}\n"), "{text}");
    assert!(
        text.contains("pub fn third() {\n    todo!()\n}") && text.contains("pub fn half(x: f64)"),
        "{text}"
    );
    assert_eq!(super::moved(&text, &new, &new).text, text, "a second time changes nothing");
}

#[test]
fn a_changed_signature_is_taken_and_named() {
    let new = OLD.replace("add(x: f64, y: f64) -> f64", "add(x: &[f64], y: &[f64]) -> Vec<f64>");
    let moved = moved(LEARNER, OLD, &new);
    assert!(
        moved.text.contains("pub fn add(x: &[f64], y: &[f64]) -> Vec<f64> {\n    both(a, b)\n}"),
        "{}",
        moved.text
    );
    let note = Note::SignatureChanged {
        kata: "add".into(),
        was: "pub fn add(a: f64, b: f64) -> f64".into(),
        is: "pub fn add(x: &[f64], y: &[f64]) -> Vec<f64>".into(),
    };
    assert_eq!(moved.notes, [note]);
}

#[test]
fn a_kata_that_is_gone_is_kept_as_a_comment() {
    let new = OLD.replace("pub fn add(", "pub fn sum(");
    let moved = moved(LEARNER, OLD, &new);
    assert_eq!(moved.notes, [Note::Gone { kata: "add".into() }]);
    assert!(
        moved.text.contains("// pub fn add(a: f64, b: f64) -> f64 {\n//     both(a, b)\n// }"),
        "{}",
        moved.text
    );
    assert!(moved.text.contains("pub fn sum(x: f64, y: f64) -> f64 {\n    todo!()\n}"), "{}", moved.text);
    assert!(moved.text.contains("fn both("), "{}", moved.text);
}

#[test]
fn types_go_over_whole_where_the_suite_left_them_alone() {
    let stub = "/// W.
#[derive(Default)]
pub struct W {
    n: f64,
}

impl W {
    /// One more.
    pub fn tick(&mut self) {
        todo!()
    }
}
";
    let learner = stub.replace("n: f64", "n: f64,\n    m: u8").replace("todo!()", "self.n += 1.0");
    let new = stub.replace("One more.", "Counts one more.") + "\n/// New.\npub fn new() {\n    todo!()\n}\n";
    let moved = moved(&learner, stub, &new);
    assert_eq!((moved.carried.as_slice(), moved.notes.as_slice()), (&["W".to_owned()][..], &[][..]));
    assert_eq!(moved.text.matches("impl W").count(), 1, "{}", moved.text);
    assert!(
        moved.text.contains("m: u8")
            && moved.text.contains("self.n += 1.0")
            && moved.text.contains("pub fn new()")
    );
    let changed = stub.replace("tick(&mut self)", "tick(&mut self, by: f64)");
    let moved = super::moved(&learner, stub, &changed);
    assert_eq!(moved.notes, [Note::TypeChanged { kata: "W".into() }]);
    assert!(
        moved.text.contains("//         self.n += 1.0") && moved.text.contains("by: f64"),
        "{}",
        moved.text
    );
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for text in ["pub fn add( {\n", "<<<<<<< HEAD\nfn a() {}\n=======\nfn b() {}\n>>>>>>> other\n"] {
        let moved = moved(text, OLD, OLD);
        assert_eq!((moved.text.as_str(), moved.notes), (text, vec![Note::Unreadable]));
    }
}
