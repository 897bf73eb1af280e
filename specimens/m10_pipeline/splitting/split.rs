use kit::{Generator, InputError};

use crate::reference::m10_pipeline::splitting as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{by_class, check_share, drawn_without_a_list, names, rows_of, sorted, tested};

type Parts = Result<[Vec<usize>; 2], InputError>;

type Split = fn(&[&str], f64, &mut Generator) -> Parts;

/// The kata, answered by a specimen.
pub fn split(classes: &[&str], test_share: f64, generator: &mut Generator) -> Parts {
    answering::<Split>(
        module_path!(),
        reference::split,
        &[
            wheat(
                "drawn_one_by_one",
                "decides for each row in turn, by how many its class still needs",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let wanted = |class: &str| tested(share, rows_of(classes, class).len());
                    let (mut train, mut test): (Vec<usize>, Vec<usize>) = (vec![], vec![]);
                    for (i, class) in classes.iter().enumerate() {
                        let left = classes[i..].iter().filter(|other| *other == class).count();
                        let owed = wanted(class) - test.iter().filter(|&&k| classes[k] == *class).count();
                        if g.below(left) < owed { test.push(i) } else { train.push(i) }
                    }
                    Ok([train, test])
                },
            ),
            wheat(
                "sorted_by_keys",
                "a random key for each row; the smallest keys of a class are the test set",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let keys: Vec<f64> = classes.iter().map(|_| g.uniform()).collect();
                    let rank = |i: usize| {
                        (0..keys.len())
                            .filter(|&k| classes[k] == classes[i] && (keys[k], k) < (keys[i], i))
                            .count()
                    };
                    let is_tested = |i: &usize| rank(*i) < tested(share, rows_of(classes, classes[*i]).len());
                    let (test, train) = (0..classes.len()).partition(is_tested);
                    Ok([train, test])
                },
            ),
            chaff(
                "not_shuffled",
                "The last rows of each class are the test set, without shuffling.",
                |classes, share, _| by_class(classes, share, |_, _| {}),
            ),
            chaff(
                "a_window",
                "A contiguous block at a random start is random enough.",
                |classes, share, g| {
                    let start = g.below(1 << 20);
                    by_class(classes, share, |rows, _| rows.rotate_left(start % rows.len().max(1)))
                },
            ),
            chaff(
                "one_order_for_all_classes",
                "Each class uses a new generator with the same seed.",
                |classes, share, g| {
                    let seed = g.below(1 << 30) as u64;
                    by_class(classes, share, |rows, _| Generator::from_seed(seed).shuffle(rows))
                },
            ),
            chaff(
                "classes_ignored",
                "The split is not stratified: a fraction of all rows.",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let n = classes.len();
                    let mut order: Vec<usize> = (0..n).collect();
                    g.shuffle(&mut order);
                    let (test, train) = order.split_at(tested(share, n));
                    Ok(sorted([train.to_vec(), test.to_vec()]))
                },
            ),
            chaff(
                "coin_for_each",
                "Each row is in the test set with probability s, independently.",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let (test, train) = (0..classes.len()).partition(|_| g.uniform() < share);
                    Ok([train, test])
                },
            ),
            chaff("test_first", "The test set is returned first.", |classes, share, g| {
                let [train, test] = reference::split(classes, share, g)?;
                Ok([test, train])
            }),
            chaff("overlapping", "The training set has all rows.", |classes, share, g| {
                let [_, test] = reference::split(classes, share, g)?;
                Ok([(0..classes.len()).collect(), test])
            }),
            chaff("rounded_down", "The size of the test set is rounded down.", |classes, share, g| {
                check_share(classes, share)?;
                let mut parts = [vec![], vec![]];
                for class in names(classes) {
                    let mut rows = rows_of(classes, class);
                    g.shuffle(&mut rows);
                    let cut = ((share * rows.len() as f64) as usize).min(rows.len() - 1);
                    parts[1].extend(&rows[..cut]);
                    parts[0].extend(&rows[cut..]);
                }
                Ok(sorted(parts))
            }),
            chaff("none_left_to_learn", "A class of one row may be in the test set.", |classes, share, g| {
                check_share(classes, share)?;
                let mut parts = [vec![], vec![]];
                for class in names(classes) {
                    let mut rows = rows_of(classes, class);
                    g.shuffle(&mut rows);
                    let cut = (share * rows.len() as f64 + 0.5) as usize;
                    parts[1].extend(&rows[..cut]);
                    parts[0].extend(&rows[cut..]);
                }
                Ok(sorted(parts))
            }),
            chaff(
                "at_least_one",
                "The test set has at least one row of every class.",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let mut parts = [vec![], vec![]];
                    for class in names(classes) {
                        let mut rows = rows_of(classes, class);
                        g.shuffle(&mut rows);
                        let cut = tested(share, rows.len()).max(1).min(rows.len());
                        parts[1].extend(&rows[..cut]);
                        parts[0].extend(&rows[cut..]);
                    }
                    Ok(sorted(parts))
                },
            ),
            chaff("as_drawn", "The indices need not be sorted.", |classes, share, g| {
                let [mut train, test] = reference::split(classes, share, g)?;
                train.reverse();
                Ok([train, test])
            }),
            chaff(
                "always_the_same",
                "The generator may be replaced by one with a fixed seed.",
                |classes, share, _| reference::split(classes, share, &mut Generator::from_seed(42)),
            ),
            chaff(
                "generator_not_moved",
                "A clone of the generator is used, which leaves its state unchanged.",
                |classes, share, g| reference::split(classes, share, &mut g.clone()),
            ),
            chaff("one_for_all", "A test fraction of 1 is valid.", |classes, share, g| {
                reference::split(classes, if share == 1.0 { 0.99 } else { share }, g)
            }),
            chaff("nothing_from_nothing", "No rows give two empty sets.", |classes, share, g| {
                if classes.is_empty() { Ok([vec![], vec![]]) } else { reference::split(classes, share, g) }
            }),
            chaff(
                "naive_shuffle",
                "A shuffle may swap each row with any other (biased).",
                |classes, share, generator| {
                    by_class(classes, share, |rows, _| {
                        let n = rows.len();
                        for i in 0..n {
                            rows.swap(i, generator.below(n));
                        }
                    })
                },
            ),
            chaff(
                "single_precision",
                "f32 is precise enough for the test fraction.",
                |classes, share, generator| {
                    check_share(classes, share)?;
                    reference::split(classes, f64::from(share as f32).min(1.0 - 1e-9), generator)
                },
            ),
            wheat(
                "chosen_one_after_the_other",
                "goes through the rows of a class (selection sampling)",
                |classes, share, generator| {
                    check_share(classes, share)?;
                    let (mut train, mut test) = (Vec::new(), Vec::new());
                    for name in names(classes) {
                        let rows = rows_of(classes, name);
                        let mut owed = tested(share, rows.len());
                        for (k, i) in rows.iter().enumerate() {
                            if generator.below(rows.len() - k) < owed {
                                test.push(*i);
                                owed -= 1;
                            } else {
                                train.push(*i);
                            }
                        }
                    }
                    Ok(sorted([train, test]))
                },
            ),
            wheat(
                "drawn_without_a_list",
                "draws a place, and takes the last one for what is drawn already (Floyd); the last class \
                 first",
                drawn_without_a_list,
            ),
            wheat(
                "one_shuffle",
                "one permutation of all rows; the first of each class are the test set",
                |classes, share, generator| {
                    check_share(classes, share)?;
                    let mut order: Vec<usize> = (0..classes.len()).collect();
                    generator.shuffle(&mut order);
                    let mut left: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
                    for &class in classes {
                        *left.entry(class).or_default() += 1;
                    }
                    left.values_mut().for_each(|n| *n = ((share * *n as f64 + 0.5) as usize).min(*n - 1));
                    let (mut train, mut test) = (vec![], vec![]);
                    for i in order {
                        match left.get_mut(classes[i]) {
                            Some(owed) if *owed > 0 => {
                                *owed -= 1;
                                test.push(i);
                            }
                            _ => train.push(i),
                        }
                    }
                    Ok(sorted([train, test]))
                },
            ),
            chaff(
                "more_than_half",
                "Where more than half is tested, any rows will do.",
                |classes, share, g| {
                    let mut fixed = Generator::from_seed(3);
                    reference::split(classes, share, if share > 0.5 { &mut fixed } else { g })
                },
            ),
            chaff("many_classes", "Where there are many classes, any rows will do.", |classes, share, g| {
                let mut names = classes.to_vec();
                names.sort_unstable();
                names.dedup();
                let mut fixed = Generator::from_seed(3);
                reference::split(classes, share, if names.len() > 3 { &mut fixed } else { g })
            }),
        ],
    )(classes, test_share, generator)
}
