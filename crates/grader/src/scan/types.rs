use super::rules::{Look, Use};
use super::tokens::{Token, TokenKind};

/// Public types that are not as the outline has them: a type that says itself what equals what proves nothing.
pub(super) fn changed(outline: &[Token], written: &[Token]) -> Vec<Use> {
    let why = "the laws rely on this type as it was given";
    let written = types(written);
    let mut changed = Vec::new();
    for given in types(outline) {
        let mut found = written.iter().filter(|it| it.name == given.name).peekable();
        let line = found.peek().map_or(1, |it| it.line);
        // What is private may be as its author likes.
        let (from, to) =
            if given.is_open() { (given.kinds.len(), None) } else { (given.head, Some(given.head)) };
        let same = |it: &Type<'_>| it.kinds.get(..to.unwrap_or(it.kinds.len())) == Some(&given.kinds[..from]);
        if found.peek().is_none() || !found.all(same) {
            changed.push(Use { line, within: None, what: format!("the type {}", given.name), why });
        }
    }
    changed
}

/// A struct or an enum at the top of a file, without its documentation and commas before an end.
struct Type<'a> {
    name: String,
    line: usize,
    kinds: Vec<&'a TokenKind>,
    /// How many of them come before the fields.
    head: usize,
    /// Whether a field is private.
    hides: bool,
}

impl Type<'_> {
    /// Whether the laws may see all of it.
    fn is_open(&self) -> bool {
        !self.hides
    }
}

fn types(tokens: &[Token]) -> Vec<Type<'_>> {
    let look = Look(tokens);
    let ends = |at: &usize| {
        tokens[*at].depth == 0 && (look.is(*at, ';') || tokens[*at].kind == TokenKind::Close('{'))
    };
    let is_type =
        |at: &usize| tokens[*at].depth == 0 && matches!(look.word(*at), Some("struct" | "enum" | "union"));
    let one = |at: usize| {
        let name = look.word(at + 1)?.to_owned();
        // Back to the end of what stands before: its attributes belong to it.
        let from = (0..at).rev().find(ends).map_or(0, |it| it + 1);
        let to = (at..tokens.len()).find(ends)?;
        let seen = visible(tokens, from, to);
        let kinds: Vec<&TokenKind> = seen.iter().map(|it| &tokens[*it].kind).collect();
        let body = seen.iter().position(|it| *it > at && tokens[*it].kind == TokenKind::Open('{'));
        let head = body.unwrap_or(kinds.len());
        let starts = |place: usize| place == head + 1 || look.is(seen[place - 1], ',');
        let hides = look.word(at) == Some("struct")
            && (head + 1..seen.len().saturating_sub(1))
                .filter(|place| tokens[seen[*place]].depth == 1 && starts(*place))
                .any(|place| look.word(seen[place]) != Some("pub"));
        Some(Type { name, line: tokens[at].line, kinds, head, hides })
    };
    (0..tokens.len()).filter(is_type).filter_map(one).collect()
}

/// The places of the tokens without documentation and commas before an end.
fn visible(tokens: &[Token], from: usize, to: usize) -> Vec<usize> {
    let look = Look(tokens);
    let (mut seen, mut at) = (Vec::new(), from);
    while at <= to {
        let opens = tokens.get(at + 1).is_some_and(|it| it.kind == TokenKind::Open('['));
        if look.is(at, '#') && opens && look.word(at + 2) == Some("doc") {
            at = (at + 1..=to).find(|it| tokens[*it].kind == TokenKind::Close('[')).map_or(to, |it| it + 1);
            continue;
        }
        if !(look.is(at, ',') && tokens.get(at + 1).is_some_and(|it| matches!(it.kind, TokenKind::Close(_))))
        {
            seen.push(at);
        }
        at += 1;
    }
    seen
}
