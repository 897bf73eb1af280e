use std::collections::HashMap;

use super::grams::{LENGTH, grams};
use super::text::{Function, Work};

/// A run of tokens that two works share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    /// Which function of the one, and from which token on.
    pub(super) one: (usize, usize),
    /// Which function of the other, and from which token on.
    pub(super) other: (usize, usize),
    pub(super) length: usize,
}

/// The runs that two works share, longest first as far as a walk from the front finds them; no token is in two of them.
pub(super) fn tiles(one: &Work, other: &Work) -> Vec<Tile> {
    let mut places: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (function, it) in other.functions.iter().enumerate() {
        for (at, gram) in grams(&it.tokens).into_iter().enumerate() {
            places.entry(gram).or_default().push((function, at));
        }
    }
    let mut taken: Vec<Vec<bool>> = other.functions.iter().map(|it| vec![false; it.tokens.len()]).collect();
    let mut tiles = Vec::new();
    for (function, it) in one.functions.iter().enumerate() {
        let grams = grams(&it.tokens);
        let mut at = 0;
        while at < grams.len() {
            let candidates = places.get(&grams[at]).map_or(&[][..], Vec::as_slice);
            let length =
                |place: &(usize, usize)| run(it, at, &other.functions[place.0], place.1, &taken[place.0]);
            let best =
                candidates.iter().map(|place| (length(place), place)).max_by_key(|(length, _)| *length);
            match best.filter(|(length, _)| *length >= LENGTH) {
                Some((length, place)) => {
                    taken[place.0][place.1..place.1 + length].fill(true);
                    tiles.push(Tile { one: (function, at), other: *place, length });
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    tiles
}

/// How many tokens are the same from here on, and not taken yet.
fn run(one: &Function, at: usize, other: &Function, from: usize, taken: &[bool]) -> usize {
    let pairs = one.tokens[at..].iter().zip(&other.tokens[from..]).zip(&taken[from..]);
    pairs.take_while(|((a, b), taken)| a.hash == b.hash && !**taken).count()
}
