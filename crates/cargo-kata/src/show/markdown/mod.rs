//! Documentation and hints, as far as their Markdown goes, for the terminal.

mod spans;
mod table;

use super::Style;
use super::wrap::wrap;
use spans::spans;

/// Renders Markdown: headings, paragraphs, lists, quotations, tables, code. Lines that rustdoc hides from an example are
/// left out.
#[must_use]
pub fn markdown(text: &str, style: Style, indent: &str) -> String {
    let mut page = Page { style, indent, out: Vec::new(), paragraph: None, table: Vec::new() };
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        match (fence, trimmed) {
            (Some(_), _) if trimmed.starts_with("```") => fence = None,
            (Some(language), _) if language != "text" && (trimmed == "#" || trimmed.starts_with("# ")) => {}
            (Some(_), _) => page.line(format!("    {}", style.command(line))),
            (None, _) if trimmed.starts_with("```") => {
                page.end();
                fence = Some(trimmed.trim_start_matches('`'));
            }
            (None, "" | ">") => page.line(String::new()),
            (None, heading) if heading.starts_with('#') => {
                page.line(style.strong(&heading.trim_start_matches('#').trim().replace('`', "")));
            }
            (None, row) if row.starts_with('|') => page.row(row),
            (None, words) => page.words(line, words),
        }
    }
    page.end();
    let mut text = page.out.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim_matches('\n').to_owned()
}

/// What is rendered so far, and the paragraph or table that is still being read.
struct Page<'a> {
    style: Style,
    indent: &'a str,
    out: Vec<String>,
    paragraph: Option<(String, String)>,
    table: Vec<&'a str>,
}

impl<'a> Page<'a> {
    /// Writes down what was being read.
    fn end(&mut self) {
        if let Some((first, words)) = self.paragraph.take() {
            self.out.push(wrap(&spans(&words, self.style), &first, self.style.width));
        }
        self.out.extend(table::table(&std::mem::take(&mut self.table), self.style, self.indent));
    }

    fn line(&mut self, line: String) {
        self.end();
        self.out.push(format!("{}{line}", self.indent).trim_end().to_owned());
    }

    fn row(&mut self, row: &'a str) {
        if self.paragraph.is_some() {
            self.end();
        }
        self.table.push(row);
    }

    /// A line of words: it goes on with a paragraph, or begins one.
    fn words(&mut self, line: &str, words: &str) {
        if let Some((mark, rest)) = bullet(words) {
            self.end();
            let depth = (line.len() - line.trim_start().len()) / 2;
            self.paragraph = Some((format!("{}{}{mark} ", self.indent, "  ".repeat(depth)), rest.to_owned()));
            return;
        }
        let (first, words) = match words.strip_prefix("> ") {
            Some(quoted) => (format!("{}    ", self.indent), quoted),
            None => (self.indent.to_owned(), words),
        };
        match &mut self.paragraph {
            Some((_, so_far)) => *so_far += &format!(" {words}"),
            None => self.paragraph = Some((first, words.to_owned())),
        }
    }
}

/// The mark of a list item and what follows.
fn bullet(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
        return Some(("•", rest));
    }
    let (number, rest) = line.split_once(". ")?;
    (number.len() < 3 && number.parse::<u8>().is_ok()).then(|| (&line[..=number.len()], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_reads_as_text() {
        let docs = "The sum of two\nvectors, *x* + `y`.\n\n```text\nxᵢ + yᵢ\n```\n\n* `x`: a vector\n  of length n;\n* Returns one in \\[−1, 1\\].\n\n# Errors\n\n\
            [`InputError::Empty`] if so.\n\n```\n# use katas::add;\nassert!(true);\n```\n";
        let want = "  The sum of two vectors, x + y.\n\n      xᵢ + yᵢ\n\n  • x: a vector of length n;\n  • Returns one in [−1, 1].\n\n  Errors\n\n  \
            InputError::Empty if so.\n\n      assert!(true);";
        assert_eq!(markdown(docs, Style::plain(60), "  "), want);
    }

    #[test]
    fn lists_hang_and_formulas_in_brackets_stay() {
        let text = "1. first of all there is this\n2. dot([1.0], x[0])";
        assert_eq!(
            markdown(text, Style::plain(22), ""),
            "1. first of all there\n   is this\n2. dot([1.0], x[0])"
        );
    }

    #[test]
    fn chapters_read_as_text() {
        let text = "before\n\n> **Why?** Because\n> it is `so\n> long`.\n\n| a | long `b` |\n|---|---|\n| 1 | |\n| 22 | x |\n\nafter";
        let want = "before\n\n    Why? Because it is so long.\n\n  a   long b\n  1\n  22  x\n\nafter";
        assert_eq!(markdown(text, Style::plain(60), ""), want);
    }
}
