use std::collections::{BTreeMap, HashMap};

use crate::reference::x4_attention::tokens as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Pair = (usize, usize);
type BytePairMerges = fn(&str, usize) -> Vec<Pair>;

/// The kata, answered by a specimen.
pub fn byte_pair_merges(text: &str, merges: usize) -> Vec<(usize, usize)> {
    answering::<BytePairMerges>(
        module_path!(),
        reference::byte_pair_merges,
        &[
            wheat(
                "sorted_pairs",
                "sorts all pairs and looks for the longest run of equal ones",
                |text, most| {
                    learned(bytes(text), most, 2, forward, |tokens| {
                        let mut pairs: Vec<Pair> = tokens.windows(2).map(|pair| (pair[0], pair[1])).collect();
                        pairs.sort_unstable();
                        let runs = pairs.chunk_by(|a, b| a == b).map(|run| (run[0], run.len()));
                        runs.fold(None, |best, run| match best {
                            Some((_, most)) if run.1 <= most => best,
                            _ => Some(run),
                        })
                    })
                },
            ),
            wheat("in_order", "counts in a map that is sorted by the pairs", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| first_of_the_largest(&overlapping(tokens)))
            }),
            chaff("not_overlapping", "In `aaa` the pair occurs once.", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| {
                    let mut counts = BTreeMap::new();
                    let mut before = None;
                    for (i, pair) in tokens.windows(2).map(|pair| (pair[0], pair[1])).enumerate() {
                        // Not again where it has just been counted one place before.
                        let overlaps = pair.0 == pair.1 && before == Some((i, pair));
                        before = if overlaps { None } else { Some((i + 1, pair)) };
                        *counts.entry(pair).or_insert(0) += usize::from(!overlaps);
                    }
                    first_of_the_largest(&counts)
                })
            }),
            chaff(
                "first_place",
                "Of equally frequent pairs the one that stands first is taken.",
                |text, most| {
                    learned(bytes(text), most, 2, forward, |tokens| {
                        let counts = overlapping(tokens);
                        let highest = counts.values().copied().max()?;
                        let mut pairs = tokens.windows(2).map(|pair| (pair[0], pair[1]));
                        pairs.find(|pair| counts[pair] == highest).map(|pair| (pair, highest))
                    })
                },
            ),
            chaff("largest_pair", "Of equally frequent pairs the largest is taken.", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| {
                    overlapping(tokens).into_iter().max_by_key(|(pair, count)| (*count, *pair))
                })
            }),
            chaff(
                "second_first",
                "Equally frequent pairs are compared by their second token.",
                |text, most| {
                    learned(bytes(text), most, 2, forward, |tokens| {
                        overlapping(tokens)
                            .into_iter()
                            .min_by_key(|&((left, right), count)| (usize::MAX - count, right, left))
                    })
                },
            ),
            chaff("counts_in_a_byte", "No pair occurs more than 255 times.", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| {
                    let counts = overlapping(tokens);
                    let (pair, _) = first_of_the_largest(
                        &counts.iter().map(|(pair, count)| (*pair, (*count).min(255))).collect(),
                    )?;
                    Some((pair, counts[&pair]))
                })
            }),
            chaff("characters", "A text consists of characters.", |text, most| {
                let characters = text.chars().map(|c| c as usize).collect();
                learned(characters, most, 2, forward, |tokens| first_of_the_largest(&overlapping(tokens)))
            }),
            chaff("once_is_enough", "A pair that occurs once can be merged as well.", |text, most| {
                learned(bytes(text), most, 1, forward, |tokens| first_of_the_largest(&overlapping(tokens)))
            }),
            chaff("three_times", "A pair has to occur more than twice.", |text, most| {
                learned(bytes(text), most, 3, forward, |tokens| first_of_the_largest(&overlapping(tokens)))
            }),
            chaff("from_the_right", "The pair is replaced from right to left.", |text, most| {
                learned(bytes(text), most, 2, backward, |tokens| first_of_the_largest(&overlapping(tokens)))
            }),
            chaff(
                "counted_once",
                "The pairs of the text are counted once, before the first round.",
                |text, most| {
                    let counts = overlapping(&bytes(text));
                    let mut pairs: Vec<(Pair, usize)> =
                        counts.into_iter().filter(|(_, count)| *count > 1).collect();
                    pairs.sort_by_key(|(pair, count)| (usize::MAX - count, *pair));
                    pairs.into_iter().take(most).map(|(pair, _)| pair).collect()
                },
            ),
            chaff("within_words", "No pair reaches across a space.", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| {
                    let mut counts = overlapping(tokens);
                    counts.retain(|pair, _| pair.0 != 32 && pair.1 != 32);
                    first_of_the_largest(&counts)
                })
            }),
            chaff("trimmed", "Spaces around a text do not belong to it.", |text, most| {
                reference::byte_pair_merges(text.trim(), most)
            }),
            chaff("ascii_only", "A text consists of ASCII characters.", |text, most| {
                let ascii: String = text.chars().filter(char::is_ascii).collect();
                reference::byte_pair_merges(&ascii, most)
            }),
            chaff("numbered_from_257", "The first new token is 257.", |text, most| {
                let later = |token: usize| if token >= 256 { token + 1 } else { token };
                let merges = reference::byte_pair_merges(text, most);
                merges.into_iter().map(|(left, right)| (later(left), later(right))).collect()
            }),
            chaff("reserved", "Memory for all merges is reserved first.", |text, most| {
                let mut merges = Vec::with_capacity(most);
                merges.extend(reference::byte_pair_merges(text, most));
                merges
            }),
            chaff("one_more", "Merges are numbered from 0 to the number asked for.", |text, most| {
                reference::byte_pair_merges(text, most.saturating_add(1))
            }),
            chaff("fifty_merges", "Fifty merges are enough.", |text, most| {
                reference::byte_pair_merges(text, most.min(50))
            }),
            chaff(
                "beginning_of_the_text",
                "The first hundred characters show what is frequent.",
                |text, most| {
                    let beginning: String = text.chars().take(100).collect();
                    reference::byte_pair_merges(&beginning, most)
                },
            ),
            chaff("nothing", "A text need not be compressed.", |_, _| Vec::new()),
            chaff("as_bytes", "A token fits into a byte.", |text, most| {
                let merges = reference::byte_pair_merges(text, most);
                merges.into_iter().map(|(left, right)| (left % 256, right % 256)).collect()
            }),
            wheat("with_places", "keeps the places of each pair and counts them", |text, most| {
                learned(bytes(text), most, 2, forward, |tokens| {
                    let mut places: HashMap<Pair, Vec<usize>> = HashMap::new();
                    for (i, pair) in tokens.windows(2).enumerate() {
                        places.entry((pair[0], pair[1])).or_default().push(i);
                    }
                    let mut found: Vec<(Pair, usize)> =
                        places.into_iter().map(|(pair, places)| (pair, places.len())).collect();
                    found.sort_by_key(|(pair, count)| (usize::MAX - count, *pair));
                    found.first().copied()
                })
            }),
        ],
    )(text, merges)
}

