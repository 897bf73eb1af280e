//! Documentation and hints, as far as their Markdown goes, for the terminal.

use super::Style;
use super::wrap::wrap;

/// Renders Markdown: headings, paragraphs, lists, code. Lines that rustdoc hides from an example are left out.
#[must_use]
pub fn markdown(text: &str, style: Style, indent: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut paragraph: Option<(String, String)> = None;
    let mut fence: Option<&str> = None;
    let mut lines = text.lines();
    loop {
        let line = lines.next();
        let trimmed = line.unwrap_or_default().trim();
        let list = bullet(trimmed).filter(|_| fence.is_none());
        let starts =
            trimmed.is_empty() || trimmed.starts_with("```") || trimmed.starts_with('#') || list.is_some();
        let ends_paragraph = line.is_none() || starts || fence.is_some();
        if let Some((first, words)) = paragraph.take_if(|_| ends_paragraph) {
            out.push(wrap(&words, &first, style.width));
        }
        let Some(line) = line else { break };
        match (fence, trimmed) {
            (Some(_), _) if trimmed.starts_with("```") => fence = None,
            (Some(language), _) if language != "text" && (trimmed == "#" || trimmed.starts_with("# ")) => {}
            (Some(_), _) => out.push(format!("{indent}    {}", style.command(line)).trim_end().to_owned()),
            (None, _) if trimmed.starts_with("```") => fence = Some(trimmed.trim_start_matches('`')),
            (None, "") => out.push(String::new()),
            (None, heading) if heading.starts_with('#') => {
                out.push(format!("{indent}{}", style.strong(heading.trim_start_matches('#').trim())));
            }
            (None, words) => match (list, &mut paragraph) {
                (Some((mark, rest)), _) => {
                    let depth = (line.len() - line.trim_start().len()) / 2;
                    let first = format!("{indent}{}{mark} ", "  ".repeat(depth));
                    paragraph = Some((first, spans(rest, style)));
                }
                (None, Some((_, so_far))) => *so_far += &format!(" {}", spans(words, style)),
                (None, nothing) => *nothing = Some((indent.to_owned(), spans(words, style))),
            },
        }
    }
    let mut text = out.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim_matches('\n').to_owned()
}

/// The mark of a list item and what follows.
fn bullet(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
        return Some(("•", rest));
    }
    let (number, rest) = line.split_once(". ")?;
    (number.len() < 3 && number.parse::<u8>().is_ok()).then(|| (&line[..=number.len()], rest))
}

/// Code, links and emphasis inside of a line.
fn spans(text: &str, style: Style) -> String {
    let text = text.replace("\\[", "[").replace("\\]", "]").replace("\\*", "∗");
    let mut out = String::new();
    let mut code = false;
    for (i, part) in text.split('`').enumerate() {
        code = i % 2 == 1;
        if code {
            // Word by word, so that a line may be broken inside without losing the colour.
            let words: Vec<_> = part.split(' ').map(|word| style.command(word)).collect();
            out += &words.join(" ");
        } else {
            out += &part.replace("**", "").replace("](", " (").replace('*', "");
        }
    }
    debug_assert!(!code || text.matches('`').count() % 2 == 1);
    unlink(&out)
}

/// Links to items are shown as the items: `[InputError]`, where the brackets hold nothing but one name.
fn unlink(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out += before;
        let name = after.split_once(']').filter(|(name, _)| {
            let name = name.replace("\x1b[36m", "").replace("\x1b[0m", "");
            name.len() > 1
                && name.chars().all(|c| c.is_alphanumeric() || "_:".contains(c))
                && name.contains(char::is_uppercase)
        });
        match name {
            Some((name, after)) => {
                out += name;
                rest = after;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
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
}
