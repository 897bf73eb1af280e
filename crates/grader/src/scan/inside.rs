//! Rules for a file that is judged in its own process: there the laws run with the learner's code, so the roads that
//! lead out of safe computing are closed, whatever the mode of the scan.
//!
//! What the reference of a file does itself is allowed. The compiler rejects `unsafe` on its own account; that no
//! file allows it is checked here.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::rules::{Look, Use, reaches};
use super::table::{IN_PLACE, LEADS_OUT, OTHERS, SHUT};
use super::tokens::{Token, tokens};
use super::types::changed;

/// What stands in the way of judging a file in its own process. `outline` is what it was before anybody wrote in it,
/// `reference` the solution.
#[must_use]
pub fn roads_out(id: &str, outline: &str, reference: &str, text: &str) -> Vec<Finding> {
    let (outline, written) = (tokens(outline).unwrap_or_default(), tokens(text).unwrap_or_default());
    let reference = tokens(reference).unwrap_or_default();
    let allowed: BTreeSet<String> = found(&reference, &outline).into_iter().map(|it| it.what).collect();
    let mut uses = found(&written, &outline);
    uses.retain(|it| !allowed.contains(&it.what));
    uses.extend(changed(&outline, &written));
    uses.sort_by_key(|it| it.line);
    let finding =
        |it: Use| Finding { file: id.to_owned(), line: it.line, kata: None, what: it.what, why: it.why };
    uses.into_iter().take(100).map(finding).collect()
}

fn found(tokens: &[Token], outline: &[Token]) -> Vec<Use> {
    let mut found = reaches(tokens);
    let look = Look(tokens);
    let given = Look(outline);
    let given: BTreeSet<&str> = (0..outline.len()).filter_map(|at| given.word(at)).collect();
    let mut imports = false;
    for at in 0..tokens.len() {
        imports = match look.word(at) {
            Some("use") => true,
            _ => imports && !look.is(at, ';'),
        };
        let Some(word) = look.word(at) else { continue };
        if LEADS_OUT.contains(&word) {
            look.note(at, word.to_owned(), "it leads out of what a kata computes", &mut found);
        }
        if IN_PLACE.contains(&word) {
            look.note(at, word.to_owned(), "it changes a tensor that others hold", &mut found);
        }
        if imports && word == "as" && look.word(at + 1).is_some_and(|name| given.contains(name)) {
            let what = format!("… as {}", look.word(at + 1).unwrap_or_default());
            look.note(at, what, "it gives another meaning to a name of the outline", &mut found);
        }
        let begins = at == 0 || !look.is(at - 1, ':') || at < 3 || look.word(at - 3).is_none();
        if OTHERS.contains(&word) && begins && look.leads_on(at + 1) {
            look.note(at, format!("{word}::"), "it judges katas, and is none of their libraries", &mut found);
        }
        if matches!(word, "std" | "core" | "alloc") && look.leads_on(at + 1) {
            shut(&look, at, &mut found);
        }
    }
    found
}

/// Parts of the standard library, also inside of `std::{…}`. A macro could put such a path together unseen, so there is
/// none.
fn shut(look: &Look<'_>, at: usize, found: &mut Vec<Use>) {
    let why = "it leads out of what a kata computes";
    for entry in look.entries(at + 3) {
        if let Some(name) = look.word(entry).filter(|name| SHUT.contains(name))
            && !look.is(entry + 1, '!')
        {
            look.note(entry, format!("std::{name}"), why, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTLINE: &str = "\
        use a::T;\n/// A score.\n#[derive(Debug, PartialEq)]\n\
        pub struct Score {\n    /// Loss.\n    pub loss: f64,\n}\n\
        pub struct Net {\n    layers: Vec<T>,\n}\n\
        pub fn f(x: &T) -> Score {\n    todo!()\n}\n";

    fn found(edit: (&str, &str)) -> Vec<String> {
        let text = OUTLINE.replace(edit.0, edit.1);
        assert!(edit.0.is_empty() || text != OUTLINE);
        roads_out("m/f", OUTLINE, OUTLINE, &text).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn what_a_kata_needs_is_let_through() {
        let none = Vec::<String>::new();
        assert_eq!(found(("", "")), none);
        for fine in [
            "let net = x as usize; use std::collections::HashMap; panic!(\"no\")",
            "let process = env; std::mem::swap(&mut a, &mut b); static N: [f64; 1] = [0.0];",
            "// unsafe std::process::exit\n let s = \"unsafe\"; Vec::new()",
        ] {
            assert_eq!(found(("todo!()", fine)), none, "{fine}");
        }
        assert_eq!(found(("layers: Vec<T>,", "pub weights: Vec<T>")), none);
        assert_eq!(found(("pub loss: f64,", "/// The mean.\n pub loss: f64")), none);
    }

    #[test]
    fn what_leads_out_is_reported() {
        for (road, what) in [
            ("unsafe { f() }", "unsafe"),
            ("#![allow(unsafe_code)]", "unsafe_code"),
            ("std::panic::set_hook(h)", "std::panic"),
            ("use std::{collections::HashMap, process};", "std::process"),
            ("macro_rules! m { ($a:ident) => { std::$a::exit(0) } }", "macro_rules"),
            ("x.slice_set(y, 0, 0)", "slice_set"),
            ("use serde::Serialize as PartialEq;", "… as PartialEq"),
            ("#[track_caller] fn g() {}", "track_caller"),
            ("::judge::inside::report_to(1, |_| ())", "judge::"),
        ] {
            assert!(
                found(("todo!()", road)).iter().any(|it| it == what),
                "{road}: {:?}",
                found(("todo!()", road))
            );
        }
    }

    #[test]
    fn a_type_that_the_laws_see_stays_as_it_was() {
        let changed = ["the type Score"];
        assert_eq!(found(("#[derive(Debug, PartialEq)]", "#[derive(Debug)]")), changed);
        assert_eq!(found(("pub loss: f64,", "pub loss: Always,")), changed);
        assert_eq!(
            found(("#[derive(Debug, PartialEq)]", "#[cfg(any())]\n#[derive(Debug, PartialEq)]")),
            changed
        );
        assert_eq!(found(("pub struct Score", "struct Score")), changed);
        assert_eq!(found(("pub struct Net", "pub struct Net2")), ["the type Net"]);
    }
}
