use kit::{Generator, InputError};

use crate::reference::x1_trees::forest as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Rows = Result<Vec<usize>, InputError>;
type BootstrapSample = fn(usize, &mut Generator) -> Rows;

/// The kata, answered by a specimen.
pub fn bootstrap_sample(n: usize, generator: &mut Generator) -> Result<Vec<usize>, InputError> {
    answering::<BootstrapSample>(
        module_path!(),
        reference::bootstrap_sample,
        &[
            wheat("scaled", "scales uniform numbers", |n, g| {
                usable(n)?;
                Ok((0..n).map(|_| ((g.uniform() * n as f64) as usize).min(n - 1)).collect())
            }),
            wheat("sorted", "counts how often each row is drawn", |n, g| {
                usable(n)?;
                let mut counts = vec![0; n];
                (0..n).for_each(|_| counts[g.below(n)] += 1);
                Ok((0..n).flat_map(|row| vec![row; counts[row]]).collect())
            }),
            wheat("last_first", "draws the last one first", |n, g| {
                let mut rows = reference::bootstrap_sample(n, g)?;
                rows.reverse();
                Ok(rows)
            }),
            chaff("shuffled", "A bootstrap sample is the rows in a random order.", |n, g| {
                usable(n)?;
                let mut rows: Vec<usize> = (0..n).collect();
                g.shuffle(&mut rows);
                Ok(rows)
            }),
            chaff("all_rows", "A bootstrap sample holds all rows.", |n, _| {
                usable(n)?;
                Ok((0..n).collect())
            }),
            chaff("two_thirds", "A bootstrap sample is two thirds of the rows.", |n, g| {
                usable(n)?;
                let mut rows: Vec<usize> = (0..n).collect();
                g.shuffle(&mut rows);
                rows.truncate((2 * n).div_ceil(3));
                Ok(rows)
            }),
            chaff("distinct", "Rows that were drawn twice count once.", |n, g| {
                let mut rows = reference::bootstrap_sample(n, g)?;
                rows.sort_unstable();
                rows.dedup();
                Ok(rows)
            }),
            chaff("from_one", "Rows count from 1.", |n, g| {
                Ok(reference::bootstrap_sample(n, g)?.into_iter().map(|row| row + 1).collect())
            }),
            chaff("last_never", "below(n − 1) draws the rows up to n − 1.", |n, g| {
                usable(n)?;
                Ok((0..n).map(|_| if n > 1 { g.below(n - 1) } else { 0 }).collect())
            }),
            chaff("rounded", "Rounding a uniform number times n − 1 is fair.", |n, g| {
                usable(n)?;
                Ok((0..n).map(|_| (g.uniform() * (n - 1) as f64).round() as usize).collect())
            }),
            chaff("a_block", "A random start and n rows from there are a random sample.", |n, g| {
                usable(n)?;
                let start = g.below(n);
                Ok((0..n).map(|i| (start + i / 2) % n).collect())
            }),
            chaff("one_draw", "One row is drawn and taken n times.", |n, g| {
                usable(n)?;
                Ok(vec![g.below(n); n])
            }),
            chaff("never_twice_in_a_row", "The same row is not drawn twice in a row.", |n, g| {
                usable(n)?;
                let mut rows: Vec<usize> = Vec::new();
                while rows.len() < n {
                    let row = g.below(n);
                    if n < 2 || rows.last() != Some(&row) {
                        rows.push(row);
                    }
                }
                Ok(rows)
            }),
            chaff("a_byte", "A row number fits into one byte.", |n, g| {
                Ok(reference::bootstrap_sample(n, g)?.into_iter().map(|row| row % 256).collect())
            }),
            chaff("a_thousand", "There are at most a thousand rows.", |n, g| {
                usable(n)?;
                Ok((0..n).map(|_| g.below(n.min(1000))).collect())
            }),
            chaff("at_most_three_times", "No row is drawn more than three times.", |n, g| {
                usable(n)?;
                let (mut rows, mut times) = (Vec::new(), vec![0; n]);
                while rows.len() < n {
                    let row = g.below(n);
                    if times[row] < 3 {
                        times[row] += 1;
                        rows.push(row);
                    }
                }
                Ok(rows)
            }),
            chaff("at_most_six_times", "No row of many comes more than six times.", |n, g| {
                usable(n)?;
                let (mut rows, mut times) = (Vec::new(), vec![0; n]);
                while rows.len() < n {
                    let row = g.below(n);
                    if times[row] < 6 {
                        times[row] += 1;
                        rows.push(row);
                    }
                }
                Ok(rows)
            }),
            chaff("two_of_each_pair", "Two draws from each two rows spread the sample evenly.", |n, g| {
                usable(n)?;
                let even = n % 2 == 0 && n > 12;
                Ok((0..n).map(|i| if even { i / 2 * 2 + g.below(2) } else { g.below(n) }).collect())
            }),
            chaff("always_the_same", "A fixed seed inside the function makes it reproducible.", |n, _| {
                reference::bootstrap_sample(n, &mut Generator::from_seed(42))
            }),
            chaff("generator_not_moved", "A clone of the generator is as random.", |n, g| {
                reference::bootstrap_sample(n, &mut g.clone())
            }),
            chaff("empty", "Of no rows the sample is empty.", |n, g| {
                if n == 0 { Ok(Vec::new()) } else { reference::bootstrap_sample(n, g) }
            }),
        ],
    )(n, generator)
}

fn usable(n: usize) -> Rows {
    kit::check::at_least(1, n).map(|()| Vec::new())
}
