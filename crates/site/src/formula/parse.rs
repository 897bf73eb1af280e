//! From tokens to MathML: operands with their scripts first, then fractions, which are all the precedence that is needed.

use super::fraction::joined;
use super::lex::{Kind, Token, tokens};
use super::mathml;
use super::piece::{Piece, Role, other};

/// A formula in one line, as the content of a `<math>` element.
#[must_use]
pub fn line(text: &str) -> String {
    row(&tokens(text))
}

/// A whole row.
fn row(tokens: &[Token]) -> String {
    let mut at = 0;
    let mut pieces = Vec::new();
    while at < tokens.len() {
        pieces.extend(pieces_until(tokens, &mut at, None));
        // A bracket that nothing opened.
        if let Some(Token { kind: Kind::Close(c), spaced }) = tokens.get(at) {
            pieces.push(other(mathml::operator(*c), *spaced));
            at += 1;
        }
    }
    joined(pieces)
}

/// The pieces up to the bracket or bar that closes, which is left where it is.
fn pieces_until(tokens: &[Token], at: &mut usize, bar: Option<char>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    while let Some(token) = tokens.get(*at) {
        match &token.kind {
            Kind::Close(_) => break,
            Kind::Fence(c) if bar == Some(*c) && pieces.last().is_some_and(|it| it.role == Role::Operand) => {
                break;
            }
            Kind::Word(_) => pieces.push(words(tokens, at)),
            Kind::Slash => {
                pieces.push(Piece { role: Role::Slash, ..other(mathml::operator('/'), token.spaced) });
                *at += 1;
            }
            Kind::Operator(c) => {
                pieces.push(operator(*c, token.spaced, pieces.last(), tokens.get(*at + 1)));
                *at += 1;
            }
            _ => pieces.push(operand(tokens, at)),
        }
    }
    pieces
}

fn operator(c: char, spaced: bool, before: Option<&Piece>, next: Option<&Token>) -> Piece {
    let is_sign = matches!(c, '-' | '−' | '+' | '±') && before.is_none_or(|it| it.role != Role::Operand);
    let is_index_comma = c == ',' && next.is_some_and(|next| !next.spaced);
    let (role, markup) = match c {
        '·' | '⊙' | '×' | '∗' => (Role::Times, mathml::operator(c)),
        ',' if is_index_comma => (Role::Operand, mathml::operator(c)),
        ',' | ';' => (Role::Other, mathml::separator(c)),
        _ if is_sign => (Role::Other, mathml::sign(c)),
        _ => (Role::Other, mathml::operator(c)),
    };
    Piece { role, ..other(markup, spaced) }
}

/// Words in a row are one text.
fn words(tokens: &[Token], at: &mut usize) -> Piece {
    let spaced = tokens[*at].spaced;
    let mut text = String::new();
    while let Some(Token { kind: Kind::Word(word), spaced }) = tokens.get(*at) {
        if *spaced && !text.is_empty() {
            text.push(' ');
        }
        text += word;
        *at += 1;
    }
    let follows = tokens.get(*at);
    // A name such as `rate` in `rate = …` needs no space of a word.
    let ends_in_space = follows.is_some_and(|it| it.spaced && !matches!(it.kind, Kind::Operator(_)));
    let text = format!("{}{text}{}", if spaced { " " } else { "" }, if ends_in_space { " " } else { "" });
    let is_name =
        follows.is_some_and(|it| !it.spaced && !matches!(it.kind, Kind::Operator(_) | Kind::Close(_)));
    let piece = Piece { markup: mathml::words(&text), role: Role::Word, spaced, bare: None };
    if is_name { scripts(tokens, at, Piece { role: Role::Operand, ..piece }) } else { piece }
}

/// An atom with its scripts and marks.
fn operand(tokens: &[Token], at: &mut usize) -> Piece {
    let Token { kind, spaced } = &tokens[*at];
    *at += 1;
    let plain = |markup| Piece { markup, role: Role::Operand, spaced: *spaced, bare: None };
    let atom = match kind {
        Kind::Number(text) => plain(mathml::number(text)),
        Kind::Name(text) if text == "Σ" => plain("<mo>∑</mo>".to_owned()),
        Kind::Name(text) if text == "∂" || text == "∇" => plain(mathml::name(text)),
        Kind::Name(text) => plain(mathml::name(text)),
        Kind::Open(c) => bracketed(tokens, at, *c, *spaced),
        Kind::Fence(c) => bars(tokens, at, *c, *spaced),
        Kind::Root => root(tokens, at, *spaced),
        // Scripts and marks that stand on nothing.
        Kind::Above(text) => plain(format!("<msup><mrow></mrow>{}</msup>", mathml::grouped(&script(text)))),
        Kind::Below(text) => plain(format!("<msub><mrow></mrow>{}</msub>", mathml::grouped(&script(text)))),
        Kind::Mark(c) | Kind::Operator(c) | Kind::Close(c) => plain(mathml::operator(*c)),
        Kind::Word(text) => plain(mathml::words(text)),
        Kind::Slash => plain(mathml::operator('/')),
    };
    scripts(tokens, at, atom)
}

