use kit::{Generator, InputError};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::splitting as reference;

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
                "decides for each row in turn, with what its class still owes",
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
                "a random key for each row, and the smallest keys of a class are the test",
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
            chaff("not_shuffled", "the last rows of each class are as good as any", |classes, share, _| {
                by_class(classes, share, |_, _| {})
            }),
            chaff("a_window", "a random start is random enough", |classes, share, g| {
                let start = g.below(1 << 20);
                by_class(classes, share, |rows, _| rows.rotate_left(start % rows.len().max(1)))
            }),
            chaff(
                "one_order_for_all_classes",
                "a fresh generator for each class makes it reproducible",
                |classes, share, g| {
                    let seed = g.below(1 << 30) as u64;
                    by_class(classes, share, |rows, _| Generator::from_seed(seed).shuffle(rows))
                },
            ),
            chaff("classes_ignored", "a share of all rows is a share of every class", |classes, share, g| {
                check_share(classes, share)?;
                let n = classes.len();
                let mut order: Vec<usize> = (0..n).collect();
                g.shuffle(&mut order);
                let (test, train) = order.split_at(tested(share, n));
                Ok(sorted([train.to_vec(), test.to_vec()]))
            }),
            chaff(
                "coin_for_each",
                "each row goes to the test with the probability s",
                |classes, share, g| {
                    check_share(classes, share)?;
                    let (test, train) = (0..classes.len()).partition(|_| g.uniform() < share);
                    Ok([train, test])
                },
            ),
            chaff("test_first", "the test comes first", |classes, share, g| {
                let [train, test] = reference::split(classes, share, g)?;
                Ok([test, train])
            }),
            chaff("overlapping", "the training may have all rows", |classes, share, g| {
                let [_, test] = reference::split(classes, share, g)?;
                Ok([(0..classes.len()).collect(), test])
            }),
            chaff("rounded_down", "the test gets ⌊s·n⌋", |classes, share, g| {
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
            chaff("none_left_to_learn", "a class of one row may go to the test", |classes, share, g| {
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
            chaff("at_least_one", "the test gets one of every class at least", |classes, share, g| {
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
            }),
            chaff("as_drawn", "the order of the rows says nothing", |classes, share, g| {
                let [mut train, test] = reference::split(classes, share, g)?;
                train.reverse();
                Ok([train, test])
            }),
            chaff("always_the_same", "a fixed seed makes it reproducible", |classes, share, _| {
                reference::split(classes, share, &mut Generator::from_seed(42))
            }),
            chaff(
                "generator_not_moved",
                "a clone of the generator leaves it as it was",
                |classes, share, g| reference::split(classes, share, &mut g.clone()),
            ),
            chaff("one_for_all", "a share of 1 tests everything", |classes, share, g| {
                reference::split(classes, if share == 1.0 { 0.99 } else { share }, g)
            }),
            chaff("nothing_from_nothing", "no rows have no parts", |classes, share, g| {
                if classes.is_empty() { Ok([vec![], vec![]]) } else { reference::split(classes, share, g) }
            }),
            chaff("naive_shuffle", "each row is swapped with any other", |classes, share, generator| {
                by_class(classes, share, |rows, _| {
                    let n = rows.len();
                    for i in 0..n {
                        rows.swap(i, generator.below(n));
                    }
                })
            }),
            chaff("share_first", "the share is looked at before the rows", |classes, share, generator| {
                if classes.is_empty() && !(share > 0.0 && share < 1.0) {
                    return Err(if share.is_finite() {
                        InputError::OutOfRange {
                            name: "test_share",
                            got: share,
                            wanted: "more than 0 and less than 1",
                        }
                    } else {
                        InputError::NotFinite { name: "test_share", index: 0 }
                    });
                }
                reference::split(classes, share, generator)
            }),
            chaff(
                "single_precision",
                "a share needs no more than six digits",
                |classes, share, generator| {
                    check_share(classes, share)?;
                    reference::split(classes, f64::from(share as f32).min(1.0 - 1e-9), generator)
                },
            ),
            wheat(
                "chosen_one_after_the_other",
                "goes through the rows of a class and takes each with the chance that is left",
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
                "one order for all rows; the first of each class are the test",
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
        ],
    )(classes, test_share, generator)
}
