//! Roles exchanged: here you write the property-based test (the law).

use kit::{Matrix, Split};

/// Tests other implementations of [`best_split`](super::impurity::best_split): decides whether a candidate returns a
/// split that decreases the Gini impurity most.
///
/// The candidate takes n×d features and n labels, and returns a split that leaves at least one sample on each side, or
/// `None` if all features are constant. You choose the samples, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with n from 1 to 12 samples, d from 1 to 4 features,
///   whole numbers from −100 to 100 as features, and labels below 4. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected.** Of several splits with the same decrease each is correct, whichever a
///     candidate prefers. Its decrease is within 10⁻⁹ of the exact one, its threshold within 10⁻⁹ of halfway between two
///     neighboring values.
///   * **These must be rejected**: a split that decreases the impurity less than another one; the parts not weighted by
///     their sizes; entropy or the number of misclassified samples instead of Gini; a feature, a sample, a threshold or
///     a class left out; a threshold at a value, outside, or elsewhere between two values; another decrease than that of
///     the split, such as the impurity of the parts; `None` although a feature varies, as in a pure node; a split although
///     all features are constant; a NaN.
///
/// ```
/// # use katas::x1_trees::laws::accepts_best_split;
/// assert!(!accepts_best_split(|_, _| None));
/// ```
///
/// In Python: `hypothesis.given(...)` draws the samples; the rest is an `assert`.
///
/// Source: Breiman, Friedman, Olshen and Stone, *Classification and Regression Trees* (1984), §4.3.
pub fn accepts_best_split(candidate: fn(&Matrix, &[usize]) -> Option<Split>) -> bool {
    use super::impurity::best_split;
    use kit::Generator;

    let mut generator = Generator::from_seed(1);
    (0..400).all(|_| {
        let (n, d) = (1 + generator.below(12), 1 + generator.below(4));
        let (values, classes) = (1 + generator.below(12), 1 + generator.below(4));
        let mut x = Matrix::zeros(n, d);
        (0..n * d).for_each(|k| x[(k / d, k % d)] = generator.below(values) as f64 * 3.0 - 9.0);
        let y: Vec<usize> = (0..n).map(|_| generator.below(classes)).collect();
        let got = candidate(&x, &y);
        match (got, best_split(&x, &y, 1)) {
            (None, Ok(None)) => true,
            (Some(got), Ok(Some(best))) => {
                let exact = decrease(&x, &y, &got);
                (exact - best.decrease).abs() < 1e-8 && (exact - got.decrease).abs() < 1e-8
            }
            _ => false,
        }
    })
}

/// The decrease of a split, by definition; NaN where it is none, or its threshold not halfway.
fn decrease(x: &Matrix, y: &[usize], split: &Split) -> f64 {
    use super::impurity::gini;

    if split.feature >= x.cols() {
        return f64::NAN;
    }
    let value = |i: usize| x[(i, split.feature)];
    let (left, right): (Vec<usize>, Vec<usize>) = (0..y.len()).partition(|&i| value(i) <= split.threshold);
    let low = left.iter().map(|&i| value(i)).fold(f64::NEG_INFINITY, f64::max);
    let high = right.iter().map(|&i| value(i)).fold(f64::INFINITY, f64::min);
    // Infinite where a side is empty, and so no number is near it.
    if (split.threshold - f64::midpoint(low, high)).abs() < 1e-8 {
        let weighted = |rows: &[usize]| {
            let labels: Vec<usize> = rows.iter().map(|&i| y[i]).collect();
            gini(&labels).map_or(f64::NAN, |gini| rows.len() as f64 / y.len() as f64 * gini)
        };
        gini(y).map_or(f64::NAN, |all| all - weighted(&left) - weighted(&right))
    } else {
        f64::NAN
    }
}
