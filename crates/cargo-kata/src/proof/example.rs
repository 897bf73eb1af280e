//! The example on the page of a kata is one of its laws: written into the file of the laws from the page, so that the two
//! cannot drift apart.

use std::fs;
use std::process::Command;

use super::{Findings, Ground};
use engine::catalog::Kata;
use engine::problem::{Doing, Problem};

/// The name of the law.
const NAME: &str = "keeps_the_example_of_its_page";

/// Each kata with an example that runs has it as a law, word for word.
pub(super) fn check(ground: &Ground<'_>, findings: &mut Findings) {
    for kata in &ground.katas {
        let Some(law) = law(kata) else { continue };
        let text = fs::read_to_string(ground.workspace.path(kata.laws_path())).unwrap_or_default();
        findings.count(bare(&text).contains(&bare(&law)), || {
            let id = &kata.id;
            format!("{id}: the example of its page is not its law; `cargo kata author check {id}` writes it")
        });
    }
}

/// Writes the law of each kata where it is missing or another.
///
/// # Errors
///
/// [`Problem::File`] if a file cannot be read or written.
pub fn write(ground: &Ground<'_>) -> Result<(), Problem> {
    for kata in &ground.katas {
        let Some(law) = law(kata) else { continue };
        let path = ground.workspace.path(kata.laws_path());
        // A kata that is only being laid out may have no laws yet.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if bare(&text).contains(&bare(&law)) {
            continue;
        }
        fs::write(&path, with(&without(&text), &law)).doing("write", &path)?;
        let _cargo_kata_verify_looks_too =
            Command::new("rustfmt").args(["--edition", "2024"]).arg(&path).status();
    }
    Ok(())
}

/// The law, where the page has an example that runs.
fn law(kata: &Kata) -> Option<String> {
    let (mut open, mut code) = (None, Vec::new());
    for line in kata.docs.lines() {
        match (line.trim().strip_prefix("```"), open) {
            (Some(language), None) => open = Some(matches!(language, "" | "rust")),
            (Some(_), Some(_)) => open = None,
            // What rustdoc hides begins with a hash.
            (None, Some(true)) => code.push(match line.trim() {
                "#" => "",
                hidden => hidden.strip_prefix("# ").unwrap_or(line),
            }),
            _ => {}
        }
    }
    if code.is_empty() {
        return None;
    }
    let mut body = code.join("\n");
    if !code.last().is_some_and(|last| last.contains("Ok::<")) {
        body += "\nOk::<(), kit::InputError>(())";
    }
    Some(format!("#[test]\nfn {NAME}() {{\n    judge::page(|| {{\n{body}\n    }});\n}}\n"))
}

/// A text with the law among the core laws, which come first.
fn with(text: &str, law: &str) -> String {
    match text.find("\nmod robust {") {
        Some(place) => format!("{}\n{law}{}", &text[..place], &text[place..]),
        None => format!("{}\n\n{law}", text.trim_end()),
    }
}

/// A text without the law, as an earlier page had it.
fn without(text: &str) -> String {
    let head = format!("#[test]\nfn {NAME}() {{\n");
    let Some(start) = text.find(&head) else { return text.to_owned() };
    let Some(length) = text[start..].find("\n}\n") else { return text.to_owned() };
    format!("{}{}", text[..start].trim_end_matches('\n').to_owned() + "\n", &text[start + length + 3..])
}

/// A text without what rustfmt decides.
fn bare(text: &str) -> String {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    [",)", ",]", ",}"].iter().fold(close, |text, pair| text.replace(pair, &pair[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kata(docs: &str) -> Kata {
        Kata {
            id: "m/f/k".into(),
            item: "k".into(),
            features: Vec::new(),
            docs: docs.into(),
            signature: String::new(),
            laws: Vec::new().into(),
        }
    }

    #[test]
    fn the_example_becomes_a_law_before_the_robust_ones() {
        let page =
            "A k.\n\n```text\nno code\n```\n\n```\n# use katas::m::f::k;\nassert_eq!(k(1),\n2);\n```\n";
        let law = law(&kata(page)).unwrap();
        assert!(
            law.contains("use katas::m::f::k;\nassert_eq!(k(1),\n2);\nOk::<(), kit::InputError>(())"),
            "{law}"
        );
        let text = with("fn a() {}\n\nmod robust {\n}\n", &law);
        assert!(text.find(NAME) < text.find("mod robust") && bare(&text).contains(&bare(&law)));
        assert_eq!(without(&text), "fn a() {}\n\nmod robust {\n}\n");
        assert!(bare("f(\n    a,\n)").contains(&bare("f(a)")));
        assert_eq!(super::law(&kata("A k.\n\n```no_run\nk();\n```\n")), None);
    }
}
