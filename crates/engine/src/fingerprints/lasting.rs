//! What stays the same of a text from run to run.

/// The text without what changes from run to run while the mistake does not: what a library says, which changes with its
/// version, the reason that an answer gives in its own words, and the folder of this run.
pub(super) fn lasting(got: &str) -> String {
    let words =
        ["says: \"", "reason: \""].into_iter().fold(got.to_owned(), |got, opened| without(&got, opened));
    without_folders(&words)
}

/// The text without what stands in quotation marks behind this.
fn without(got: &str, opened: &str) -> String {
    let (mut text, mut rest) = (String::new(), got);
    while let Some((before, words)) = rest.split_once(opened) {
        // Inside, `Debug` writes a quotation mark as `\"`, and a backslash as two.
        let mut is_escaped = false;
        let end = words.find(|c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        text += before;
        text += opened;
        text += "…";
        rest = end.map_or("", |end| &words[end..]);
    }
    text + rest
}

/// The text without the places that laws make for themselves, as in `/tmp/katas-vision-123-4/image.png`.
fn without_folders(got: &str) -> String {
    let (mut text, mut rest) = (String::new(), got);
    while let Some(at) = rest.find("katas-") {
        let (before, name) = rest.split_at(at);
        let words = name.len() - name.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-').len();
        let numbered = name[words..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        if numbered.len() == name.len() - words {
            text += &rest[..at + words];
        } else {
            let folder = before.rfind([' ', '\n', '"', '(', '[']).map_or(0, |end| end + 1);
            text += &before[..folder];
            text += "…";
        }
        rest = numbered;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_library_says_is_left_out() {
        assert_eq!(
            lasting(r#"f(0) = Err(Library { name: "CV", says: "CV(4.6) \"x\\\" > 0\\" }), then says: "a""#),
            r#"f(0) = Err(Library { name: "CV", says: "…" }), then says: "…""#
        );
        assert_eq!(
            (lasting("1×2 [0 1]").as_str(), lasting(r#"says: "cut"#).as_str()),
            ("1×2 [0 1]", "says: \"…")
        );
    }

    #[test]
    fn where_a_run_writes_and_how_an_answer_puts_it_are_no_part_of_a_fingerprint() {
        assert_eq!(
            lasting(
                r#"load("/tmp/katas-v-1-3/huge.png") = Err(F { path: "/tmp/katas-9-14.x", reason: "no" })"#
            ),
            r#"load("…/huge.png") = Err(F { path: "….x", reason: "…" })"#
        );
        for other in ["the crate katas-kit", "katas-", "12 katas- 3", "/tmp/7"] {
            assert_eq!(lasting(other), other);
        }
    }
}
