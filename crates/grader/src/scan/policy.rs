use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use engine::edit::reset;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::finding::Finding;
use super::mode::Mode;
use super::{rules, tokens};

/// What an assignment searches submissions for.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What comes of a finding.
    pub mode: Mode,
    /// What the reference of a file uses itself, by the file's id.
    allowed: BTreeMap<String, BTreeSet<String>>,
    katas: BTreeSet<String>,
}

impl Policy {
    /// The policy for these katas: what the references of their files use is allowed.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a solution cannot be read.
    pub fn new<'a>(
        mode: Mode,
        workspace: &Workspace,
        katas: impl Iterator<Item = &'a str>,
    ) -> Result<Self, Problem> {
        let katas: BTreeSet<String> = katas.filter(|_| mode != Mode::Off).map(ToOwned::to_owned).collect();
        let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, _) in katas.iter().filter_map(|id| id.rsplit_once('/')) {
            if allowed.contains_key(id) {
                continue;
            }
            let path = workspace.path(format!("solutions/{id}.rs"));
            let text = fs::read_to_string(&path).doing("read", &path)?;
            let uses = tokens::tokens(&text).map(|it| rules::uses(id, &it)).unwrap_or_default();
            allowed.insert(id.to_owned(), uses.into_iter().map(|it| it.what).collect());
        }
        Ok(Self { mode, allowed, katas })
    }

    /// Looks through a file.
    #[must_use]
    pub fn scan(&self, id: &str, text: &str) -> Vec<Finding> {
        if self.mode == Mode::Off {
            return Vec::new();
        }
        let uses = tokens::tokens(text).map(|it| rules::uses(id, &it)).unwrap_or_default();
        let is_allowed = |what: &String| self.allowed.get(id).is_some_and(|allowed| allowed.contains(what));
        let found = uses.into_iter().filter(|it| !is_allowed(&it.what));
        // One line may repeat itself ten thousand times.
        let found = found.take(100).map(|it| Finding {
            file: id.to_owned(),
            line: it.line,
            // A function that is no kata may be called by each of them.
            kata: it.within.map(|item| format!("{id}/{item}")).filter(|id| self.katas.contains(id)),
            what: it.what,
            why: it.why,
        });
        found.collect()
    }

    /// Why a kata gets no point, if one of these findings costs it.
    #[must_use]
    pub fn rejects(&self, findings: &[Finding], kata: &str) -> Option<String> {
        let file = kata.rsplit_once('/').map_or("", |(file, _)| file);
        let concerns = |it: &&Finding| it.file == file && it.kata.as_ref().is_none_or(|it| it == kata);
        let first = findings.iter().find(concerns).filter(|_| self.mode == Mode::Enforce)?;
        Some(format!("line {}: {}: {}", first.line, first.what, first.why))
    }

    /// The text of a file as far as it is compiled: with the stub of each kata that a finding costs its point, or the stub of
    /// the whole file where the finding stands in no kata.
    #[must_use]
    pub fn accepted(&self, findings: &[Finding], id: &str, text: &str, stub: &str) -> String {
        let ours = findings.iter().filter(|it| it.file == id && self.mode == Mode::Enforce);
        let katas: BTreeSet<Option<&str>> = ours.map(|it| it.kata.as_deref()).collect();
        let mut accepted = text.to_owned();
        for kata in &katas {
            let item = kata.and_then(|kata| kata.rsplit('/').next());
            match item.and_then(|item| reset(&accepted, stub, item)) {
                Some(with_stub) => accepted = with_stub,
                None => return stub.to_owned(),
            }
        }
        // What is found even so is not where it seemed to be.
        if katas.is_empty() || self.scan(id, &accepted).is_empty() { accepted } else { stub.to_owned() }
    }
}
