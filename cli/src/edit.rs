//! Changes to a learner's file.

use std::ops::Range;

use crate::catalogue::Kata;
use crate::outline::{outline, stub_of};
use crate::source::{Item, Kind, Source};

/// The file with this kata as its stub has it, and everything else as it is. `None` if the solution has no such kata.
pub(crate) fn reset(text: &str, solution: &str, kata: &Kata) -> Option<String> {
    let stubs = outline(solution);
    let (stubs, file) = (Source::new(&stubs), Source::new(text));
    let fresh: Vec<_> = parts(&stubs, kata).iter().map(|item| stub_of(&stubs, item)).collect();
    if fresh.is_empty() {
        return None;
    }
    let old = parts(&file, kata);
    let Some(first) = old.first() else {
        return Some(format!("{}\n\n{}\n", text.trim_end(), fresh.join("\n\n")));
    };
    let mut out = text[..first.span.start].to_owned();
    out += &fresh.join("\n\n");
    let mut at = first.span.end;
    for Item { span: Range { start, end }, .. } in &old[1..] {
        out += text[at..*start].trim_end();
        at = *end;
    }
    out += &text[at..];
    Some(out)
}

/// The byte ranges of a kata's items in a file: its documentation and source, for `solution`.
pub(crate) fn shown(text: &str, kata: &Kata) -> Vec<String> {
    let source = Source::new(text);
    parts(&source, kata).iter().map(|item| source.text(item.head..item.span.end).to_owned()).collect()
}

/// The line at which the learner writes: of the function, or of the type.
pub(crate) fn line(text: &str, kata: &Kata) -> Option<usize> {
    let source = Source::new(text);
    parts(&source, kata).first().map(|item| source.line(item.head))
}

/// Whether every body of the kata is just `todo!()`.
pub(crate) fn is_unwritten(text: &str, kata: &Kata) -> bool {
    let source = Source::new(text);
    let parts = parts(&source, kata);
    let functions = parts.iter().flat_map(|item| match item.kind {
        Kind::Impl => source.within(item),
        _ => vec![item.clone()],
    });
    let mut bodies =
        functions.filter(|item| item.kind == Kind::Fn && item.public).filter_map(|item| item.body).peekable();
    bodies.peek().is_some()
        && bodies
            .all(|body| source.text(body.start + 1..body.end - 1).trim().trim_end_matches(';') == "todo!()")
}

/// The function; or the type and its own `impl` blocks.
fn parts(source: &Source<'_>, kata: &Kata) -> Vec<Item> {
    let is_part = |item: &&Item| {
        item.name == kata.item
            && match item.kind {
                Kind::Fn | Kind::Type => item.public,
                Kind::Impl => true,
                _ => false,
            }
    };
    source.items.iter().filter(is_part).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kata(item: &str) -> Kata {
        let (id, item) = (format!("m/f/{}", item.to_lowercase()), item.to_owned());
        Kata { id, item, features: vec![], docs: String::new(), signature: String::new(), laws: vec![] }
    }

    const SOLUTION: &str = "//! F.\n\n/// A.\npub fn a(x: f64) -> f64 {\n    own(x)\n}\n\nfn own() {}\n\n/// W.\npub struct W {\n    n: f64,\n}\n\nimpl W {\n    /// New.\n    pub fn new() -> Self {\n        W { n: 1.0 }\n    }\n}\n";

    #[test]
    fn only_the_kata_is_reset() {
        let text = "//! F.\n\n// mine\n/// A.\npub fn a(x: f32) -> f64 {\n    mine(x)\n}\n\nfn mine() {}\n";
        let want = "//! F.\n\n// mine\n/// A.\npub fn a(x: f64) -> f64 {\n    todo!()\n}\n\nfn mine() {}\n";
        assert_eq!(reset(text, SOLUTION, &kata("a")).unwrap(), want);
        assert!(reset("//! F.\n", SOLUTION, &kata("a")).unwrap().ends_with("    todo!()\n}\n"));
        assert_eq!(reset(text, SOLUTION, &kata("none")), None);
    }

    #[test]
    fn a_type_is_reset_with_its_methods() {
        let stub = outline(SOLUTION);
        assert_eq!(
            reset(&stub.replace("todo!()", "W { n: 2.0 }"), SOLUTION, &kata("W")).unwrap(),
            stub.replacen("todo!()", "W { n: 2.0 }", 1)
        );
        assert!(is_unwritten(&stub, &kata("W")));
        assert!(!is_unwritten(SOLUTION, &kata("W")));
    }

    #[test]
    fn what_is_still_to_do_is_known_from_the_text() {
        let stub = outline(SOLUTION);
        assert!(is_unwritten(&stub, &kata("a")));
        assert!(is_unwritten(&stub.replace("todo!()", "todo!();"), &kata("a")));
        assert!(!is_unwritten(&stub.replace("todo!()", "x"), &kata("a")));
        assert_eq!(line(&stub, &kata("a")), Some(4));
    }
}
