use std::collections::BTreeMap;

use kit::{InputError, check};

use crate::reference::x2_clustering::silhouette as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Index = Result<f64, InputError>;
type AdjustedRandIndex = fn(&[usize], &[usize]) -> Index;

/// The kata, answered by a specimen.
pub fn adjusted_rand_index(first: &[usize], second: &[usize]) -> Result<f64, InputError> {
    answering::<AdjustedRandIndex>(
        module_path!(),
        reference::adjusted_rand_index,
        &[
            wheat("maps", "counts in maps", |u, v| from_pairs(u, v, index)),
            wheat("kinds_of_pairs", "takes the four kinds of pairs, in whole numbers", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    let [s, a, b, all] = [s, a, b, all].map(|it| it as i128);
                    let [only_first, only_second] = [a - s, b - s];
                    let apart = all - s - only_first - only_second;
                    let above = 2 * (s * apart - only_first * only_second);
                    let below =
                        (s + only_first) * (only_first + apart) + (s + only_second) * (only_second + apart);
                    if below == 0 { 1.0 } else { above as f64 / below as f64 }
                })
            }),
            chaff("rand", "The Rand index needs no adjustment.", |u, v| {
                from_pairs(
                    u,
                    v,
                    |[s, a, b, all]| if all == 0.0 { 1.0 } else { (all + 2.0 * s - a - b) / all },
                )
            }),
            chaff("accuracy", "Agreement is the fraction of equal labels.", |u, v| {
                reference::adjusted_rand_index(u, v)?;
                Ok(u.iter().zip(v).filter(|(u, v)| u == v).count() as f64 / u.len() as f64)
            }),
            chaff("jaccard", "Agreement is the common pairs over all pairs of either.", |u, v| {
                from_pairs(u, v, |[s, a, b, _]| if a + b == 0.0 { 1.0 } else { s / (a + b - s) })
            }),
            chaff("purity", "Each cluster counts with its most frequent label.", |u, v| {
                reference::adjusted_rand_index(u, v)?;
                let mut cells: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
                for (u, v) in u.iter().zip(v) {
                    *cells.entry(*u).or_default().entry(*v).or_default() += 1;
                }
                let most: usize = cells.values().filter_map(|row| row.values().max()).sum();
                Ok(most as f64 / u.len() as f64)
            }),
            chaff("unadjusted_below", "Chance is subtracted above only.", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    if is_trivial([s, a, b, all]) { 1.0 } else { (s - a * b / all) / f64::midpoint(a, b) }
                })
            }),
            chaff("over_the_larger", "The largest possible agreement is the larger of A and B.", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    let expected = a * b / all;
                    if is_trivial([s, a, b, all]) { 1.0 } else { (s - expected) / (a.max(b) - expected) }
                })
            }),
            chaff("over_the_root", "The largest possible agreement is √(A·B).", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    let expected = a * b / all;
                    if is_trivial([s, a, b, all]) || a == 0.0 || b == 0.0 {
                        return index([s, a, b, all]);
                    }
                    (s - expected) / ((a * b).sqrt() - expected)
                })
            }),
            chaff("squares", "A cluster of m points has m² pairs.", |u, v| counted(u, v, |m| m * m, index)),
            chaff(
                "ordered_pairs",
                "A cluster of m points has m·(m − 1) pairs; n points have n·(n − 1)/2.",
                |u, v| {
                    let twice = |[s, a, b, all]: [f64; 4]| index([2.0 * s, 2.0 * a, 2.0 * b, all]);
                    from_pairs(u, v, twice)
                },
            ),
            chaff("points", "Common points are counted, not pairs.", |u, v| {
                counted(
                    u,
                    v,
                    |m| m,
                    |[s, a, b, all]| if a + b == 0.0 { 1.0 } else { 2.0 * s / (a + b) * (s / all) },
                )
            }),
            chaff("not_negative", "An agreement is at least 0.", |u, v| {
                Ok(reference::adjusted_rand_index(u, v)?.max(0.0))
            }),
            chaff("trivial_is_0", "Trivial clusterings agree by chance: 0.", |u, v| {
                from_pairs(u, v, |pairs| if is_trivial(pairs) { 0.0 } else { index(pairs) })
            }),
            chaff("trivial_is_nan", "The denominator is never 0.", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    let expected = a * b / all;
                    (s - expected) / (f64::midpoint(a, b) - expected)
                })
            }),
            chaff("in_32_bits", "A number of pairs fits into 32 bits.", |u, v| {
                from_pairs(u, v, |pairs| index(pairs.map(|it| f64::from(it as u64 as u32))))
            }),
            chaff("in_64_bits", "A product of numbers of pairs fits into 64 bits.", |u, v| {
                from_pairs(u, v, |[s, a, b, all]| {
                    let product = (a as u64).wrapping_mul(b as u64) as f64;
                    let expected = product / all;
                    if is_trivial([s, a, b, all]) {
                        1.0
                    } else {
                        (s - expected) / (f64::midpoint(a, b) - expected)
                    }
                })
            }),
            chaff("labels_of_a_byte", "A label fits into one byte.", |u, v| {
                reference::adjusted_rand_index(u, v)?;
                let short = |labels: &[usize]| labels.iter().map(|label| label & 0xff).collect::<Vec<_>>();
                reference::adjusted_rand_index(&short(u), &short(v))
            }),
            chaff("labels_of_two_bytes", "A label fits into 16 bits.", |u, v| {
                reference::adjusted_rand_index(u, v)?;
                let short = |labels: &[usize]| labels.iter().map(|label| label & 0xffff).collect::<Vec<_>>();
                reference::adjusted_rand_index(&short(u), &short(v))
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |u, v| {
                let n = u.len().min(v.len());
                reference::adjusted_rand_index(&u[..n], &v[..n])
            }),
            chaff("empty_is_1", "Two clusterings of no points agree.", |u, v| {
                if u.is_empty() && v.is_empty() { Ok(1.0) } else { reference::adjusted_rand_index(u, v) }
            }),
        ],
    )(first, second)
}

fn is_trivial([_, a, b, all]: [f64; 4]) -> bool {
    a == b && (a == 0.0 || a == all)
}

fn index([s, a, b, all]: [f64; 4]) -> f64 {
    if is_trivial([s, a, b, all]) {
        return 1.0;
    }
    let expected = a / all * b;
    (s - expected) / ((a + b) / 2.0 - expected)
}

fn from_pairs(first: &[usize], second: &[usize], index: fn([f64; 4]) -> f64) -> Index {
    counted(first, second, |m| m * (m - 1.0) / 2.0, index)
}

/// From the numbers of pairs: common ones, those of the first, of the second, and all.
fn counted(first: &[usize], second: &[usize], pairs: fn(f64) -> f64, index: fn([f64; 4]) -> f64) -> Index {
    check::same_length(first.len(), second.len())?;
    check::at_least(1, first.len())?;
    let (mut both, mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (u, v) in first.iter().zip(second) {
        *both.entry((u, v)).or_insert(0.0) += 1.0;
        *rows.entry(u).or_insert(0.0) += 1.0;
        *columns.entry(v).or_insert(0.0) += 1.0;
    }
    let sum = |counts: &mut dyn Iterator<Item = f64>| counts.map(pairs).sum::<f64>();
    Ok(index([
        sum(&mut both.into_values()),
        sum(&mut rows.into_values()),
        sum(&mut columns.into_values()),
        pairs(first.len() as f64),
    ]))
}
