//! Rust source without what could be mistaken for source.

/// The bytes of `source`, each as long as before, with comments, strings and character literals blanked: a brace that
/// is left is a brace. Line ends stay where they are.
pub(crate) fn mask(source: &str) -> Vec<u8> {
    let bytes = source.as_bytes();
    let mut masked = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = literal_or_comment(bytes, at);
        if let Some(end) = end {
            for byte in &mut masked[at..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        at = end.unwrap_or(at + 1);
    }
    masked
}

/// Where the comment or literal that begins here ends, if one does.
fn literal_or_comment(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes[at] {
        b'/' if bytes.get(at + 1) == Some(&b'/') => Some(line_end(bytes, at)),
        b'/' if bytes.get(at + 1) == Some(&b'*') => Some(block_comment_end(bytes, at)),
        b'"' => Some(string_end(bytes, at)),
        b'r' if starts_a_word(bytes, at) => raw_string_end(bytes, at),
        b'\'' => character_end(bytes, at),
        _ => None,
    }
}

pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |n| at + n)
}

pub(crate) fn block_comment_end(bytes: &[u8], at: usize) -> usize {
    let (mut depth, mut at) = (0, at);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// `r`, or the `r` of `br` and `cr`, not in the middle of a name.
fn starts_a_word(bytes: &[u8], at: usize) -> bool {
    let in_word = |at: usize| bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
    match at {
        0 => true,
        _ if matches!(bytes[at - 1], b'b' | b'c') => at == 1 || !in_word(at - 2),
        _ => !in_word(at - 1),
    }
}

fn raw_string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let hashes = bytes[at + 1..].iter().take_while(|&&b| b == b'#').count();
    let open = at + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None; // A raw name such as `r#type`, or an ordinary one.
    }
    let closes =
        |at: usize| bytes[at] == b'"' && bytes[at + 1..].iter().take_while(|&&b| b == b'#').count() >= hashes;
    let close = (open + 1..bytes.len()).find(|&at| closes(at));
    Some(close.map_or(bytes.len(), |at| at + 1 + hashes))
}

/// A character literal ends; a lifetime such as `'a` is none.
fn character_end(bytes: &[u8], at: usize) -> Option<usize> {
    let first = *bytes.get(at + 1)?;
    if first == b'\\' {
        // The character after the backslash may itself be a quote.
        return (at + 3..bytes.len().min(at + 14)).find(|&at| bytes[at] == b'\'').map(|at| at + 1);
    }
    let length = match first {
        0x00..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    (bytes.get(at + 1 + length) == Some(&b'\'')).then_some(at + length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(source: &str) -> String {
        String::from_utf8(mask(source)).unwrap()
    }

    #[test]
    fn comments_and_literals_vanish_and_lengths_stay() {
        let blank = |n: usize| " ".repeat(n);
        assert_eq!(masked("a // {\nb"), format!("a {}\nb", blank(4)));
        assert_eq!(masked("a /* { /* } */ { */ b"), format!("a {} b", blank(17)));
        assert_eq!(masked(r#"f("}\"{") + 1"#), format!("f({}) + 1", blank(6)));
        assert_eq!(masked(r##"r#"{"}"# ;"##), format!("{} ;", blank(8)));
        assert_eq!(masked("'{' '\\'' '\\u{7d}' 'é' 'a"), format!("{} 'a", blank(22)));
        assert_eq!(masked("fn f<'a>(x: &'a str) {}"), "fn f<'a>(x: &'a str) {}");
        assert_eq!(masked("r#type { for\"x\""), format!("r#type {{ for{}", blank(3)));
    }

    #[test]
    fn what_does_not_end_is_blank_to_the_end() {
        assert_eq!(masked("a \"b"), "a   ");
        assert_eq!(masked("a /* b"), "a     ");
        assert_eq!(masked("a '"), "a '");
    }
}
