use kit::{Generator, InputError};

use crate::reference::m01_linear_algebra::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<f64, InputError>;
type Candidate<'a> = &'a reference::DotProduct<'a>;
type Judge = fn(Candidate<'_>) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_dot_product(candidate: &reference::DotProduct<'_>) -> bool {
    answering::<Judge>(
        module_path!(),
        reference::accepts_dot_product,
        &[
            wheat(
                "by_table",
                "tests worked examples of every length, exact ones and some of sevenths",
                |claim| {
                    (0..=16).all(|n| {
                        sums(claim, &counting(n), &alternating(n), 0.0)
                            && sums(claim, &sevenths(n), &counting(n), 1e-10)
                    }) && corners(claim)
                },
            ),
            wheat("by_algebra", "tests bilinearity and the products of basis vectors", |claim| {
                let mut draw = Generator::from_seed(5);
                let mut vector = |n: usize| (0..n).map(|_| draw.uniform_in(-9.0, 9.0)).collect::<Vec<f64>>();
                let linear = (0..=16).all(|n| {
                    let (x, y, z) = (vector(n), vector(n), vector(n));
                    let sum: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x + 3.0 * y).collect();
                    additive(claim(&sum, &z), claim(&x, &z), claim(&y, &z))
                        && additive(claim(&z, &sum), claim(&z, &x), claim(&z, &y))
                });
                linear && units(claim) && corners(claim)
            }),
            wheat(
                "exact",
                "counts in 64ths, where nothing rounds, with a tolerance only for thirds",
                |claim| {
                    let mut draw = Generator::from_seed(6);
                    let mut eighths =
                        |n: usize| (0..n).map(|_| draw.below(129) as f64 / 8.0 - 8.0).collect::<Vec<f64>>();
                    (0..=16).flat_map(|n| [n; 3]).all(|n| {
                        let (x, y) = (eighths(n), eighths(n));
                        let thirds: Vec<f64> = x.iter().map(|x| x / 3.0).collect();
                        sums(claim, &x, &y, 0.0) && sums(claim, &thirds, &y, 1e-12)
                    }) && corners(claim)
                },
            ),
            wheat(
                "at_random",
                "a thousand random pairs within n·ε·Σ|xᵢyᵢ|, some with zeros, NaN or unequal lengths",
                |claim| {
                    let mut g = kit::Generator::from_seed(5);
                    (0..1500).all(|k| {
                        let n = k % 17;
                        let mut draw = |n: usize| -> Vec<f64> {
                            (0..n)
                                .map(|_| if g.below(4) == 0 { 0.0 } else { g.uniform_in(-1.0, 1.0) })
                                .collect()
                        };
                        let (mut x, mut y) = (draw(n), draw(n));
                        let (left, right) = (n, n + 1 + k % 2);
                        let longer = draw(right);
                        let apart = claim(&x, &longer) == Err(InputError::LengthMismatch { left, right })
                            && claim(&longer, &x)
                                == Err(InputError::LengthMismatch { left: right, right: left });
                        let want: f64 = x.iter().zip(&y).map(|(x, y)| x * y).sum();
                        let size: f64 = x.iter().zip(&y).map(|(x, y)| (x * y).abs()).sum();
                        let close = claim(&x, &y)
                            .is_ok_and(|got| (got - want).abs() <= n as f64 * f64::EPSILON * size);
                        let seen = n == 0 || {
                            let at = g.below(n);
                            if k % 2 == 0 {
                                x[at] = f64::NAN
                            } else {
                                y[at] = f64::NAN
                            }
                            claim(&x, &y).is_ok_and(f64::is_nan)
                        };
                        apart && close && seen
                    })
                },
            ),
            chaff("always_true", "A function that claims to be the dot product is right.", |_| true),
            chaff("symmetry_only", "Every symmetric function of x and y is the dot product.", |claim| {
                let (x, y) = ([1.0, -2.0, 0.5], [3.0, 0.25, -1.0]);
                claim(&x, &y) == claim(&y, &x) && corners(claim)
            }),
            chaff("linearity_only", "Every bilinear function is the dot product.", |claim| {
                let (x, y, z) = (sevenths(5), counting(5), alternating(5));
                let sum: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x + 3.0 * y).collect();
                additive(claim(&sum, &z), claim(&x, &z), claim(&y, &z)) && corners(claim)
            }),
            chaff("positive_only", "Positive entries reveal every mistake.", |claim| {
                (0..=16).all(|n| sums(claim, &counting(n), &positive(n), 1e-10)) && corners(claim)
            }),
            chaff(
                "three_entries_only",
                "A function that is right for three entries is right for every length.",
                |claim| sums(claim, &sevenths(3), &[3.0, -2.0, 7.0], 1e-10) && corners(claim),
            ),
            chaff("up_to_four_entries", "Vectors of up to four entries reveal every mistake.", |claim| {
                (0..=4).all(|n| sums(claim, &sevenths(n), &alternating(n), 1e-10)) && corners(claim)
            }),
            chaff("whole_numbers_only", "Whole numbers reveal every mistake.", |claim| {
                (0..=16).all(|n| sums(claim, &counting(n), &alternating(n), 0.0)) && corners(claim)
            }),
            chaff("equal_to_the_last_bit", "Another order of summation gives the same bits.", |claim| {
                (0..=16).all(|n| sums(claim, &sevenths(n), &alternating(n), 0.0)) && corners(claim)
            }),
            chaff("one_percent", "A relative error below 1 % is a rounding error.", |claim| {
                (0..=16).all(|n| sums(claim, &sevenths(n), &alternating(n), 1e-2)) && corners(claim)
            }),
            chaff("with_itself_only", "The products x·x reveal every mistake.", |claim| {
                (0..=16).all(|n| {
                    sums(claim, &alternating(n), &alternating(n), 0.0)
                        && sums(claim, &sevenths(n), &sevenths(n), 1e-10)
                }) && corners(claim)
            }),
            chaff("lengths_not_asked", "Unequal lengths need no test.", |claim| values(claim) && nan(claim)),
            chaff("any_rejection", "Every error value is right for unequal lengths.", |claim| {
                values(claim)
                    && nan(claim)
                    && claim(&[1.0], &[1.0, 2.0]).is_err()
                    && claim(&[1.0, 2.0], &[1.0]).is_err()
            }),
            chaff(
                "longer_first_only",
                "Testing a longer x is enough, a longer y behaves likewise.",
                |claim| {
                    let want = Err(InputError::LengthMismatch { left: 2, right: 1 });
                    values(claim) && nan(claim) && claim(&[1.0, 2.0], &[1.0]) == want
                },
            ),
            chaff("empty_not_asked", "Empty vectors need no test.", |claim| {
                (1..=16).all(|n| {
                    sums(claim, &counting(n), &alternating(n), 0.0)
                        && sums(claim, &sevenths(n), &counting(n), 1e-10)
                }) && mismatches(claim)
                    && nan(claim)
            }),
            chaff("nan_not_asked", "NaN needs no test.", |claim| values(claim) && mismatches(claim)),
            chaff("nan_in_x_only", "Testing a NaN in x is enough, a NaN in y behaves likewise.", |claim| {
                let got = claim(&[f64::NAN, 1.0], &[1.0, 1.0]);
                values(claim) && mismatches(claim) && got.is_ok_and(f64::is_nan)
            }),
            chaff(
                "nan_next_to_ones_only",
                "A NaN propagates wherever it is, so one position is enough to test.",
                |claim| {
                    let is_nan = |got: Answer| got.is_ok_and(f64::is_nan);
                    let nan = [f64::NAN, 1.0];
                    values(claim)
                        && mismatches(claim)
                        && is_nan(claim(&nan, &[1.0; 2]))
                        && is_nan(claim(&[1.0; 2], &nan))
                },
            ),
            chaff("nan_is_near", "What is not farther off than the tolerance is near.", |claim| {
                let far = |x: &[f64], y: &[f64]| {
                    let products = || x.iter().zip(y).map(|(x, y)| x * y);
                    let size: f64 = products().map(f64::abs).sum();
                    claim(x, y).map_or(true, |got| (got - products().sum::<f64>()).abs() > 1e-10 * size)
                };
                (0..=16).all(|n| !far(&sevenths(n), &counting(n)) && !far(&counting(n), &alternating(n)))
                    && corners(claim)
            }),
            chaff("infinity_times_0", "∞ · 0 has to count as NaN.", |claim| {
                reference::accepts_dot_product(claim)
                    && claim(&[f64::INFINITY, 1.0], &[0.0, 1.0]).is_ok_and(f64::is_nan)
            }),
            chaff("nan_as_a_number", "NaN == NaN is true.", |claim| {
                values(claim) && mismatches(claim) && claim(&[f64::NAN], &[1.0]) == Ok(f64::NAN)
            }),
            chaff("up_to_nine_entries", "Vectors of up to nine entries reveal every mistake.", |claim| {
                (0..=9).all(|n| sums(claim, &sevenths(n), &counting(n), 1e-10)) && corners(claim)
            }),
            chaff("three_billionths", "An error of 3·10⁻⁹ is a rounding error.", |claim| {
                (0..=16).all(|n| sums(claim, &sevenths(n), &alternating(n), 3e-9)) && corners(claim)
            }),
            chaff(
                "lengths_by_powers",
                "Vectors of 1, 2, 4, 5, 8, 9, 13 and 16 entries reveal every mistake.",
                |claim| {
                    [1, 2, 4, 5, 8, 9, 13, 16]
                        .into_iter()
                        .all(|n| sums(claim, &sevenths(n), &alternating(n), 1e-10))
                        && corners(claim)
                },
            ),
            chaff("even_lengths", "A candidate that is right for every even length is right.", |claim| {
                reference::accepts_dot_product(&|x: &[f64], y: &[f64]| {
                    let is_odd = x.len() == y.len() && x.len() % 2 == 1;
                    if is_odd { Ok(x.iter().zip(y).map(|(x, y)| x * y).sum()) } else { claim(x, y) }
                })
            }),
            chaff("nan_in_the_first", "A NaN that counts in the first entry counts everywhere.", |claim| {
                reference::accepts_dot_product(&|x: &[f64], y: &[f64]| {
                    let is_later =
                        x.len() == y.len() && x.iter().zip(y).skip(1).any(|(x, y)| (x * y).is_nan());
                    if is_later { Ok(f64::NAN) } else { claim(x, y) }
                })
            }),
        ],
    )(candidate)
}

