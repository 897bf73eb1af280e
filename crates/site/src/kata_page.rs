//! The page of a kata, in the book: what its documentation says, and its laws.

use engine::catalog::Kata;
use protocol::Tier;

/// Where the page lies among the chapters: `katas/m01_linear_algebra/vectors/dot.md`.
#[must_use]
pub fn path(kata: &Kata) -> String {
    format!("katas/{}.md", kata.id)
}

/// The page as Markdown.
#[must_use]
pub fn page(kata: &Kata, chapter: &str) -> String {
    let laws = |tier| {
        let laws = kata.laws.iter().filter(move |law| law.tier() == tier);
        laws.map(|law| format!("* {}\n", law.sentence)).collect::<String>()
    };
    let mut out = format!(
        "# {}\n\n```rust\n{}\n```\n\n{}\n",
        kata.item,
        kata.signature.trim_end(),
        documentation(&kata.docs)
    );
    for (tier, title) in
        [(Tier::Core, "Core laws: the mathematics"), (Tier::Robust, "Robust laws: edge cases and extremes")]
    {
        let laws = laws(tier);
        if !laws.is_empty() {
            out += &format!("\n## {title}\n\n{laws}");
        }
    }
    let up = "../".repeat(kata.id.matches('/').count() + 1);
    out += &format!(
        "\n## On your machine\n\n```sh\ncargo kata test {id}\ncargo kata hint {id}\n```\n\n\
         You write it in `{file}`. [To the chapter]({up}{chapter}.md)\n",
        id = kata.id,
        file = kata.path().display(),
    );
    out
}

/// Documentation as it stands in Rust, as a part of a page: headings one step lower, examples named as Rust, the lines that only
/// a compiler needs left out, and links to items as code.
pub fn documentation(docs: &str) -> String {
    let (mut out, mut in_code, mut is_rust) = (String::new(), false, false);
    for line in docs.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match fence {
            Some(_) if in_code => {
                in_code = false;
                out += "```";
            }
            Some(language) => {
                in_code = true;
                is_rust = matches!(language, "" | "rust" | "no_run" | "should_panic");
                out += &format!("```{}", if is_rust { "rust" } else { language });
            }
            None if in_code && is_rust && (line == "#" || line.starts_with("# ")) => continue,
            None if in_code => out += line,
            None if line.starts_with('#') => out += &format!("#{line}"),
            None => out += &without_item_links(line),
        }
        out.push('\n');
    }
    out
}

/// ``[`InputError::TooFew`]`` is a link for rustdoc alone.
fn without_item_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[`") {
        let Some((name, after)) = after.split_once("`]") else { break };
        out += before;
        out += &format!("`{name}`");
        // The target of rustdoc's, where one is given.
        rest = match after.strip_prefix('(').and_then(|after| after.split_once(')')) {
            Some((target, after)) if !target.contains("://") => after,
            _ => after,
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_compiler_needs_is_left_out() {
        let docs = "A sum.\n\n# Errors\n\n[`TooFew`] of [`x`](kit::x).\n\n\
                    ```\n# use katas::a;\nassert!(a());\n```\n";
        let page = "A sum.\n\n## Errors\n\n`TooFew` of `x`.\n\n```rust\nassert!(a());\n```\n";
        assert_eq!(documentation(docs), page);
    }
}
