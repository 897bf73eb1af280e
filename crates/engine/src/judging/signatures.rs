//! What the laws call, next to what the learner wrote.

use crate::source::{Item, ItemKind, Source};

/// A signature that the laws cannot call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The function or type.
    pub item: String,
    /// What is written, if anything.
    pub written: Option<String>,
    /// What must be.
    pub must_be: String,
}

/// The public functions and types of a solution that a learner's file has otherwise, or not at all.
pub(crate) fn changed(solution: &str, learner: &str) -> Vec<Changed> {
    let (solution, learner) = (Source::new(solution), Source::new(learner));
    let written: Vec<_> = promises(&learner);
    let mut changed = Vec::new();
    for (name, must_be) in promises(&solution) {
        let found = written.iter().find(|(other, _)| *other == name);
        if found.is_none_or(|(_, text)| plain(text) != plain(&must_be)) {
            changed.push(Changed { item: name, written: found.map(|(_, text)| text.clone()), must_be });
        }
    }
    changed
}

/// Public functions, methods and types, each with its name and its text up to the body.
fn promises(source: &Source<'_>) -> Vec<(String, String)> {
    let mut promises = Vec::new();
    for item in &source.items {
        match item.kind {
            ItemKind::Fn | ItemKind::Type if item.public => {
                promises.push((item.name.clone(), head(source, item)))
            }
            ItemKind::Impl => {
                let methods =
                    source.within(item).into_iter().filter(|it| it.public && it.kind == ItemKind::Fn);
                promises.extend(methods.map(|it| (format!("{}::{}", item.name, it.name), head(source, &it))));
            }
            _ => {}
        }
    }
    promises
}

fn head(source: &Source<'_>, item: &Item) -> String {
    let end = match (&item.body, item.kind) {
        (Some(body), ItemKind::Fn) => body.start,
        _ => item.span.end,
    };
    source.text(item.head..end).trim_end().to_owned()
}

/// Without differences in layout.
fn plain(signature: &str) -> String {
    let dense: String = signature.split_whitespace().collect();
    dense.replace(",)", ")").replace(",}", "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_callers_would_notice_is_changed() {
        let solution = "pub fn a(x: f64) -> f64 {\n    x\n}\npub fn b() {\n}\npub struct C;\nimpl C {\n    \
                        pub fn d() {\n    }\n}\n";
        let learner = "pub fn a(\n    x: f64,\n) -> f64 { 1.0 + own() }\nfn own() {}\npub fn b(n: usize) \
                       {}\npub struct C;\n";
        let found = changed(solution, learner);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].item.as_str(), found[0].written.as_deref()), ("b", Some("pub fn b(n: usize)")));
        assert_eq!((found[1].item.as_str(), &found[1].written), ("C::d", &None));
        assert_eq!(found[1].must_be, "pub fn d()");
    }
}
