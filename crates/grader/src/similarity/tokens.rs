use proc_macro2::extra::invalidate_current_thread_spans;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A token of a text, with every group laid flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// From 1.
    pub(super) line: usize,
    /// In how many groups it stands; a group's ends stand where the group stands.
    pub(super) depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word(String),
    Mark(char),
    Open(char),
    Close(char),
    Literal(String),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    pub(super) fn opens(&self, sign: char) -> bool {
        self.kind == TokenKind::Open(sign)
    }
}

/// The tokens of a text without comments, documentation and attributes; `None` where it has none. As in the scan nothing is
/// called recursively: how deep a file is nested is its author's choice.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let flat = text.parse::<TokenStream>().ok().map(flattened);
    // Or each text that was ever looked at would stay in memory, for the lines.
    invalidate_current_thread_spans();
    flat.map(|tokens| without_attributes(&tokens))
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

fn without_attributes(tokens: &[Token]) -> Vec<Token> {
    let (mut kept, mut at) = (Vec::with_capacity(tokens.len()), 0);
    while let Some(token) = tokens.get(at) {
        let open = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|it| it.is('!')));
        if token.is('#') && tokens.get(open).is_some_and(|it| it.opens('[')) {
            at = end(tokens, open) + 1;
        } else {
            kept.push(token.clone());
            at += 1;
        }
    }
    kept
}

/// Where the group ends that opens here; the last token, where it does not end.
pub(super) fn end(tokens: &[Token], open: usize) -> usize {
    let depth = tokens[open].depth;
    let closes = |token: &Token| token.depth == depth && matches!(token.kind, TokenKind::Close(_));
    tokens[open + 1..].iter().position(closes).map_or(tokens.len() - 1, |it| open + 1 + it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_documentation_and_attributes_are_no_tokens() {
        let bare = tokens("fn a(x: f64) -> f64 { x }").unwrap();
        let dressed = "//! A.\n/// B.\n#[inline]\nfn a(x: f64) /* c */ -> f64 {\n    // d\n    x\n}\n";
        let kinds = |tokens: &[Token]| tokens.iter().map(|it| it.kind.clone()).collect::<Vec<_>>();
        let dressed = tokens(dressed).unwrap();
        assert_eq!(kinds(&bare), kinds(&dressed));
        assert_eq!((dressed[0].line, dressed.last().unwrap().line), (4, 7));
        assert_eq!(tokens("fn a( {"), None);
    }
}
