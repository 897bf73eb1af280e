use crate::report::text::escaped;

/// The frame of a page, written by hand: a template engine would be a second language for 200 lines. Whatever got past the escaping would find that nothing may be run or fetched.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(title),
        include_str!("../style.css")
    )
}

/// A figure with what it counts.
pub(super) fn figure(number: &str, of_what: &str) -> String {
    format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(of_what), escaped(number))
}
