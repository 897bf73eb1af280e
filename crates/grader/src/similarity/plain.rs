//! The body of a function without what is easily changed: names that its author chose, types, the form of a loop.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tokens::{Token, TokenKind};

/// A token that is compared: what it is, and in which line it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PlainToken {
    pub(super) hash: u64,
    pub(super) line: usize,
}

/// What comes and goes without a change of meaning.
const DROPPED: [&str; 4] = ["mut", "ref", "return", "pub"];
/// Words of the language; every other one is somebody's name.
const KEYWORDS: [&str; 22] = [
    "as", "break", "const", "continue", "crate", "dyn", "else", "enum", "false", "fn", "for", "if", "impl",
    "in", "let", "loop", "match", "move", "struct", "true", "while", "where",
];

/// The tokens of a body with names that its author chose undone. `own` are the functions and types that the file declares
/// itself.
pub(super) fn plain(body: &[Token], own: &BTreeSet<String>) -> Vec<PlainToken> {
    let mut plain = Plain { body, own, out: Vec::with_capacity(body.len()) };
    let mut at = 0;
    while at < body.len() {
        at = plain.take(at);
    }
    plain.out
}

struct Plain<'a> {
    body: &'a [Token],
    own: &'a BTreeSet<String>,
    out: Vec<PlainToken>,
}

impl Plain<'_> {
    fn is(&self, at: usize, mark: char) -> bool {
        self.body.get(at).is_some_and(|it| it.is(mark))
    }

    fn word(&self, at: usize) -> Option<&str> {
        self.body.get(at).and_then(Token::word)
    }

    fn put(&mut self, at: usize, text: &str) {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        self.out.push(PlainToken { hash: hasher.finish(), line: self.body[at].line });
    }

    /// Takes what stands here, and returns where to go on.
    fn take(&mut self, at: usize) -> usize {
        match &self.body[at].kind {
            TokenKind::Word(word) => self.take_word(at, &word.clone()),
            TokenKind::Literal(literal) => {
                self.put(at, &number(literal));
                at + 1
            }
            // References are put where the compiler wants them.
            TokenKind::Mark('&') if !self.is(at + 1, '&') && (at == 0 || !self.is(at - 1, '&')) => at + 1,
            TokenKind::Mark(':') if self.is(at + 1, ':') && self.is(at + 2, '<') => {
                self.after_generics(at + 2)
            }
            TokenKind::Mark(',') if self.closes(at + 1) => at + 1,
            TokenKind::Mark(mark) | TokenKind::Open(mark) => {
                self.put(at, &mark.to_string());
                at + 1
            }
            TokenKind::Close(mark) => {
                self.put(at, &format!("end of {mark}"));
                at + 1
            }
        }
    }

    fn closes(&self, at: usize) -> bool {
        self.body.get(at).is_none_or(|it| matches!(it.kind, TokenKind::Close(_)))
    }

    fn take_word(&mut self, at: usize, word: &str) -> usize {
        if DROPPED.contains(&word) {
            return at + 1;
        }
        if let Some(after) = self.loop_over_numbers(at, word) {
            self.put(at, "loop over numbers");
            return after;
        }
        if let Some(after) = self.next_number(at) {
            return after;
        }
        if let Some(mark) = self.updates_itself(at) {
            let (name, mark) = (self.name(at, word), mark.to_string());
            [&name, mark.as_str(), "="].iter().for_each(|it| self.put(at, it));
            return at + 4;
        }
        let name = self.name(at, word);
        self.put(at, &name);
        if word == "let" { self.without_its_type(at + 1) } else { at + 1 }
    }

    /// The word, where it is part of the language or of a library; what kind of name it is, where its author chose it.
    fn name(&self, at: usize, word: &str) -> String {
        let after_dot = at > 0 && self.is(at - 1, '.');
        let in_path = self.is(at + 1, ':') && self.is(at + 2, ':')
            || at > 1 && self.is(at - 1, ':') && self.is(at - 2, ':');
        let is_called = self.body.get(at + 1).is_some_and(|it| it.opens('('));
        let is_type = word.starts_with(|c: char| c.is_ascii_uppercase());
        if self.own.contains(word) {
            return if is_type { "own type" } else { "own function" }.to_owned();
        }
        let is_known = KEYWORDS.contains(&word) || after_dot || in_path || is_called || is_type;
        if is_known || self.is(at + 1, '!') { word.to_owned() } else { "name".to_owned() }
    }

    /// `for i in a..b` and `while i < b`: where the body begins. What is counted, and how, is a matter of taste.
    fn loop_over_numbers(&self, at: usize, word: &str) -> Option<usize> {
        let depth = self.body[at].depth;
        let begins = |it: &usize| self.body[*it].depth == depth && self.body[*it].opens('{');
        let body = (at + 1..self.body.len()).take(60).find(begins)?;
        let is_range = |it: usize| self.is(it, '.') && self.is(it + 1, '.') && self.body[it].depth == depth;
        let counts = match word {
            "for" => {
                self.word(at + 1).is_some() && self.word(at + 2) == Some("in") && (at + 3..body).any(is_range)
            }
            "while" => {
                self.word(at + 1).is_some()
                    && matches!(self.body.get(at + 2)?.kind, TokenKind::Mark('<' | '>'))
            }
            _ => false,
        };
        counts.then_some(body)
    }

    /// `i += 1;`, which a counting loop does by itself.
    fn next_number(&self, at: usize) -> Option<usize> {
        let is_one = self.body.get(at + 3).is_some_and(|it| it.kind == TokenKind::Literal("1".to_owned()));
        let is_next = self.is(at + 1, '+') && self.is(at + 2, '=') && is_one && self.is(at + 4, ';');
        is_next.then_some(at + 5)
    }

    /// The operator of `a = a + b`.
    fn updates_itself(&self, at: usize) -> Option<char> {
        let again = self.is(at + 1, '=') && self.word(at) == self.word(at + 2);
        let starts = at == 0 || !self.is(at - 1, '.') && self.word(at - 1).is_none();
        match self.body.get(at + 3)?.kind {
            TokenKind::Mark(mark @ ('+' | '-' | '*' | '/')) if again && starts => Some(mark),
            _ => None,
        }
    }

    /// Takes the pattern of a `let`, and leaves out the type behind it.
    fn without_its_type(&mut self, mut at: usize) -> usize {
        let Some(depth) = self.body.get(at).map(|it| it.depth) else { return at };
        let ends = |it: &Token| it.depth == depth && (it.is('=') || it.is(';'));
        while self.body.get(at).is_some_and(|it| !ends(it)) {
            let is_single = self.is(at, ':') && !self.is(at + 1, ':') && self.body[at].depth == depth;
            if is_single && !self.is(at - 1, ':') {
                return (at..self.body.len()).find(|it| ends(&self.body[*it])).unwrap_or(self.body.len());
            }
            at = self.take(at);
        }
        at
    }

    /// Where the list of types ends that begins here, with `<`.
    fn after_generics(&self, open: usize) -> usize {
        let mut depth = 0_i32;
        for at in open..self.body.len().min(open + 60) {
            depth += i32::from(self.is(at, '<'));
            // Not of an arrow.
            depth -= i32::from(self.is(at, '>') && !self.is(at - 1, '-'));
            if depth == 0 {
                return at + 1;
            }
        }
        open + 1
    }
}

