use kit::{InputError, Matrix, check};

use super::super::altered::{each, nan_as_zero, single, turned};
use crate::reference::x4_attention::positions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Embedded = Result<Matrix, InputError>;
type Embedding = fn(&[usize], &Matrix) -> Embedded;

/// The kata, answered by a specimen.
pub fn embedding(tokens: &[usize], table: &Matrix) -> Result<Matrix, InputError> {
    answering::<Embedding>(
        module_path!(),
        reference::embedding,
        &[
            wheat("row_after_row", "puts the rows one after the other", |tokens, table| {
                check::labels(tokens, table.rows())?;
                let data: Vec<f64> = tokens.iter().flat_map(|&token| table.row(token).to_vec()).collect();
                Matrix::new(tokens.len(), table.cols(), data)
            }),
            wheat("column_by_column", "fills one column after the other", |tokens, table| {
                check::labels(tokens, table.rows())?;
                let mut rows = Matrix::zeros(tokens.len(), table.cols());
                for j in 0..table.cols() {
                    tokens.iter().enumerate().for_each(|(i, &token)| rows[(i, j)] = table[(token, j)]);
                }
                Ok(rows)
            }),
            chaff("one_hot", "The embedding is a product with one-hot rows.", |tokens, table| {
                check::labels(tokens, table.rows())?;
                Ok(Matrix::from_fn(tokens.len(), table.cols(), |i, j| {
                    (0..table.rows()).map(|k| if k == tokens[i] { 1.0 } else { 0.0 } * table[(k, j)]).sum()
                }))
            }),
            chaff("numbered_from_1", "Tokens are numbered from 1.", |tokens, table| {
                reference::embedding(tokens, table)?;
                let before: Vec<usize> = tokens.iter().map(|token| token.saturating_sub(1)).collect();
                reference::embedding(&before, table)
            }),
            chaff("unknown_as_last", "An unknown token has the last row.", |tokens, table| {
                if table.rows() == 0 {
                    return reference::embedding(tokens, table);
                }
                let known: Vec<usize> = tokens.iter().map(|token| *token.min(&(table.rows() - 1))).collect();
                reference::embedding(&known, table)
            }),
            chaff("unknown_as_zeros", "An unknown token has a row of zeros.", |tokens, table| {
                Ok(Matrix::from_fn(tokens.len(), table.cols(), |i, j| {
                    if tokens[i] < table.rows() { table[(tokens[i], j)] } else { 0.0 }
                }))
            }),
            chaff("padding", "Token 0 is padding and has a row of zeros.", |tokens, table| {
                let rows = reference::embedding(tokens, table)?;
                Ok(Matrix::from_fn(
                    rows.rows(),
                    rows.cols(),
                    |i, j| {
                        if tokens[i] == 0 { 0.0 } else { rows[(i, j)] }
                    },
                ))
            }),
            chaff("transposed", "A token is a column.", |tokens, table| {
                Ok(turned(&reference::embedding(tokens, table)?))
            }),
            chaff("scaled", "Embeddings are multiplied by √d.", |tokens, table| {
                let root = (table.cols() as f64).sqrt();
                Ok(each(&reference::embedding(tokens, table)?, |x| x * root))
            }),
            chaff("each_once", "A token that comes again needs no row.", |tokens, table| {
                let mut once = tokens.to_vec();
                once.dedup();
                reference::embedding(tokens, table)?;
                reference::embedding(&once, table)
            }),
            chaff("first_token", "The first token stands for all.", |tokens, table| {
                reference::embedding(tokens, table)?;
                reference::embedding(&vec![tokens.first().copied().unwrap_or(0); tokens.len()], table)
            }),
            chaff("sorted", "The order of the tokens does not matter.", |tokens, table| {
                let mut sorted = tokens.to_vec();
                sorted.sort_unstable();
                reference::embedding(tokens, table)?;
                reference::embedding(&sorted, table)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |tokens, table| {
                Ok(each(&reference::embedding(tokens, table)?, single))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |tokens, table| {
                Ok(each(&reference::embedding(tokens, table)?, nan_as_zero))
            }),
            chaff("finite_only", "A table holds finite numbers.", |tokens, table| {
                check::finite("table", table.as_slice())?;
                reference::embedding(tokens, table)
            }),
            chaff("empty", "There is a token at least.", |tokens, table| {
                check::at_least(1, tokens.len())?;
                reference::embedding(tokens, table)
            }),
            chaff("no_width", "Without tokens there are no columns.", |tokens, table| {
                let rows = reference::embedding(tokens, table)?;
                Ok(if tokens.is_empty() { Matrix::zeros(0, 0) } else { rows })
            }),
            chaff("last_row_unknown", "The last row of the table is not a token's.", |tokens, table| {
                check::labels(tokens, table.rows().saturating_sub(1))?;
                reference::embedding(tokens, table)
            }),
            chaff("bytes", "A token fits into a byte.", |tokens, table| {
                reference::embedding(tokens, table)?;
                let bytes: Vec<usize> = tokens.iter().map(|token| token % 256).collect();
                reference::embedding(&bytes, table)
            }),
        ],
    )(tokens, table)
}
