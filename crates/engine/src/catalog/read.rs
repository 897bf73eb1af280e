//! The catalog is read from `solutions/`, which no learner edits; an order of its own it has none.

use std::fs;

use super::lazy::LazyLaws;
use super::tree::{Catalog, File, Kata, Milestone, first_paragraph};
use crate::machine::Need;
use crate::problem::{Doing, Problem};
use crate::source::{Item, ItemKind, Source};
use crate::workspace::Workspace;

impl Catalog {
    /// Reads the repository.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a file of the solutions cannot be read.
    pub fn read(workspace: &Workspace) -> Result<Self, Problem> {
        let mut milestones = Vec::new();
        for (id, feature) in modules(&read(workspace, "solutions/mod.rs")?) {
            let name = id.split('_').next().unwrap_or(&id).to_owned();
            let feature = feature.unwrap_or_else(|| name.clone());
            let text = read(workspace, &format!("solutions/{id}/mod.rs"))?;
            let mut files = Vec::new();
            let modules = modules(&text);
            let calls_libraries = modules
                .iter()
                .any(|(_, gate)| gate.as_deref().is_some_and(|it| Need::of_feature(it).is_some()));
            for (file, gate) in modules {
                files.push(read_file(workspace, &feature, format!("{id}/{file}"), gate, calls_libraries)?);
            }
            let docs = Source::new(&text).header_docs();
            let mut paragraphs = docs.split("\n\n");
            let builds_on = paragraphs.find(|it| it.starts_with("Builds on ")).map(first_paragraph);
            let title = first_paragraph(&docs);
            milestones.push(Milestone { id, feature: name, title, builds_on, files });
        }
        Ok(Self { milestones })
    }
}

fn read(workspace: &Workspace, below: &str) -> Result<String, Problem> {
    let path = workspace.path(below);
    fs::read_to_string(&path).doing("read", &path)
}

/// The public modules that a `mod.rs` lists, each with the feature that it asks for.
fn modules(text: &str) -> Vec<(String, Option<String>)> {
    let source = Source::new(text);
    let public = source.items.iter().filter(|item| item.kind == ItemKind::Mod && item.public);
    let feature = |item: &Item| {
        let (_, rest) = source.text(item.span.start..item.head).split_once("feature = \"")?;
        rest.split_once('"').map(|(feature, _)| feature.to_owned())
    };
    public.map(|item| (item.name.clone(), feature(item))).collect()
}

fn read_file(
    workspace: &Workspace,
    feature: &str,
    id: String,
    gate: Option<String>,
    calls_libraries: bool,
) -> Result<File, Problem> {
    let text = read(workspace, &format!("solutions/{id}.rs"))?;
    let source = Source::new(&text);
    let features: Vec<_> = [feature.to_owned()].into_iter().chain(gate.clone()).collect();
    let mut katas = Vec::new();
    for item in source.items.iter().filter(|item| item.public) {
        let name = match item.kind {
            ItemKind::Fn => item.name.clone(),
            ItemKind::Type if has_methods(&source, &item.name) => snake_case(&item.name),
            _ => continue,
        };
        let signature_end = item.body.as_ref().map_or(item.span.end, |body| body.start);
        let mut kata = Kata {
            id: format!("{id}/{name}"),
            item: item.name.clone(),
            features: features.clone(),
            docs: source.docs(item),
            signature: source.text(item.head..signature_end).trim_end().to_owned(),
            laws: LazyLaws::default(),
        };
        kata.laws = LazyLaws::in_file(workspace.path(kata.laws_path()), kata.test_module());
        if calls_libraries {
            // A law that compares with a library is built with it, where it is there.
            let needs = kata.laws.iter().flat_map(|law| &law.needs);
            let met = needs.filter(|need| need.is_met(false)).map(ToString::to_string);
            let found: Vec<_> = met.filter(|it| Need::of_feature(it).is_some()).collect();
            kata.features.extend(found);
            kata.features.dedup();
        }
        katas.push(kata);
    }
    let title = first_paragraph(&source.header_docs());
    Ok(File { id, title, feature: gate, katas })
}

/// A type whose public methods are written by the learner is a kata; one that only holds values is given.
fn has_methods(source: &Source<'_>, name: &str) -> bool {
    let blocks = source.items.iter().filter(|item| item.kind == ItemKind::Impl && item.name == name);
    blocks.flat_map(|block| source.within(block)).any(|item| item.public && item.kind == ItemKind::Fn)
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_uppercase() && i > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_come_with_their_features() {
        let text = "//! All.\n\n#[cfg(feature = \"m01\")]\npub mod m01_linear_algebra;\n\npub mod \
                    plain;\nmod own;\n";
        let found = modules(text);
        assert_eq!(found, [("m01_linear_algebra".into(), Some("m01".into())), ("plain".into(), None)]);
    }

    #[test]
    fn a_type_is_named_like_a_file() {
        assert_eq!(snake_case("LinearRegression"), "linear_regression");
    }
}
