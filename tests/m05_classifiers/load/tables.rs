//! Texts of comma-separated values, and what is wrong with them.

use judge::{Answer, Broken, Verdict, equal, rejected};
use kit::InputError;
use kit::data::Dataset;

/// The kata in question.
pub type Parse = fn(&str) -> Result<Dataset, InputError>;

/// Cells that are no finite number.
pub const NO_NUMBER: [&str; 30] = [
    "",
    "NaN",
    "inf",
    "-Infinity",
    "1e999",
    "5.1cm",
    "1,5",
    "?",
    "\"5.1\"",
    "nan",
    "infinity",
    "-NaN",
    "-1e400",
    ".",
    "+",
    "-",
    "e5",
    "1e",
    "1e+",
    "--1",
    "1 2",
    "1_000",
    "0x10",
    "1f64",
    "'1'",
    "\u{feff}1",
    "1\u{feff}",
    "\u{ff11}",
    "\u{bd}",
    "NA",
];

/// A text of these lines, written in one of four ways: with `\n` or `\r\n`, at the end or not, with blanks and blank
/// lines or without. And the number of the line that the first of them has become.
pub fn text(lines: &[String], way: usize) -> (String, usize) {
    let blanks = way >= 2;
    let (end, blank) = if way.is_multiple_of(2) { ("\n", "  ") } else { ("\r\n", "\t") };
    let line = |line: &String| {
        let cells: Vec<String> = line.split(',').map(|cell| format!("{blank}{cell}{blank}")).collect();
        if blanks { format!("{}{end}{blank}{end}", cells.join(",")) } else { format!("{line}{end}") }
    };
    let mut text: String = lines.iter().map(line).collect();
    if way == 0 {
        text.truncate(text.trim_end().len());
    }
    if blanks { (format!("{end}{text}"), 2) } else { (text, 1) }
}

/// The number of line i in a text written in this way.
pub fn line_number(first: usize, i: usize) -> usize {
    first + if first == 2 { 2 * i } else { i }
}

/// These are the samples that were written down. Row after row, so that a message shows one row only.
pub fn same(call: &str, got: Result<Dataset, InputError>, want: &Dataset) -> Verdict {
    let got: Result<Dataset, Broken> = got.accepted(call);
    let got = got?;
    let sizes = |data: &Dataset| (data.features.shape(), data.labels.len());
    let look =
        "One row and one label per line that is not blank; the cells before the last are the features.";
    equal(&format!("shape and number of labels of {call}"), sizes(&got), sizes(want), look)?;
    for i in 0..want.labels.len() {
        let look = "The cells in their order, scaled as documented; the label is the last cell, a number \
                    from 0.";
        let sample = |data: &Dataset| (data.features.row(i).to_vec(), data.labels[i]);
        equal(&format!("sample {i} of {call}"), sample(&got), sample(want), look)?;
    }
    let look = "As documented.";
    equal(&format!("feature names of {call}"), &got.feature_names, &want.feature_names, look)?;
    equal(&format!("class names of {call}"), &got.class_names, &want.class_names, look)
}

/// A text as it is quoted: of a long one the beginning, so that one sees what it is about.
fn brief(csv: &str) -> String {
    let few: String = csv.chars().take(100).collect();
    if few.len() == csv.len() { format!("{csv:?}") } else { format!("{few:?} …") }
}

/// A text without samples is rejected.
pub fn rejects_nothing(name: &str, parse: Parse) -> Verdict {
    for csv in ["", "\n", "  \n\t\r\n\n"] {
        let look = "A text with white space only holds no samples.";
        rejected(&format!("{name}({csv:?})"), parse(csv), InputError::TooFew { got: 0, wanted: 1 }, look)?;
    }
    Ok(())
}

