//! Features that give the target away by themselves.
//!
//! The rule, measured on held-out rows by 5-fold cross-validation. A feature is a likely leak if
//!
//! 1. **alone** it predicts at least 95 % of the rows, and makes at most a fifth of the errors of the majority-class
//!    baseline; and
//! 2. **the others together** make more than three times as many errors, and five more; and
//! 3. at most half of the features are as good alone.
//!
//! Alone means a 1R rule: for each category, each interval of numbers, or each answer to "is it filled in?" the majority
//! class of the training rows. The others together are a naive Bayes classifier on the same categories and intervals.
//! One leak may hide another: features that are right alone in 99 % of the rows are judged without each other, and the
//! rest without those that are leaks. Conditions 2 and 3 tell a leak from an easy table: a petal's width names an iris
//! in 95 % of the rows, but so do its other measures.
//!
//! Source: Holte, *Very Simple Classification Rules Perform Well on Most Commonly Used Datasets*, Machine Learning 11
//! (1993); Kaufman, Rosset and Perlich, *Leakage in Data Mining*, KDD 2011.

use super::codes::{Codes, Data};
use super::columns::Column;
use super::report::{Notes, typed};

const FOLDS: usize = 5;
/// With fewer rows any feature may fit by chance.
const FEWEST_ROWS: usize = 30;

/// Warns of each likely leak.
pub(super) fn warn(features: &[&Column], target: &Column, notes: &mut Notes) {
    let Some(data) = Data::of(features, target) else { return };
    let n = data.rows();
    if n < FEWEST_ROWS || data.classes < 2 || data.classes * FOLDS > n {
        return;
    }
    let measured = Measured::of(&data);
    let is_strong = |wrong: usize| 20 * wrong <= n && 5 * wrong <= measured.baseline;
    let strong: Vec<bool> = measured.alone.iter().map(|(wrong, _)| is_strong(*wrong)).collect();
    if 2 * strong.iter().filter(|is| **is).count() > features.len() {
        return;
    }
    let perfect = |j: usize| strong[j] && 100 * measured.alone[j].0 <= n;
    let mut leaks = vec![false; features.len()];
    for is_perfect in [true, false] {
        for j in (0..features.len()).filter(|&j| strong[j] && perfect(j) == is_perfect) {
            let hides = |k: usize| if is_perfect { perfect(k) } else { leaks[k] };
            let others: Vec<usize> = (0..features.len()).filter(|&k| k != j && !hides(k)).collect();
            let (wrong, by) = measured.alone[j];
            let together = measured.errors_of(&others, &data);
            if others.is_empty() || together <= 3 * wrong + 5 {
                continue;
            }
            leaks[j] = true;
            let share = |wrong: usize| 100.0 * (n - wrong) as f64 / n as f64;
            let (name, y) = (&features[j].name, &target.name);
            notes.warn(format!(
                "{name} alone predicts {y} for {:.0} % of the rows{by}, all other features together for \
                 {:.0} %: a likely leak. Is it known before {y} is? If not: --ignore {}",
                share(wrong),
                share(together),
                typed(name)
            ));
        }
    }
}

/// What was found on held-out rows.
struct Measured {
    /// Errors of the majority class.
    baseline: usize,
    /// For each feature the errors of its 1R rule, and by what it predicts where that is not the value.
    alone: Vec<(usize, &'static str)>,
    /// For each feature and row the logarithm of P(category | class), a number per class.
    likelihoods: Vec<Vec<Vec<f64>>>,
    /// For each row the logarithm of P(class).
    priors: Vec<Vec<f64>>,
}

impl Measured {
    fn of(data: &Data<'_>) -> Self {
        let (n, classes) = (data.rows(), data.classes);
        let (mut baseline, mut priors) = (0, vec![Vec::new(); n]);
        let mut alone = vec![(0, 0); data.features.len()];
        let mut likelihoods = vec![vec![Vec::new(); n]; data.features.len()];
        for fold in 0..FOLDS {
            let (train, test) = data.fold(fold, FOLDS);
            let mut counts = vec![0_usize; classes];
            train.iter().for_each(|&i| counts[data.y[i]] += 1);
            let majority = largest(&counts);
            for &i in &test {
                baseline += usize::from(majority != data.y[i]);
                priors[i] = counts.iter().map(|&c| (c as f64 + 1.0).ln()).collect();
            }
            for (j, feature) in data.features.iter().enumerate() {
                let codes = Codes::learn(feature, &data.y, classes, &train);
                let present = Codes::presence(feature, &data.y, classes, &train);
                for &i in &test {
                    let [by_value, by_presence] = [&codes, &present].map(|codes| codes.counts(feature, i));
                    alone[j].0 += usize::from(majority_of(by_value, majority) != data.y[i]);
                    alone[j].1 += usize::from(majority_of(by_presence, majority) != data.y[i]);
                    let smoothed =
                        |c: usize| (by_value[c] as f64 + 1.0) / (counts[c] + codes.number()) as f64;
                    likelihoods[j][i] = (0..classes).map(|c| smoothed(c).ln()).collect();
                }
            }
        }
        let best = |(value, presence): (usize, usize)| {
            if presence <= value { (presence, " (by whether it is filled in)") } else { (value, "") }
        };
        Self { baseline, alone: alone.into_iter().map(best).collect(), likelihoods, priors }
    }

