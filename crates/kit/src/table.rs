use std::fmt;

use crate::InputError;

/// Named columns, each of numbers or of words, all of one length; any cell may be a gap.
///
/// ```
/// # use kit::Table;
/// let table = Table::of([("sex", "male ? female"), ("mass", "1.5 2 ?")]);
/// assert_eq!(table.rows(), 3);
/// assert_eq!(table.words("sex")?[2], Some("female".to_owned()));
/// assert_eq!(table.numbers("mass")?, [Some(1.5), Some(2.0), None]);
/// assert_eq!(table.select(&[2, 0]), Table::of([("sex", "female male"), ("mass", "? 1.5")]));
/// # Ok::<(), kit::InputError>(())
/// ```
#[derive(Clone, PartialEq, Default)]
pub struct Table {
    /// In the order of the file.
    pub columns: Vec<Column>,
}

/// One column of a [`Table`].
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What it is called in the header.
    pub name: String,
    /// One cell a row.
    pub cells: Cells,
}

/// What a [`Column`] holds; `None` is a gap.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Quantities; those that [`Table`] is made of by the katas are finite.
    Numbers(Vec<Option<f64>>),
    /// Names of categories.
    Words(Vec<Option<String>>),
}

impl Table {
    /// A small table written down column by column: cells separated by blanks, `?` for a gap. A column whose first cell
    /// (gaps aside) is a number holds numbers; where a later one is none, there is a gap.
    #[must_use]
    pub fn of<const N: usize>(columns: [(&str, &str); N]) -> Self {
        let column = |(name, cells): (&str, &str)| {
            let cells: Vec<Option<&str>> =
                cells.split_whitespace().map(|cell| (cell != "?").then_some(cell)).collect();
            let number = |cell: &str| cell.parse::<f64>().ok();
            let first = cells.iter().flatten().next();
            let cells = if first.is_some_and(|cell| number(cell).is_some()) {
                Cells::Numbers(cells.into_iter().map(|cell| cell.and_then(number)).collect())
            } else {
                Cells::Words(cells.into_iter().map(|cell| cell.map(ToOwned::to_owned)).collect())
            };
            Column { name: name.to_owned(), cells }
        };
        Self { columns: columns.map(column).into() }
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column of words of this name.
    ///
    /// # Errors
    ///
    /// [`InputError::NoColumn`] with `wanted` `"words"` if there is none, or one of numbers.
    pub fn words(&self, name: &str) -> Result<&[Option<String>], InputError> {
        match self.column(name).map(|column| &column.cells) {
            Some(Cells::Words(words)) => Ok(words),
            _ => Err(InputError::NoColumn { got: name.to_owned(), wanted: "words" }),
        }
    }

    /// The column of numbers of this name.
    ///
    /// # Errors
    ///
    /// [`InputError::NoColumn`] with `wanted` `"numbers"` if there is none, or one of words.
    pub fn numbers(&self, name: &str) -> Result<&[Option<f64>], InputError> {
        match self.column(name).map(|column| &column.cells) {
            Some(Cells::Numbers(numbers)) => Ok(numbers),
            _ => Err(InputError::NoColumn { got: name.to_owned(), wanted: "numbers" }),
        }
    }

    /// These rows, counted from 0, in this order.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let select = |column: &Column| Column { name: column.name.clone(), cells: column.cells.select(rows) };
        Self { columns: self.columns.iter().map(select).collect() }
    }
}

impl Cells {
    /// How many there are, gaps included.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Words(words) => words.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the cell in row i is a gap; a row that is not there is one.
    #[must_use]
    pub fn is_gap(&self, i: usize) -> bool {
        match self {
            Self::Numbers(numbers) => numbers.get(i).is_none_or(Option::is_none),
            Self::Words(words) => words.get(i).is_none_or(Option::is_none),
        }
    }

    fn select(&self, rows: &[usize]) -> Self {
        match self {
            Self::Numbers(numbers) => Self::Numbers(rows.iter().map(|&i| numbers[i]).collect()),
            Self::Words(words) => Self::Words(rows.iter().map(|&i| words[i].clone()).collect()),
        }
    }
}

/// Column by column, as in [`Table::of`]: `[sex: male ? female | mass: 1.5 2 ?]`.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = |column: &Column| {
            let cells: Vec<String> = match &column.cells {
                Cells::Numbers(numbers) => {
                    numbers.iter().map(|x| x.map_or("?".to_owned(), |x| x.to_string())).collect()
                }
                Cells::Words(words) => words.iter().map(|w| w.clone().unwrap_or("?".to_owned())).collect(),
            };
            let words =
                matches!(column.cells, Cells::Words(_)) && cells.iter().any(|c| c.parse::<f64>().is_ok());
            let kind = if words { " (words)" } else { "" };
            format!("{}{kind}: {}", column.name, cells.join(" "))
        };
        write!(f, "[{}]", self.columns.iter().map(column).collect::<Vec<_>>().join(" | "))
    }
}
