//! Just enough Rust to read what a cell of code says, however it is written: its words, literals and signs.

use judge::Broken;

/// A piece of code; comments and blanks are none.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A name or keyword.
    Word(String),
    /// A string literal, without its quotes and escapes.
    Text(String),
    /// A number, without underscores.
    Number(String),
    /// Anything else, sign by sign.
    Sign(char),
}

use Token::{Number, Sign, Text, Word};

/// The tokens of the Rust in a cell: lines that begin with `:` are for the kernel. Brackets fit together.
pub fn tokens(cell: &str) -> Result<Vec<Token>, Broken> {
    let rust: Vec<&str> = cell.lines().filter(|line| !line.trim_start().starts_with(':')).collect();
    let no_rust = |what: &str| {
        let look = "Each cell of code goes through the compiler: literals and brackets have to close, and \
            escapes to exist.";
        Broken::answer(format!("{what} in\n{cell}"), "Rust", look)
    };
    let (mut rest, mut tokens, mut open) = (&rust.join("\n")[..], Vec::new(), Vec::new());
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|after| after.trim_start_matches('#'));
        if c.is_whitespace() {
            rest = &rest[c.len_utf8()..];
        } else if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = rest
                .find("*/")
                .map(|end| &rest[end + 2..])
                .ok_or_else(|| no_rust("a comment without end"))?;
        } else if let Some(body) = raw.and_then(|after| after.strip_prefix('"')) {
            let close = format!("\"{}", "#".repeat(rest.len() - body.len() - 2));
            let (text, after) = body.split_once(&close).ok_or_else(|| no_rust("a raw string without end"))?;
            tokens.push(Text(text.to_owned()));
            rest = after;
        } else if c == '"' {
            let (text, after) = string(&rest[1..]).ok_or_else(|| no_rust("a string that is none"))?;
            tokens.push(Text(text));
            rest = after;
        } else if let Some(after) = character(rest) {
            tokens.push(Text(rest[1..rest.len() - after.len() - 1].to_owned()));
            rest = after;
        } else if c.is_alphabetic() || c == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else if c.is_ascii_digit() {
            let length = number(rest);
            tokens.push(Number(rest[..length].replace('_', "")));
            rest = &rest[length..];
        } else {
            match c {
                '(' => open.push(')'),
                '[' => open.push(']'),
                '{' => open.push('}'),
                ')' | ']' | '}' if open.pop() != Some(c) => return Err(no_rust(&format!("a {c} too many"))),
                _ => {}
            }
            tokens.push(Sign(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    if open.is_empty() { Ok(tokens) } else { Err(no_rust(&format!("no {}", open[open.len() - 1]))) }
}

/// What stands between the quotes, and what comes behind them.
fn string(body: &str) -> Option<(String, &str)> {
    let (mut text, mut rest) = (String::new(), body);
    loop {
        let c = rest.chars().next()?;
        rest = &rest[c.len_utf8()..];
        if c == '"' {
            return Some((text, rest));
        }
        if c != '\\' {
            text.push(c);
            continue;
        }
        let escape = rest.chars().next()?;
        rest = &rest[escape.len_utf8()..];
        let (digits, after) = match escape {
            'x' => (rest.get(..2)?, rest.get(2..)?),
            'u' => rest.strip_prefix('{')?.split_once('}')?,
            _ => ("", rest),
        };
        rest = after;
        match escape {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            '0' => text.push('\0'),
            '\\' | '"' | '\'' => text.push(escape),
            'x' | 'u' => text.push(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?),
            '\n' => rest = rest.trim_start(),
            _ => return None,
        }
    }
}

/// What comes behind a character in single quotes; a lifetime is none.
fn character(rest: &str) -> Option<&str> {
    let body = rest.strip_prefix('\'')?;
    let escaped = body.strip_prefix('\\');
    let first = escaped.unwrap_or(body).chars().next()?.len_utf8();
    let after = &escaped.unwrap_or(body)[first..];
    if escaped.is_some() { after.split_once('\'').map(|(_, after)| after) } else { after.strip_prefix('\'') }
}

/// How long the number is with which this begins.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 1;
    while end < bytes.len() {
        let (before, here) = (bytes[end - 1], bytes[end]);
        let is_sign = (here == b'-' || here == b'+') && before.eq_ignore_ascii_case(&b'e');
        // 0..5 is a range and 1.max(2) a call: no points of the number.
        let next = bytes.get(end + 1);
        let is_point = here == b'.'
            && !rest[..end].contains('.')
            && next.is_none_or(|next| *next != b'.' && !next.is_ascii_alphabetic());
        if !(here.is_ascii_alphanumeric() || here == b'_' || is_sign || is_point) {
            break;
        }
        end += 1;
    }
    end
}

/// The fields of the first `Recipe { … }`, each with the tokens of its value. Where a function `-> Recipe` begins, the
/// bracket is its own.
pub fn recipe(tokens: &[Token]) -> Vec<(String, Vec<Token>)> {
    let is_start = |at: &usize| {
        let of_function = *at > 0 && tokens[at - 1] == Sign('>');
        !of_function && tokens[*at..].starts_with(&[Word("Recipe".to_owned()), Sign('{')])
    };
    let Some(start) = (0..tokens.len()).find(is_start) else { return vec![] };
    let field = |part: Vec<Token>| match &part[..] {
        [Word(name), Sign(':'), value @ ..] => Some((name.clone(), value.to_vec())),
        _ => None,
    };
    arguments(&tokens[start + 2..]).into_iter().filter_map(field).collect()
}

/// What commas part, up to the bracket that closes.
pub fn arguments(tokens: &[Token]) -> Vec<Vec<Token>> {
    let (mut parts, mut depth) = (vec![vec![]], 0);
    for token in tokens {
        match token {
            Sign('(' | '[' | '{') => depth += 1,
            Sign(')' | ']' | '}') if depth == 0 => break,
            Sign(')' | ']' | '}') => depth -= 1,
            Sign(',') if depth == 0 => {
                parts.push(vec![]);
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is a first one").push(token.clone());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The string literals among these.
pub fn texts(tokens: &[Token]) -> Vec<String> {
    tokens.iter().filter_map(|token| if let Text(text) = token { Some(text.clone()) } else { None }).collect()
}

/// A number of the type f64: a literal, an infinity by name, or a quotient of two.
pub fn float(tokens: &[Token]) -> Option<f64> {
    if let Some(slash) = tokens.iter().position(|token| *token == Sign('/')) {
        return Some(float(&tokens[..slash])? / float(&tokens[slash + 1..])?);
    }
    match tokens {
        [Sign('-'), rest @ ..] => float(rest).map(|x| -x),
        [Number(digits)] => {
            let digits_only = digits.strip_suffix("f64").unwrap_or(digits);
            let is_float = digits_only != digits || digits.contains(['.', 'e', 'E']);
            digits_only.parse().ok().filter(|_| is_float)
        }
        [.., Word(name)] if name == "INFINITY" => Some(f64::INFINITY),
        [.., Word(name)] if name == "NEG_INFINITY" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// A whole number as a literal.
pub fn whole(tokens: &[Token]) -> Option<u64> {
    let [Number(digits)] = tokens else { return None };
    let digits = ["u64", "usize"].iter().find_map(|suffix| digits.strip_suffix(suffix)).unwrap_or(digits);
    digits.parse().ok()
}
