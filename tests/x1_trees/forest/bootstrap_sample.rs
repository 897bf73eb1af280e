use judge::{Answer, Broken, any, drawn_with, ensure, equal, example, for_all, mean_near, rejected};
use katas::x1_trees::forest::bootstrap_sample;
use kit::{Generator, InputError};
use proptest::prelude::*;

const CALL: &str = "bootstrap_sample(n, generator)";

fn drawn(n: usize, generator: &mut Generator) -> Result<Vec<usize>, Broken> {
    let mut rows = bootstrap_sample(n, generator).accepted(CALL)?;
    equal("the number of rows", rows.len(), n, "As many as there are rows.")?;
    let look = "Rows count from 0.";
    ensure(rows.iter().all(|row| *row < n), || {
        Broken::answer(format!("{CALL} = {rows:?}"), format!("row numbers below {n}"), look)
    })?;
    // The order is not specified.
    rows.sort_unstable();
    Ok(rows)
}

#[test]
fn draws_as_many_rows_as_there_are() {
    for_all("n, seed", (any::many(1..=9, 1025), any::seed()))
        .holds(|&(n, seed)| drawn(n, &mut Generator::from_seed(seed)).map(|_| ()));
}

#[test]
fn draws_with_replacement() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        // Each of the 27 results is equally likely; so many of them are the same but for their order.
        const KINDS: [([usize; 3], f64); 10] = [
            ([0, 0, 0], 1.0),
            ([0, 0, 1], 3.0),
            ([0, 0, 2], 3.0),
            ([0, 1, 1], 3.0),
            ([0, 1, 2], 6.0),
            ([0, 2, 2], 3.0),
            ([1, 1, 1], 1.0),
            ([1, 1, 2], 3.0),
            ([1, 2, 2], 3.0),
            ([2, 2, 2], 1.0),
        ];
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 10]);
        for _ in 0..1500 {
            let rows = drawn(3, &mut generator)?;
            let kind = KINDS.iter().position(|(kind, _)| rows == kind).unwrap_or(0);
            counts[kind] += 1;
        }
        let names = KINDS.map(|(kind, _)| format!("{kind:?}"));
        let probabilities = KINDS.map(|(_, of_27)| of_27 / 27.0);
        let look = "Each draw gives each row with the same probability, whatever was drawn before.";
        drawn_with("three of three rows", &names, &counts, &probabilities, look)
    });
}

#[test]
fn leaves_out_a_third_of_many_rows() {
    for_all("n, seed", (any::select(vec![13_usize, 101, 301, 1025]), any::seed())).cases(8).holds(
        |&(n, seed)| {
            let (mut generator, mut shares) = (Generator::from_seed(seed), 0.0);
            let samples = 200;
            for _ in 0..samples {
                let mut rows = drawn(n, &mut generator)?;
                rows.dedup();
                shares += (n - rows.len()) as f64 / n as f64;
            }
            let want = (1.0 - 1.0 / n as f64).powi(n as i32);
            let look = "A row is missed by each of n draws with probability 1 − 1/n.";
            mean_near("the fraction never drawn", shares / samples as f64, samples, 1.0, want, look)
        },
    );
}

