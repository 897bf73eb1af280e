//! A table in the form that `load` of milestone 10 reads.

use csv::WriterBuilder;

use super::columns::Column;

/// Comma-separated values in UTF-8; a missing value is an empty cell.
pub(super) fn write(columns: &[Column]) -> Result<String, String> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let failed = |error: csv::Error| format!("cannot write the normalized table: {error}");
    writer.write_record(columns.iter().map(|column| &column.name)).map_err(failed)?;
    for i in 0..columns.first().map_or(0, |column| column.cells.len()) {
        let row = columns.iter().map(|column| column.cells[i].as_deref().unwrap_or_default());
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}
