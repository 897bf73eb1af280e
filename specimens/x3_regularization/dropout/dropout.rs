use kit::{Generator, InputError, Matrix, check};

use super::super::making::{each, last, nan_as_zero, single};
use crate::reference::x3_regularization::dropout as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Dropped = Result<(Matrix, Matrix), InputError>;
type Dropout = fn(&Matrix, f64, &mut Generator) -> Dropped;

/// The kata, answered by a specimen.
pub fn dropout(x: &Matrix, rate: f64, generator: &mut Generator) -> Result<(Matrix, Matrix), InputError> {
    answering::<Dropout>(
        module_path!(),
        reference::dropout,
        &[
            wheat("keeps_below", "keeps an entry if the number is below 1 − p", |x, rate, g| {
                drawn(
                    x,
                    rate,
                    g,
                    |_, rate, g| if g.uniform() < 1.0 - rate { 1.0 / (1.0 - rate) } else { 0.0 },
                )
            }),
            wheat("from_the_end", "draws the mask from the last entry to the first", |x, rate, g| {
                usable(x, rate)?;
                let (n, d) = x.shape();
                let mut mask = Matrix::zeros(n, d);
                for k in (0..n * d).rev() {
                    mask[(k / d, k % d)] = kept(rate, g);
                }
                Ok((times(x, &mask), mask))
            }),
            wheat("divides_the_entries", "divides x by 1 − p", |x, rate, g| {
                let (_, mask) = drawn(x, rate, g, |_, rate, g| kept(rate, g))?;
                let y = |i, j| if mask[(i, j)] == 0.0 { 0.0 } else { x[(i, j)] / (1.0 - rate) };
                Ok((Matrix::from_fn(x.rows(), x.cols(), y), mask))
            }),
            chaff("not_scaled", "What is kept stays as it is.", |x, rate, g| {
                drawn(x, rate, g, |_, rate, g| if g.uniform() < rate { 0.0 } else { 1.0 })
            }),
            chaff("mask_not_scaled", "The mask is 0 or 1.", |x, rate, g| {
                let (y, mask) = reference::dropout(x, rate, g)?;
                Ok((y, each(&mask, |m| if m == 0.0 { 0.0 } else { 1.0 })))
            }),
            chaff("output_not_scaled", "The mask alone is scaled.", |x, rate, g| {
                let (_, mask) = reference::dropout(x, rate, g)?;
                Ok((times(x, &each(&mask, |m| if m == 0.0 { 0.0 } else { 1.0 })), mask))
            }),
            chaff("rate_is_kept", "p is the probability that an entry is kept.", |x, rate, g| {
                drawn(x, rate, g, |_, rate, g| if g.uniform() < rate { 1.0 / (1.0 - rate) } else { 0.0 })
            }),
            chaff("divided_by_p", "What is kept is divided by p.", |x, rate, g| {
                drawn(x, rate, g, |_, rate, g| {
                    if g.uniform() < rate { 0.0 } else { 1.0 / if rate > 0.0 { rate } else { 1.0 } }
                })
            }),
            chaff("scaled_down", "What is kept is multiplied by 1 − p.", |x, rate, g| {
                drawn(x, rate, g, |_, rate, g| if g.uniform() < rate { 0.0 } else { 1.0 - rate })
            }),
            chaff("one_per_row", "One number decides for all features of a sample.", |x, rate, g| {
                usable(x, rate)?;
                let rows: Vec<f64> = (0..x.rows()).map(|_| kept(rate, g)).collect();
                let mask = Matrix::from_fn(x.rows(), x.cols(), |i, _| rows[i]);
                Ok((times(x, &mask), mask))
            }),
            chaff("one_per_column", "One mask is used for the whole batch.", |x, rate, g| {
                usable(x, rate)?;
                let columns: Vec<f64> = (0..x.cols()).map(|_| kept(rate, g)).collect();
                let mask = Matrix::from_fn(x.rows(), x.cols(), |_, j| columns[j]);
                Ok((times(x, &mask), mask))
            }),
            chaff("exact_share", "Exactly the share p of the entries is dropped.", |x, rate, g| {
                usable(x, rate)?;
                let (n, d) = x.shape();
                let dropped = (rate * (n * d) as f64).round() as usize;
                let mut order: Vec<usize> = (0..n * d).collect();
                g.shuffle(&mut order);
                let mut mask = each(x, |_| 1.0 / (1.0 - rate));
                order[..dropped].iter().for_each(|k| mask[(k / d, k % d)] = 0.0);
                Ok((times(x, &mask), mask))
            }),
            chaff(
                "scaled_by_what_is_kept",
                "The factor is that of the share that was kept.",
                |x, rate, g| {
                    let (_, mask) = reference::dropout(x, rate, g)?;
                    let left = mask.as_slice().iter().filter(|m| **m != 0.0).count().max(1);
                    let factor = mask.as_slice().len() as f64 / left as f64;
                    let mask = each(&mask, |m| if m == 0.0 { 0.0 } else { factor });
                    Ok((times(x, &mask), mask))
                },
            ),
            chaff("evaluates", "Dropout returns its input.", |x, rate, _| {
                usable(x, rate)?;
                Ok((x.clone(), each(x, |_| 1.0)))
            }),
            chaff("half", "Half of the entries are dropped.", |x, rate, g| {
                drawn(
                    x,
                    rate,
                    g,
                    |_, rate, g| if g.uniform() < 0.5 && rate > 0.0 { 0.0 } else { 1.0 / (1.0 - rate) },
                )
            }),
            chaff("small_entries", "The smallest entries are dropped.", |x, rate, g| {
                drawn(x, rate, g, |x, rate, g| {
                    if x.abs() < 8.0 * rate && g.uniform() < 1.0 { 0.0 } else { 1.0 / (1.0 - rate) }
                })
            }),
            chaff("a_hundred_rows", "A hundred samples are enough.", |x, rate, g| {
                let (_, mut mask) = reference::dropout(x, rate, g)?;
                (100..x.rows()).for_each(|i| (0..x.cols()).for_each(|j| mask[(i, j)] = 1.0 / (1.0 - rate)));
                Ok((times(x, &mask), mask))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, rate, g| {
                usable(x, rate)?;
                let (_, mask) = reference::dropout(x, rate, g)?;
                Ok((times(&each(x, single), &mask), mask))
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |x, rate, _| reference::dropout(x, rate, &mut Generator::from_seed(42)),
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |x, rate, g| {
                reference::dropout(x, rate, &mut g.clone())
            }),
            chaff("nothing_left", "With p = 1 everything is 0.", |x, rate, g| {
                if rate == 1.0 {
                    Ok((each(x, |_| 0.0), each(x, |_| 0.0)))
                } else {
                    reference::dropout(x, rate, g)
                }
            }),
            chaff("percent", "A rate above 1 is a percentage.", |x, rate, g| {
                reference::dropout(x, if rate > 1.0 { rate / 100.0 } else { rate }, g)
            }),
            chaff("negative_is_0", "A negative rate drops nothing.", |x, rate, g| {
                reference::dropout(x, if rate < 0.0 { 0.0 } else { rate }, g)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, rate, g| {
                reference::dropout(&each(x, nan_as_zero), rate, g)
            }),
            chaff("any_size", "A product is finite.", |x, rate, g| {
                check::finite("x", x.as_slice())?;
                reference::dropout(&each(x, |x| x.clamp(-1e150, 1e150)), rate, g)
            }),
            chaff("empty", "Without entries there is nothing to drop.", |x, rate, g| {
                check::at_least(1, x.rows().min(x.cols()))?;
                reference::dropout(x, rate, g)
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |x, rate, g| {
                check::all_in_range(
                    "x",
                    x.as_slice(),
                    |v| v.is_nan() || v.abs() <= 1e150,
                    "at most 10¹⁵⁰ in size",
                )?;
                reference::dropout(x, rate, g)
            }),
            chaff("last_number", "Any number that is not finite or too large may be named.", |x, rate, g| {
                reference::dropout(x, rate, g)
                    .map_err(|error| last(error, "x", x.as_slice(), |v| v.abs() <= 1e150))
            }),
            chaff("zeros_kept", "An entry that is 0 need not be dropped.", |x, rate, g| {
                drawn(
                    x,
                    rate,
                    g,
                    |x, rate, g| if kept(rate, g) > 0.0 || x == 0.0 { 1.0 / (1.0 - rate) } else { 0.0 },
                )
            }),
            chaff("whole_percent", "A rate is a whole percentage.", |x, rate, g| {
                let (_, mask) = drawn(x, rate, g, |_, rate, g| {
                    if (g.below(100) as f64) < (rate * 100.0).round() { 0.0 } else { 1.0 / (1.0 - rate) }
                })?;
                if rate == 0.0 {
                    return reference::dropout(x, rate, g);
                }
                Ok((times(x, &mask), mask))
            }),
            chaff("repeated", "A thousand numbers are enough for a mask.", |x, rate, g| {
                usable(x, rate)?;
                let few: Vec<f64> = (0..1000).map(|_| kept(rate, g)).collect();
                let d = x.cols();
                let mask = Matrix::from_fn(x.rows(), d, |i, j| few[(i * d + j) % 1000]);
                Ok((times(x, &mask), mask))
            }),
            chaff("one_row_further", "The generator moves by one row.", |x, rate, g| {
                let answer = reference::dropout(x, rate, &mut g.clone())?;
                (0..x.cols()).for_each(|_| {
                    g.uniform();
                });
                Ok(answer)
            }),
            chaff("wide_layers", "A wide layer is dropped half as often.", |x, rate, g| {
                if x.cols() <= 100 {
                    return reference::dropout(x, rate, g);
                }
                drawn(
                    x,
                    rate,
                    g,
                    |_, rate, g| if g.uniform() < rate / 2.0 { 0.0 } else { 1.0 / (1.0 - rate) },
                )
            }),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |x, rate, g| reference::dropout(x, if rate < 0.0 && rate > -1e-12 { 0.0 } else { rate }, g),
            ),
            chaff("exact_share_of_many", "Of many entries exactly the share p is dropped.", |x, rate, g| {
                usable(x, rate)?;
                let (places, d) = (x.rows() * x.cols(), x.cols());
                if places < 20 {
                    return reference::dropout(x, rate, g);
                }
                let mut order: Vec<usize> = (0..places).collect();
                g.shuffle(&mut order);
                let mut mask = Matrix::zeros(x.rows(), d);
                let kept = places - (rate * places as f64).round() as usize;
                order[..kept].iter().for_each(|k| mask[(k / d, k % d)] = 1.0 / (1.0 - rate));
                Ok((times(x, &mask), mask))
            }),
        ],
    )(x, rate, generator)
}

fn usable(x: &Matrix, rate: f64) -> Dropped {
    reference::dropout(x, rate, &mut Generator::from_seed(0))
}

fn kept(rate: f64, generator: &mut Generator) -> f64 {
    if generator.uniform() < rate { 0.0 } else { 1.0 / (1.0 - rate) }
}

fn times(x: &Matrix, mask: &Matrix) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * mask[(i, j)])
}

/// A mask that is drawn entry by entry.
fn drawn(
    x: &Matrix,
    rate: f64,
    generator: &mut Generator,
    entry: fn(f64, f64, &mut Generator) -> f64,
) -> Dropped {
    usable(x, rate)?;
    let d = x.cols();
    let mut mask = Matrix::zeros(x.rows(), d);
    for k in 0..x.rows() * d {
        mask[(k / d, k % d)] = entry(x[(k / d, k % d)], rate, generator);
    }
    Ok((times(x, &mask), mask))
}
