//! Changes to a learner's file.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::catalog::Kata;
use crate::outline::{outline, stub_of};
use crate::source::{Item, ItemKind, Source};

/// The file with this kata (`dot`, `Welford`) as its stub has it, and everything else as it is. `None` if the solution has no such kata.
pub fn reset(text: &str, solution: &str, kata: &str) -> Option<String> {
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
    Some(with_line_ends_of(text, out))
}

/// The new text with the line ends of the old one: an editor on Windows writes two characters.
fn with_line_ends_of(old: &str, new: String) -> String {
    let windows = old.matches("\r\n").count();
    if 2 * windows <= old.matches('\n').count() {
        return new;
    }
    new.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Whether any public function or type of the solution is in this text.
pub fn has_any_of(text: &str, solution: &str) -> bool {
    let (text, solution) = (Source::new(text), Source::new(solution));
    let is_kata = |item: &&Item| item.public && matches!(item.kind, ItemKind::Fn | ItemKind::Type);
    let mut katas = solution.items.iter().filter(is_kata);
    katas.any(|kata| text.items.iter().any(|item| item.kind == kata.kind && item.name == kata.name))
}

/// As [`reset`], with blank lines in the stub, so that every line after the kata stays where it is.
pub fn reset_in_place(text: &str, solution: &str, kata: &str) -> Option<String> {
    let mut new = reset(text, solution, kata)?;
    let missing = text.matches('\n').count().saturating_sub(new.matches('\n').count());
    let end = parts(&Source::new(&new), kata).last().map(|item| item.span.end)?;
    if new[..end].ends_with('}') {
        new.insert_str(end - 1, &"\n".repeat(missing));
    }
    Some(new)
}

/// The public function or type, by name, in which a line of the file stands, counted from 1.
pub fn at_line(text: &str, line: usize) -> Option<String> {
    let source = Source::new(text);
    let has_line =
        |item: &&Item| (source.line(item.span.start)..=source.line(item.span.end - 1)).contains(&line);
    let item = source.items.iter().find(has_line).filter(|_| source.is_balanced())?;
    let is_part = parts(&source, &item.name).contains(item);
    is_part.then(|| item.name.clone())
}

/// What a kata says, without its documentation.
pub fn shown(text: &str, kata: &Kata) -> Vec<String> {
    let source = Source::new(text);
    parts(&source, &kata.item).iter().map(|item| source.text(item.head..item.span.end).to_owned()).collect()
}

/// A kata, and whatever private items of the file it mentions, and those mention, in the order of the file.
pub fn with_what_it_needs(text: &str, kata: &Kata) -> Vec<String> {
    let source = Source::new(text);
    let is_private = |item: &Item| !item.public && !matches!(item.kind, ItemKind::Use | ItemKind::Mod);
    let needed = needed(&source, parts(&source, &kata.item), is_private);
    let start =
        |item: &Item| if item.public || item.kind == ItemKind::Impl { item.head } else { item.span.start };
    needed.iter().map(|item| source.text(start(item)..item.span.end).to_owned()).collect()
}

/// What a kata is made of, as far as its file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The kata and all items that it mentions, public ones too, without documentation, in the order of the file.
    pub items: Vec<String>,
    /// Those of them that are `use` declarations.
    pub imports: Vec<String>,
}

/// Everything in its file that the kata's answers may depend on; `None` where braces do not match, and no one can tell.
pub fn all_it_leans_on(text: &str, kata: &Kata) -> Option<Parts> {
    let source = Source::new(text);
    let own = parts(&source, &kata.item);
    if own.is_empty() || !source.is_balanced() {
        return None;
    }
    let shown = |item: &Item| source.text(item.head..item.span.end).to_owned();
    let needed = needed(&source, own, |_| true);
    let imports = needed.iter().filter(|item| item.kind == ItemKind::Use);
    // `#![…]` may change what all of it means.
    let header = source.header.iter().filter(|line| line.starts_with("#!")).map(|line| (*line).to_owned());
    Some(Parts {
        items: header.chain(needed.iter().map(shown)).collect(),
        imports: imports.map(shown).collect(),
    })
}

/// These items and those that they mention by name, as far as they may count, in the order of the file.
fn needed(source: &Source<'_>, mut needed: Vec<Item>, counts: impl Fn(&Item) -> bool) -> Vec<Item> {
    loop {
        let said: String = needed.iter().map(|item| source.text(item.head..item.span.end)).collect();
        let words: BTreeSet<&str> = said.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let is_mentioned = |item: &Item| match item.kind {
            ItemKind::Use => brings_in(source.text(item.head..item.span.end), &words),
            _ => words.contains(item.name.as_str()),
        };
        let more = |item: &&Item| counts(item) && !needed.contains(item) && is_mentioned(item);
        let more: Vec<_> = source.items.iter().filter(more).cloned().collect();
        if more.is_empty() {
            break;
        }
        needed.extend(more);
    }
    needed.sort_by_key(|item| item.span.start);
    needed
}

