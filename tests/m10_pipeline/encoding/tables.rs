//! Tables, and their scales.

use judge::{Answer, Broken};
use katas::m10_pipeline::encoding::encode;
use kit::pipeline::{Encoded, Scale};
use kit::{Cells, Table};
use proptest::prelude::*;

use super::super::draw::table;

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
