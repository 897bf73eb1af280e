use kit::{Generator, InputError};

use crate::reference::m05_classifiers::folds as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Folds = Result<Vec<Vec<usize>>, InputError>;
type KFold = fn(usize, usize, &mut Generator) -> Folds;

/// The kata, answered by a specimen.
pub fn k_fold(n: usize, k: usize, generator: &mut Generator) -> Result<Vec<Vec<usize>>, InputError> {
    answering::<KFold>(
        module_path!(),
        reference::k_fold,
        &[
            wheat("cut", "cuts the shuffled rows into k pieces", |n, k, g| {
                usable(n, k)?;
                let mut order: Vec<usize> = (0..n).collect();
                g.shuffle(&mut order);
                Ok((0..k).map(|r| order[r * n / k..(r + 1) * n / k].to_vec()).collect())
            }),
            wheat("places_shuffled", "gives each row a place, and shuffles the places", |n, k, g| {
                usable(n, k)?;
                let mut places: Vec<usize> = (0..n).map(|i| i % k).collect();
                g.shuffle(&mut places);
                Ok((0..k).map(|r| (0..n).filter(|&row| places[row] == r).collect()).collect())
            }),
            wheat("sorted_by_keys", "a random key for each row", |n, k, g| {
                usable(n, k)?;
                let mut keyed: Vec<(f64, usize)> = (0..n).map(|row| (g.uniform(), row)).collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                Ok((0..k).map(|r| keyed.iter().skip(r).step_by(k).map(|(_, row)| *row).collect()).collect())
            }),
            chaff("not_shuffled", "Contiguous blocks of rows are random enough.", |n, k, _| {
                usable(n, k)?;
                Ok((0..k).map(|r| (r * n / k..(r + 1) * n / k).collect()).collect())
            }),
            chaff("every_kth", "Every k-th row is random enough.", |n, k, _| {
                usable(n, k)?;
                Ok((0..k).map(|r| (r..n).step_by(k).collect()).collect())
            }),
            chaff("rotated", "A random offset is random enough.", |n, k, g| {
                usable(n, k)?;
                let start = g.below(n);
                Ok((0..k).map(|r| (r..n).step_by(k).map(|i| (i + start) % n).collect()).collect())
            }),
            chaff("first_stays", "The first row can always be in the first fold.", |n, k, g| {
                usable(n, k)?;
                let mut fold_of: Vec<usize> = (0..n).map(|row| row % k).collect();
                g.shuffle(&mut fold_of[1..]);
                Ok((0..k).map(|r| (0..n).filter(|row| fold_of[*row] == r).collect()).collect())
            }),
            chaff("rest_left_out", "Rows that do not divide evenly are left out.", |n, k, g| {
                let mut folds = reference::k_fold(n, k, g)?;
                folds.iter_mut().for_each(|fold| fold.truncate(n / k));
                Ok(folds)
            }),
            chaff("rest_in_the_last", "The last fold gets all surplus rows.", |n, k, g| {
                usable(n, k)?;
                let mut order: Vec<usize> = (0..n).collect();
                g.shuffle(&mut order);
                let end = |r: usize| if r == k { n } else { r * (n / k) };
                Ok((0..k).map(|r| order[end(r)..end(r + 1)].to_vec()).collect())
            }),
            chaff("with_replacement", "Each fold draws its rows with replacement.", |n, k, g| {
                usable(n, k)?;
                Ok((0..k).map(|_| (0..n / k).map(|_| g.below(n)).collect()).collect())
            }),
            chaff("by_lot", "Each row draws its fold independently.", |n, k, g| {
                usable(n, k)?;
                let mut folds = vec![Vec::new(); k];
                (0..n).for_each(|row| folds[g.below(k)].push(row));
                Ok(folds)
            }),
            chaff("training_rows", "A fold holds the training rows.", |n, k, g| {
                let folds = reference::k_fold(n, k, g)?;
                Ok(folds.iter().map(|fold| (0..n).filter(|row| !fold.contains(row)).collect()).collect())
            }),
            chaff("always_the_same", "A fixed seed inside the function makes it reproducible.", |n, k, _| {
                reference::k_fold(n, k, &mut Generator::from_seed(42))
            }),
            chaff(
                "generator_not_moved",
                "Working on a clone of the generator leaves the caller's generator untouched, as it \
                    should be.",
                |n, k, g| reference::k_fold(n, k, &mut g.clone()),
            ),
            chaff("one_fold", "A single fold is allowed.", |n, k, g| {
                if k == 1 && n > 0 { Ok(vec![(0..n).collect()]) } else { reference::k_fold(n, k, g) }
            }),
            chaff("empty_folds", "Folds may be empty.", |n, k, g| {
                if k <= n || k > 1000 {
                    return reference::k_fold(n, k, g);
                }
                Ok((0..k).map(|r| if r < n { vec![r] } else { vec![] }).collect())
            }),
            chaff("exchanged_with_any", "Swapping each row with any other is a fair shuffle.", |n, k, g| {
                usable(n, k)?;
                let mut order: Vec<usize> = (0..n).collect();
                for i in 0..n {
                    let other = g.below(n);
                    order.swap(i, other);
                }
                Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
            }),
            chaff("sorted_by_coin", "Sorting with a random comparison is a fair shuffle.", |n, k, g| {
                usable(n, k)?;
                let mut order: Vec<usize> = (0..n).collect();
                for last in (1..n).rev() {
                    for i in 0..last {
                        if g.below(2) == 0 {
                            order.swap(i, i + 1);
                        }
                    }
                }
                Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
            }),
            chaff(
                "no_fixed_points",
                "Swapping each row with an earlier one (Sattolo) is a fair shuffle.",
                |n, k, g| {
                    usable(n, k)?;
                    let mut order: Vec<usize> = (0..n).collect();
                    for i in (1..n).rev() {
                        let other = g.below(i);
                        order.swap(i, other);
                    }
                    Ok((0..k).map(|r| order.iter().copied().skip(r).step_by(k).collect()).collect())
                },
            ),
            chaff("several_are_random", "More than two folds mix the rows without shuffling.", |n, k, g| {
                usable(n, k)?;
                let every_kth = || (0..k).map(|r| (r..n).step_by(k).collect()).collect();
                if k == 2 { reference::k_fold(n, k, g) } else { Ok(every_kth()) }
            }),
        ],
    )(n, k, generator)
}

fn usable(n: usize, k: usize) -> Folds {
    reference::k_fold(n, k, &mut Generator::from_seed(0))
}