    /// Errors of naive Bayes on these features.
    fn errors_of(&self, features: &[usize], data: &Data<'_>) -> usize {
        let predicted = |i: usize| {
            let mut scores = self.priors[i].clone();
            for &j in features {
                scores.iter_mut().zip(&self.likelihoods[j][i]).for_each(|(score, x)| *score += x);
            }
            (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or_default()
        };
        (0..data.rows()).filter(|&i| predicted(i) != data.y[i]).count()
    }
}

/// The first of the largest.
fn largest(counts: &[usize]) -> usize {
    (0..counts.len()).rev().max_by_key(|&c| counts[c]).unwrap_or_default()
}

/// The majority class of a category; of one that training never showed, the majority of all.
fn majority_of(counts: &[usize], all: usize) -> usize {
    if counts.iter().all(|&c| c == 0) { all } else { largest(counts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::columns::Holds;
    use crate::intake::missing::Missing;

    fn column(name: &str, holds: Holds, cell: impl Fn(usize) -> String, rows: usize) -> Column {
        let mut column = Column::of(name.to_owned(), (0..rows).map(cell).collect(), &Missing::default());
        column.holds = holds;
        column
    }

    fn warned(features: &[&Column], target: &Column) -> String {
        let mut notes = Notes::default();
        warn(features, target, &mut notes);
        notes.to_string()
    }

    /// A number from 0 to 999 that looks random.
    fn noise(i: usize) -> usize {
        (i * 7919 + 104_729) % 997
    }

    #[test]
    fn what_gives_the_target_away_is_named_and_what_is_only_good_is_not() {
        let y = column("y", Holds::Words, |i| (noise(i) % 2).to_string(), 200);
        let weak = column("weak", Holds::Numbers, |i| noise(i + 77).to_string(), 200);
        let filled = |i: usize| if noise(i) % 2 == 1 { format!("boat {}", i % 40) } else { "?".to_owned() };
        let filled = column("boat", Holds::Words, filled, 200);
        let above = column("after", Holds::Numbers, |i| (noise(i) % 2 * 5000 + i).to_string(), 200);
        let said = warned(&[&weak, &filled], &y);
        assert!(
            said.contains("boat alone predicts y for 100 % of the rows (by whether it is filled in)"),
            "{said}"
        );
        let other = column("other", Holds::Words, |i| (noise(i + 5) % 7).to_string(), 200);
        // Two leaks do not hide each other.
        assert_eq!(warned(&[&above, &weak, &filled, &other], &y).matches("likely leak").count(), 2);
        // Two of three features are right: the table is easy.
        assert_eq!(warned(&[&above, &filled, &weak], &y), "");
        assert_eq!(warned(&[&weak], &y), "");
    }

    #[test]
    fn a_rare_class_makes_no_feature_a_leak() {
        let y = column("y", Holds::Words, |i| usize::from(i % 50 == 0).to_string(), 400);
        let weak = column("weak", Holds::Numbers, |i| noise(i).to_string(), 400);
        let other = column("other", Holds::Words, |i| (noise(i + 5) % 7).to_string(), 400);
        assert_eq!(warned(&[&weak, &other], &y), "");
    }
}
