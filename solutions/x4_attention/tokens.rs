//! From a text to tokens and back: byte pair encoding.
//!
//! A token is a whole number. The tokens 0 to 255 are the bytes of the text in UTF-8; merge i, a pair of tokens that are known
//! before, makes token 256 + i.

use kit::{InputError, check};

/// Training of byte pair encoding: the merges that are learned from a text.
///
/// The text begins as the tokens of its bytes. In each round the most frequent pair of adjacent tokens becomes a new token:
/// round i (counted from 0) replaces it by 256 + i, from left to right, and a token that was replaced takes part in no other
/// replacement. A pair is counted at each place where it stands, overlapping places included: in `aaa` the pair of two `a`
/// is counted twice, and replaced once.
///
/// * `text`: any text, also an empty one. `merges`: how many are learned at most.
/// * Returns the pairs in the order in which they were learned. Of several pairs that are equally frequent the smallest is taken:
///   the one with the smaller first token, then with the smaller second. It ends early where no pair is counted twice.
///
/// ```
/// # use katas::x4_attention::tokens::byte_pair_merges;
/// // `b` is 98, `a` is 97, `n` is 110. First `an` (twice, as `na`), then `an` with `an`: once only.
/// assert_eq!(byte_pair_merges("banana", 9), [(97, 110)]);
/// assert_eq!(byte_pair_merges("aaaa aaaa", 2), [(97, 97), (256, 256)]);
/// ```
///
/// In Python: `tokenizers.trainers.BpeTrainer`; in detail `minbpe.BasicTokenizer().train(text, 256 + merges)`, which breaks ties
/// by the first place.
///
/// Source: Sennrich, Haddow and Birch, *Neural Machine Translation of Rare Words with Subword Units*, ACL (2016), §3.2,
/// algorithm 1; on bytes: Radford et al., *Language Models are Unsupervised Multitask Learners* (2019), §2.2.
pub fn byte_pair_merges(text: &str, merges: usize) -> Vec<(usize, usize)> {
    use std::cmp::Reverse;
    use std::collections::HashMap;

    let mut tokens = bytes_of(text);
    let mut learned = Vec::new();
    while learned.len() < merges {
        let mut counts = HashMap::new();
        for pair in tokens.windows(2) {
            *counts.entry((pair[0], pair[1])).or_insert(0) += 1;
        }
        let most_frequent = counts.into_iter().max_by_key(|&(pair, count)| (count, Reverse(pair)));
        let Some((pair, 2..)) = most_frequent else { break };
        tokens = merged(&tokens, pair, 256 + learned.len());
        learned.push(pair);
    }
    learned
}

/// Tokens of a text: the merges, applied in the order in which they were learned.
///
/// Merge i replaces its pair by 256 + i wherever it stands, from left to right; `aaa` with the merge of two `a` becomes 256, `a`.
///
/// * `text`: any text, also an empty one. `merges`: as [`byte_pair_merges`] returns them, from this text or another one.
/// * Returns the tokens, each below 256 + the number of merges. Without merges they are the bytes.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"merges"` and the first token that is not known before its merge: 256 + i or more
/// in merge i.
///
/// ```
/// # use katas::x4_attention::tokens::encode;
/// assert_eq!(encode("an ananas", &[(97, 110), (256, 256)]), Ok(vec![256, 32, 257, 97, 115]));
/// ```
///
/// In Python: `tokenizers.Tokenizer.encode(text).ids`, `tiktoken.Encoding.encode(text)`; both cut the text into words first.
///
/// Source: Sennrich, Haddow and Birch, *Neural Machine Translation of Rare Words with Subword Units*, ACL (2016), §3.2.
pub fn encode(text: &str, merges: &[(usize, usize)]) -> Result<Vec<usize>, InputError> {
    check_merges(merges)?;
    let steps = merges.iter().enumerate();
    Ok(steps.fold(bytes_of(text), |tokens, (i, &pair)| merged(&tokens, pair, 256 + i)))
}

/// Text of some tokens: the bytes of each, one after the other.
///
/// The bytes of token 256 + i are those of the two tokens of merge i. Not every sequence of tokens is a text: bytes that are no UTF-8
/// are replaced by U+FFFD, `�`, one for each maximal part of a character that breaks off, and one for each byte that begins none.
///
/// * `tokens`: any number of tokens, each below 256 + the number of merges. `merges`: those of [`encode`].
/// * Returns the text. With the tokens that [`encode`] returns it is the text that was encoded.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] for merges, as in [`encode`];
/// * [`InputError::UnknownClass`] with the first token that is unknown; `classes` is 256 + the number of merges.
///
/// ```
/// # use katas::x4_attention::tokens::decode;
/// assert_eq!(decode(&[256, 97, 0xe2, 0x82, 33], &[(98, 97)]), Ok("baa�!".to_owned()));
/// ```
///
/// In Python: `b"".join(vocabulary[token] for token in tokens).decode("utf-8", errors="replace")`.
///
/// Source: Radford et al., *Language Models are Unsupervised Multitask Learners* (2019), §2.2; for invalid bytes: *The Unicode
/// Standard* 15, §3.9, "U+FFFD Substitution of Maximal Subparts".
pub fn decode(tokens: &[usize], merges: &[(usize, usize)]) -> Result<String, InputError> {
    check_merges(merges)?;
    check::labels(tokens, 256 + merges.len())?;
    let mut vocabulary: Vec<Vec<u8>> = (0..=255).map(|byte| vec![byte]).collect();
    for &(left, right) in merges {
        vocabulary.push([vocabulary[left].as_slice(), &vocabulary[right]].concat());
    }
    let bytes: Vec<u8> = tokens.iter().flat_map(|&token| vocabulary[token].iter().copied()).collect();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn bytes_of(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

/// The tokens with this pair replaced, from left to right.
fn merged(tokens: &[usize], pair: (usize, usize), new: usize) -> Vec<usize> {
    let mut merged = Vec::with_capacity(tokens.len());
    for &token in tokens {
        // The token before is one of the new ones where it was replaced, so it cannot be replaced again.
        if merged.last() == Some(&pair.0) && token == pair.1 {
            merged.pop();
            merged.push(new);
        } else {
            merged.push(token);
        }
    }
    merged
}

fn check_merges(merges: &[(usize, usize)]) -> Result<(), InputError> {
    for (i, &(left, right)) in merges.iter().enumerate() {
        for token in [left, right] {
            check::in_range("merges", token as f64, token < 256 + i, "tokens that are known before")?;
        }
    }
    Ok(())
}
