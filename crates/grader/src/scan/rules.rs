use std::collections::BTreeSet;
use std::rc::Rc;

use super::table::{ATTRIBUTES, FROM_SCRATCH, MACROS, OUTSIDE, Remade};
use super::tokens::{Token, TokenKind};

/// As many tokens of one group are looked through: a file of nothing but groups shall not hold us up.
const MOST: usize = 500;

/// Something that a file uses and should not: the line, the function around it, what it is, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) line: usize,
    pub(super) within: Option<Rc<str>>,
    pub(super) what: String,
    pub(super) why: &'static str,
}

/// Everything that the rules for the file of this id find in its tokens.
pub(super) fn uses(id: &str, tokens: &[Token]) -> Vec<Use> {
    let look = Look(tokens);
    let mut found = reaches(tokens);
    for remade in FROM_SCRATCH.iter().filter(|it| it.files.iter().any(|file| id.starts_with(file))) {
        look.library(remade, &mut found);
    }
    found.sort_by(|a, b| (a.line, &a.what).cmp(&(b.line, &b.what)));
    found.dedup_by(|a, b| (a.line, &a.what) == (b.line, &b.what));
    found
}

/// What reaches outside of a kata, without regard to libraries.
pub(super) fn reaches(tokens: &[Token]) -> Vec<Use> {
    let look = Look(tokens);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        look.keyword(at, &mut found);
        look.standard_library(at, &mut found);
        look.called_macro(at, &mut found);
        look.attribute(at, &mut found);
    }
    found
}

/// Tokens, looked at by their places.
pub(super) struct Look<'a>(pub(super) &'a [Token]);

impl Look<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&str> {
        match &self.0.get(at)?.kind {
            TokenKind::Word(word) => Some(word.strip_prefix("r#").unwrap_or(word)),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, mark: char) -> bool {
        self.0.get(at).is_some_and(|it| it.kind == TokenKind::Mark(mark))
    }

    pub(super) fn leads_on(&self, at: usize) -> bool {
        self.is(at, ':') && self.is(at + 1, ':')
    }

    pub(super) fn note(&self, at: usize, what: String, why: &'static str, found: &mut Vec<Use>) {
        let token = &self.0[at];
        found.push(Use { line: token.line, within: token.within.clone(), what, why });
    }

    fn keyword(&self, at: usize, found: &mut Vec<Use>) {
        let TokenKind::Word(word) = &self.0[at].kind else { return };
        match word.as_str() {
            "unsafe" => self.note(at, "unsafe".to_owned(), "no kata needs it", found),
            "extern" => self.note(at, "extern".to_owned(), "a kata calls nothing outside of Rust", found),
            // Under another name, too: with it no word of `unsafe` is needed.
            "global_asm" | "naked_asm" => {
                self.note(at, format!("{word}!"), "it gets past the compiler", found);
            }
            _ => {}
        }
    }

    /// `std::process`, also inside of `std::{…}`; a second name for all of `std` hides what it is for.
    fn standard_library(&self, at: usize, found: &mut Vec<Use>) {
        if !matches!(self.word(at), Some("std" | "core")) || at > 0 && self.is(at - 1, '.') {
            return;
        }
        let why = "a kata computes from its arguments, and reaches for nothing else";
        if self.word(at + 1) == Some("as") {
            self.note(at, "std as …".to_owned(), why, found);
        }
        if !self.leads_on(at + 1) {
            return;
        }
        for entry in self.entries(at + 3) {
            match self.word(entry) {
                Some(name) if OUTSIDE.contains(&name) || MACROS.contains(&name) => {
                    self.note(entry, format!("std::{name}"), why, found);
                }
                Some("self") => self.note(entry, "std as …".to_owned(), why, found),
                None if self.is(entry, '*') => self.note(entry, "std::*".to_owned(), why, found),
                _ => {}
            }
        }
    }

    /// Where the first names stand that follow a `::`.
    pub(super) fn entries(&self, at: usize) -> Vec<usize> {
        let Some(first) = self.0.get(at) else { return Vec::new() };
        if first.kind != TokenKind::Open('{') {
            return vec![at];
        }
        let depth = first.depth + 1;
        let inside = (at + 1..self.0.len()).take(MOST).take_while(|it| self.0[*it].depth >= depth);
        inside.filter(|it| self.0[*it].depth == depth && (*it == at + 1 || self.is(it - 1, ','))).collect()
    }

    fn called_macro(&self, at: usize, found: &mut Vec<Use>) {
        let opens = |at: usize| matches!(self.0.get(at).map(|it| &it.kind), Some(TokenKind::Open(_)));
        if let Some(name) = self.word(at).filter(|name| MACROS.contains(name))
            && self.is(at + 1, '!')
            && opens(at + 2)
        {
            self.note(at, format!("{name}!"), "it brings in what was not submitted", found);
        }
    }

    fn attribute(&self, at: usize, found: &mut Vec<Use>) {
        let open = at + 1 + usize::from(self.is(at + 1, '!'));
        if !self.is(at, '#') || self.0.get(open).is_none_or(|it| it.kind != TokenKind::Open('[')) {
            return;
        }
        let depth = self.0[open].depth;
        for inside in (open + 1..self.0.len()).take(MOST).take_while(|it| self.0[*it].depth > depth) {
            let Some(name) = self.word(inside) else { continue };
            if ATTRIBUTES.contains(&name) || name == "path" && self.is(inside + 1, '=') {
                self.note(inside, format!("#[{name}]"), "it changes the program around the kata", found);
            }
        }
    }

    fn library(&self, remade: &Remade, found: &mut Vec<Use>) {
        let why = "it does what this kata asks you to write";
        let all = 0..self.0.len();
        let named = |at: &usize| {
            let is_path = self.leads_on(at + 1) || *at > 0 && self.word(at - 1) == Some("use");
            is_path && self.word(*at).is_some_and(|name| remade.libraries.contains(&name))
        };
        let mentions: Vec<usize> = all.clone().filter(named).collect();
        if remade.calls.is_empty() {
            for at in mentions {
                self.note(at, self.word(at).unwrap_or_default().to_owned(), why, found);
            }
            return;
        }
        let Some(library) = mentions.first().and_then(|at| self.word(*at)) else { return };
        // A method of the learner's own may have any name.
        let is_method = |at: &usize| self.0[*at].depth > 0 && self.word(*at) == Some("fn");
        let own: BTreeSet<_> = all.clone().filter(is_method).filter_map(|at| self.word(at + 1)).collect();
        for at in all.skip(1) {
            let reached = self.is(at - 1, '.') || at > 1 && self.leads_on(at - 2);
            let Some(name) = self.word(at).filter(|name| reached && remade.calls.contains(name)) else {
                continue;
            };
            let called = self.0.get(at + 1).is_some_and(|it| it.kind == TokenKind::Open('('));
            if (called || self.leads_on(at + 1)) && !own.contains(name) {
                self.note(at, format!("{library}'s {name}"), why, found);
            }
        }
    }
}