/// A number as it is meant: `1_000.0_f64` is 1000.
fn number(literal: &str) -> String {
    match literal.chars().next() {
        Some('0'..='9') => {}
        Some('\'') => return "character".to_owned(),
        _ => return "text".to_owned(),
    }
    let bare = literal.replace('_', "");
    let suffixes = ["f64", "f32", "usize", "isize", "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"];
    let bare = suffixes.iter().find_map(|it| bare.strip_suffix(it)).unwrap_or(&bare);
    bare.parse::<f64>().map_or_else(|_| bare.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn hashes(text: &str) -> Vec<u64> {
        let own = BTreeSet::from(["helper".to_owned(), "assistant".to_owned()]);
        plain(&tokens(text).unwrap(), &own).into_iter().map(|it| it.hash).collect()
    }

    #[test]
    fn what_is_written_otherwise_in_passing_is_the_same() {
        let same = [
            ("let mut total: Vec<f64> = x.iter().collect();", "let sum = y.iter().collect::<Vec<_>>();"),
            ("a = a + b[0];", "total += weights[0_usize];"),
            (
                "for i in 0..n { s[i] += helper(i, 1.0); }",
                "while j < m { t[j] += assistant(j, 1f64); j += 1; }",
            ),
            ("return Ok(&x[..]);", "Ok(y[..]);"),
            ("f(a, b,)", "f(c, d)"),
        ];
        for (one, other) in same {
            assert_eq!(hashes(one), hashes(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_is_computed_is_not() {
        let different = [
            ("a + b", "a - b"),
            ("x.sum()", "x.product()"),
            ("f64::sqrt(x)", "f64::abs(x)"),
            ("x * 2.0", "x * 3.0"),
            ("a && b", "a & b"),
        ];
        for (one, other) in different {
            assert_ne!(hashes(one), hashes(other), "{one} and {other}");
        }
    }
}
