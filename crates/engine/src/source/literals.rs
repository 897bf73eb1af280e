use super::mask::mask;

/// Where one of these words is called in the code, with the string literals that are its first arguments, unescaped.
#[must_use]
pub fn literals_after(text: &str, words: &[&str]) -> Vec<(String, Vec<String>)> {
    let masked = mask(text);
    let mut found = Vec::new();
    for at in 0..masked.len() {
        let word = words.iter().find(|word| masked[at..].starts_with(word.as_bytes()));
        let Some(word) = word.filter(|word| is_a_word(&masked, at, word.len())) else { continue };
        let after = &text[at + word.len()..];
        if let Some(open) = after.find('(').filter(|&open| after[..open].chars().all(is_type)) {
            found.push(((*word).to_owned(), literals(&after[open + 1..])));
        }
    }
    found
}

fn is_a_word(masked: &[u8], at: usize, length: usize) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let before = at.checked_sub(1).and_then(|at| masked.get(at));
    ![before, masked.get(at + length)].into_iter().flatten().any(is_part)
}

/// Between the word and its parenthesis there may be a type: `wheat::<Dot>(`.
fn is_type(character: char) -> bool {
    character.is_alphanumeric() || ":<>_ ".contains(character)
}

/// The string literals at the beginning of an argument list.
fn literals(mut arguments: &str) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(inner) = arguments.trim_start().strip_prefix('"') {
        let Some((literal, rest)) = unescape(inner) else { return found };
        found.push(literal);
        arguments = rest.trim_start().strip_prefix(',').unwrap_or_default();
    }
    found
}

/// The text up to the closing quote, and what stands behind it.
fn unescape(inner: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut characters = inner.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((text, &inner[at + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                // A line that goes on in the next one, without its indentation.
                '\n' => {
                    let rest = inner[at + 2..].trim_start();
                    let skipped = inner.len() - at - 2 - rest.len();
                    (0..inner[at + 2..at + 2 + skipped].chars().count()).for_each(|_| {
                        characters.next();
                    });
                }
                other => text.push(other),
            },
            _ => text.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_with_their_strings_wherever_lines_break() {
        let text = "// wheat(\"comment\")\nlet s = \"chaff(\";\nwheat(\"one\", \"a \\\"b\\\"\", |x| \
                    x),\nchaff::<Dot>(\n    \"two\",\n    \"long \\\n     line\",\n    \
                    f,\n)\nmy_wheat(\"three\")";
        let expected = [("wheat", ["one", "a \"b\""]), ("chaff", ["two", "long line"])];
        let expected =
            expected.map(|(word, literals)| (word.to_owned(), literals.map(ToOwned::to_owned).to_vec()));
        assert_eq!(literals_after(text, &["wheat", "chaff"]), expected);
    }
}
