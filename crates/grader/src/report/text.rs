//! What a learner's text may not do to those who read it.

use serde_json::Value;

/// Printable and cut: no control characters, nothing invisible, nothing that turns the direction of writing, and no
/// line that a CI runner takes for a command.
#[must_use]
pub fn clean(text: &str, most: usize) -> String {
    let shown = |c: char| match c {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        _ => (!c.is_control() && !is_invisible(c)).then_some(c),
    };
    let mut printable = text.chars().filter_map(shown);
    let mut cut: String = printable.by_ref().take(most).collect();
    if printable.next().is_some() {
        cut += " … (cut)";
    }
    cut.split('\n').map(harmless).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The same on one line.
#[must_use]
pub fn line(text: &str, most: usize) -> String {
    clean(&text.replace(['\n', '\r'], " "), most)
}

/// `::error::…` at the start of a line and `##[…]` anywhere in it are commands to runners.
fn harmless(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let line = match line[indent..].strip_prefix("::") {
        Some(rest) => format!("{}: :{rest}", &line[..indent]),
        None => line.to_owned(),
    };
    line.replace("##[", "## [")
}

/// Marks without a shape, and those that turn the direction: a page would show other words than stand there.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e007f}')
}

/// A value on one line of a log, where no runner finds a command in it.
#[must_use]
pub fn one_json_line(value: &Value) -> String {
    // Both marks stand in strings only, and there they may be written so.
    value.to_string().replace("##[", "##\\u005b")
}

/// For HTML, between tags and in quotes. By hand: five characters, and what is cut before is ours to know.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            _ => out.push(c),
        }
    }
    out
}

/// A name as a part of a relative address, percent-encoded. By hand: two lines.
#[must_use]
pub fn in_address(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let coded = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(coded).collect()
}

/// A share in whole per cent; all of it is said only of all of it.
#[must_use]
pub fn percent(part: usize, whole: usize) -> usize {
    (100 * part).checked_div(whole).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_gone_and_the_rest_is_cut() {
        assert_eq!(clean("a\u{1b}[31m\0b\u{202e}c\r\n\td", 100), "a[31mbc\n d");
        assert_eq!(clean("abcdef", 3), "abc … (cut)");
        assert_eq!(line("a\nb", 9), "a b");
    }

    #[test]
    fn no_line_is_a_command() {
        assert_eq!(
            clean("x\n  ::error::all is well\n##[warning]y", 100),
            "x\n  : :error::all is well\n## [warning]y"
        );
        // Control characters are gone before anybody looks for commands.
        assert_eq!(clean("\u{1}::set-output name=points::84", 100), ": :set-output name=points::84");
        assert_eq!(clean("std::f64::consts", 100), "std::f64::consts");
    }

    #[test]
    fn a_line_of_json_stays_the_same_value() {
        let value = serde_json::json!({ "got": "##[error]x" });
        let line = one_json_line(&value);
        assert!(!line.contains("##["));
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
    }

    #[test]
    fn nothing_is_markup() {
        assert_eq!(escaped("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
        assert_eq!(in_address("Ada L. #1/ü"), "Ada%20L.%20%231%2F%C3%BC");
        assert_eq!((percent(199, 200), percent(0, 0)), (99, 0));
    }
}
