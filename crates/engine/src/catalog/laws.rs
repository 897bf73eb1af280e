use std::ops::Range;

use crate::machine::Need;
use crate::source::{Item, ItemKind, Source};
use protocol::Tier;

/// The calls with which a law compares something with a snapshot.
const SNAPSHOTS: [&str; 3] = ["reads_as(", "figure_reads_as(", "figure_shows("];
/// The calls with which a law looks at a figure.
const FIGURES: [&str; 2] = ["figure_reads_as(", "figure_shows("];

/// A law, as the catalog knows it before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The test: `m01_linear_algebra::vectors::dot::a_nan_is_not_hidden`.
    pub test: String,
    /// The sentence: `a nan is not hidden`.
    pub sentence: String,
    /// What it needs in addition to Rust: `#[ignore = "needs mnist"]`.
    pub needs: Vec<Need>,
    /// Whether it compares something with a snapshot.
    pub compares_snapshot: bool,
    /// Whether it looks at a figure, which can be drawn then.
    pub shows_figure: bool,
}

impl Law {
    /// Whether it is about the mathematics or about extremes.
    #[must_use]
    pub fn tier(&self) -> Tier {
        Tier::of(&self.test)
    }

    /// The first need that is not met; `slow` as in [`Need::is_met`].
    #[must_use]
    pub fn unmet(&self, slow: bool) -> Option<Need> {
        self.needs.iter().copied().find(|need| !need.is_met(slow))
    }
}

/// A file of the test tree, part by part: the one place where the text of a law is read.
#[derive(Debug)]
pub struct LawFile<'a> {
    source: Source<'a>,
}

/// A part of such a file.
#[derive(Debug, PartialEq, Eq)]
pub enum LawPart<'a> {
    /// `mod dot;`
    Module {
        /// Its name.
        name: &'a str,
        /// Its attributes, documentation among them.
        attributes: &'a str,
        /// From its visibility to its semicolon.
        declaration: &'a str,
    },
    /// `mod robust { … }`
    Inline {
        /// Its name.
        name: &'a str,
        /// Its attributes, documentation among them.
        attributes: &'a str,
        /// From its visibility to its opening brace.
        head: &'a str,
        /// What stands between its braces.
        text: &'a str,
    },
    /// A `#[test]`.
    Test {
        /// Its name.
        name: &'a str,
        /// What it needs in addition to Rust.
        needs: Vec<Need>,
        /// The attributes under which it is compiled at all: `#[cfg(feature = "opencv")]`.
        conditions: Vec<&'a str>,
        /// The function, without attributes.
        function: &'a str,
    },
    /// Anything else, with its attributes.
    Other(&'a str),
}

impl<'a> LawFile<'a> {
    /// Reads a file.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { source: Source::new(text) }
    }

    /// Its parts in order, without the documentation of the file.
    pub fn parts(&self) -> impl Iterator<Item = LawPart<'a>> {
        self.source.items.iter().map(|item| self.part(item))
    }

    fn part(&self, item: &Item) -> LawPart<'a> {
        let text = |range: Range<usize>| self.source.text(range);
        let (attributes, whole) = (text(item.span.start..item.head), text(item.head..item.span.end));
        // Where the name stands in the text, so that it lives as long as the text.
        let name = || whole.find(&item.name).map_or("", |at| &whole[at..at + item.name.len()]);
        match (item.kind, &item.body) {
            (ItemKind::Mod, None) => LawPart::Module { name: name(), attributes, declaration: whole },
            (ItemKind::Mod, Some(body)) => LawPart::Inline {
                name: name(),
                attributes,
                head: text(item.head..body.start + 1),
                text: text(body.start + 1..body.end - 1),
            },
            (ItemKind::Fn, _) if attributes.contains("#[test]") => {
                let reason =
                    attributes.split_once("#[ignore = \"").and_then(|(_, rest)| rest.split_once("\"]"));
                let needs = reason.map(|(reason, _)| Need::all_of(reason)).unwrap_or_default();
                let conditions = match attributes.contains("#[cfg") {
                    true => attributes.lines().map(str::trim).filter(|it| it.starts_with("#[cfg")).collect(),
                    false => Vec::new(),
                };
                LawPart::Test { name: name(), needs, conditions, function: whole }
            }
            _ => LawPart::Other(text(item.span.clone())),
        }
    }

    /// The laws of a file, in order; `module` is the kata's place among the tests.
    #[must_use]
    pub fn laws(&self, module: &str) -> Vec<Law> {
        self.laws_with(module, &self.imports_of_snapshots(), &[])
    }

    /// As [`LawFile::laws`] where these imports and helpers stand above.
    fn laws_with(&self, module: &str, imports: &str, above: &[&'a str]) -> Vec<Law> {
        // Most files compare nothing, as their imports show: then no one need look into their functions.
        let compares = SNAPSHOTS.iter().any(|call| imports.contains(call.trim_end_matches('(')));
        let helpers: Vec<&str> = above.iter().copied().chain(self.helpers()).collect();
        let law = |name: &str, needs, function: &str| {
            let text = if compares { with_helpers(function, &helpers) } else { String::new() };
            let calls = |names: &[&str]| names.iter().any(|call| text.contains(call));
            Law {
                test: format!("{module}::{name}"),
                sentence: protocol::sentence(name),
                needs,
                compares_snapshot: calls(&SNAPSHOTS),
                shows_figure: calls(&FIGURES),
            }
        };
        let laws = self.parts().flat_map(|part| match part {
            LawPart::Test { name, needs, function, .. } => vec![law(name, needs, function)],
            LawPart::Inline { name, text, .. } => {
                LawFile::new(text).laws_with(&format!("{module}::{name}"), imports, &helpers)
            }
            _ => Vec::new(),
        });
        laws.collect()
    }

    fn imports_of_snapshots(&self) -> String {
        let imports = self.source.items.iter().filter(|item| item.kind == ItemKind::Use);
        imports.map(|item| self.source.text(item.head..item.span.end)).collect()
    }

    /// The functions that are no laws.
    fn helpers(&self) -> impl Iterator<Item = &'a str> {
        let functions = self.source.items.iter().filter(|item| item.kind == ItemKind::Fn);
        functions.filter_map(|item| match self.part(item) {
            LawPart::Other(_) => Some(self.source.text(item.head..item.span.end)),
            _ => None,
        })
    }
}