fn positive(n: usize) -> Vec<f64> {
    (1..=n).map(|i| i as f64 / 7.0).collect()
}

fn counting(n: usize) -> Vec<f64> {
    (1..=n).map(|i| i as f64).collect()
}

/// 2, −4, 6, −8, …
fn alternating(n: usize) -> Vec<f64> {
    (1..=n).map(|i| if i % 2 == 1 { 2.0 * i as f64 } else { -2.0 * i as f64 }).collect()
}

/// −1/7, 0, 1/7, 2/7, …
fn sevenths(n: usize) -> Vec<f64> {
    (1..=n).map(|i| (i as f64 - 2.0) / 7.0).collect()
}

/// The claim gives Σxᵢyᵢ, off by at most `share` of Σ|xᵢyᵢ|.
fn sums(claim: Candidate<'_>, x: &[f64], y: &[f64], share: f64) -> bool {
    let products = || x.iter().zip(y).map(|(x, y)| x * y);
    let size: f64 = products().map(f64::abs).sum();
    claim(x, y).is_ok_and(|got| (got - products().sum::<f64>()).abs() <= share * size)
}

fn additive(of_sum: Answer, first: Answer, second: Answer) -> bool {
    let (Ok(of_sum), Ok(first), Ok(second)) = (of_sum, first, second) else { return false };
    (of_sum - (first + 3.0 * second)).abs() <= 1e-10 * 16.0 * 9.0 * 36.0
}

