use super::compare::{Pair, Passage};
use super::report::SimilarityFindings;
use super::text::{Function, Work};
use crate::report::html::{figure, number, page_with_tables, table};
use crate::report::text::{clean, escaped, in_address};

/// Both texts of so many pairs are on the page; a class that copied as a whole would make it longer than a browser likes.
const SHOWN: usize = 60;
/// A line may be as long as its author likes.
const LONGEST: usize = 300;

impl SimilarityFindings {
    /// The page for the instructor: a table of the pairs, and both texts of each side by side.
    #[must_use]
    pub fn page(&self) -> String {
        let mut body = "<h1>Similarity</h1>\n<p>Pairs of submissions that share what few others have, and \
                        submissions that share it with the solutions in the repository. This is advice: no \
                        points depend on it, and a high share is a reason to read both texts, not a \
                        proof.</p>\n"
            .to_owned();
        body += "<dl class=\"figures\">\n";
        body += &figure(&self.works.len().to_string(), "submissions compared");
        body +=
            &figure(&self.pairs.iter().filter(|it| it.other.is_some()).count().to_string(), "similar pairs");
        let close = self.pairs.iter().filter(|it| it.other.is_none()).count();
        body += &figure(&close.to_string(), "similar to what is published");
        body += "</dl>\n";
        body += &self.unreadable();
        if self.pairs.is_empty() {
            body += "<p>No two submissions share more than is usual.</p>\n";
            return page_with_tables("Similarity", &body);
        }
        let heads = [
            ("pair", true),
            ("submission", false),
            ("and", false),
            ("milestone", false),
            ("share", true),
            ("tokens", true),
            ("functions", true),
        ];
        let rows: String = self.pairs.iter().enumerate().map(|(place, pair)| self.row(place, pair)).collect();
        body += &format!("<h2>Pairs</h2>\n{}", table("Pairs", &heads, &rows));
        body += "<p class=\"faint\">The share is that of the shorter submission, of what neither many others \
                 nor the \
                 repository have.</p>\n<h2>Side by side</h2>\n";
        if self.pairs.len() > SHOWN {
            body += &format!("<p>The first {SHOWN} pairs; similarity.json has the lines of all.</p>\n");
        }
        let texts = self.pairs.iter().enumerate().take(SHOWN).map(|(place, pair)| self.texts(place, pair));
        body += &texts.collect::<String>();
        page_with_tables("Similarity", &body)
    }

    fn unreadable(&self) -> String {
        let of = |work: &Work| {
            format!("<li>{}: {}</li>\n", escaped(&work.name), escaped(&work.unreadable.join(", ")))
        };
        let lines: String = self.works.iter().filter(|work| !work.unreadable.is_empty()).map(of).collect();
        if lines.is_empty() {
            return lines;
        }
        format!("<div class=\"box\"><p>Not compared, because they are no Rust:</p><ul>\n{lines}</ul></div>\n")
    }

    fn row(&self, place: usize, pair: &Pair) -> String {
        let name = |work: &Work| {
            format!("<a href=\"{}/report.html\">{}</a>", in_address(&work.name), escaped(&work.name))
        };
        let other = match pair.other {
            Some(_) => name(self.other(pair)),
            None => format!("<span class=\"state warn\">{}</span>", escaped(&self.published.name)),
        };
        let shown = place + 1;
        let link =
            if place < SHOWN { format!("<a href=\"#pair-{shown}\">{shown}</a>") } else { shown.to_string() };
        format!(
            "<tr><td class=\"number\" data-sort=\"{shown}\">{link}</td><td class=\"name\">{}</td>\
             <td class=\"name\">{other}</td><td>{}</td>\
             <td class=\"number\" data-sort=\"{}\">{} %</td>{}{}</tr>\n",
            name(&self.works[pair.one]),
            escaped(short(&pair.milestone)),
            pair.share,
            pair.share,
            number(&pair.tokens.to_string()),
            number(&pair.passages.len().to_string())
        )
    }

    fn texts(&self, place: usize, pair: &Pair) -> String {
        let (one, other) = (&self.works[pair.one], self.other(pair));
        let passages: String = pair
            .passages
            .iter()
            .map(|it| {
                let sides = side(&one.name, &one.functions[it.one], it, 0)
                    + &side(&other.name, &other.functions[it.other], it, 1);
                format!("<div class=\"sides\">\n{sides}</div>\n")
            })
            .collect();
        format!(
            "<details class=\"pair\" id=\"pair-{0}\"{1}><summary><b>{0}</b> {2} and {3}, {4}: {5} %\
             </summary>\n{passages}</details>\n",
            place + 1,
            if place == 0 { " open" } else { "" },
            escaped(&one.name),
            escaped(&other.name),
            escaped(short(&pair.milestone)),
            pair.share
        )
    }
}

/// The milestone as its cargo feature is called.
fn short(milestone: &str) -> &str {
    milestone.split('_').next().unwrap_or(milestone)
}

/// One text of a passage: shared lines are marked, with the number of the run that they belong to.
fn side(name: &str, function: &Function, passage: &Passage, which: usize) -> String {
    let mut lines = String::new();
    for (number, text) in (function.line..).zip(&function.text) {
        let run = passage.runs.iter().position(|run| (run[which].0..=run[which].1).contains(&number));
        let text = escaped(&clean(text, LONGEST));
        lines += &match run {
            Some(run) => format!("{number:>4} <mark><b>{}</b> {text}</mark>\n", run + 1),
            None => format!("{number:>4}   {text}\n"),
        };
    }
    format!(
        "<figure><figcaption>{}: <code>{}.rs</code>, <code>{}</code></figcaption>\
         <pre>{lines}</pre></figure>\n",
        escaped(name),
        escaped(&function.file).replace('/', "/<wbr>").replace('_', "_<wbr>"),
        escaped(&function.name)
    )
}
