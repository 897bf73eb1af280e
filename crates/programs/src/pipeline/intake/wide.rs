//! Columns that name or number the rows: nearly every row has a value of its own.

use std::collections::BTreeSet;

use super::columns::{Column, Holds};
use super::report::{Notes, typed};

/// Zeros and ones that one column of names may be worth, and all columns together: 16 and 400 MB.
const MOST_FOR_NAMES: usize = 2_000_000;
const MOST: usize = 50_000_000;
/// Fewer different values are never called names.
const FEW: usize = 20;

/// Warns of each column whose values nearly all differ, and returns those that are left out because their features
/// would fill the memory.
pub(super) fn left_out(columns: &[&Column], notes: &mut Notes) -> Vec<String> {
    for column in columns.iter().filter(|column| column.holds == Holds::Numbers && counts_rows(column)) {
        let name = &column.name;
        notes.warn(format!("{name} numbers the rows; leave it out with --ignore {}", typed(name)));
    }
    let mut wide: Vec<(usize, &Column)> = Vec::new();
    let mut out: Vec<String> = Vec::new();
    for column in columns.iter().filter(|column| column.holds == Holds::Words) {
        let (rows, all) = (column.present().count(), column.cells.len());
        let different = column.present().collect::<BTreeSet<&str>>().len();
        let name = &column.name;
        let counted = format!("{name}: {different} different values of {rows} rows");
        if rows == 0 {
            notes.warn(format!("{name}: every value is missing, so it gives no feature"));
        } else if different > FEW && 2 * different > rows {
            if different * all > MOST_FOR_NAMES {
                notes.warn(format!("{counted} would be {different} features (one-hot): it is left out"));
                out.push(name.clone());
            } else {
                notes.warn(format!(
                    "{counted}, each a feature that says little about other rows; leave it out with \
                     --ignore {}",
                    typed(name)
                ));
                wide.push((different, column));
            }
        } else {
            wide.push((different, column));
        }
    }
    wide.sort_by_key(|(different, _)| *different);
    let mut all: usize = wide.iter().map(|(different, column)| different * column.cells.len()).sum();
    while all > MOST {
        let Some((different, column)) = wide.pop() else { break };
        all -= different * column.cells.len();
        notes.warn(format!(
            "{}: {different} different values would be {different} features (one-hot), too many for the \
             memory with the others: it is left out",
            column.name
        ));
        out.push(column.name.clone());
    }
    out
}

/// Whole numbers, each one more than that of the row before.
fn counts_rows(column: &Column) -> bool {
    let numbers: Option<Vec<i64>> = column.cells.iter().map(|cell| cell.as_deref()?.parse().ok()).collect();
    numbers.is_some_and(|all| {
        all.len() > FEW && all.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::missing::Missing;

    fn column(name: &str, cell: impl Fn(usize) -> String, rows: usize) -> Column {
        Column::of(name.to_owned(), (0..rows).map(cell).collect(), &Missing::default())
    }

    #[test]
    fn names_are_warned_of_and_left_out_where_they_are_many() {
        let mut notes = Notes::default();
        let few = column("Name", |i| format!("passenger {i}"), 100);
        let many = column("Address", |i| format!("street {i}"), 2000);
        let kinds = column("kind", |i| format!("kind {}", i % 15), 100);
        assert_eq!(left_out(&[&few, &many, &kinds], &mut notes), ["Address"]);
        let said = notes.to_string();
        assert!(
            said.contains("Name: 100 different values of 100 rows") && said.contains("--ignore Name"),
            "{said}"
        );
        assert!(said.contains("Address: 2000 different values") && !said.contains("kind:"), "{said}");
        let mut id = column("Id", |i| (i + 892).to_string(), 100);
        id.holds = Holds::Numbers;
        let mut notes = Notes::default();
        assert!(left_out(&[&id], &mut notes).is_empty());
        assert!(notes.to_string().contains("Id numbers the rows; leave it out with --ignore Id"), "{notes}");
    }
}
