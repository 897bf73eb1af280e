use kit::InputError;

use crate::reference::x4_attention::tokens as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Pair = (usize, usize);
type Tokens = Result<Vec<usize>, InputError>;
type Encode = fn(&str, &[Pair]) -> Tokens;

/// The kata, answered by a specimen.
pub fn encode(text: &str, merges: &[(usize, usize)]) -> Result<Vec<usize>, InputError> {
    answering::<Encode>(
        module_path!(),
        reference::encode,
        &[
            wheat(
                "lowest_rank",
                "merges the pair with the lowest number as long as there is one",
                |text, merges| {
                    reference::encode("", merges)?;
                    let mut tokens = bytes(text);
                    while let Some(rank) = tokens.windows(2).filter_map(|pair| rank(pair, merges)).min() {
                        tokens = replaced(&tokens, merges[rank], 256 + rank);
                    }
                    Ok(tokens)
                },
            ),
            wheat("in_place", "moves the tokens within one vector", |text, merges| {
                reference::encode("", merges)?;
                let mut tokens = bytes(text);
                for (rank, &(left, right)) in merges.iter().enumerate() {
                    let (mut read, mut written) = (0, 0);
                    while read < tokens.len() {
                        let stands =
                            read + 1 < tokens.len() && tokens[read] == left && tokens[read + 1] == right;
                        tokens[written] = if stands { 256 + rank } else { tokens[read] };
                        read += if stands { 2 } else { 1 };
                        written += 1;
                    }
                    tokens.truncate(written);
                }
                Ok(tokens)
            }),
            chaff(
                "first_place_only",
                "A merge replaces the first place where its pair stands.",
                |text, merges| {
                    reference::encode("", merges)?;
                    Ok(merges.iter().enumerate().fold(bytes(text), |tokens, (rank, &pair)| {
                        match tokens.windows(2).position(|it| (it[0], it[1]) == pair) {
                            Some(i) => [&tokens[..i], &[256 + rank], &tokens[i + 2..]].concat(),
                            None => tokens,
                        }
                    }))
                },
            ),
            chaff("from_the_right", "The pair is replaced from right to left.", |text, merges| {
                reference::encode("", merges)?;
                let turned = |tokens: &[usize]| tokens.iter().rev().copied().collect::<Vec<_>>();
                Ok(merges.iter().enumerate().fold(bytes(text), |tokens, (rank, &(left, right))| {
                    turned(&replaced(&turned(&tokens), (right, left), 256 + rank))
                }))
            }),
            chaff(
                "longest_first",
                "At each place the longest token of the vocabulary is taken.",
                |text, merges| {
                    reference::encode("", merges)?;
                    let spelled = |token: usize| bytes_of(token, merges);
                    let text = text.as_bytes();
                    let (mut at, mut tokens) = (0, Vec::new());
                    while at < text.len() {
                        let fits = |token: &usize| text[at..].starts_with(&spelled(*token));
                        let best =
                            (256..256 + merges.len()).filter(fits).max_by_key(|token| spelled(*token).len());
                        let token = best.unwrap_or(usize::from(text[at]));
                        at += spelled(token).len();
                        tokens.push(token);
                    }
                    Ok(tokens)
                },
            ),
            chaff(
                "last_merge_first",
                "The last merge makes the longest token and comes first.",
                |text, merges| {
                    reference::encode("", merges)?;
                    Ok(merges
                        .iter()
                        .enumerate()
                        .rev()
                        .fold(bytes(text), |tokens, (rank, &pair)| replaced(&tokens, pair, 256 + rank)))
                },
            ),
            chaff("by_place", "The first pair from the left that is a merge is replaced.", |text, merges| {
                reference::encode("", merges)?;
                let mut tokens = bytes(text);
                while let Some((i, rank)) =
                    tokens.windows(2).enumerate().find_map(|(i, pair)| Some((i, rank(pair, merges)?)))
                {
                    tokens = [&tokens[..i], &[256 + rank], &tokens[i + 2..]].concat();
                }
                Ok(tokens)
            }),
            chaff("numbered_from_257", "The first new token is 257.", |text, merges| {
                let tokens = reference::encode(text, merges)?;
                Ok(tokens.into_iter().map(|token| if token >= 256 { token + 1 } else { token }).collect())
            }),
            chaff("characters", "A text consists of characters.", |text, merges| {
                reference::encode("", merges)?;
                let characters = text.chars().map(|c| c as usize).collect();
                let steps = merges.iter().enumerate();
                Ok(steps.fold(characters, |tokens: Vec<usize>, (rank, &pair)| {
                    replaced(&tokens, pair, 256 + rank)
                }))
            }),
            chaff("trimmed", "Spaces around a text do not belong to it.", |text, merges| {
                reference::encode(text.trim(), merges)
            }),
            chaff("line_ends", "A line feed is a space.", |text, merges| {
                reference::encode(&text.replace('\n', " "), merges)
            }),
            chaff(
                "overlapping",
                "Each place where the pair stands becomes the new token.",
                |text, merges| {
                    reference::encode("", merges)?;
                    Ok(merges.iter().enumerate().fold(bytes(text), |tokens, (rank, &pair)| {
                        let stands = |i: usize| i + 1 < tokens.len() && (tokens[i], tokens[i + 1]) == pair;
                        let kept = (0..tokens.len()).filter(|&i| stands(i) || i == 0 || !stands(i - 1));
                        kept.map(|i| if stands(i) { 256 + rank } else { tokens[i] }).collect()
                    }))
                },
            ),
            chaff("no_merges", "The bytes are tokens already.", |text, merges| {
                reference::encode("", merges)?;
                Ok(bytes(text))
            }),
            chaff("unchecked", "Merges are always right.", |text, merges| {
                let steps = merges.iter().enumerate();
                Ok(steps.fold(bytes(text), |tokens, (rank, &pair)| replaced(&tokens, pair, 256 + rank)))
            }),
            chaff("first_token_checked", "The first token of a pair is the one to check.", |text, merges| {
                let left: Vec<Pair> = merges.iter().map(|&(left, _)| (left, 0)).collect();
                reference::encode("", &left)?;
                let steps = merges.iter().enumerate();
                Ok(steps.fold(bytes(text), |tokens, (rank, &pair)| replaced(&tokens, pair, 256 + rank)))
            }),
            chaff("sixty_merges", "Sixty merges are enough.", |text, merges| {
                reference::encode("", merges)?;
                reference::encode(text, &merges[..merges.len().min(60)])
            }),
            chaff("empty", "A text has a character at least.", |text, merges| {
                if text.is_empty() {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                reference::encode(text, merges)
            }),
            chaff("last_merge_left_out", "Merges are numbered up to the last but one.", |text, merges| {
                reference::encode("", merges)?;
                reference::encode(text, &merges[..merges.len().saturating_sub(1)])
            }),
        ],
    )(text, merges)
}

fn bytes(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

fn rank(pair: &[usize], merges: &[Pair]) -> Option<usize> {
    merges.iter().position(|merge| *merge == (pair[0], pair[1]))
}

fn bytes_of(token: usize, merges: &[Pair]) -> Vec<u8> {
    match token.checked_sub(256) {
        Some(i) => [bytes_of(merges[i].0, merges), bytes_of(merges[i].1, merges)].concat(),
        None => vec![token as u8],
    }
}

fn replaced(tokens: &[usize], pair: Pair, new: usize) -> Vec<usize> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        let stands = tokens.get(i + 1).is_some_and(|next| (tokens[i], *next) == pair);
        out.push(if stands { new } else { tokens[i] });
        i += if stands { 2 } else { 1 };
    }
    out
}
