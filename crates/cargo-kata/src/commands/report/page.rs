//! The page: one file, readable without a network, by a screen reader, on a phone, in light and dark.

use super::content::{Report, stars};
use super::pictures::Picture;
use crate::commands::{Context, list};
use engine::catalog::{Kata, Milestone};
use protocol::KataVerdict;

const STYLE: &str = include_str!("page.css");

pub(super) fn html(context: &Context, report: &Report<'_>) -> String {
    let title = match &report.name {
        Some(name) => format!("Machine learning in Rust: {}", escaped(name)),
        None => "Machine learning in Rust: what I have learned".to_owned(),
    };
    let all = report.katas.len();
    let with = |least| report.katas.iter().filter(|(_, it)| stars(it.as_ref()) >= least).count();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p>{} of {all} katas are solved, {} of them with two stars. A kata is a function of machine \
         learning, written from its documentation and judged by property-based tests: one star for the \
         mathematics on ordinary inputs, a second for rejected inputs, extremes and ties.</p>\n",
        with(1),
        with(2)
    );
    out += &overview(context, report);
    out += &pictures(report);
    let begun = |it: &&Milestone| list::progress(it, &report.katas).solved > 0;
    out += &context.catalog.milestones.iter().filter(begun).map(|it| section(it, report)).collect::<String>();
    out += &comparisons(report);
    out += &terms(report);
    out + "</main>\n</body>\n</html>\n"
}

/// How far each milestone is.
fn overview(context: &Context, report: &Report<'_>) -> String {
    let row = |milestone: &Milestone| {
        let list::MilestoneProgress { solved, mastered, all } = list::progress(milestone, &report.katas);
        format!(
            "<tr><th scope=\"row\">{}</th><td><progress max=\"{all}\" value=\"{solved}\" \
             aria-label=\"solved\"></progress></td><td>{solved} of {all}</td><td>{mastered}</td></tr>\n",
            escaped(milestone.title.trim_end_matches('.'))
        )
    };
    let rows: String = context.catalog.milestones.iter().map(row).collect();
    let head = ["Milestone", "", "Solved", "Two stars"].map(|it| match it {
        "" => "<td></td>".to_owned(),
        name => format!("<th scope=\"col\">{name}</th>"),
    });
    format!(
        "<section>\n<div class=\"wide\"><table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\
         </div>\n</section>\n",
        head.concat()
    )
}

fn section(milestone: &Milestone, report: &Report<'_>) -> String {
    let is_ours = |kata: &Kata| kata.milestone_id() == milestone.id;
    let solved = report.katas.iter().filter(|(kata, it)| is_ours(kata) && stars(it.as_ref()) > 0);
    let rows: String = solved.map(row).collect();
    let head = ["Stars", "Kata", "What it is"].map(|name| format!("<th scope=\"col\">{name}</th>")).concat();
    format!(
        "<section>\n<h2>{}</h2>\n<div class=\"wide\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\
         </tbody>\n</table></div>\n</section>\n",
        escaped(milestone.title.trim_end_matches('.'))
    )
}

fn row((kata, verdict): &(&Kata, Option<KataVerdict>)) -> String {
    let (mark, words) = match stars(verdict.as_ref()) {
        2 => ("★★", "two stars"),
        _ => ("★", "one star"),
    };
    let task = kata.task_in_words();
    format!(
        "<tr><td><span role=\"img\" aria-label=\"{words}\">{mark}</span></td>\
         <th scope=\"row\"><code>{}</code></th><td>{}</td></tr>\n",
        escaped(kata.name()),
        escaped(&task)
    )
}

fn pictures(report: &Report<'_>) -> String {
    if report.pictures.is_empty() {
        return String::new();
    }
    let one = |picture: &Picture| {
        let title = escaped(&picture.title);
        // As an image, so that the names inside of one picture do not reach those of another.
        let (kind, data) = (picture.kind, base64(&picture.bytes));
        format!(
            "<figure><img alt=\"{title}\" src=\"data:{kind};base64,{data}\"><figcaption>{title} \
             <code>{}</code></figcaption></figure>\n",
            escaped(&picture.from)
        )
    };
    let all: String = report.pictures.iter().map(one).collect();
    format!(
        "<section>\n<h2>Pictures that my code draws</h2>\n<div class=\"pictures\">\n{all}</div>\n</section>\n"
    )
}

fn comparisons(report: &Report<'_>) -> String {
    if report.comparisons.is_empty() {
        return String::new();
    }
    let one = |(kata, text): &(String, String)| {
        format!(
            "<h3><code>{}</code></h3>\n<pre tabindex=\"0\">{}</pre>\n",
            escaped(kata),
            escaped(text.trim())
        )
    };
    let all: String = report.comparisons.iter().map(one).collect();
    format!("<section>\n<h2>Compared with the reference and a library</h2>\n{all}</section>\n")
}

fn terms(report: &Report<'_>) -> String {
    if report.terms.is_empty() {
        return String::new();
    }
    let one = |term: &engine::catalog::Term| {
        let definition = term.text.split("\n\n").next().unwrap_or_default().replace(['`', '*', '\n'], " ");
        format!("<dt>{}</dt><dd>{}</dd>\n", escaped(&term.name), escaped(definition.trim()))
    };
    let all: String = report.terms.iter().map(one).collect();
    format!("<section>\n<h2>{} terms met on the way</h2>\n<dl>\n{all}</dl>\n</section>\n", report.terms.len())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// By hand: a library for these ten lines would be part of every first build.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let whole =
            three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for k in 0..4 {
            let digit = usize::try_from(whole >> (18 - 6 * k) & 63).unwrap_or_default();
            out.push(if k <= three.len() { char::from(DIGITS[digit]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64_as_rfc_4648_has_it() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        assert!(pairs.iter().all(|(plain, coded)| base64(plain.as_bytes()) == *coded));
        assert_eq!(base64(&[0xff, 0xfe]), "//4=");
    }

    #[test]
    fn a_name_cannot_bring_markup_in() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
    }
}
