//! Which character separates the cells.

use csv::{ReaderBuilder, Trim};

use super::report::Notes;

/// The characters that are looked for, in the order in which they win where nothing else decides.
const KNOWN: [(u8, &str); 4] = [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "pipe")];

/// A table's text behind Excel's line `sep=;`, and what separates its cells.
pub(super) struct Separated<'a> {
    pub text: &'a str,
    pub separator: u8,
    /// How many lines were taken off the beginning.
    pub skipped: usize,
}

/// Takes the separator that was asked for, else that of a line `sep=`, else the most likely one.
pub(super) fn separate<'a>(
    text: &'a str,
    asked: Option<u8>,
    target: &str,
    notes: &mut Notes,
) -> Separated<'a> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let said = line.trim_matches(|c: char| c == '"' || c == '\r' || c == ' ');
    let said = said.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &said[4..]);
    let (text, said, skipped) = match said.map(str::as_bytes) {
        Some([separator]) => (rest, Some(*separator), 1),
        _ => (text, None, 0),
    };
    let separator = asked.or(said).unwrap_or_else(|| likely(text, target));
    if skipped > 0 {
        notes.note(format!("the line {:?} of Excel is left out", line.trim_end()));
    }
    if separator != b',' {
        notes.note(format!("the cells are separated by {}", name(separator)));
    }
    Separated { text, separator, skipped }
}

/// Under the likely separator the header has the target, the rows have as many cells as the header, and these are many.
fn likely(text: &str, target: &str) -> u8 {
    let worth = |separator: u8| {
        let mut reader = ReaderBuilder::new();
        reader.delimiter(separator).has_headers(false).flexible(true).trim(Trim::All);
        let mut rows = reader.from_reader(text.as_bytes()).into_records().map_while(Result::ok);
        let Some(header) = rows.next() else { return (false, 0, 0) };
        let (mut all, mut fitting) = (0, 0);
        for row in rows.take(100) {
            all += 1;
            // A separator at the end of each line, or a column of row names without a header, is none the less one.
            fitting += usize::from(row.len().abs_diff(header.len()) <= 1 && row.len() > 1);
        }
        (
            header.iter().any(|name| name == target),
            (100 * fitting).checked_div(all).unwrap_or(0),
            header.len(),
        )
    };
    let (mut best, mut most) = (b',', worth(b','));
    for (separator, _) in &KNOWN[1..] {
        let its = worth(*separator);
        if its > most && its.2 > 1 {
            (best, most) = (*separator, its);
        }
    }
    best
}

fn name(separator: u8) -> String {
    let known = KNOWN.iter().find(|(known, _)| *known == separator);
    known.map_or_else(|| format!("{:?}", char::from(separator)), |(_, name)| (*name).to_owned())
}

/// A separator as it is typed: itself, its name, or `\t`.
pub(crate) fn parse(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        (r"\t", _) => Ok(b'\t'),
        ("space", _) => Ok(b' '),
        (_, [one]) if one.is_ascii() && !one.is_ascii_alphanumeric() && !b"\"\r\n".contains(one) => Ok(*one),
        (name, _) => KNOWN
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(separator, _)| *separator)
            .ok_or_else(|| "one character, or comma, semicolon, tab, pipe, space".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> u8 {
        separate(text, None, "kind", &mut Notes::default()).separator
    }

    #[test]
    fn the_separator_is_the_one_that_fits_the_header() {
        assert_eq!(found("mass,kind\n1,a\n2,b\n"), b',');
        assert_eq!(found("mass;kind\n1,5;a\n2,5;b\n"), b';');
        assert_eq!(found("mass\tkind\n1,5\ta, b\n2,5\tb, c\n"), b'\t');
        assert_eq!(found("mass|kind\n1|a\n"), b'|');
        assert_eq!(found("mass,kind\n1,a|b\n2,b|c\n"), b',');
        assert_eq!(found("\"a;b\",kind\n\"1;2\",x\n"), b',');
        assert_eq!(found("kind\na\n"), b',');
    }

    #[test]
    fn the_line_of_excel_and_the_option_are_believed() {
        let table = separate("sep=;\r\nmass;kind\r\n", None, "kind", &mut Notes::default());
        assert_eq!((table.separator, table.text, table.skipped), (b';', "mass;kind\r\n", 1));
        let table = separate("a:b,c\n", Some(b':'), "b,c", &mut Notes::default());
        assert_eq!((table.separator, table.skipped), (b':', 0));
        assert_eq!([parse("tab"), parse(r"\t"), parse(";")], [Ok(b'\t'), Ok(b'\t'), Ok(b';')]);
        assert!(parse("::").is_err() && parse("a").is_err());
    }
}
