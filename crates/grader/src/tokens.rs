//! A learner's text as tokens, for code that only reads it.

use proc_macro2::extra::invalidate_current_thread_spans;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token of a text, with every group laid flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// From 1.
    pub(crate) line: usize,
    /// In how many groups it stands; a group's ends stand where the group stands.
    pub(crate) depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word(String),
    Mark(char),
    Open(char),
    Close(char),
    Literal(String),
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    pub(crate) fn opens(&self, sign: char) -> bool {
        self.kind == TokenKind::Open(sign)
    }
}

/// The tokens of a text, without comments; documentation is a literal. `None` where it has none, which the compiler explains
/// better.
///
/// Hand-written over `proc_macro2`'s lexer, tokens and no tree: a parser calls itself for each level, and how deep a file is
/// nested is its author's choice. Here nothing is called recursively.
pub(crate) fn tokens(text: &str) -> Option<Vec<Token>> {
    let flat = text.parse::<TokenStream>().ok().map(flattened);
    // Or each text that was ever looked at would stay in memory, for the lines.
    invalidate_current_thread_spans();
    flat
}

fn flattened(stream: TokenStream) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = vec![(stream.into_iter(), '\0', 0)];
    while let Some((entries, delimiter, last)) = open.last_mut() {
        let (delimiter, last) = (*delimiter, *last);
        let next = entries.next();
        let depth = open.len() - 1;
        let (kind, line, depth) = match next {
            Some(TokenTree::Group(group)) => {
                let sign = sign(group.delimiter());
                let line = group.span_open().start().line;
                open.push((group.stream().into_iter(), sign, group.span_close().start().line));
                (TokenKind::Open(sign), line, depth)
            }
            Some(TokenTree::Ident(word)) => {
                (TokenKind::Word(word.to_string()), word.span().start().line, depth)
            }
            Some(TokenTree::Punct(mark)) => {
                (TokenKind::Mark(mark.as_char()), mark.span().start().line, depth)
            }
            Some(TokenTree::Literal(literal)) => {
                (TokenKind::Literal(literal.to_string()), literal.span().start().line, depth)
            }
            None => {
                open.pop();
                (TokenKind::Close(delimiter), last, depth.saturating_sub(1))
            }
        };
        tokens.push(Token { kind, line, depth });
    }
    // The end of the text is no group's.
    tokens.pop();
    tokens
}

fn sign(delimiter: Delimiter) -> char {
    match delimiter {
        Delimiter::Parenthesis => '(',
        Delimiter::Brace => '{',
        Delimiter::Bracket => '[',
        Delimiter::None => ' ',
    }
}
