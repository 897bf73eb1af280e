//! Tables, read by hand.

use kit::InputError;
use kit::data::Dataset;

pub(super) type Loaded = Result<Dataset, InputError>;
pub(super) type Load = fn(&str) -> Loaded;

/// The reference, on the text that `changed` makes of each line.
pub(super) fn line_by_line(load: Load, csv: &str, changed: impl Fn(&str) -> String) -> Loaded {
    load(&csv.split('\n').map(changed).collect::<Vec<_>>().join("\n"))
}

/// The reference, with the places of its rejections changed.
pub(super) fn placed(load: Load, csv: &str, changed: impl Fn(usize, usize) -> (usize, usize)) -> Loaded {
    load(csv).map_err(|rejection| match rejection {
        InputError::BadCell { line, column, got, wanted } => {
            let (line, column) = changed(line, column.parse().unwrap_or_default());
            InputError::BadCell { line, column: column.to_string(), got, wanted }
        }
        InputError::RaggedLine { line, got, wanted } => {
            InputError::RaggedLine { line: changed(line, 1).0, got, wanted }
        }
        rejection => rejection,
    })
}

/// How many lines above this one are blank.
pub(super) fn blank_above(csv: &str, line: usize) -> usize {
    csv.lines().take(line - 1).filter(|line| line.trim().is_empty()).count()
}

/// Lines without those that are rejected.
pub(super) fn only_good_lines(load: Load, csv: &str) -> Loaded {
    let good: Vec<&str> = csv.lines().filter(|line| load(line).is_ok()).collect();
    load(&good.join("\n"))
}

/// Short lines filled up, long ones cut.
pub(super) fn fitted(load: Load, csv: &str, cells: usize) -> Loaded {
    line_by_line(load, csv, |line| {
        let there: Vec<&str> = line.trim().split(',').collect();
        if line.trim().is_empty() || there.len() <= cells {
            return line.to_owned();
        }
        there[..cells].join(",")
    })
}
