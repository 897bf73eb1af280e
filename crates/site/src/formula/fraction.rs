//! Fractions, and how pieces are put next to each other.

use super::mathml;
use super::piece::{Piece, Role};

/// Makes fractions, close ones first, and puts the pieces next to each other.
pub(super) fn joined(mut pieces: Vec<Piece>) -> String {
    for wide in [false, true] {
        let mut at = 1;
        while at + 1 < pieces.len() {
            let is_it = pieces[at].role == Role::Slash && pieces[at].spaced == wide;
            if is_it { at = fraction(&mut pieces, at, wide) } else { at += 1 }
        }
    }
    let mut out = String::new();
    let mut before = None;
    for piece in pieces {
        // A space between operands, as in "ln p", is one to read by.
        if piece.spaced && before == Some(Role::Operand) && piece.role == Role::Operand {
            out += "<mspace width=\"0.22em\"/>";
        }
        out += &piece.markup;
        before = Some(piece.role);
    }
    out
}

/// Replaces the operands around a slash by their fraction; gives the place after it.
fn fraction(pieces: &mut Vec<Piece>, slash: usize, wide: bool) -> usize {
    let belongs = |piece: &Piece| match piece.role {
        Role::Operand => true,
        Role::Times => wide,
        Role::Word => wide && !piece.spaced,
        _ => false,
    };
    let mut from = slash;
    while from > 0 && belongs(&pieces[from - 1]) && (wide || from == slash || !pieces[from].spaced) {
        from -= 1;
    }
    let mut to = slash + 1;
    let is_close = |piece: &Piece| wide || !piece.spaced;
    while to < pieces.len() && belongs(&pieces[to]) && is_close(&pieces[to]) {
        to += 1;
    }
    if from == slash || to == slash + 1 {
        return slash + 1;
    }
    let side = |pieces: &[Piece]| match pieces {
        [Piece { bare: Some(bare), .. }] => bare.clone(),
        pieces => pieces.iter().map(|piece| piece.markup.as_str()).collect(),
    };
    let markup = mathml::fraction(&side(&pieces[from..slash]), &side(&pieces[slash + 1..to]));
    let spaced = pieces[from].spaced;
    pieces.splice(from..to, [Piece { markup, role: Role::Operand, spaced, bare: None }]);
    from + 1
}
