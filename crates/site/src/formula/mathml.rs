//! Elements of MathML Core.

/// Text in which nothing is markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(super) fn element(name: &str, inside: &str) -> String {
    format!("<{name}>{inside}</{name}>")
}

/// A variable or an upright name.
pub(super) fn name(text: &str) -> String {
    element("mi", &escaped(text))
}

pub(super) fn number(text: &str) -> String {
    element("mn", &escaped(text))
}

/// Plain language, with the spaces that MathML would drop.
pub(super) fn words(text: &str) -> String {
    element("mtext", &escaped(text).replace(' ', "\u{a0}"))
}

pub(super) fn operator(c: char) -> String {
    match c {
        // An ASCII minus is as long as a hyphen.
        '-' => element("mo", "−"),
        // A raised dot, as in x·y.
        '·' => element("mo", "⋅"),
        _ => element("mo", &escaped(&c.to_string())),
    }
}

/// A sign that belongs to what follows.
pub(super) fn sign(c: char) -> String {
    let c = if c == '-' { '−' } else { c };
    format!("<mo form=\"prefix\">{c}</mo>")
}

/// A comma or semicolon between what stands next to each other.
pub(super) fn separator(c: char) -> String {
    format!("<mo separator=\"true\" rspace=\"0.3em\">{c}</mo>")
}

/// Brackets around a row. They grow with what is tall, and with nothing else.
pub(super) fn enclosed(open: char, inside: &str, close: char) -> String {
    let is_tall = ["<mfrac", "<mtable", "<munder", "<msqrt"].iter().any(|tall| inside.contains(tall));
    let bracket = |c: char, form| {
        let c = escaped(&c.to_string());
        format!("<mo form=\"{form}\" stretchy=\"{is_tall}\">{c}</mo>")
    };
    grouped(&(bracket(open, "prefix") + inside + &bracket(close, "postfix")))
}

pub(super) fn grouped(inside: &str) -> String {
    element("mrow", inside)
}

pub(super) fn fraction(above: &str, below: &str) -> String {
    element("mfrac", &(grouped(above) + &grouped(below)))
}

pub(super) fn root(of: &str) -> String {
    element("msqrt", of)
}

pub(super) fn mark(of: &str, mark: char) -> String {
    format!("<mover accent=\"true\">{of}<mo>{mark}</mo></mover>")
}
