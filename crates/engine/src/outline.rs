//! What a file promises: its documentation and its public items, with every body replaced by `todo!()`.
//!
//! The outline of a solution is its stub. Both trees have equal outlines, so that they cannot drift apart; a learner's
//! bodies and private functions do not show in one.

use crate::source::{Item, ItemKind, Source};

/// The outline of a file, ready to be written as a stub.
///
/// Kept: the documentation of the file, `use` lines, public items, the public methods of public types, and whole the
/// traits that those implement. Gone: private items, comments between items, bodies.
#[must_use]
pub fn outline(text: &str) -> String {
    let source = Source::new(text);
    let mut parts: Vec<String> = Vec::new();
    if !source.header.is_empty() {
        parts.push(source.header.join("\n"));
    }
    parts.extend(uses(&source));
    parts.extend(source.items.iter().filter_map(|item| promised(&source, item)));
    if parts.is_empty() {
        return String::new();
    }
    parts.join("\n\n") + "\n"
}

/// One public item as it stands in the outline: documentation, signature and `todo!()`.
#[must_use]
pub fn stub_of(source: &Source<'_>, item: &Item) -> String {
    let start = item.span.start;
    match &item.body {
        Some(body) if item.kind == ItemKind::Fn => {
            let indent = indent(source, start);
            format!("{}{{\n{indent}    todo!()\n{indent}}}", source.text(start..body.start))
        }
        _ => source.text(item.span.clone()).to_owned(),
    }
}

/// `use` lines, in the groups that the file has them in.
fn uses(source: &Source<'_>) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut last = None;
    for item in source.items.iter().filter(|item| item.kind == ItemKind::Use || is_module(item)) {
        let text = source.text(item.span.clone());
        let together = last.is_some_and(|end| source.text(end..item.span.start).matches('\n').count() < 2);
        match groups.last_mut() {
            Some(group) if together => *group += &format!("\n{text}"),
            _ => groups.push(text.to_owned()),
        }
        last = Some(item.span.end);
    }
    groups
}

/// `pub mod vectors;`, in a list of modules.
fn is_module(item: &Item) -> bool {
    item.kind == ItemKind::Mod && item.public && item.body.is_none()
}

fn promised(source: &Source<'_>, item: &Item) -> Option<String> {
    match item.kind {
        ItemKind::Use => None,
        ItemKind::Impl => methods(source, item),
        ItemKind::TraitImpl => {
            (!is_private(source, &item.name)).then(|| source.text(item.span.clone()).to_owned())
        }
        _ if is_module(item) => None,
        _ => item.public.then(|| stub_of(source, item)),
    }
}

/// The `impl` block of a public type, with its public methods only.
fn methods(source: &Source<'_>, block: &Item) -> Option<String> {
    let body = block.body.as_ref()?;
    if is_private(source, &block.name) {
        return None;
    }
    let public = source.within(block).into_iter().filter(|item| item.public);
    let stubs: Vec<_> =
        public.map(|item| format!("{}{}", indent(source, item.span.start), stub_of(source, &item))).collect();
    if stubs.is_empty() {
        return None;
    }
    Some(format!("{}\n{}\n}}", source.text(block.span.start..body.start + 1), stubs.join("\n\n")))
}

fn is_private(source: &Source<'_>, name: &str) -> bool {
    source.items.iter().any(|item| item.kind == ItemKind::Type && item.name == name && !item.public)
}

/// The blanks before the item on its first line.
fn indent<'a>(source: &Source<'a>, start: usize) -> &'a str {
    let before = source.text(0..start);
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    if line.trim().is_empty() { line } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "//! Moments.\n\nuse kit::InputError;\nuse std::fmt;\n\n/// How many.\npub \
                            struct Welford {\n    n: usize, // so far\n}\n\nimpl Welford {\n    /// \
                            Empty.\n    pub const fn new() -> Self {\n        Self { n: 0 }\n    }\n\n    \
                            fn own(&self) {}\n}\n\nstruct Own;\n\nimpl Own {\n    pub fn f() {}\n}\n\nimpl \
                            fmt::Display for Welford {\n    fn fmt(&self) {\n        write!()\n    \
                            }\n}\n\n/// The mean.\n#[must_use]\npub fn mean(\n    x: &[f64], // any\n) -> \
                            f64 {\n    sum(x) / 2.0\n}\n\nfn sum(x: &[f64]) -> f64 {\n    1.0\n}\n";

    const STUB: &str = "//! Moments.\n\nuse kit::InputError;\nuse std::fmt;\n\n/// How many.\npub struct \
                        Welford {\n    n: usize, // so far\n}\n\nimpl Welford {\n    /// Empty.\n    pub \
                        const fn new() -> Self {\n        todo!()\n    }\n}\n\nimpl fmt::Display for \
                        Welford {\n    fn fmt(&self) {\n        write!()\n    }\n}\n\n/// The \
                        mean.\n#[must_use]\npub fn mean(\n    x: &[f64], // any\n) -> f64 {\n    \
                        todo!()\n}\n";

    #[test]
    fn bodies_and_private_items_are_gone_and_comments_stay() {
        assert_eq!(outline(SOLUTION), STUB);
    }

    #[test]
    fn the_outline_of_a_stub_is_the_stub() {
        assert_eq!(outline(STUB), STUB);
        assert_eq!(outline(""), "");
    }
}