fn bytes(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

fn overlapping(tokens: &[usize]) -> BTreeMap<Pair, usize> {
    let mut counts = BTreeMap::new();
    tokens.windows(2).for_each(|pair| *counts.entry((pair[0], pair[1])).or_insert(0) += 1);
    counts
}

fn first_of_the_largest(counts: &BTreeMap<Pair, usize>) -> Option<(Pair, usize)> {
    let highest = counts.values().copied().max()?;
    counts.iter().find(|(_, count)| **count == highest).map(|(pair, _)| (*pair, highest))
}

/// Rounds that end where no pair is counted as often as wanted.
fn learned(
    mut tokens: Vec<usize>,
    most: usize,
    wanted: usize,
    replace: fn(&[usize], Pair, usize) -> Vec<usize>,
    best: fn(&[usize]) -> Option<(Pair, usize)>,
) -> Vec<Pair> {
    let mut merges = Vec::new();
    while merges.len() < most {
        let Some((pair, _)) = best(&tokens).filter(|(_, count)| *count >= wanted) else { break };
        tokens = replace(&tokens, pair, 256 + merges.len());
        merges.push(pair);
    }
    merges
}

fn forward(tokens: &[usize], pair: Pair, new: usize) -> Vec<usize> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let stands = tokens.get(i + 1).is_some_and(|next| (tokens[i], *next) == pair);
        out.push(if stands { new } else { tokens[i] });
        i += if stands { 2 } else { 1 };
    }
    out
}

fn backward(tokens: &[usize], pair: Pair, new: usize) -> Vec<usize> {
    let turned = |tokens: &[usize]| tokens.iter().rev().copied().collect::<Vec<_>>();
    turned(&forward(&turned(tokens), (pair.1, pair.0), new))
}
