//! Tables, and their scales.

use judge::{Answer, Broken, any};
use katas::m10_pipeline::encoding::encode;
use kit::pipeline::{Encoded, Scale};
use kit::{Cells, Column, Generator, Table};
use proptest::prelude::*;

use super::super::draw::table;
use judge::any::{select, sizes};

pub fn scale(column: &str, mean: f64, deviation: f64) -> Scale {
    Scale { column: column.to_owned(), mean, deviation }
}

/// The scales of the drawn tables; in another order than the columns.
pub fn scales() -> [Scale; 2] {
    [scale("age", -1.0, 4.0), scale("mass", 0.5, 0.25)]
}

pub fn encoded(table: &Table, training: &Table) -> Result<Encoded, Broken> {
    encode(table, training, "kind", &scales()).accepted("encode(table, training, \"kind\", scales)")
}

/// Training rows, and others whose classes occur there; each class is in the training rows.
pub fn known_and_new() -> impl Strategy<Value = [Table; 2]> + Send + Sync + Clone {
    (table(1..=4), table(0..=4)).prop_map(|(training, mut new)| {
        let kinds = training.words("kind").map(<[Option<String>]>::to_vec).unwrap_or_default();
        let own: Vec<Option<String>> = (0..new.rows()).map(|i| kinds[i % kinds.len()].clone()).collect();
        new.columns[3].cells = Cells::Words(own);
        [training, new]
    })
}

/// The word of this number; a spelling without a place for it says how the words differ.
fn spelled(spelling: &str, number: usize) -> String {
    match spelling {
        "case" => "coat"
            .char_indices()
            .map(|(k, letter)| match number >> k & 1 {
                1 => letter.to_ascii_uppercase(),
                _ => letter,
            })
            .chain("x".repeat(number >> 4).chars())
            .collect(),
        "blanks" => [&" ".repeat(number / 2), "tan", &" ".repeat(number % 2)].concat(),
        _ => spelling.replace('#', &number.to_string()),
    }
}

/// Training and other rows: any number of categorical features, any number of categories in each.
pub fn words_of_any_number() -> impl Strategy<Value = [Table; 2]> + Send + Sync + Clone {
    let first = "the same words come first, and only then the number #";
    let spellings = select(vec!["w#", "w#", first, "# größer – Σ", "case", "blanks"]);
    (sizes([1..=3, 1..=3, 1..=4, 0..=4], [41, 65, 301, 301]), spellings, any::seed()).prop_map(
        |([cols, words, n, m], spelling, seed)| {
            let mut generator = Generator::from_seed(seed);
            // Now and then many words; and enough rows for all of them, with some to encode.
            let words = if seed.is_multiple_of(6) { words.max(40) } else { words };
            let (n, m) = (n.max(words), m.max(words / 8));
            let spelled = |number: usize| spelled(spelling, number);
            let mut table = |rows: usize, more: usize| {
                let mut column = |name: String, words: usize, missing: bool| {
                    let mut word = || {
                        let word = spelled(generator.below(words));
                        (!missing || generator.below(6) > 0).then_some(word)
                    };
                    Column { name, cells: Cells::Words((0..rows).map(|_| word()).collect()) }
                };
                let mut columns: Vec<Column> =
                    (0..cols).map(|j| column(format!("x{j}"), words + more, true)).collect();
                columns.insert(cols / 2, column("kind".to_owned(), words, false));
                Table { columns }
            };
            let (mut training, mut new) = (table(n, 0), table(m, 2));
            // One word of each column occurs once among the training rows, often late.
            for (j, column) in training.columns.iter_mut().enumerate() {
                let row = n - 1 - (seed as usize / (j + 1)) % n.div_ceil(8);
                if let Cells::Words(cells) = &mut column.cells {
                    cells[row] = Some(spelled(words + 1));
                }
            }
            // Each class of the new rows is known.
            let kinds = training.words("kind").map(<[Option<String>]>::to_vec).unwrap_or_default();
            new.columns[cols / 2].cells = Cells::Words(
                (0..m).map(|i| kinds[n - 1 - (5 * i + seed as usize % n) % n].clone()).collect(),
            );
            [training, new]
        },
    )
}
