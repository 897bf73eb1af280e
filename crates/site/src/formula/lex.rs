//! From characters to tokens.

use super::scripts::{combining, lowered, marked, raised};

/// A token, and whether there is space before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) spaced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number.
    Number(String),
    /// A variable, or a function whose name stands upright.
    Name(String),
    /// Plain language.
    Word(String),
    /// A mark on what stands before.
    Mark(char),
    /// Raised.
    Above(String),
    /// Lowered.
    Below(String),
    Open(char),
    Close(char),
    /// A bar that opens and closes.
    Fence(char),
    Slash,
    Root,
    /// Anything else.
    Operator(char),
}

/// Names of functions and constants that are not the product of their letters.
const NAMES: [&str; 43] = [
    "exp",
    "ln",
    "log",
    "sin",
    "cos",
    "tan",
    "tanh",
    "max",
    "min",
    "clip",
    "sign",
    "softmax",
    "sigmoid",
    "ReLU",
    "relu",
    "det",
    "trace",
    "mean",
    "pool",
    "flatten",
    "Var",
    "MSE",
    "gx",
    "gy",
    "gxx",
    "gyy",
    "argmax",
    "argmin",
    "mod",
    "ddof",
    "padding",
    "stride",
    "size",
    "image",
    "kernel",
    "before",
    "after",
    "out",
    "logits",
    "tolerance",
    "rank",
    "span",
    "diag",
];

/// Words of two letters; a run of other two letters is a product.
const WORDS: [&str; 17] =
    ["of", "if", "at", "so", "by", "is", "in", "to", "or", "on", "as", "no", "it", "an", "be", "for", "and"];

/// All tokens of a line.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at, mut spaced) = (Vec::new(), 0, false);
    while let Some(&c) = chars.get(at) {
        if c.is_whitespace() {
            (spaced, at) = (true, at + 1);
            continue;
        }
        let (kinds, next) = next(&chars, at, &out);
        at = next.max(at + 1);
        for kind in kinds {
            out.push(Token { kind, spaced: std::mem::take(&mut spaced) });
        }
    }
    words_in_context(&mut out);
    out
}

/// The tokens that begin here, and where what follows begins.
fn next(chars: &[char], at: usize, before: &[Token]) -> (Vec<Kind>, usize) {
    let c = chars[at];
    let run = |from: usize, is: &dyn Fn(char) -> bool| {
        chars[from..].iter().position(|c| !is(*c)).map_or(chars.len(), |n| from + n)
    };
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    if let Some(mark) = combining(c) {
        return (vec![Kind::Mark(mark)], at + 1);
    }
    if let Some((letter, mark)) = marked(c) {
        return (vec![Kind::Name(letter.to_string()), Kind::Mark(mark)], at + 1);
    }
    if raised(c).is_some() {
        let end = run(at, &|c| raised(c).is_some());
        return (vec![Kind::Above(chars[at..end].iter().filter_map(|c| raised(*c)).collect())], end);
    }
    if lowered(c).is_some() {
        let end = run(at, &|c| lowered(c).is_some());
        return (vec![Kind::Below(chars[at..end].iter().filter_map(|c| lowered(*c)).collect())], end);
    }
    if matches!(c, '_' | '^') && !before.is_empty() {
        let (inside, end) = script(chars, at + 1);
        let kind = if c == '_' { Kind::Below(inside) } else { Kind::Above(inside) };
        return (vec![kind], end);
    }
    if c.is_ascii_digit() {
        let mut end = run(at, &|c| c.is_ascii_digit());
        let is_fraction =
            chars.get(end) == Some(&'.') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
        if is_fraction {
            end = run(end + 1, &|c| c.is_ascii_digit());
        }
        return (vec![Kind::Number(text(at, end))], end);
    }
    if c.is_ascii_alphabetic() {
        let mut end = run(at, &|c| c.is_ascii_alphabetic());
        // A name of the code, such as grad_output: its first part is a word of its own.
        while end - at >= 3
            && chars.get(end) == Some(&'_')
            && chars.get(end + 1).is_some_and(char::is_ascii_lowercase)
        {
            end = run(end + 1, &|c| c.is_ascii_alphabetic());
        }
        return (letters(&text(at, end)), end);
    }
    let kind = match c {
        '(' | '[' | '{' | '⌊' | '⌈' => Kind::Open(c),
        ')' | ']' | '}' | '⌋' | '⌉' => Kind::Close(c),
        '|' | '‖' => Kind::Fence(c),
        '/' => Kind::Slash,
        '√' => Kind::Root,
        '½' | '¼' => Kind::Number(c.to_string()),
        _ if c.is_alphabetic() || matches!(c, '∂' | '∇' | '∞' | '…' | '°' | 'Σ' | '∠' | 'Δ') => {
            Kind::Name(c.to_string())
        }
        _ => Kind::Operator(c),
    };
    (vec![kind], at + 1)
}

/// The content of an ASCII script: `{L−1}`, a name or a number, which its own scripts follow: `e^z₀`.
fn script(chars: &[char], from: usize) -> (String, usize) {
    if chars.get(from) == Some(&'{') {
        let end = chars[from..].iter().position(|c| *c == '}').map_or(chars.len(), |n| from + n);
        return (chars[from + 1..end].iter().collect(), end + 1);
    }
    let belongs = |c: char| c.is_alphanumeric() && raised(c).is_none() || matches!(c, '−');
    let end = chars[from..].iter().position(|c| !belongs(*c)).map_or(chars.len(), |n| from + n);
    (chars[from..end].iter().collect(), end)
}

/// A run of letters: a name, a word, or variables next to each other.
fn letters(run: &str) -> Vec<Kind> {
    if NAMES.contains(&run) {
        vec![Kind::Name(run.to_owned())]
    } else if WORDS.contains(&run) || run.len() > 2 {
        vec![Kind::Word(run.to_owned())]
    } else {
        run.chars().map(|c| Kind::Name(c.to_string())).collect()
    }
}

/// The article `a`, and what follows a word with a hyphen or an apostrophe, belong to the language.
fn words_in_context(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let is_article = tokens[at].kind == Kind::Name("a".to_owned())
            && matches!(tokens.get(at + 1), Some(Token { kind: Kind::Word(_), spaced: true }))
            && (at == 0 || matches!(tokens[at - 1].kind, Kind::Word(_) | Kind::Operator(',' | ';')));
        if is_article {
            tokens[at].kind = Kind::Word("a".to_owned());
        }
    }
}
