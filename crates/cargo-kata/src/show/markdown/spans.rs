//! What stands inside of a line: code, links, emphasis.

use crate::show::Style;

/// Code in its color, links as their text, emphasis as plain words.
pub(super) fn spans(text: &str, style: Style) -> String {
    let text = links(text).replace("\\[", "[").replace("\\]", "]").replace("\\*", "∗");
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            // Word by word, so that a line may be broken inside without losing the color.
            let words: Vec<_> = part.split(' ').map(|word| style.command(word)).collect();
            out += &words.join(" ");
        } else {
            out += &part.replace('*', "");
        }
    }
    out
}

/// A link is its text; the address is told where it is one that a reader can open. Other brackets stay.
fn links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out += before;
        let name = after.split_once(']').filter(|_| !before.ends_with('\\'));
        let target = name.and_then(|(_, behind)| behind.strip_prefix('(')?.split_once(')'));
        match (name, target) {
            (Some((name, _)), Some((address, behind))) => {
                // A picture is told by its description.
                if out.ends_with('!') {
                    out.pop();
                }
                out += name;
                if address.contains('/') {
                    out += &format!(" ({address})");
                }
                rest = behind;
            }
            (Some((name, behind)), None) if is_item(name) => {
                out += name;
                rest = behind;
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// Whether the brackets hold nothing but the name of an item, as in a link of rustdoc's.
fn is_item(name: &str) -> bool {
    let path = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "_:".contains(c));
    match name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) {
        Some(name) => path(name),
        None => name.len() > 1 && path(name) && name.contains(char::is_uppercase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_their_text() {
        let told = |text: &str| spans(text, Style::plain(80));
        assert_eq!(told("as [`conv2d`](super::conv::conv2d), or [`Error`]"), "as conv2d, or Error");
        assert_eq!(told("[nextest](https://nexte.st) runs"), "nextest (https://nexte.st) runs");
        assert_eq!(told("![A curve](pictures/curve.svg)"), "A curve (pictures/curve.svg)");
        assert_eq!(told("`x[0]`, [1.0], \\[−1, 1\\] and **bold**"), "x[0], [1.0], [−1, 1] and bold");
    }
}