/// Whether a `use` declaration brings in one of these names. A glob names nothing, and so may mean anything.
fn brings_in(import: &str, words: &BTreeSet<&str>) -> bool {
    const KEYWORDS: [&str; 6] = ["use", "pub", "crate", "self", "super", "as"];
    let mut names = import.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    import.contains('*')
        || names.any(|name| !name.is_empty() && !KEYWORDS.contains(&name) && words.contains(name))
}

/// The line at which the learner writes: of the function, or of the type.
pub fn line(text: &str, kata: &Kata) -> Option<usize> {
    let source = Source::new(text);
    parts(&source, &kata.item).first().map(|item| source.line(item.head))
}

/// Whether every body of the kata is just `todo!()`.
pub fn is_unwritten(text: &str, kata: &Kata) -> bool {
    let source = Source::new(text);
    let parts = parts(&source, &kata.item);
    let functions = parts.iter().flat_map(|item| match item.kind {
        ItemKind::Impl => source.within(item),
        _ => vec![item.clone()],
    });
    let mut bodies = functions
        .filter(|item| item.kind == ItemKind::Fn && item.public)
        .filter_map(|item| item.body)
        .peekable();
    bodies.peek().is_some()
        && bodies
            .all(|body| source.text(body.start + 1..body.end - 1).trim().trim_end_matches(';') == "todo!()")
}

/// The function; or the type and its own `impl` blocks.
fn parts(source: &Source<'_>, kata: &str) -> Vec<Item> {
    let is_part = |item: &&Item| {
        item.name == kata
            && match item.kind {
                ItemKind::Fn | ItemKind::Type => item.public,
                ItemKind::Impl => true,
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
        Kata {
            id,
            item,
            features: vec![],
            docs: String::new(),
            signature: String::new(),
            laws: vec![].into(),
        }
    }

    const SOLUTION: &str = "//! F.\n\n/// A.\npub fn a(x: f64) -> f64 {\n    own(x)\n}\n\nfn own() \
                            {}\n\n/// W.\npub struct W {\n    n: f64,\n}\n\nimpl W {\n    /// New.\n    pub \
                            fn new() -> Self {\n        W { n: 1.0 }\n    }\n}\n";

    #[test]
    fn only_the_kata_is_reset() {
        let text = "//! F.\n\n// mine\n/// A.\npub fn a(x: f32) -> f64 {\n    mine(x)\n}\n\nfn mine() {}\n";
        let want = "//! F.\n\n// mine\n/// A.\npub fn a(x: f64) -> f64 {\n    todo!()\n}\n\nfn mine() {}\n";
        assert_eq!(reset(text, SOLUTION, "a").unwrap(), want);
        assert!(reset("//! F.\n", SOLUTION, "a").unwrap().ends_with("    todo!()\n}\n"));
        assert_eq!(reset(text, SOLUTION, "none"), None);
    }

    #[test]
    fn in_place_no_later_line_moves() {
        let text =
            "/// A.\npub fn a(x: f64) -> f64 {\n    1.0\n        + 2.0\n        + x\n}\n\nfn own() {}\n";
        let new = reset_in_place(text, SOLUTION, "a").unwrap();
        assert_eq!(new, "/// A.\npub fn a(x: f64) -> f64 {\n    todo!()\n\n\n}\n\nfn own() {}\n");
        assert_eq!(at_line(text, 4).as_deref(), Some("a"));
        assert_eq!(at_line(text, 8), None);
        assert_eq!(at_line(&text.replace('}', ""), 4), None);
    }

    #[test]
    fn a_type_is_reset_with_its_methods() {
        let stub = outline(SOLUTION);
        assert_eq!(
            reset(&stub.replace("todo!()", "W { n: 2.0 }"), SOLUTION, "W").unwrap(),
            stub.replacen("todo!()", "W { n: 2.0 }", 1)
        );
        assert!(is_unwritten(&stub, &kata("W")));
        assert!(!is_unwritten(SOLUTION, &kata("W")));
    }

    #[test]
    fn a_solution_comes_with_the_private_functions_that_it_calls() {
        let needed = with_what_it_needs(SOLUTION, &kata("a"));
        assert_eq!(needed, ["pub fn a(x: f64) -> f64 {\n    own(x)\n}", "fn own() {}"]);
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
