use kit::{InputError, Matrix, Split};

use super::super::searching::{RIGHT, Search, decrease, each, entropy, gini, misclassified, rows};
use crate::reference::x1_trees::impurity as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Found = Result<Option<Split>, InputError>;
type BestSplit = fn(&Matrix, &[usize], usize) -> Found;

/// The kata, answered by a specimen.
pub fn best_split(x: &Matrix, y: &[usize], min_leaf: usize) -> Result<Option<Split>, InputError> {
    answering::<BestSplit>(
        module_path!(),
        reference::best_split,
        &[
            wheat("definition", "computes both impurities anew for each threshold", |x, y, least| {
                searched(x, y, least, &RIGHT)
            }),
            wheat("last_of_equals", "of equally good splits takes the last", |x, y, least| {
                searched(x, y, least, &Search { prefers_last: true, ..RIGHT })
            }),
            wheat("last_feature_first", "looks at the last feature first", |x, y, least| {
                reference::best_split(x, y, least)?;
                Ok(RIGHT.among(x, y, least, (0..x.cols()).rev()))
            }),
            wheat("squares", "compares the sums of squared counts over the sizes", |x, y, least| {
                searched(
                    x,
                    y,
                    least,
                    &Search {
                        merit: |left, right| {
                            left.len() as f64 * (1.0 - gini(left)) + right.len() as f64 * (1.0 - gini(right))
                        },
                        ..RIGHT
                    },
                )
            }),
            chaff(
                "unweighted",
                "The impurities of the two parts are added without weights.",
                |x, y, least| {
                    let merit = |left: &[usize], right: &[usize]| -gini(left) - gini(right);
                    searched(x, y, least, &Search { merit, ..RIGHT })
                },
            ),
            chaff("entropy", "Entropy chooses the same split as Gini.", |x, y, least| {
                let merit = |left: &[usize], right: &[usize]| decrease(entropy, left, right);
                searched(x, y, least, &Search { merit, ..RIGHT })
            }),
            chaff("misclassified", "The best split misclassifies the fewest samples.", |x, y, least| {
                let merit = |left: &[usize], right: &[usize]| decrease(misclassified, left, right);
                searched(x, y, least, &Search { merit, ..RIGHT })
            }),
            chaff("bits", "The decrease is measured in bits.", |x, y, least| {
                let bits = |left: &[usize], right: &[usize]| decrease(entropy, left, right);
                searched(x, y, least, &Search { decrease: bits, ..RIGHT })
            }),
            chaff("of_the_parts", "The decrease is the impurity of the parts.", |x, y, least| {
                let parts = |left: &[usize], right: &[usize]| {
                    gini(&[left, right].concat()) - decrease(gini, left, right)
                };
                searched(x, y, least, &Search { decrease: parts, ..RIGHT })
            }),
            chaff("least", "The best split has the smallest decrease.", |x, y, least| {
                let merit = |left: &[usize], right: &[usize]| -decrease(gini, left, right);
                searched(x, y, least, &Search { merit, ..RIGHT })
            }),
            chaff("at_the_lower", "The threshold is the largest value on the left.", |x, y, least| {
                searched(x, y, least, &Search { threshold: |low, _| low, ..RIGHT })
            }),
            chaff("at_the_upper", "The threshold is the smallest value on the right.", |x, y, least| {
                searched(x, y, least, &Search { threshold: |_, high| high, ..RIGHT })
            }),
            chaff("sum_overflows", "(a + b)/2 is always finite.", |x, y, least| {
                searched(x, y, least, &Search { threshold: |low, high| (low + high) / 2.0, ..RIGHT })
            }),
            chaff("gap_overflows", "b − a is always finite.", |x, y, least| {
                searched(x, y, least, &Search { threshold: |low, high| low + (high - low) / 2.0, ..RIGHT })
            }),
            chaff("rounds_up", "Halfway is always below the upper neighbor.", |x, y, least| {
                searched(x, y, least, &Search { threshold: |low, high| low / 2.0 + high / 2.0, ..RIGHT })
            }),
            chaff("pure_is_none", "A pure node has no best split.", |x, y, least| {
                Ok(reference::best_split(x, y, least)?.filter(|_| gini(y) > 0.0))
            }),
            chaff(
                "no_gain_is_none",
                "A split that does not decrease the impurity is none.",
                |x, y, least| Ok(reference::best_split(x, y, least)?.filter(|split| split.decrease > 0.0)),
            ),
            chaff("more_than_min_leaf", "A part with min_leaf samples is too small.", |x, y, least| {
                reference::best_split(x, y, least)?;
                Ok(RIGHT.split(x, y, least.saturating_add(1)))
            }),
            chaff("min_leaf_ignored", "min_leaf matters to the tree only, not to a split.", |x, y, least| {
                reference::best_split(x, y, least)?;
                reference::best_split(x, y, 1)
            }),
            chaff("min_leaf_on_the_left", "min_leaf is the size of the left part.", |x, y, least| {
                searched(x, y, least, &Search { is_allowed: |left, _, least| left >= least, ..RIGHT })
            }),
            chaff(
                "min_leaf_afterwards",
                "If the best split leaves too few samples there is none.",
                |x, y, least| {
                    let best =
                        reference::best_split(x, y, least).and_then(|_| reference::best_split(x, y, 1))?;
                    Ok(best.filter(|best| {
                        let left = (0..y.len()).filter(|&i| x[(i, best.feature)] <= best.threshold).count();
                        left.min(y.len() - left) >= least
                    }))
                },
            ),
            chaff("first_feature", "One feature is enough.", |x, y, least| {
                reference::best_split(x, y, least)?;
                Ok(RIGHT.among(x, y, least, 0..1))
            }),
            chaff("last_feature_left_out", "Features are numbered up to d − 2.", |x, y, least| {
                reference::best_split(x, y, least)?;
                Ok(RIGHT.among(x, y, least, 0..(x.cols() - 1).max(1)))
            }),
            chaff("sixty_features", "More than sixty features are never informative.", |x, y, least| {
                reference::best_split(x, y, least)?;
                Ok(RIGHT.among(x, y, least, 0..x.cols().min(60)))
            }),
            chaff(
                "first_good_one",
                "The first feature that decreases the impurity is taken.",
                |x, y, least| {
                    reference::best_split(x, y, least)?;
                    let mut each = (0..x.cols()).filter_map(|j| RIGHT.among(x, y, least, j..j + 1));
                    Ok(each.find(|split| split.decrease > 1e-12).or_else(|| RIGHT.split(x, y, least)))
                },
            ),
            chaff("median", "The threshold is the median of a feature.", |x, y, least| {
                let is_allowed = |left: usize, right: usize, least: usize| {
                    left.min(right) >= least && left.abs_diff(right) <= 1
                };
                let found = reference::best_split(x, y, least)?;
                Ok(Search { is_allowed, ..RIGHT }.split(x, y, least).or(found))
            }),
            chaff("two_classes", "There are two classes: the lowest label and all others.", |x, y, least| {
                reference::best_split(x, y, least)?;
                let lowest = y.iter().min().copied().unwrap_or(0);
                let others: Vec<usize> = y.iter().map(|label| usize::from(*label != lowest)).collect();
                reference::best_split(x, &others, least)
            }),
            chaff("labels_of_two_bytes", "A label fits into 16 bits.", |x, y, least| {
                let short: Vec<usize> = y.iter().map(|label| label & 0xffff).collect();
                reference::best_split(x, &short, least)
            }),
            chaff("signed_zeros", "−0 is less than 0.", |x, y, least| {
                let tiny = |value: f64| if value == 0.0 { f64::MIN_POSITIVE.copysign(value) } else { value };
                let found = reference::best_split(&each(x, tiny), y, least)?;
                Ok(found.map(|split| Split { threshold: split.threshold + 0.0, ..split }))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, least| {
                reference::best_split(x, y, least)?;
                let short = each(x, |value| f64::from(value as f32).clamp(f64::MIN, f64::MAX));
                reference::best_split(&short, y, least)
            }),
            chaff(
                "equal_within_a_billionth",
                "Values that differ by less than 10⁻⁹ are equal.",
                |x, y, least| {
                    reference::best_split(x, y, least)?;
                    let grid =
                        |value: f64| if value.abs() < 1e6 { (value * 1e9).round() / 1e9 } else { value };
                    reference::best_split(&each(x, grid), y, least)
                },
            ),
            chaff("a_hundred_rows", "A hundred samples are enough to find the split.", |x, y, least| {
                let n = y.len().min(100);
                reference::best_split(x, y, least)?;
                reference::best_split(&rows(x, n), &y[..n], least)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, least| {
                reference::best_split(&each(x, |value| if value.is_nan() { 0.0 } else { value }), y, least)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, least| {
                let n = x.rows().min(y.len());
                reference::best_split(&rows(x, n), &y[..n], least)
            }),
            chaff("min_leaf_0", "A part may be empty.", |x, y, least| {
                reference::best_split(x, y, least.max(1))
            }),
            chaff("empty_is_none", "Without samples there is no split.", |x, y, least| {
                if y.is_empty() || x.cols() == 0 { Ok(None) } else { reference::best_split(x, y, least) }
            }),
        ],
    )(x, y, min_leaf)
}

fn searched(x: &Matrix, y: &[usize], least: usize, search: &Search) -> Found {
    reference::best_split(x, y, least)?;
    Ok(search.split(x, y, least))
}
