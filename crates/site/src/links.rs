//! What changes in a text on its way to the site: formulas are set, and the first mention of a kata leads to its page.

use std::collections::BTreeMap;

use crate::formula;

/// A text of the site.
///
/// `katas` are the pages by the name that stands in the text as code, as seen from where the text lies.
#[must_use]
pub fn for_site(text: &str, katas: &BTreeMap<String, String>) -> String {
    let mut open: BTreeMap<&str, &str> =
        katas.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let (mut out, mut block, mut fence) = (String::new(), String::new(), None);
    for line in text.lines() {
        let mark = line.trim_start().strip_prefix("```");
        match (mark, fence) {
            (Some("formula"), None) => fence = Some(true),
            (Some(_), None) => {
                fence = Some(false);
                out += &format!("{line}\n");
            }
            (Some(_), Some(is_formula)) => {
                out += &if is_formula { formula::block(&block) } else { line.to_owned() };
                out.push('\n');
                block.clear();
                fence = None;
            }
            (None, Some(true)) => block += &format!("{line}\n"),
            (None, Some(false)) => out += &format!("{line}\n"),
            (None, None) => out += &format!("{}\n", with_links(line, &mut open)),
        }
    }
    out
}

/// Links the names that are open still; a heading and what is a link already are left alone.
fn with_links<'a>(line: &'a str, open: &mut BTreeMap<&'a str, &str>) -> String {
    if line.starts_with('#') {
        return line.to_owned();
    }
    let mut out = String::new();
    let mut parts = line.split('`');
    let mut before = parts.next().unwrap_or_default();
    out += before;
    while let (Some(code), Some(after)) = (parts.next(), parts.next()) {
        let is_in_link = before.ends_with('[') || after.starts_with(']');
        match open.get(code).filter(|_| !is_in_link) {
            Some(page) => {
                out += &format!("[`{code}`]({page})");
                open.remove(code);
            }
            None => out += &format!("`{code}`"),
        }
        out += after;
        before = after;
    }
    // A line whose number of backquotes is odd is left as it is.
    if line.matches('`').count() % 2 == 1 { line.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mention_of_a_kata_leads_to_its_page() {
        let katas = BTreeMap::from([("dot".to_owned(), "katas/dot.md".to_owned())]);
        let text = "## `dot`\n\n`x` and `dot`, then `dot`.\n\n```text\n`dot`\n```\n";
        let there = "## `dot`\n\n`x` and [`dot`](katas/dot.md), then `dot`.\n\n```text\n`dot`\n```\n";
        assert_eq!(for_site(text, &katas), there);
    }

    #[test]
    fn a_block_of_formulas_is_set() {
        let text = for_site("```formula\na/b\n```\n", &BTreeMap::new());
        assert!(text.starts_with("<div class=\"formula\">") && text.contains("<mfrac>"), "{text}");
    }
}
