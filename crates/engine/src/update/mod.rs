//! A newer version of the suite under what a learner has written: bodies and helpers are put into the new outlines.

mod items;

use crate::source::{ItemKind, Source};
use items::{File, as_comment, is_written, own_items, same_but_for_documentation};

/// What became of a learner's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The new text.
    pub text: String,
    /// The katas that were carried over.
    pub carried: Vec<String>,
    /// What needs a look.
    pub notes: Vec<Note>,
}

/// Something that a program cannot decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The suite changed the signature of a kata that is written: the learner's body stands below the new one.
    SignatureChanged {
        /// The kata.
        kata: String,
        /// The signature that was written.
        was: String,
        /// The signature that is wanted now.
        is: String,
    },
    /// The suite changed a type that is written; the stub is the new one, the learner's text is kept as a comment.
    TypeChanged {
        /// The type.
        kata: String,
    },
    /// The suite has no such kata any more, or calls it otherwise; the learner's text is kept as a comment.
    Gone {
        /// The kata.
        kata: String,
    },
    /// No one can tell where items begin and end: the file is left as it is.
    Unreadable,
}

/// The learner's text, moved from the old stub of its file to the new one.
#[must_use]
pub fn moved(learner: &str, old_stub: &str, new_stub: &str) -> Moved {
    let untouched = learner.replace("\r\n", "\n") == old_stub;
    if untouched {
        return Moved { text: new_stub.to_owned(), carried: Vec::new(), notes: Vec::new() };
    }
    let (mine, old, new) = (File::of(learner), File::of(old_stub), File::of(new_stub));
    if !mine.source.is_balanced() || has_merge_markers(learner) {
        return Moved { text: learner.to_owned(), carried: Vec::new(), notes: vec![Note::Unreadable] };
    }
    let mut work = Work { mine, old, new, carried: Vec::new(), notes: Vec::new(), left_over: Vec::new() };
    let text = work.text();
    Moved { text, carried: work.carried, notes: work.notes }
}

fn has_merge_markers(text: &str) -> bool {
    ["<<<<<<< ", ">>>>>>> "].iter().all(|mark| text.lines().any(|line| line.starts_with(mark)))
}

struct Work<'a> {
    mine: File<'a>,
    old: File<'a>,
    new: File<'a>,
    carried: Vec<String>,
    notes: Vec<Note>,
    /// What has no place in the new file, as comments at its end.
    left_over: Vec<String>,
}

impl Work<'_> {
    fn text(&mut self) -> String {
        let whole = self.new.source.text(0..self.new.length);
        let (mut out, mut at, mut done) = (String::new(), 0, Vec::new());
        for item in self.new.source.items.clone() {
            let is_kata = item.public && matches!(item.kind, ItemKind::Fn | ItemKind::Type);
            let belongs_to_done = item.kind == ItemKind::Impl && done.contains(&item.name);
            out += &whole[at..item.span.start];
            at = item.span.end;
            let usual = &whole[item.span.clone()];
            out += &match (is_kata, item.kind) {
                (true, ItemKind::Fn) => self.function(&item.name).unwrap_or_else(|| usual.to_owned()),
                (true, _) => match self.whole_type(&item.name) {
                    Some(text) => {
                        done.push(item.name.clone());
                        text
                    }
                    None => usual.to_owned(),
                },
                // The learner's own blocks stand in the place of the type already.
                (false, _) if belongs_to_done => String::new(),
                _ => usual.to_owned(),
            };
        }
        out += &whole[at..];
        self.keep_what_is_gone();
        self.with_own_items(out)
    }

    /// A function that is written, with the new documentation; `None` where the stub is to stay.
    fn function(&mut self, name: &str) -> Option<String> {
        let mine = self.mine.function(name).filter(|item| is_written(&self.mine.source, item))?;
        let new = self.new.function(name)?;
        let (new_head, my_body) = (self.new.signature(&new), mine.body.clone()?);
        let old_head = self.old.function(name).map(|item| self.old.signature(&item));
        let documentation = self.new.source.text(new.span.start..new.head);
        self.carried.push(name.to_owned());
        if old_head.as_ref().is_none_or(|old| *old == new_head) {
            // The learner may call the arguments otherwise, and their attributes are theirs.
            let own = self.mine.source.text(mine.head..mine.span.end);
            return Some(format!("{documentation}{}{own}", self.mine.attributes(&mine)));
        }
        let was = self.mine.signature(&mine);
        self.notes.push(Note::SignatureChanged { kata: name.to_owned(), was, is: new_head });
        let head = self.new.source.text(new.head..new.body?.start);
        Some(format!("{documentation}{head}{}", self.mine.source.text(my_body)))
    }

    /// A type that is written, with its blocks; `None` where the stub is to stay.
    fn whole_type(&mut self, name: &str) -> Option<String> {
        let mine = self.mine.parts(name);
        let is_begun = mine.iter().any(|item| match item.kind {
            ItemKind::Impl => {
                self.mine.source.within(item).iter().any(|it| is_written(&self.mine.source, it))
            }
            _ => false,
        });
        if !is_begun {
            return None;
        }
        if same_but_for_documentation(&self.old, &self.new, name) {
            self.carried.push(name.to_owned());
            let texts: Vec<&str> = mine.iter().map(|item| self.mine.source.text(item.span.clone())).collect();
            return Some(texts.join("\n\n"));
        }
        self.notes.push(Note::TypeChanged { kata: name.to_owned() });
        let texts: Vec<&str> =
            mine.iter().map(|item| self.mine.source.text(item.head..item.span.end)).collect();
        self.left_over.push(format!("// Before the update:\n//\n{}", as_comment(&texts.join("\n\n"))));
        None
    }

    /// Katas that are written, and that the new file does not have.
    fn keep_what_is_gone(&mut self) {
        for item in self.mine.source.items.clone() {
            let is_kata = item.public && item.kind == ItemKind::Fn;
            let is_gone =
                is_kata && self.old.function(&item.name).is_some() && self.new.function(&item.name).is_none();
            if is_gone && is_written(&self.mine.source, &item) {
                let text = self.mine.source.text(item.head..item.span.end);
                self.left_over.push(format!(
                    "// The suite has no `{}` any more, or calls it otherwise:\n//\n{}",
                    item.name,
                    as_comment(text)
                ));
                self.notes.push(Note::Gone { kata: item.name });
            }
        }
    }

    /// The learner's own imports below those of the suite, their own items at the end.
    fn with_own_items(&self, text: String) -> String {
        let (imports, others) = own_items(&self.mine, &self.old, &self.new);
        let mut out = text;
        if !imports.is_empty() {
            let source = Source::new(&out);
            let last =
                source.items.iter().rev().find(|item| item.kind == ItemKind::Use).map(|item| item.span.end);
            let first = source.items.first().map(|item| item.span.start);
            match (last, first) {
                (Some(at), _) => out.insert_str(at, &format!("\n{}", imports.join("\n"))),
                (None, Some(at)) => out.insert_str(at, &format!("{}\n\n", imports.join("\n"))),
                (None, None) => out += &format!("{}\n", imports.join("\n")),
            }
        }
        for item in others.iter().chain(&self.left_over) {
            out = format!("{}\n\n{item}\n", out.trim_end());
        }
        out
    }
}

#[cfg(test)]
mod tests;
