use kit::{Generator, InputError};

use crate::reference::m05_classifiers::folds as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Folds = Result<Vec<Vec<usize>>, InputError>;
type GroupKFold = fn(&[usize], usize, &mut Generator) -> Folds;

/// The kata, answered by a specimen.
pub fn group_k_fold(
    groups: &[usize],
    k: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    answering::<GroupKFold>(
        module_path!(),
        reference::group_k_fold,
        &[
            wheat(
                "renamed_at_random",
                "gives each group a random name and goes by size and name",
                |groups, k, g| {
                    usable(groups, k)?;
                    let mut names: Vec<(usize, usize)> = Vec::new();
                    for group in groups {
                        match names.iter_mut().find(|(_, name)| name == group) {
                            Some((size, _)) => *size += 1,
                            None => names.push((1, *group)),
                        }
                    }
                    g.shuffle(&mut names);
                    names.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
                    Ok(greedy(groups, k, names.into_iter().map(|(_, name)| name)))
                },
            ),
            wheat(
                "random_order",
                "the groups in random order, each to a smallest fold; sizes follow all the same",
                |groups, k, g| {
                    usable(groups, k)?;
                    let mut names = distinct(groups);
                    g.shuffle(&mut names);
                    Ok(greedy(groups, k, names.into_iter()))
                },
            ),
            chaff("rows_not_groups", "Rows are split, whatever their group.", |groups, k, g| {
                usable(groups, k)?;
                reference::k_fold(groups.len(), k, g)
            }),
            chaff(
                "neighbors_only",
                "Only neighboring rows of a group have to stay together.",
                |groups, k, g| {
                    usable(groups, k)?;
                    let mut runs: Vec<usize> = Vec::new();
                    (0..groups.len()).for_each(|i| {
                        let last = runs.last().copied().unwrap_or(0);
                        runs.push(if i > 0 && groups[i] == groups[i - 1] { last } else { last + 1 });
                    });
                    reference::group_k_fold(&runs, k, g)
                },
            ),
            chaff("modulo", "The fold of a group is its number modulo k.", |groups, k, _| {
                usable(groups, k)?;
                Ok((0..k).map(|r| (0..groups.len()).filter(|&row| groups[row] % k == r).collect()).collect())
            }),
            chaff(
                "groups_split_evenly",
                "Folds with equally many groups have equally many rows.",
                |groups, k, g| {
                    usable(groups, k)?;
                    let mut names = distinct(groups);
                    g.shuffle(&mut names);
                    let place =
                        |row: usize| names.iter().position(|name| *name == groups[row]).unwrap_or(0) % k;
                    Ok((0..k).map(|r| (0..groups.len()).filter(|&row| place(row) == r).collect()).collect())
                },
            ),
            chaff("names_of_groups", "A fold holds group numbers.", |groups, k, g| {
                let folds = reference::group_k_fold(groups, k, g)?;
                Ok(folds.iter().map(|fold| fold.iter().map(|row| groups[*row]).collect()).collect())
            }),
            chaff("one_row_per_group", "One row of each group is enough.", |groups, k, g| {
                let folds = reference::group_k_fold(groups, k, g)?;
                let first =
                    |row: &usize| groups.iter().position(|group| *group == groups[*row]) == Some(*row);
                Ok(folds.into_iter().map(|fold| fold.into_iter().filter(first).collect()).collect())
            }),
            chaff(
                "not_shuffled",
                "The sizes of the groups determine the folds, so nothing is random.",
                |groups, k, _| {
                    usable(groups, k)?;
                    let mut names = distinct(groups);
                    let size = |name: usize| groups.iter().filter(|group| **group == name).count();
                    names.sort_by_key(|name| std::cmp::Reverse(size(*name)));
                    Ok(greedy(groups, k, names.into_iter()))
                },
            ),
            chaff("first_stays", "The first group can always be in the first fold.", |groups, k, g| {
                usable(groups, k)?;
                let mut names = distinct(groups);
                let size = |name: usize| groups.iter().filter(|group| **group == name).count();
                g.shuffle(&mut names[1..]);
                names.sort_by_key(|name| std::cmp::Reverse(size(*name)));
                Ok(greedy(groups, k, names.into_iter()))
            }),
            chaff("all_in_one", "A fold may hold all rows.", |groups, k, g| {
                let mut folds = reference::group_k_fold(groups, k, g)?;
                let all = folds.concat();
                folds.fill(Vec::new());
                folds[0] = all;
                Ok(folds)
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |groups, k, _| reference::group_k_fold(groups, k, &mut Generator::from_seed(42)),
            ),
            chaff(
                "generator_not_moved",
                "Working on a clone of the generator leaves the caller's generator untouched, as it \
                    should be.",
                |groups, k, g| reference::group_k_fold(groups, k, &mut g.clone()),
            ),
            chaff("rows_count", "The number of folds may be up to the number of rows.", |groups, k, g| {
                match reference::group_k_fold(groups, k, g) {
                    Err(InputError::OutOfRange { .. }) if k > 1 && k <= groups.len() => {
                        reference::k_fold(groups.len(), k, g)
                    }
                    folds => folds,
                }
            }),
            chaff("nothing_to_deal", "Without rows the folds are empty.", |groups, k, g| {
                if groups.is_empty() { Ok(vec![vec![]; k]) } else { reference::group_k_fold(groups, k, g) }
            }),
            chaff(
                "an_entry_for_each_group",
                "Group numbers are small enough to index an array.",
                |groups, k, g| {
                    let folds = reference::group_k_fold(groups, k, g)?;
                    assert!(groups.iter().all(|group| *group < 1 << 20), "capacity overflow");
                    Ok(folds)
                },
            ),
            chaff(
                "exchanged_with_any",
                "Swapping each group with any other is a fair shuffle.",
                |groups, k, g| {
                    usable(groups, k)?;
                    let mut names = distinct(groups);
                    for i in 0..names.len() {
                        let other = g.below(names.len());
                        names.swap(i, other);
                    }
                    Ok(greedy(groups, k, names.into_iter()))
                },
            ),
            wheat("smallest_first", "the smallest groups first, each to a smallest fold", |groups, k, g| {
                usable(groups, k)?;
                let mut names = distinct(groups);
                g.shuffle(&mut names);
                names.sort_by_key(|name| groups.iter().filter(|group| *group == name).count());
                Ok(greedy(groups, k, names.into_iter()))
            }),
            chaff(
                "several_are_random",
                "More than two folds mix the groups without shuffling.",
                |groups, k, g| {
                    let mut fixed = Generator::from_seed(3);
                    reference::group_k_fold(groups, k, if k == 2 { g } else { &mut fixed })
                },
            ),
            chaff("groups_as_numbers", "A group number is exact as an f64.", |groups, k, g| {
                let groups: Vec<usize> = groups.iter().map(|group| *group as f64 as usize).collect();
                reference::group_k_fold(&groups, k, g)
            }),
        ],
    )(groups, k, generator)
}

fn usable(groups: &[usize], k: usize) -> Folds {
    reference::group_k_fold(groups, k, &mut Generator::from_seed(0))
}

fn distinct(groups: &[usize]) -> Vec<usize> {
    let mut names = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    names
}

/// Group after group into the fold that is smallest so far.
fn greedy(groups: &[usize], k: usize, names: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut folds: Vec<Vec<usize>> = vec![Vec::new(); k];
    for name in names {
        let members = (0..groups.len()).filter(|&row| groups[row] == name);
        if let Some(smallest) = folds.iter_mut().min_by_key(|fold| fold.len()) {
            smallest.extend(members);
        }
    }
    folds
}
