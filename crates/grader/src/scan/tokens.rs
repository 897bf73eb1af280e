use std::rc::Rc;

use proc_macro2::extra::invalidate_current_thread_spans;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token of a learner's file, with every group laid flat.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) line: usize,
    /// In how many groups it stands.
    pub(super) depth: usize,
    /// The function at the top of the file that it belongs to.
    pub(super) within: Option<Rc<str>>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word(String),
    Mark(char),
    Open(char),
    Close(char),
    Literal,
}

/// The tokens of a text; `None` where it has none, which the compiler explains better.
///
/// Hand-written over `proc_macro2`'s lexer, tokens and no tree: a parser calls itself for each level, and how deep a file is nested is its author's choice. Here
/// nothing is called recursively. Comments are gone, and documentation is a literal.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let flat = text.parse::<TokenStream>().ok().map(flattened);
    // Or each text that was ever looked at would stay in memory, for the lines.
    invalidate_current_thread_spans();
    flat
}

fn flattened(stream: TokenStream) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open = vec![(stream.into_iter(), '\0', 0)];
    let (mut within, mut names_function): (Option<Rc<str>>, bool) = (None, false);
    while let Some((entries, delimiter, last)) = open.last_mut() {
        let (delimiter, last) = (*delimiter, *last);
        let next = entries.next();
        let depth = open.len() - 1;
        let (kind, line) = match next {
            Some(TokenTree::Group(group)) => {
                let sign = sign(group.delimiter());
                let line = group.span_open().start().line;
                open.push((group.stream().into_iter(), sign, group.span_close().start().line));
                (TokenKind::Open(sign), line)
            }
            Some(TokenTree::Ident(word)) => {
                let line = word.span().start().line;
                let word = word.to_string();
                if depth == 0 && names_function {
                    within = Some(Rc::from(word.as_str()));
                }
                names_function = word == "fn";
                (TokenKind::Word(word), line)
            }
            Some(TokenTree::Punct(mark)) => (TokenKind::Mark(mark.as_char()), mark.span().start().line),
            Some(TokenTree::Literal(literal)) => (TokenKind::Literal, literal.span().start().line),
            None => {
                open.pop();
                (TokenKind::Close(delimiter), last)
            }
        };
        let depth = if matches!(kind, TokenKind::Close(_)) { depth.saturating_sub(1) } else { depth };
        let ends = depth == 0 && (kind == TokenKind::Close('{') || kind == TokenKind::Mark(';'));
        tokens.push(Token { kind, line, depth, within: within.clone() });
        if ends {
            within = None;
        }
    }
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