fn units(claim: Candidate<'_>) -> bool {
    let unit = |n: usize, i: usize| (0..n).map(|k| f64::from(k == i)).collect::<Vec<f64>>();
    (1..=16).all(|n| {
        (0..n).all(|i| (0..n).all(|j| claim(&unit(n, i), &unit(n, j)) == Ok(f64::from(i == j))))
            && claim(&sevenths(1), &unit(1, 0)).is_ok_and(|got| (got + 1.0 / 7.0).abs() < 1e-15)
    })
}

fn values(claim: Candidate<'_>) -> bool {
    (0..=16).all(|n| {
        sums(claim, &counting(n), &alternating(n), 0.0) && sums(claim, &sevenths(n), &alternating(n), 1e-10)
    })
}

fn mismatches(claim: Candidate<'_>) -> bool {
    [(0, 1), (1, 0), (2, 3), (5, 4)].into_iter().all(|(left, right)| {
        claim(&counting(left), &counting(right)) == Err(InputError::LengthMismatch { left, right })
    })
}

fn nan(claim: Candidate<'_>) -> bool {
    let is_nan = |got: Answer| got.is_ok_and(f64::is_nan);
    is_nan(claim(&[f64::NAN, 1.0], &[0.0, 1.0])) && is_nan(claim(&[1.0, 0.0], &[1.0, f64::NAN]))
}

/// The empty vectors, the lengths and the NaN.
fn corners(claim: Candidate<'_>) -> bool {
    sums(claim, &[], &[], 0.0) && mismatches(claim) && nan(claim)
}