#[test]
fn depends_on_the_generator_only() {
    let n = any::select(vec![40_usize, 65, 101, 257, 1025]);
    for_all("n, seed", (n, any::seed())).cases(24).holds(|&(n, seed)| {
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let rows = drawn(n, &mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        equal("the sample from the same state", drawn(n, &mut again)?, rows.clone(), look)?;
        // Two samples of 40 rows are the same with a chance far below 10⁻¹⁰.
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", drawn(n, &mut first)?),
            ("another seed", drawn(n, &mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other != rows, || {
                Broken::answer(format!("the same rows from {what}"), "other rows", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::forest::bootstrap_sample;
        let rows = bootstrap_sample(5, &mut kit::Generator::from_seed(1))?;
        assert!(rows.len() == 5 && rows.iter().all(|&row| row < 5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn samples_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 9]);
            let kind = |rows: Vec<usize>| rows.iter().sum::<usize>();
            for _ in 0..900 {
                let pair = [drawn(2, &mut generator)?, drawn(2, &mut generator)?].map(kind);
                counts[3 * pair[0] + pair[1]] += 1;
            }
            let names: Vec<String> = (0..9).map(|k| format!("sums {} and {}", k / 3, k % 3)).collect();
            let shares = [0.25, 0.5, 0.25];
            let probabilities: Vec<f64> = (0..9).map(|k| shares[k / 3] * shares[k % 3]).collect();
            let look = "The next sample does not depend on this one.";
            drawn_with("two samples of two rows", &names, &counts, &probabilities, look)
        });
    }

    #[test]
    fn each_of_many_rows_is_equally_likely() {
        for_all("n, seed", (any::select(vec![17_usize, 101, 301, 1025, 5001]), any::seed())).cases(10).holds(
            |&(n, seed)| {
                // The rows in eight parts, as even as they go.
                let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 8]);
                for _ in 0..(20_000 / n) {
                    drawn(n, &mut generator)?.iter().for_each(|row| counts[8 * row / n] += 1);
                }
                let first = |part: usize| (part * n).div_ceil(8);
                let names: Vec<String> =
                    (0..8).map(|part| format!("rows {} to {}", first(part), first(part + 1) - 1)).collect();
                let probabilities: Vec<f64> =
                    (0..8).map(|part| (first(part + 1) - first(part)) as f64 / n as f64).collect();
                let look = "Each row is as likely as any other. Does rounding or a remainder favor some?";
                drawn_with(CALL, &names, &counts, &probabilities, look)
            },
        );
    }

    #[test]
    fn a_row_may_come_any_number_of_times() {
        let n = any::select(vec![6_usize, 20, 20]);
        let inputs = n.prop_flat_map(|n| (Just(n), any::place(n), any::seed()));
        for_all("n, row, seed", inputs).cases(4).holds(|&(n, row, seed)| {
            let (mut generator, mut times, mut pairs) = (Generator::from_seed(seed), [0; 4], [0; 4]);
            // Rows in twos: 0 and 1, 2 and 3, …
            let partner = row ^ 1;
            for _ in 0..(120_000 / n) {
                let rows = drawn(n, &mut generator)?;
                let often = |row: usize| rows.iter().filter(|drawn| **drawn == row).count();
                times[[0, 1, 2, 2, 3][often(row).min(4)]] += 1;
                pairs[2 * often(row).min(1) + often(partner).min(1)] += 1;
            }
            // Binomial: of n draws k give the row, each with probability 1/n.
            let p = 1.0 / n as f64;
            let exactly = |k: usize| {
                let ways: f64 = (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product();
                ways * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)
            };
            let [never, once, more] = [exactly(0), exactly(1), exactly(2) + exactly(3)];
            let probabilities = [never, once, more, 1.0 - never - once - more];
            let names = ["never", "once", "twice or three times", "four times or more"];
            let look = "Each draw gives each row with the same probability, however often it came before.";
            drawn_with(&format!("row {row} in samples of {n}"), &names, &times, &probabilities, look)?;
            let [neither, one] = [(1.0 - 2.0 * p).powi(n as i32), (1.0 - p).powi(n as i32)];
            let probabilities = [neither, one - neither, one - neither, 1.0 - 2.0 * one + neither];
            let names = ["neither", "the second only", "the first only", "both"];
            let call = format!("the rows {row} and {partner} in samples of {n}");
            drawn_with(&call, &names, &pairs, &probabilities, "Rows side by side are drawn like any others.")
        });
    }

    #[test]
    fn of_many_rows_some_come_seven_times() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            // By Bonferroni's inequality a sample has such a row with a probability above 0.08: it is one of 300 samples that
            // have none with a chance below 0.92³⁰⁰ < 2·10⁻¹¹.
            let (mut generator, mut most) = (Generator::from_seed(seed), 0);
            for _ in 0..300 {
                let rows = drawn(1025, &mut generator)?;
                most = rows.chunk_by(|a, b| a == b).map(<[usize]>::len).fold(most, usize::max);
            }
            ensure(most >= 7, || {
                let look =
                    "Each draw gives each row with the same probability, however often it came before.";
                let got = format!("in 300 samples of 1025 rows no row comes more than {most} times");
                Broken::answer(got, "some row seven times or more", look)
            })
        });
    }

    #[test]
    fn one_row_is_drawn_once() {
        for_all("seed", any::seed()).cases(16).holds(|&seed| {
            let got = drawn(1, &mut Generator::from_seed(seed))?;
            equal("bootstrap_sample(1, …)", got, vec![0], "There is only row 0.")
        });
    }

    #[test]
    fn rejects_no_rows() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let got = bootstrap_sample(0, &mut Generator::from_seed(1));
            rejected("bootstrap_sample(0, …)", got, want, "There is nothing to draw from.")
        });
    }
}
