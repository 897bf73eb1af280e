use crate::tokens;
pub(super) use crate::tokens::{Token, TokenKind};

/// The tokens of a text without comments, documentation and attributes; `None` where it has none.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    tokens::tokens(text).map(|tokens| without_attributes(&tokens))
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
