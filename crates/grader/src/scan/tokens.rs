use std::rc::Rc;

use crate::tokens;
pub(super) use crate::tokens::TokenKind;

/// A token of a learner's file, and the function that it is part of.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) line: usize,
    /// In how many groups it stands.
    pub(super) depth: usize,
    /// The function at the top of the file that it belongs to.
    pub(super) within: Option<Rc<str>>,
}

/// The tokens of a text; `None` where it has none, which the compiler explains better.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let (mut within, mut names_function): (Option<Rc<str>>, bool) = (None, false);
    let of_a_function = |tokens::Token { kind, line, depth }| {
        if let TokenKind::Word(word) = &kind {
            if depth == 0 && names_function {
                within = Some(Rc::from(word.as_str()));
            }
            names_function = word == "fn";
        }
        let ends = depth == 0 && matches!(kind, TokenKind::Close('{') | TokenKind::Mark(';'));
        let token = Token { kind, line, depth, within: within.clone() };
        if ends {
            within = None;
        }
        token
    };
    tokens::tokens(text).map(|tokens| tokens.into_iter().map(of_a_function).collect())
}
