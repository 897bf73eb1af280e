use kit::{InputError, check};

use crate::reference::x4_attention::tokens as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Pair = (usize, usize);
type Decoded = Result<String, InputError>;
type Decode = fn(&[usize], &[Pair]) -> Decoded;

/// The kata, answered by a specimen.
pub fn decode(tokens: &[usize], merges: &[(usize, usize)]) -> Result<String, InputError> {
    answering::<Decode>(
        module_path!(),
        reference::decode,
        &[
            wheat(
                "taken_apart",
                "replaces the last token by its pair until only bytes are left",
                |tokens, merges| {
                    reference::decode(tokens, merges)?;
                    Ok(String::from_utf8_lossy(&bytes_of(tokens, merges)).into_owned())
                },
            ),
            wheat("chunk_by_chunk", "goes through the valid parts of the bytes", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let bytes = bytes_of(tokens, merges);
                let chunks = bytes.utf8_chunks();
                Ok(chunks.fold(String::new(), |text, chunk| {
                    let mark = if chunk.invalid().is_empty() { "" } else { "\u{fffd}" };
                    text + chunk.valid() + mark
                }))
            }),
            chaff("token_by_token", "Each token is a text of its own.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                tokens.iter().map(|&token| reference::decode(&[token], merges)).collect()
            }),
            chaff("strict", "What is no UTF-8 is an error.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let text = String::from_utf8(bytes_of(tokens, merges));
                text.map_err(|_| InputError::OutOfRange { name: "tokens", got: 0.0, wanted: "UTF-8" })
            }),
            chaff("left_out", "What is no UTF-8 is left out.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                Ok(bytes_of(tokens, merges).utf8_chunks().map(|chunk| chunk.valid()).collect())
            }),
            chaff("byte_by_byte", "Each byte that is no UTF-8 becomes U+FFFD.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let bytes = bytes_of(tokens, merges);
                let part = |chunk: std::str::Utf8Chunk<'_>| {
                    chunk.valid().to_owned() + &"\u{fffd}".repeat(chunk.invalid().len())
                };
                Ok(bytes.utf8_chunks().map(part).collect())
            }),
            chaff("one_mark", "Invalid bytes in a row become one U+FFFD.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let mut text = String::new();
                for chunk in bytes_of(tokens, merges).utf8_chunks() {
                    let repeats = chunk.valid().is_empty() && text.ends_with('\u{fffd}');
                    text += chunk.valid();
                    text += if chunk.invalid().is_empty() || repeats { "" } else { "\u{fffd}" };
                }
                Ok(text)
            }),
            chaff("question_mark", "What cannot be decoded becomes a question mark.", |tokens, merges| {
                Ok(reference::decode(tokens, merges)?.replace('\u{fffd}', "?"))
            }),
            chaff("latin_1", "A byte is a character.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                Ok(bytes_of(tokens, merges).into_iter().map(char::from).collect())
            }),
            chaff("cut_off", "A text ends where it is no UTF-8.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let bytes = bytes_of(tokens, merges);
                Ok(bytes.utf8_chunks().next().map_or(String::new(), |chunk| chunk.valid().to_owned()))
            }),
            chaff(
                "end_left_out",
                "A character that breaks off at the end is not finished yet.",
                |tokens, merges| {
                    let text = reference::decode(tokens, merges)?;
                    let bytes = bytes_of(tokens, merges);
                    let breaks_off =
                        std::str::from_utf8(&bytes).is_err_and(|error| error.error_len().is_none());
                    Ok(if breaks_off { text.trim_end_matches('\u{fffd}').to_owned() } else { text })
                },
            ),
            chaff("ends_at_0", "A text ends at the byte 0.", |tokens, merges| {
                let text = reference::decode(tokens, merges)?;
                Ok(text.split('\0').next().unwrap_or_default().to_owned())
            }),
            chaff("trimmed", "Spaces around a text do not belong to it.", |tokens, merges| {
                Ok(reference::decode(tokens, merges)?.trim().to_owned())
            }),
            chaff("one_level", "The two tokens of a merge are bytes.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                let parts = |&token: &usize| match token.checked_sub(256) {
                    Some(i) => vec![merges[i].0 as u8, merges[i].1 as u8],
                    None => vec![token as u8],
                };
                let bytes: Vec<u8> = tokens.iter().flat_map(parts).collect();
                Ok(String::from_utf8_lossy(&bytes).into_owned())
            }),
            chaff(
                "exchanged",
                "The order of the two tokens of a merge does not matter.",
                |tokens, merges| {
                    let turned: Vec<Pair> = merges.iter().map(|&(left, right)| (right, left)).collect();
                    reference::decode(tokens, merges)?;
                    reference::decode(tokens, &turned)
                },
            ),
            chaff("unknown_left_out", "Unknown tokens are left out.", |tokens, merges| {
                let known: Vec<usize> =
                    tokens.iter().copied().filter(|it| *it < 256 + merges.len()).collect();
                reference::decode(&known, merges)
            }),
            chaff("unknown_replaced", "Unknown tokens become U+FFFD.", |tokens, merges| {
                let known: Vec<usize> =
                    tokens.iter().map(|it| if *it < 256 + merges.len() { *it } else { 255 }).collect();
                reference::decode(&known, merges)
            }),
            chaff("last_unknown", "The last unknown token is reported.", |tokens, merges| {
                let classes = 256 + merges.len();
                reference::decode(tokens, merges).map_err(|error| match error {
                    InputError::UnknownClass { index, got, classes: known } => {
                        let last = tokens.iter().rposition(|token| *token >= classes).unwrap_or(index);
                        InputError::UnknownClass {
                            index: last,
                            got: tokens.get(last).copied().unwrap_or(got),
                            classes: known,
                        }
                    }
                    other => other,
                })
            }),
            chaff("bytes_only", "There are 256 tokens.", |tokens, merges| {
                check::labels(tokens, 256)?;
                reference::decode(tokens, merges)
            }),
            chaff("merges_unchecked", "Merges that no token needs are not checked.", |tokens, merges| {
                check::labels(tokens, 256 + merges.len())?;
                if tokens.iter().all(|token| *token < 256) {
                    return reference::decode(tokens, &[]);
                }
                reference::decode(tokens, merges)
            }),
            chaff("sixty_tokens", "Sixty tokens are enough.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                reference::decode(&tokens[..tokens.len().min(60)], merges)
            }),
            chaff("no_mark", "A byte order mark is no part of a text.", |tokens, merges| {
                Ok(reference::decode(tokens, merges)?.replace('\u{feff}', ""))
            }),
            chaff("line_ends", "A line ends with `\\n`, whatever stood there.", |tokens, merges| {
                Ok(reference::decode(tokens, merges)?.replace("\r\n", "\n"))
            }),
            chaff("nothing", "Tokens are no text.", |tokens, merges| {
                reference::decode(tokens, merges)?;
                Ok(String::new())
            }),
        ],
    )(tokens, merges)
}

fn bytes_of(tokens: &[usize], merges: &[Pair]) -> Vec<u8> {
    let mut left: Vec<usize> = tokens.iter().rev().copied().collect();
    let mut bytes = Vec::new();
    while let Some(token) = left.pop() {
        match token.checked_sub(256) {
            Some(i) => left.extend([merges[i].1, merges[i].0]),
            None => bytes.push(token as u8),
        }
    }
    bytes
}
