//! Lines of text in columns. Wrapping and the width of characters are textwrap's; colors take no room.

use textwrap::{Options, WordSplitter};

pub(crate) use textwrap::core::display_width as columns;

/// The text in lines of at most `width` columns, broken at blanks; a word that is longer is cut only where `width` ends
/// it. A text that fits keeps its blanks. `first` stands before the first line, as many blanks before the others.
pub(crate) fn wrap(text: &str, first: &str, width: usize) -> String {
    let indent = " ".repeat(columns(first));
    let width = width.max(columns(first) + 10);
    if columns(first) + columns(text) <= width {
        return format!("{first}{text}").trim_end().to_owned();
    }
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(&indent)
        // A hyphen may be a minus.
        .word_splitter(WordSplitter::NoHyphenation);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = textwrap::wrap(&words, options);
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_hang() {
        assert_eq!(wrap("one two three four", "* ", 13), "* one two\n  three four");
        assert_eq!(wrap("", "got  ", 20), "got");
        assert_eq!(wrap("abcdefghijklmnop", "", 10), "abcdefghij\nklmnop");
        assert_eq!(wrap("the well-known x-1", "", 12), "the\nwell-known\nx-1");
    }

    #[test]
    fn color_and_accents_take_no_room() {
        assert_eq!(columns("\x1b[31mrot\x1b[0m"), 3);
        assert_eq!(columns("x\u{304} ‖x‖"), 5);
    }
}
