//! Documentation, hints and chapters, for the terminal: read by pulldown-cmark, laid out here.

mod inline;
mod page;
mod table;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

use super::Style;
use page::Page;

/// Renders Markdown: headings, paragraphs, lists, quotations, tables, code. Lines that rustdoc hides from an example are
/// left out.
#[must_use]
pub fn markdown(text: &str, style: Style, indent: &str) -> String {
    // rustdoc links to an item by its name alone: [`InputError`].
    let item = |link: BrokenLink<'_>| is_item(&link.reference).then(|| (CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(text, Options::ENABLE_TABLES, Some(item));
    let mut page = Page::new(style, indent);
    for event in parser {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => page.begin_code(&kind),
            Event::End(TagEnd::CodeBlock) => page.end_code(),
            Event::Start(Tag::BlockQuote(_)) => page.begin_quote(),
            Event::End(TagEnd::BlockQuote(_)) => page.end_quote(),
            Event::Start(Tag::List(first)) => page.begin_list(first),
            Event::End(TagEnd::List(_)) => page.end_list(),
            Event::Start(Tag::Item) => page.begin_item(),
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::HtmlBlock) => page.end_paragraph(),
            Event::End(TagEnd::Heading(_)) => page.end_heading(),
            Event::Start(Tag::Table(_)) => page.begin_table(),
            Event::End(TagEnd::Table) => page.end_table(),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => page.end_row(),
            Event::End(TagEnd::TableCell) => page.end_cell(),
            Event::Rule => page.rule(),
            other => page.inline.hear(other, style),
        }
        page.take_code();
    }
    page.finish()
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

    fn plain(text: &str) -> String {
        markdown(text, Style::plain(60), "")
    }

    #[test]
    fn documentation_reads_as_text() {
        let docs = "The sum of two\nvectors, *x* + `y`.\n\n```text\nxᵢ + yᵢ\n```\n\n* `x`: a vector\n  of \
                    length n;\n* Returns one in \\[−1, 1\\].\n\n# Errors\n\n[`InputError::Empty`] if \
                    so.\n\n```\n# use katas::add;\nassert!(true);\n```\n";
        let want = "  The sum of two vectors, x + y.\n\n      xᵢ + yᵢ\n\n  • x: a vector of length n;\n  • \
                    Returns one in [−1, 1].\n\n  Errors\n\n  InputError::Empty if so.\n\n      \
                    assert!(true);";
        assert_eq!(markdown(docs, Style::plain(60), "  "), want);
    }

    #[test]
    fn lists_hang_and_formulas_in_brackets_stay() {
        let text = "1. first of all there is this\n2. dot([1.0], x[0])";
        assert_eq!(
            markdown(text, Style::plain(22), ""),
            "1. first of all there\n   is this\n2. dot([1.0], x[0])"
        );
        assert_eq!(plain("* a\n  * b\n* c\n\ndone"), "• a\n  • b\n• c\n\ndone");
    }

    #[test]
    fn chapters_read_as_text() {
        let text = "before\n\n> **Why?** Because\n> it is `so\n> long`.\n\n| a | long `b` |\n|---|---|\n| 1 \
                    | |\n| 22 | x |\n\nafter";
        let want = "before\n\n    Why? Because it is so long.\n\n  a   long b\n  1\n  22  x\n\nafter";
        assert_eq!(plain(text), want);
    }

    #[test]
    fn no_character_of_a_formula_is_lost() {
        assert_eq!(
            plain("at `x*` and `a_b` it is 2 * 3 * 4, f(x*) < 1 & more"),
            "at x* and a_b it is 2 * 3 * 4, f(x*) < 1 & more"
        );
        assert_eq!(
            plain("> text\n>\n> ```text\n> a = b\n>   * c\n> ```\n>\n> end"),
            "    text\n\n        a = b\n          * c\n\n    end"
        );
    }

    #[test]
    fn links_are_their_text() {
        assert_eq!(plain("as [`conv2d`](super::conv::conv2d), or [`Error`]"), "as conv2d, or Error");
        assert_eq!(plain("[nextest](https://nexte.st) runs"), "nextest (https://nexte.st) runs");
        assert_eq!(plain("![A curve](pictures/curve.svg)"), "A curve (pictures/curve.svg)");
        assert_eq!(plain("`x[0]`, [1.0], \\[−1, 1\\] and **bold**"), "x[0], [1.0], [−1, 1] and bold");
    }
}