fn bracketed(tokens: &[Token], at: &mut usize, open: char, spaced: bool) -> Piece {
    let inside = joined(pieces_until(tokens, at, None));
    let Some(Token { kind: Kind::Close(close), .. }) = tokens.get(*at) else {
        let markup = mathml::operator(open) + &inside;
        return Piece { markup, role: Role::Operand, spaced, bare: None };
    };
    *at += 1;
    let markup = mathml::enclosed(open, &inside, *close);
    let bare = (open == '(' && *close == ')').then_some(inside);
    Piece { markup, role: Role::Operand, spaced, bare }
}

fn bars(tokens: &[Token], at: &mut usize, bar: char, spaced: bool) -> Piece {
    let begin = *at;
    let inside = pieces_until(tokens, at, Some(bar));
    if !matches!(tokens.get(*at), Some(Token { kind: Kind::Fence(_), .. })) {
        // It stands alone, as in "given that".
        *at = begin;
        return other(mathml::operator(bar), spaced);
    }
    *at += 1;
    let markup = mathml::enclosed(bar, &joined(inside), bar);
    Piece { markup, role: Role::Operand, spaced, bare: None }
}

/// A root, of the brackets that follow or of all that stands close together.
fn root(tokens: &[Token], at: &mut usize, spaced: bool) -> Piece {
    let plain = |markup| Piece { markup, role: Role::Operand, spaced, bare: None };
    let is_operand = |token: &Token| matches!(token.kind, Kind::Number(_) | Kind::Name(_) | Kind::Open(_));
    let mut inside = Vec::new();
    while let Some(token) = tokens.get(*at).filter(|it| is_operand(it) && (inside.is_empty() || !it.spaced)) {
        let is_bracket = matches!(token.kind, Kind::Open(_));
        if is_bracket && !inside.is_empty() {
            break;
        }
        inside.push(operand(tokens, at));
        if is_bracket {
            break;
        }
    }
    match &inside[..] {
        [] => plain(mathml::operator('√')),
        [Piece { bare: Some(bare), .. }] => plain(mathml::root(bare)),
        _ => plain(mathml::root(&joined(inside))),
    }
}

fn script(text: &str) -> String {
    let is_label = text.len() > 2 && text.chars().all(|c| c.is_ascii_alphabetic());
    if is_label { mathml::words(text) } else { row(&tokens(&spread(text))) }
}

/// In a script letters next to each other are indices.
fn spread(text: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for c in text.chars() {
        if c.is_ascii_alphabetic() && before.is_ascii_alphabetic() {
            out.push('\u{2063}');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Puts the scripts and marks that follow onto an atom.
fn scripts(tokens: &[Token], at: &mut usize, atom: Piece) -> Piece {
    let Piece { mut markup, mut bare, .. } = atom.clone();
    let (mut above, mut below) = (String::new(), String::new());
    while let Some(Token { kind, spaced: false }) = tokens.get(*at) {
        match kind {
            Kind::Above(text) => above += &script(text),
            Kind::Below(text) => below += &script(text),
            Kind::Mark(mark) => markup = mathml::mark(&markup, *mark),
            Kind::Operator(prime @ ('′' | '″' | '‴')) => above += &mathml::operator(*prime),
            _ => break,
        }
        *at += 1;
    }
    let is_sum = atom.markup == "<mo>∑</mo>";
    let (above, below) = (Some(above).filter(|it| !it.is_empty()), Some(below).filter(|it| !it.is_empty()));
    if above.is_some() || below.is_some() {
        bare = None;
    }
    let (above, below) = (above.map(|it| mathml::grouped(&it)), below.map(|it| mathml::grouped(&it)));
    let markup = match (below, above) {
        (None, None) => markup,
        (Some(below), None) if is_sum => mathml::element("munder", &(markup + &below)),
        (Some(below), None) => mathml::element("msub", &(markup + &below)),
        (None, Some(above)) => mathml::element("msup", &(markup + &above)),
        (Some(below), Some(above)) => mathml::element("msubsup", &(markup + &below + &above)),
    };
    Piece { markup, bare, ..atom }
}
