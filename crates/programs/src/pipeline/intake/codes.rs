//! Features as a few codes: a category each, an interval of numbers each, one for a missing value.

use std::collections::BTreeMap;

use super::columns::{Column, Holds};

/// More rows would only make the estimate slower.
const MOST_ROWS: usize = 5000;
/// A category or an interval is worth a code of its own with so many training rows.
const FEWEST_OF_CATEGORY: usize = 3;
const FEWEST_OF_INTERVAL: usize = 6;

/// Rows with a class, those of a sample where they are many.
pub(super) struct Data<'a> {
    pub features: Vec<Feature<'a>>,
    pub y: Vec<usize>,
    pub classes: usize,
    /// For each row how many rows of its class stand before it.
    rank: Vec<usize>,
}

/// The cells of one feature in these rows.
pub(super) enum Feature<'a> {
    Words(Vec<Option<&'a str>>),
    Numbers(Vec<Option<f64>>),
}

impl<'a> Data<'a> {
    /// `None` where no row has a class.
    pub(super) fn of(features: &[&'a Column], target: &'a Column) -> Option<Self> {
        let mut rows: Vec<usize> = (0..target.cells.len()).filter(|&i| target.cells[i].is_some()).collect();
        let step = rows.len().div_ceil(MOST_ROWS).max(1);
        rows = rows.into_iter().step_by(step).collect();
        let (mut known, mut y, mut rank) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut seen: Vec<usize> = Vec::new();
        for &i in &rows {
            let next = known.len();
            let class = *known.entry(target.cells[i].as_deref()?).or_insert(next);
            seen.resize(known.len(), 0);
            y.push(class);
            rank.push(seen[class]);
            seen[class] += 1;
        }
        let feature = |column: &&'a Column| {
            let cells = rows.iter().map(|&i| column.cells[i].as_deref());
            match column.holds {
                Holds::Words => Feature::Words(cells.collect()),
                Holds::Numbers => Feature::Numbers(cells.map(|cell| cell?.parse().ok()).collect()),
            }
        };
        let features = features.iter().map(feature).collect();
        (!rows.is_empty()).then_some(Self { features, y, classes: known.len(), rank })
    }

    pub(super) fn rows(&self) -> usize {
        self.y.len()
    }

    /// Training and held-out rows; each class is assigned to the folds in turn.
    pub(super) fn fold(&self, fold: usize, folds: usize) -> (Vec<usize>, Vec<usize>) {
        (0..self.rows()).partition(|&i| self.rank[i] % folds != fold)
    }
}

/// The codes of a feature as learned from training rows, and how many of these of each class have each code. The code 0
/// is a missing value, 1 whatever training showed too rarely.
pub(super) struct Codes<'a> {
    known: Known<'a>,
    counts: Vec<Vec<usize>>,
}

enum Known<'a> {
    Categories(BTreeMap<&'a str, usize>),
    /// The limits between intervals, ascending.
    Limits(Vec<f64>),
    Presence,
}

impl<'a> Codes<'a> {
    pub(super) fn learn(feature: &Feature<'a>, y: &[usize], classes: usize, train: &[usize]) -> Self {
        let known = match feature {
            Feature::Words(words) => {
                let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
                train.iter().filter_map(|&i| words[i]).for_each(|word| *counts.entry(word).or_default() += 1);
                let often = counts.into_iter().filter(|(_, n)| *n >= FEWEST_OF_CATEGORY);
                Known::Categories(often.enumerate().map(|(code, (word, _))| (word, code + 2)).collect())
            }
            Feature::Numbers(numbers) => {
                let cells = train.iter().filter_map(|&i| Some((numbers[i]?, y[i]))).collect();
                Known::Limits(limits(cells, classes))
            }
        };
        Self::counted(known, feature, y, classes, train)
    }

    /// Only whether there is a value.
    pub(super) fn presence(feature: &Feature<'a>, y: &[usize], classes: usize, train: &[usize]) -> Self {
        Self::counted(Known::Presence, feature, y, classes, train)
    }

    fn counted(
        known: Known<'a>,
        feature: &Feature<'a>,
        y: &[usize],
        classes: usize,
        train: &[usize],
    ) -> Self {
        let number = match &known {
            Known::Categories(categories) => categories.len() + 2,
            Known::Limits(limits) => limits.len() + 3,
            Known::Presence => 2,
        };
        let mut codes = Self { known, counts: vec![vec![0; classes]; number] };
        for &i in train {
            let code = codes.code(feature, i);
            codes.counts[code][y[i]] += 1;
        }
        codes
    }

    /// How many codes there are.
    pub(super) fn number(&self) -> usize {
        self.counts.len()
    }

    /// How many training rows of each class have the code of this row.
    pub(super) fn counts(&self, feature: &Feature<'a>, row: usize) -> &[usize] {
        &self.counts[self.code(feature, row)]
    }

    fn code(&self, feature: &Feature<'a>, row: usize) -> usize {
        match (feature, &self.known) {
            (Feature::Words(words), Known::Categories(categories)) => {
                words[row].map_or(0, |word| categories.get(word).copied().unwrap_or(1))
            }
            (Feature::Numbers(numbers), Known::Limits(limits)) => {
                numbers[row].map_or(0, |x| 2 + limits.partition_point(|limit| *limit < x))
            }
            (Feature::Words(words), _) => usize::from(words[row].is_some()),
            (Feature::Numbers(numbers), _) => usize::from(numbers[row].is_some()),
        }
    }
}

/// The intervals of 1R: each grows until its majority class has rows enough and the next number is of another class;
/// neighbors with the same majority are joined.
fn limits(mut cells: Vec<(f64, usize)>, classes: usize) -> Vec<f64> {
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ends, mut counts) = (Vec::new(), vec![0; classes]);
    for (k, (x, class)) in cells.iter().enumerate() {
        counts[*class] += 1;
        let most = (0..classes).max_by_key(|&c| counts[c]).unwrap_or_default();
        let Some((next, other)) = cells.get(k + 1) else {
            ends.push((f64::INFINITY, most));
            break;
        };
        if next > x && counts[most] >= FEWEST_OF_INTERVAL && *other != most {
            ends.push(((x + next) / 2.0, most));
            counts.fill(0);
        }
    }
    let between = ends.windows(2).filter(|pair| pair[0].1 != pair[1].1);
    between.map(|pair| pair[0].0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cut_where_the_class_changes() {
        let cells = |of: fn(usize) -> usize| (0..40).map(|i| (i as f64, of(i))).collect::<Vec<_>>();
        assert_eq!(limits(cells(|i| usize::from(i >= 20)), 2), [19.5]);
        assert_eq!(limits(cells(|_| 0), 2), [0.0; 0]);
        assert_eq!(limits(cells(|i| i / 10 % 2), 2), [9.5, 19.5, 29.5]);
    }
}
