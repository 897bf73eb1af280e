//! Fingerprints of a sequence of tokens by winnowing (Schleimer, Wilkerson and Aiken, 2003). Written by hand: there is no
//! well-kept library of it in Rust, and it is a page.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::plain::PlainToken;

/// As many tokens make a gram: what is shorter is an idiom.
pub(super) const LENGTH: usize = 12;
/// Of so many grams in a row at least one is a fingerprint.
const WINDOW: usize = 6;

/// A hash of each run of [`LENGTH`] tokens.
pub(super) fn grams(tokens: &[PlainToken]) -> Vec<u64> {
    let gram = |run: &[PlainToken]| {
        let mut hasher = DefaultHasher::new();
        run.iter().for_each(|it| it.hash.hash(&mut hasher));
        hasher.finish()
    };
    tokens.windows(LENGTH).map(gram).collect()
}

/// The smallest gram of each window, each place once: whatever two texts share that is longer than a window and a gram is
/// found, and most grams need not be kept.
pub(super) fn fingerprints(grams: &[u64]) -> Vec<u64> {
    let mut chosen = Vec::new();
    let mut last = None;
    for start in 0..=grams.len().saturating_sub(WINDOW) {
        let window = start..(start + WINDOW).min(grams.len());
        // The rightmost of equal ones, so that it stays chosen for longest.
        let smallest = window.min_by_key(|at| (grams[*at], std::cmp::Reverse(*at)));
        if smallest.is_some() && smallest != last {
            chosen.extend(smallest.map(|at| grams[at]));
            last = smallest;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(of: impl Iterator<Item = u64>) -> Vec<PlainToken> {
        of.map(|hash| PlainToken { hash, line: 1 }).collect()
    }

    #[test]
    fn what_is_long_enough_is_found_wherever_it_stands() {
        let shared: Vec<u64> = (0..(LENGTH + WINDOW) as u64 - 1).map(|it| it * it % 17).collect();
        for before in 0..40 {
            let one = sequence((1000..1000 + before).chain(shared.iter().copied()).chain(2000..2050));
            let other = sequence((3000..3010).chain(shared.iter().copied()).chain(4000..4000 + before));
            let (one, other) = (fingerprints(&grams(&one)), fingerprints(&grams(&other)));
            assert!(one.iter().any(|it| other.contains(it)), "{before}");
        }
    }

    #[test]
    fn few_grams_are_kept_and_the_shortest_text_has_none() {
        let grams_of_many = grams(&sequence((0..1000).map(|it| it * 7919 % 101)));
        let kept = fingerprints(&grams_of_many).len();
        assert!((200..450).contains(&kept), "{kept} of {}", grams_of_many.len());
        assert!(fingerprints(&grams(&sequence(0..LENGTH as u64 - 1))).is_empty());
        assert_eq!(fingerprints(&grams(&sequence(0..LENGTH as u64))).len(), 1);
    }
}
