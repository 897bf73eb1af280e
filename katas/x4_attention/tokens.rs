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
    todo!()
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
    todo!()
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
    todo!()
}
