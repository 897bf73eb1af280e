//! Texts and merges, and what byte pair encoding does by its definition.

use std::collections::BTreeMap;

use judge::any;
use judge::any::select;
use kit::Generator;
use proptest::prelude::*;

/// Merges in the order in which they are learned.
pub type Merges = Vec<(usize, usize)>;

/// Few letters, so that pairs repeat and tie.
pub fn few_letters() -> impl Strategy<Value = String> + Send + Sync + Clone {
    let letters = select(vec!["ab", "a", "abc", "ba ", "aab"]);
    (letters, any::vec(0..12_usize, 0..=14)).prop_map(|(letters, places)| {
        let letters: Vec<char> = letters.chars().collect();
        places.iter().map(|place| letters[place % letters.len()]).collect()
    })
}

/// Characters of one to four bytes, some of which share bytes; control characters, the byte order mark, the last code point,
/// parts of emoji.
const CHARACTERS: [char; 26] = [
    'a',
    'b',
    ' ',
    '\r',
    '\n',
    '\0',
    '~',
    'é',
    'è',
    'ß',
    'Ω',
    'я',
    '€',
    '中',
    '日',
    '\u{301}',
    '\u{200d}',
    '\u{fffd}',
    '\u{d7ff}',
    '\u{e000}',
    '𝄞',
    '👩',
    '🏽',
    '\u{10ffff}',
    '\u{7f}',
    '\u{feff}',
];

/// Any text: characters of every length in bytes.
pub fn unicode() -> impl Strategy<Value = String> + Send + Sync + Clone {
    let one = prop_oneof![3 => select(CHARACTERS.to_vec()), 1 => any::part(proptest::prelude::any::<char>())];
    any::vec(one, 0..=9).prop_map(|characters| characters.into_iter().collect())
}

/// Texts of any length, up to `most` characters, from few characters or many.
pub fn long(most: usize) -> impl Strategy<Value = String> + Send + Sync + Clone {
    (any::length(0..=12, most), select(vec![1_usize, 2, 3, 8, 26]), any::seed()).prop_map(
        |(n, kinds, seed)| {
            let mut generator = Generator::from_seed(seed);
            let from = generator.below(CHARACTERS.len());
            (0..n).map(|_| CHARACTERS[(from + generator.below(kinds)) % CHARACTERS.len()]).collect()
        },
    )
}

/// A text that comes twice, so that it teaches hundreds of merges.
pub fn repeated() -> impl Strategy<Value = String> + Send + Sync + Clone {
    any::seed().prop_map(|seed| {
        let mut generator = Generator::from_seed(seed);
        let text: String = (0..301).map(|_| CHARACTERS[generator.below(CHARACTERS.len())]).collect();
        text.repeat(2)
    })
}

/// Merges for this text: some that it teaches, and others that only name tokens known before.
pub fn merges_for(text: &str, count: usize, seed: u64) -> Merges {
    let mut generator = Generator::from_seed(seed);
    let mut merges = learned(text, generator.below(count + 1));
    let bytes: Vec<usize> = text.bytes().map(usize::from).chain([97]).collect();
    while merges.len() < count {
        let mut token = || match (generator.below(4), merges.len()) {
            (0 | 1, _) | (2, 0) => bytes[generator.below(bytes.len())],
            (2, made) => 256 + generator.below(made),
            (_, made) => generator.below(256 + made),
        };
        let pair = (token(), token());
        merges.push(pair);
    }
    merges
}

/// A text and merges.
pub fn text_and_merges(
    text: impl Strategy<Value = String> + Send + Sync + Clone + 'static,
    most: usize,
) -> impl Strategy<Value = (String, Merges)> + Send + Sync + Clone {
    (text, any::length(0..=6, most), any::seed()).prop_map(|(text, count, seed)| {
        let merges = merges_for(&text, count, seed);
        (text, merges)
    })
}

/// The merges of a text by the definition.
pub fn learned(text: &str, most: usize) -> Merges {
    let mut tokens: Vec<usize> = text.bytes().map(usize::from).collect();
    let mut merges = Merges::new();
    while merges.len() < most {
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        tokens.windows(2).for_each(|pair| *counts.entry((pair[0], pair[1])).or_default() += 1);
        let highest = counts.values().copied().max().unwrap_or(0);
        // The map is in the order of the pairs: the first one is the smallest.
        let Some((&pair, _)) = counts.iter().find(|(_, count)| **count == highest && highest > 1) else {
            break;
        };
        tokens = replaced(&tokens, pair, 256 + merges.len());
        merges.push(pair);
    }
    merges
}

/// The pair replaced from left to right.
pub fn replaced(tokens: &[usize], pair: (usize, usize), new: usize) -> Vec<usize> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        if i + 1 < tokens.len() && (tokens[i], tokens[i + 1]) == pair {
            out.push(new);
            i += 2;
        } else {
            out.push(tokens[i]);
            i += 1;
        }
    }
    out
}

/// The tokens of a text by the definition.
pub fn encoded(text: &str, merges: &[(usize, usize)]) -> Vec<usize> {
    let bytes = text.bytes().map(usize::from).collect();
    merges.iter().enumerate().fold(bytes, |tokens: Vec<usize>, (i, pair)| replaced(&tokens, *pair, 256 + i))
}

/// The bytes of some tokens by the definition: each is taken apart until only bytes are left.
pub fn bytes_of(tokens: &[usize], merges: &[(usize, usize)]) -> Vec<u8> {
    let mut left: Vec<usize> = tokens.iter().rev().copied().collect();
    let mut bytes = Vec::new();
    while let Some(token) = left.pop() {
        match token.checked_sub(256).and_then(|i| merges.get(i)) {
            Some(&(first, second)) => left.extend([second, first]),
            None => bytes.push(token as u8),
        }
    }
    bytes
}
