//! What stands in a file: its katas, and what is the learner's own.

use crate::source::{Item, ItemKind, Source};

/// A text with its items.
pub(super) struct File<'a> {
    pub(super) source: Source<'a>,
    pub(super) length: usize,
}

impl<'a> File<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { source: Source::new(text), length: text.len() }
    }

    pub(super) fn function(&self, name: &str) -> Option<Item> {
        let is_it = |item: &&Item| item.public && item.kind == ItemKind::Fn && item.name == name;
        self.source.items.iter().find(is_it).cloned()
    }

    /// A type and its blocks.
    pub(super) fn parts(&self, name: &str) -> Vec<Item> {
        let is_part = |item: &&Item| {
            item.name == name && (item.kind == ItemKind::Impl || item.public && item.kind == ItemKind::Type)
        };
        self.source.items.iter().filter(is_part).cloned().collect()
    }

    /// The signature in one line, as a comparison wants it.
    pub(super) fn signature(&self, item: &Item) -> String {
        let end = item.body.as_ref().map_or(item.span.end, |body| body.start);
        let words: Vec<&str> = self.source.text(item.head..end).split_whitespace().collect();
        words.join(" ").replace(",)", ")").replace("( ", "(").replace(", )", ")").replace(" )", ")")
    }

    /// The attributes that stand above an item, without its documentation.
    pub(super) fn attributes(&self, item: &Item) -> String {
        let above = self.source.text(item.span.start..item.head);
        let lines = above.lines().filter(|line| line.trim_start().starts_with("#["));
        lines.map(|line| format!("{line}\n")).collect()
    }

    fn code(&self, item: &Item) -> String {
        let lines = self.source.text(item.span.clone()).lines();
        let code = lines.filter(|line| !line.trim_start().starts_with("///") && !line.trim().is_empty());
        code.collect::<Vec<_>>().join("\n")
    }
}

/// Whether a function is more than a `todo!()`.
pub(super) fn is_written(source: &Source<'_>, item: &Item) -> bool {
    item.kind == ItemKind::Fn
        && item.body.as_ref().is_some_and(|body| {
            source.text(body.start + 1..body.end - 1).trim().trim_end_matches(';') != "todo!()"
        })
}

/// Whether a type has the same fields and the same signatures in both stubs.
pub(super) fn same_but_for_documentation(old: &File<'_>, new: &File<'_>, name: &str) -> bool {
    let code = |file: &File<'_>| file.parts(name).iter().map(|item| file.code(item)).collect::<Vec<_>>();
    code(old) == code(new)
}

/// What the learner added: imports, and everything else that neither stub has.
pub(super) fn own_items(mine: &File<'_>, old: &File<'_>, new: &File<'_>) -> (Vec<String>, Vec<String>) {
    let (mut imports, mut others) = (Vec::new(), Vec::new());
    for item in &mine.source.items {
        let text = mine.source.text(item.span.clone());
        let is_in = |file: &File<'_>| {
            file.source.items.iter().any(|other| match item.kind {
                ItemKind::Use => file.source.text(other.span.clone()) == text,
                _ => other.kind == item.kind && other.name == item.name && other.public == item.public,
            })
        };
        if is_in(old) || is_in(new) {
            continue;
        }
        if item.kind == ItemKind::Use {
            imports.push(text.to_owned());
        } else {
            others.push(text.to_owned());
        }
    }
    (imports, others)
}

/// The text as a comment.
pub(super) fn as_comment(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { "//".to_owned() } else { format!("// {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
