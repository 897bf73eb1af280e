//! What each column holds: numbers, words, or both.

use super::missing::Missing;
use super::numbers::{Around, Mark, is_infinite, written};
use super::report::{Notes, short, some, typed};

/// A column ready for a table; `None` is a missing value.
#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    pub cells: Vec<Option<String>>,
    pub holds: Holds,
    /// Whether a cell is not as in the file.
    pub changed: bool,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Numbers,
    Words,
}

impl Column {
    /// A column of words, with its missing values found.
    pub(super) fn of(name: String, cells: Vec<String>, missing: &Missing<'_>) -> Self {
        let changed = cells.iter().any(|cell| missing.has(cell) && !missing.is_understood(cell));
        let cells = cells.into_iter().map(|cell| (!missing.has(&cell)).then_some(cell)).collect();
        Self { name, cells, holds: Holds::Words, changed }
    }

    /// The cells that are not missing.
    pub(super) fn present(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().flatten().map(String::as_str)
    }

    /// Whether any number of this column can only be read with this mark.
    pub(super) fn proves(&self, mark: Mark) -> bool {
        let other = if mark == Mark::Point { Mark::Comma } else { Mark::Point };
        let finite = || self.present().filter(|cell| !is_infinite(cell));
        let reads = |cell: &str, mark| written(cell).is_some_and(|it| it.number(mark).is_some());
        finite().all(|cell| reads(cell, mark)) && finite().any(|cell| !reads(cell, other))
    }

    /// Turns the cells into numbers where all of them are; `marks` are to be tried in this order.
    pub(super) fn find_numbers(&mut self, marks: [Mark; 2], notes: &mut Notes) {
        let finite: Vec<&str> = self.present().filter(|cell| !is_infinite(cell)).collect();
        let unit = common_unit(&finite);
        let number = |cell: &str, mark| {
            let it = written(cell)?;
            let known = !matches!(it.around, Around::Unit(_)) || Some(&it.around) == unit.as_ref();
            if known { it.number(mark) } else { None }
        };
        let count = |mark| finite.iter().filter(|cell| number(cell, mark).is_some()).count();
        let [first, second] = marks.map(count);
        let (mark, numbers) = if second > first { (marks[1], second) } else { (marks[0], first) };
        if numbers == 0 {
            warn_of_figures(&self.name, &finite, notes);
            return;
        }
        if numbers < finite.len() {
            let (is, not): (Vec<&str>, Vec<&str>) =
                finite.iter().partition(|cell| number(cell, mark).is_some());
            notes.warn(format!(
                "{}: {} of {} cells are numbers ({}), {} are not ({}): taken as words, one feature per word. \
                 Missing values? --missing TEXT. Not needed? --ignore {}",
                self.name,
                is.len(),
                finite.len(),
                some(is),
                not.len(),
                some(not),
                typed(&self.name),
            ));
            return;
        }
        tell(&self.name, &finite, |cell| number(cell, mark), notes);
        let infinite: Vec<&str> = self.present().filter(|cell| is_infinite(cell)).collect();
        if !infinite.is_empty() {
            let (all, cells) = (infinite.len(), some(infinite));
            notes.note(format!("{}: {all} infinite cells are missing values ({cells})", self.name));
        }
        self.holds = Holds::Numbers;
        for cell in &mut self.cells {
            let Some(before) = cell.as_deref() else { continue };
            let after = number(before, mark).filter(|_| !is_infinite(before));
            // What Rust parses to the same number stays as it is, to the letter.
            if after.as_deref().is_none_or(|after| !is_same(before, after)) {
                (*cell, self.changed) = (after, true);
            }
        }
    }
}

/// Warns of a column of dates, times or ranges: they look like numbers, and are categories.
fn warn_of_figures(name: &str, cells: &[&str], notes: &mut Notes) {
    let is_figure =
        |cell: &&&str| cell.chars().any(|c| c.is_ascii_digit()) && !cell.chars().any(char::is_alphabetic);
    if 2 * cells.iter().filter(is_figure).count() > cells.len() {
        notes.warn(format!(
            "{name}: cells such as {} are no numbers: taken as words, one feature per word. \
             Not needed? --ignore {}",
            some(cells.iter().filter(is_figure).take(1).copied()),
            typed(name)
        ));
    }
}

