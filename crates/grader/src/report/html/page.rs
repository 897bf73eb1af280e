use crate::report::text::escaped;

/// Sorts tables in the browser.
const SORT: &str = include_str!("sort.js");

/// What the browser allows to run on the page of a class: this script, and nothing that got past the escaping. A test
/// compares it with the script.
pub(super) const SORT_HASH: &str = "sha256-GQcK2ZdXP1dzjuEqPRS8TP4oik1twOvMYTRF85h6XYI=";

/// The frame of a page, written by hand: a template engine would be a second language for 200 lines. Whatever got past the
/// escaping would find that nothing may be run or fetched.
pub(super) fn page(title: &str, body: &str) -> String {
    frame(title, body, "", "")
}

/// As [`page`], with tables that can be sorted.
pub(crate) fn page_with_tables(title: &str, body: &str) -> String {
    let body = &format!("<div class=\"of-tables\">\n{body}</div>\n");
    frame(title, body, &format!("; script-src '{SORT_HASH}'"), &format!("<script>{SORT}</script>\n"))
}

fn frame(title: &str, body: &str, allowed: &str, script: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'{allowed}\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         {script}</body>\n</html>\n",
        escaped(title),
        include_str!("../style.css")
    )
}

/// A figure with what it counts.
pub(crate) fn figure(number: &str, of_what: &str) -> String {
    format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(of_what), escaped(number))
}

/// A table that can be sorted: its heads, of which those of numbers say so, and its rows.
pub(crate) fn table(caption: &str, heads: &[(&str, bool)], rows: &str) -> String {
    let head = |(name, is_number): &(&str, bool)| {
        let class = if *is_number { " class=\"number\"" } else { "" };
        format!("<th scope=\"col\"{class}>{}</th>", escaped(name))
    };
    let heads: String = heads.iter().map(head).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table class=\"sortable\">\n\
         <caption class=\"unseen\">{0}</caption>\n<thead><tr>{heads}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n",
        escaped(caption)
    )
}

/// A cell of a table with a number.
pub(crate) fn number(text: &str) -> String {
    format!("<td class=\"number\">{}</td>", escaped(text))
}