/// The text of a test and of the helpers that it calls: they may compare in its name.
fn with_helpers(function: &str, helpers: &[&str]) -> String {
    let is_called = |helper: &&&str| {
        let name = helper.split_once("fn ").map_or("", |(_, rest)| rest);
        let name = name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        !name.is_empty() && function.contains(&format!("{name}("))
    };
    helpers.iter().filter(is_called).fold(function.to_owned(), |text, helper| text + helper)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! Laws.\n\nuse judge::figure_reads_as;\nmod own;\n#[cfg(unix)]\n\
        pub(crate) mod other;\nfn size() \
                        {}\n\n#[test]\nfn it_is_a_sum() {\n    shown(1);\n}\n\n#[test]\n#[ignore = \"needs \
                        mnist, time\"]\nfn b() {\n}\nfn shown(x: u8) {\n    figure_reads_as(x);\n}\n";

    #[test]
    fn tests_are_laws_and_other_functions_are_not() {
        let laws = LawFile::new(TEXT).laws("m01::dot");
        assert_eq!(laws.iter().map(|law| law.sentence.as_str()).collect::<Vec<_>>(), ["it is a sum", "b"]);
        assert_eq!(laws[0].test, "m01::dot::it_is_a_sum");
        assert_eq!(laws[0].needs, []);
        assert_eq!(laws[1].needs, [Need::Mnist, Need::Time]);
        assert!(laws[0].compares_snapshot && laws[0].shows_figure, "through a function of its file");
        assert!(!laws[1].compares_snapshot && !laws[1].shows_figure);
    }

    #[test]
    fn robust_laws_stand_in_a_module_of_their_own() {
        let text = format!(
            "{TEXT}mod robust {{\n    use super::*;\n    #[test]\n    fn rejects_nan() {{ shown(2); }}\n}}\n"
        );
        let laws = LawFile::new(&text).laws("m01::dot");
        assert_eq!(laws.last().unwrap().test, "m01::dot::robust::rejects_nan");
        assert_eq!(laws.iter().map(Law::tier).collect::<Vec<_>>(), [Tier::Core, Tier::Core, Tier::Robust]);
        assert!(laws[2].shows_figure, "through a function above");
    }

    #[test]
    fn modules_come_with_their_attributes() {
        let file = LawFile::new(TEXT);
        let modules: Vec<_> = file.parts().filter(|part| matches!(part, LawPart::Module { .. })).collect();
        let module = |name, attributes, declaration| LawPart::Module { name, attributes, declaration };
        assert_eq!(
            modules,
            [module("own", "", "mod own;"), module("other", "#[cfg(unix)]\n", "pub(crate) mod other;")]
        );
    }
}