/// A byte order mark is no whitespace: it belongs to the first cell, which is then no number.
pub fn rejects_a_byte_order_mark((name, parse): (&str, Parse), line: &str, wanted: &'static str) -> Verdict {
    let got = format!("\u{feff}{}", line.split(',').next().unwrap_or_default());
    let want = InputError::BadCell { line: 1, column: "1".to_owned(), got, wanted };
    let look = "U+FEFF at the beginning is part of the first cell. Nothing says that it is skipped.";
    rejected(
        &format!("{name} of a text with a byte order mark"),
        parse(&format!("\u{feff}{line}")),
        want,
        look,
    )
}

/// Only `\n` and `\r\n` end a line: of two lines that something else joins, one with too many cells is left.
pub fn rejects_other_line_ends((name, parse): (&str, Parse), lines: &[String]) -> Verdict {
    for end in ["\r", "\u{b}", "\u{c}", "\u{2028}", "\u{85}", ";", "\\n"] {
        for i in [0, (lines.len() - 1) / 2, lines.len() - 2] {
            let wanted = lines[0].split(',').count();
            let joined = format!("{}{end}{}", lines[i], lines[i + 1]);
            let rest = [&lines[..i], &[joined], &lines[i + 2..]].concat();
            let want = InputError::RaggedLine { line: i + 1, got: 2 * wanted - 1, wanted };
            let look = "A line ends in \\n or \\r\\n. Anything else is part of a cell.";
            let call = format!("{name} of lines of which two are joined by {end:?}");
            let got = parse(&rest.join("\n"));
            // The first cells of that line may be looked at before all are counted.
            let last = wanted.to_string();
            let names_the_line = |reason: &InputError| match reason {
                InputError::BadCell { line, column, .. } => *line == i + 1 && *column == last,
                _ => false,
            };
            if got.as_ref().is_err_and(names_the_line) {
                continue;
            }
            rejected(&call, got, want, look)?;
        }
    }
    Ok(())
}

/// A cell in a line of a text that is right otherwise is rejected at its place.
pub fn rejects_cell(
    (name, parse): (&str, Parse),
    lines: &[String],
    (i, column, cell): (usize, usize, &str),
    wanted: &'static str,
) -> Verdict {
    for way in 0..4 {
        let mut lines = lines.to_vec();
        let mut cells: Vec<String> = lines[i].split(',').map(ToOwned::to_owned).collect();
        cell.clone_into(&mut cells[column - 1]);
        lines[i] = cells.join(",");
        let (csv, first) = text(&lines, way);
        let line = line_number(first, i);
        let want = if cell.contains(',') {
            InputError::RaggedLine { line, got: cells.len() + 1, wanted: cells.len() }
        } else {
            InputError::BadCell { line, column: column.to_string(), got: cell.to_owned(), wanted }
        };
        let look = "The line number includes blank lines, cells are counted from 1, and the cell is quoted \
                    without the white space around it.";
        let call = format!("{name}({}), {cell:?} in line {line}, cell {column},", brief(&csv));
        rejected(&call, parse(&csv), want, look)?;
    }
    Ok(())
}

/// A line with more or fewer cells is rejected by its number; where its cells are invalid as well, one of those may be named.
pub fn rejects_ragged((name, parse): (&str, Parse), lines: &[String], i: usize, ragged: &str) -> Verdict {
    let wanted = lines[0].split(',').count();
    for way in 0..4 {
        let mut lines = lines.to_vec();
        ragged.clone_into(&mut lines[i]);
        let (csv, first) = text(&lines, way);
        let want =
            InputError::RaggedLine { line: line_number(first, i), got: ragged.split(',').count(), wanted };
        let got = parse(&csv);
        let names_the_line = |reason: &InputError| match reason {
            InputError::BadCell { line, .. } => {
                *line == line_number(first, i) && !ragged.starts_with(['1', '5'])
            }
            _ => false,
        };
        if got.as_ref().is_err_and(names_the_line) {
            continue;
        }
        let look = "Count the cells of each line; a comma at the end begins one more.";
        rejected(&format!("{name}({})", brief(&csv)), got, want, look)?;
    }
    Ok(())
}