/// Whether Rust parses the cell itself to this number.
fn is_same(cell: &str, number: &str) -> bool {
    cell.parse::<f64>().is_ok_and(|x| Ok(x) == number.parse())
}

/// The unit behind every one of these cells, if it is the same.
fn common_unit(cells: &[&str]) -> Option<Around> {
    let around = |cell: &&str| written(cell).map(|it| it.around);
    let first = cells.first().and_then(around).filter(|it| matches!(it, Around::Unit(_)))?;
    cells.iter().all(|cell| around(cell).as_ref() == Some(&first)).then_some(first)
}

/// Notes what is taken off the numbers of a column, and warns where they are not of one kind.
fn tell(name: &str, cells: &[&str], number: impl Fn(&str) -> Option<String>, notes: &mut Notes) {
    let pairs = cells.iter().filter_map(|cell| Some((cell, number(cell)?)));
    if let Some((cell, plain)) = pairs.into_iter().find(|(cell, plain)| !is_same(cell, plain)) {
        notes.note(format!("{name}: numbers, {} is {plain}", short(cell)));
    }
    let mut around: Vec<Around> = cells.iter().filter_map(|cell| written(cell)).map(|it| it.around).collect();
    around.sort();
    around.dedup();
    // Zeros are often written without their unit.
    if around.len() > 1 {
        let one_of =
            |kind: &Around| cells.iter().find(|cell| written(cell).is_some_and(|it| it.around == *kind));
        let examples = some(around.iter().filter_map(one_of).copied());
        notes.warn(format!("{name}: amounts of different kinds ({examples}) are taken as plain numbers"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str], marks: [Mark; 2]) -> (Column, String) {
        let mut notes = Notes::default();
        let cells = cells.iter().map(ToString::to_string).collect();
        let mut column = Column::of("x".to_owned(), cells, &Missing::default());
        column.find_numbers(marks, &mut notes);
        (column, notes.to_string())
    }

    const POINT: [Mark; 2] = [Mark::Point, Mark::Comma];
    const COMMA: [Mark; 2] = [Mark::Comma, Mark::Point];

    #[test]
    fn numbers_are_found_whatever_stands_around_them() {
        for (cells, marks, want) in [
            (["$1,234.50", "$7"], POINT, ["1234.50", "7"]),
            (["1.234,50 €", "7 €"], POINT, ["1234.50", "7"]),
            (["5,847", "4,255"], COMMA, ["5.847", "4.255"]),
            (["5,847", "4,255"], POINT, ["5847", "4255"]),
            (["5.5", "4.25"], COMMA, ["5.5", "4.25"]),
            (["5.847%", "1e400"], POINT, ["5.847", ""]),
            (["3 kg", "4 kg"], POINT, ["3", "4"]),
        ] {
            let (column, _) = column(&cells, marks);
            let got: Vec<String> = column.cells.into_iter().map(Option::unwrap_or_default).collect();
            assert_eq!((column.holds, got), (Holds::Numbers, want.map(str::to_owned).to_vec()), "{cells:?}");
        }
    }

    #[test]
    fn a_mixed_column_is_words_with_a_warning() {
        let (mixed, notes) = column(&["12", "A/5 1014", "?"], POINT);
        assert!(mixed.holds == Holds::Words && !mixed.proves(Mark::Point));
        assert!(notes.contains("1 of 2 cells are numbers (\"12\"), 1 are not (\"A/5 1014\")"), "{notes}");
        let (dates, notes) = column(&["2024-01-05", "2024-02-05"], POINT);
        assert!(dates.holds == Holds::Words && notes.contains("\"2024-01-05\" are no numbers"), "{notes}");
        let (_, notes) = column(&["3 kg", "4 cm"], POINT);
        assert_eq!(notes, "");
        let (_, notes) = column(&["$3", "4 €"], POINT);
        assert!(notes.contains("different kinds"), "{notes}");
    }
}
