use judge::{Answer, Broken, Verdict, any, ensure, equal, for_all, rejected};
use katas::x4_attention::positions::embedding;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::matrices::counting;

const CALL: &str = "embedding(tokens, table)";

/// Row after row the rows of the table, to the last bit: a NaN is equal to itself here.
fn agrees(tokens: &[usize], table: &Matrix) -> Verdict {
    let got = embedding(tokens, table).accepted(CALL)?;
    let look = "One row per token, one column per feature.";
    equal("the shape", got.shape(), (tokens.len(), table.cols()), look)?;
    for (i, &token) in tokens.iter().enumerate() {
        let bits = |row: &[f64]| row.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        ensure(bits(got.row(i)) == bits(table.row(token)), || {
            let look = "Row i is the row of the table that token i names, as it is.";
            Broken::answer(format!("row {i} = {:?}", got.row(i)), format!("{:?}", table.row(token)), look)
        })?;
    }
    Ok(())
}

/// So many tokens, the last of the vocabulary among them.
fn drawn(n: usize, vocabulary: usize, seed: u64) -> Vec<usize> {
    let mut generator = Generator::from_seed(seed);
    let mut tokens: Vec<usize> = (0..n).map(|_| generator.below(vocabulary)).collect();
    tokens.iter_mut().take(1).for_each(|token| *token = vocabulary - 1);
    generator.shuffle(&mut tokens);
    tokens
}

#[test]
fn rows_are_those_of_the_table() {
    let inputs = (1..=4_usize, 0..=4_usize, 1..=3_usize)
        .prop_flat_map(|(vocabulary, n, d)| (any::vec(0..vocabulary, n), any::matrix(vocabulary, d)));
    for_all("tokens, table", inputs).holds(|(tokens, table)| agrees(tokens, table));
}

#[test]
fn equal_tokens_have_equal_rows() {
    for_all("table, n", (any::any_matrix(1..=4, 1..=4), any::part(1..=5_usize))).cases(64).holds(
        |(table, n)| {
            let token = table.rows() - 1;
            let got = embedding(&vec![token; *n], table).accepted(CALL)?;
            let want = Matrix::from_fn(*n, table.cols(), |_, j| table[(token, j)]);
            equal(CALL, got, want, "The row depends on the token, not on its place.")
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::positions::embedding;
        use kit::Matrix;
        let table = Matrix::from_rows([[0.5, 1.0], [2.0, 3.0]]);
        let rows = Matrix::from_rows([[2.0, 3.0], [2.0, 3.0], [0.5, 1.0]]);
        assert_eq!(embedding(&[1, 1, 0], &table), Ok(rows));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs = (any::sizes([1..=6, 0..=6, 0..=4], [301, 301, 301]), any::kinds(), any::seed())
            .prop_flat_map(|([vocabulary, n, d], [kind, _], seed)| {
                let filled = move |x: Vec<f64>| Matrix::from_fn(vocabulary, d, |i, j| x[i * d + j]);
                let table = any::part(any::numbers(kind, vocabulary * d)).prop_map(filled);
                (Just(drawn(n, vocabulary, seed)), table)
            });
        for_all("tokens, table", inputs).cases(128).holds(|(tokens, table)| agrees(tokens, table));
    }

    #[test]
    fn copies_what_is_not_finite() {
        let inputs = (any::many(1..=4, 301), any::several(1..=3), any::not_finite(), any::seed());
        for_all("vocabulary, d, bad, seed", inputs).cases(64).holds(|&(vocabulary, d, bad, seed)| {
            let mut table = counting(vocabulary, d);
            let tokens = drawn(4, vocabulary, seed);
            table[(tokens[0], seed as usize % d)] = bad;
            agrees(&tokens, &table)
        });
    }

    #[test]
    fn no_tokens_have_no_rows() {
        for_all("vocabulary, d", (any::part(0..=3_usize), any::several(0..=3)))
            .cases(32)
            .holds(|&(vocabulary, d)| agrees(&[], &counting(vocabulary, d)));
    }

    #[test]
    fn rejects_tokens_that_are_unknown() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let more = any::select(vec![0_usize, 1, 256, usize::MAX >> 12]);
        for_all("n and i, vocabulary, more", (place, any::many(0..=4, 301), more)).cases(96).holds(
            |&((n, i), classes, more)| {
                let mut tokens = vec![classes.saturating_sub(1); n];
                if classes == 0 {
                    tokens[0] = more;
                } else {
                    // The first one counts.
                    tokens[n - 1] = usize::MAX;
                    tokens[i] = classes + more;
                }
                let index = if classes == 0 { 0 } else { i };
                let want = InputError::UnknownClass { index, got: classes + more, classes };
                let look = "Tokens are numbered from 0 to V − 1.";
                rejected(CALL, embedding(&tokens, &counting(classes, 2)), want, look)
            },
        );
    }
}
