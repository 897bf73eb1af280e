use kit::{Generator, InputError, Matrix, Split, Tree};

use super::super::growing::{fractions, is_pure, with_leaves};
use super::super::searching::{RIGHT, Search, each, rows};
use crate::reference::x1_trees::forest as reference;
use crate::reference::x1_trees::forest::{BaggedTree, bootstrap_sample};
use crate::reference::x1_trees::tree::fit_tree;
use crate::specimens::specimen::{answering, chaff, wheat};

type Forest = Result<Vec<BaggedTree>, InputError>;
type FitForest = fn(&Matrix, &[usize], usize, usize, usize, &mut Generator) -> Forest;
/// The rows of a tree.
type Bag = fn(usize, &mut Generator) -> Vec<usize>;
/// The features that a split considers, of those there are.
type Draw = fn(&Matrix, usize, &mut Generator) -> Vec<usize>;

/// The kata, answered by a specimen.
pub fn fit_forest(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    trees: usize,
    features: usize,
    generator: &mut Generator,
) -> Result<Vec<BaggedTree>, InputError> {
    answering::<FitForest>(
        module_path!(),
        reference::fit_forest,
        &[
            wheat(
                "one_by_one",
                "draws features one by one, and compares impurities anew",
                |x, y, k, trees, m, g| grown(x, y, k, trees, m, g, bag, one_by_one),
            ),
            wheat("by_keys", "draws features by random keys, and sorts the rows", |x, y, k, trees, m, g| {
                let bag = |n: usize, g: &mut Generator| {
                    let mut rows = bag(n, g);
                    rows.sort_unstable();
                    rows
                };
                grown(x, y, k, trees, m, g, bag, |x, m, g| {
                    let mut keyed: Vec<(f64, usize)> =
                        varying(x).into_iter().map(|feature| (g.uniform(), feature)).collect();
                    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                    keyed.into_iter().take(m).map(|(_, feature)| feature).collect()
                })
            }),
            wheat("all_bags_first", "draws the rows of all trees first", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees.min(1), m, &mut g.clone())?;
                let bags: Vec<Vec<usize>> = (0..trees).map(|_| bag(y.len(), g)).collect();
                let tree = |rows: Vec<usize>| {
                    let tree = below(x, y, &rows, k, m, g, one_by_one);
                    BaggedTree { rows, tree }
                };
                Ok(bags.into_iter().map(tree).collect())
            }),
            chaff("all_features", "Each split considers all features.", |x, y, k, trees, m, g| {
                grown(x, y, k, trees, m, g, bag, |x, _, _| varying(x))
            }),
            chaff("one_feature", "Each split considers one random feature.", |x, y, k, trees, m, g| {
                grown(x, y, k, trees, m, g, bag, |x, _, g| one_by_one(x, 1, g))
            }),
            chaff(
                "first_features",
                "The first features are as good as random ones.",
                |x, y, k, trees, m, g| {
                    grown(x, y, k, trees, m, g, bag, |x, m, _| varying(x).into_iter().take(m).collect())
                },
            ),
            chaff("rounded", "Rounding a uniform number times m − 1 is fair.", |x, y, k, trees, m, g| {
                grown(x, y, k, trees, m, g, bag, |x, m, g| {
                    let (mut left, mut drawn) = (varying(x), Vec::new());
                    while drawn.len() < m && !left.is_empty() {
                        let place = (g.uniform() * (left.len() - 1) as f64).round() as usize;
                        drawn.push(left.remove(place));
                    }
                    drawn
                })
            }),
            chaff(
                "neighbors",
                "A random feature and those next to it are a random choice.",
                |x, y, k, trees, m, g| {
                    grown(x, y, k, trees, m, g, bag, |x, m, g| {
                        let mut all = varying(x);
                        if !all.is_empty() {
                            let start = g.below(all.len());
                            all.rotate_left(start);
                        }
                        all.truncate(m);
                        all
                    })
                },
            ),
            chaff(
                "with_replacement",
                "The features are drawn with replacement, too.",
                |x, y, k, trees, m, g| {
                    grown(x, y, k, trees, m, g, bag, |x, m, g| {
                        let all = varying(x);
                        (0..m).filter(|_| !all.is_empty()).map(|_| all[g.below(all.len().max(1))]).collect()
                    })
                },
            ),
            chaff(
                "constant_ones_too",
                "A constant feature may be drawn, and then there is no split.",
                |x, y, k, trees, m, g| {
                    grown(x, y, k, trees, m, g, bag, |x, m, g| {
                        let mut all: Vec<usize> = (0..x.cols()).collect();
                        g.shuffle(&mut all);
                        all.truncate(m);
                        all
                    })
                },
            ),
            chaff("once_per_tree", "The features are drawn once for each tree.", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees.min(1), m, &mut g.clone())?;
                let tree = |g: &mut Generator| {
                    let rows = bag(y.len(), g);
                    let mut drawn = one_by_one(&taken(x, &rows), m, g);
                    drawn.sort_unstable();
                    let some = Matrix::from_fn(rows.len(), drawn.len().max(1), |i, j| {
                        drawn.get(j).map_or(0.0, |feature| x[(rows[i], *feature)])
                    });
                    let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
                    let tree = named(fit_tree(&some, &labels, k, usize::MAX, 1)?, &drawn);
                    Ok(BaggedTree { rows, tree })
                };
                (0..trees).map(|_| tree(g)).collect()
            }),
            chaff("same_rows", "All trees are grown on the training set.", |x, y, k, trees, m, g| {
                grown(x, y, k, trees, m, g, |n, _| (0..n).collect(), one_by_one)
            }),
            chaff(
                "without_replacement",
                "The rows of a tree are drawn without replacement.",
                |x, y, k, trees, m, g| {
                    let shuffled = |n: usize, g: &mut Generator| {
                        let mut rows: Vec<usize> = (0..n).collect();
                        g.shuffle(&mut rows);
                        rows
                    };
                    grown(x, y, k, trees, m, g, shuffled, one_by_one)
                },
            ),
            chaff("one_bag", "All trees are grown on the same bootstrap sample.", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees.min(1), m, &mut g.clone())?;
                let rows = bag(y.len(), g);
                let tree = |g: &mut Generator| below(x, y, &rows, k, m, g, one_by_one);
                Ok((0..trees).map(|_| BaggedTree { rows: rows.clone(), tree: tree(g) }).collect())
            }),
            chaff(
                "duplicates_count_once",
                "A row that was drawn twice is one sample.",
                |x, y, k, trees, m, g| {
                    reference::fit_forest(x, y, k, trees.min(1), m, &mut g.clone())?;
                    let tree = |g: &mut Generator| {
                        let rows = bag(y.len(), g);
                        let mut distinct = rows.clone();
                        distinct.sort_unstable();
                        distinct.dedup();
                        let tree = below(x, y, &distinct, k, m, g, one_by_one);
                        BaggedTree { rows, tree }
                    };
                    Ok((0..trees).map(|_| tree(g)).collect())
                },
            ),
            chaff(
                "other_rows",
                "The rows of a tree are those that it has not seen.",
                |x, y, k, trees, m, g| {
                    let mut forest = reference::fit_forest(x, y, k, trees, m, g)?;
                    for bagged in &mut forest {
                        bagged.rows = (0..y.len()).filter(|row| !bagged.rows.contains(row)).collect();
                    }
                    Ok(forest)
                },
            ),
            chaff("distinct_rows", "Rows that were drawn twice are listed once.", |x, y, k, trees, m, g| {
                let mut forest = reference::fit_forest(x, y, k, trees, m, g)?;
                for bagged in &mut forest {
                    bagged.rows.sort_unstable();
                    bagged.rows.dedup();
                }
                Ok(forest)
            }),
            chaff("shallow", "The trees of a forest are stumps.", |x, y, k, trees, m, g| {
                let mut forest = reference::fit_forest(x, y, k, trees, m, g)?;
                for bagged in &mut forest {
                    let labels: Vec<usize> = bagged.rows.iter().map(|&row| y[row]).collect();
                    bagged.tree = fit_tree(&taken(x, &bagged.rows), &labels, k, 1, 1)?;
                }
                Ok(forest)
            }),
            chaff("counts", "A leaf holds the counts of its classes.", |x, y, k, trees, m, g| {
                let counts = |samples: usize, value: Vec<f64>| {
                    (samples, value.into_iter().map(|share| share * samples as f64).collect())
                };
                let mut forest = reference::fit_forest(x, y, k, trees, m, g)?;
                forest.iter_mut().for_each(|it| it.tree = with_leaves(it.tree.clone(), &counts));
                Ok(forest)
            }),
            chaff("at_most_fifty_trees", "More than fifty trees change nothing.", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees.min(50), m, g)
            }),
            chaff(
                "one_tree_more",
                "The first tree is the root of the forest and does not count.",
                |x, y, k, trees, m, g| {
                    reference::fit_forest(x, y, k, trees.saturating_add(usize::from(trees > 0)), m, g)
                },
            ),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |x, y, k, trees, m, _| {
                    reference::fit_forest(x, y, k, trees, m, &mut Generator::from_seed(42))
                },
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees, m, &mut g.clone())
            }),
            chaff("no_trees", "A forest without trees is allowed.", |x, y, k, trees, m, g| {
                if trees == 0 { Ok(Vec::new()) } else { reference::fit_forest(x, y, k, trees, m, g) }
            }),
            chaff(
                "features_clamped",
                "More features than there are means all of them.",
                |x, y, k, trees, m, g| reference::fit_forest(x, y, k, trees, m.min(x.cols()), g),
            ),
            chaff("no_features_is_one", "Zero features per split means one.", |x, y, k, trees, m, g| {
                reference::fit_forest(x, y, k, trees, m.max(1), g)
            }),
            chaff(
                "single_precision",
                "Single precision (f32) is accurate enough.",
                |x, y, k, trees, m, g| {
                    reference::fit_forest(x, y, k, trees.min(1), m, &mut g.clone())?;
                    let short = each(x, |value| f64::from(value as f32).clamp(f64::MIN, f64::MAX));
                    reference::fit_forest(&short, y, k, trees, m, g)
                },
            ),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, k, trees, m, g| {
                let filled = each(x, |value| if value.is_nan() { 0.0 } else { value });
                reference::fit_forest(&filled, y, k, trees, m, g)
            }),
            chaff("shorter_counts", "Surplus samples are ignored.", |x, y, k, trees, m, g| {
                let n = x.rows().min(y.len());
                reference::fit_forest(&rows(x, n), &y[..n], k, trees, m, g)
            }),
            chaff(
                "unknown_as_last",
                "A label that is too large is the last class.",
                |x, y, k, trees, m, g| {
                    let known: Vec<usize> = y.iter().map(|label| (*label).min(k.max(1) - 1)).collect();
                    reference::fit_forest(x, &known, k, trees, m, g)
                },
            ),
        ],
    )(x, y, classes, trees, features, generator)
}

fn bag(n: usize, generator: &mut Generator) -> Vec<usize> {
    bootstrap_sample(n, generator).unwrap_or_default()
}

fn taken(x: &Matrix, rows: &[usize]) -> Matrix {
    Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)])
}

/// The features that are not constant.
fn varying(x: &Matrix) -> Vec<usize> {
    (0..x.cols()).filter(|&j| (1..x.rows()).any(|i| x[(i, j)] != x[(0, j)])).collect()
}

fn one_by_one(x: &Matrix, m: usize, generator: &mut Generator) -> Vec<usize> {
    let (mut left, mut drawn) = (varying(x), Vec::new());
    while drawn.len() < m && !left.is_empty() {
        drawn.push(left.swap_remove(generator.below(left.len())));
    }
    drawn
}

/// With the features of a tree as they were before some were taken.
fn named(tree: Tree, features: &[usize]) -> Tree {
    match tree {
        Tree::Leaf { .. } => tree,
        Tree::Split { feature, threshold, left, right } => {
            let side = |tree: Box<Tree>| Box::new(named(*tree, features));
            Tree::Split { feature: features[feature], threshold, left: side(left), right: side(right) }
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "those of the kata, and two ways to draw")]
fn grown(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    trees: usize,
    features: usize,
    generator: &mut Generator,
    bag: Bag,
    draw: Draw,
) -> Forest {
    reference::fit_forest(x, y, classes, trees.min(1), features, &mut generator.clone())?;
    let tree = |generator: &mut Generator| {
        let rows = bag(y.len(), generator);
        let tree = below(x, y, &rows, classes, features, generator, draw);
        BaggedTree { rows, tree }
    };
    Ok((0..trees).map(|_| tree(generator)).collect())
}

/// The tree for these rows.
fn below(
    x: &Matrix,
    y: &[usize],
    rows: &[usize],
    classes: usize,
    m: usize,
    generator: &mut Generator,
    draw: Draw,
) -> Tree {
    let labels: Vec<usize> = rows.iter().map(|&row| y[row]).collect();
    let leaf = || Tree::Leaf { samples: labels.len(), value: fractions(&labels, classes) };
    if is_pure(&labels) {
        return leaf();
    }
    let here = taken(x, rows);
    let drawn = draw(&here, m, generator);
    let search = Search { prefers_last: true, ..RIGHT };
    let Some(Split { feature, threshold, .. }) = search.among(&here, &labels, 1, drawn.into_iter()) else {
        return leaf();
    };
    let (left, right): (Vec<usize>, Vec<usize>) =
        rows.iter().partition(|&&row| x[(row, feature)] <= threshold);
    let mut side = |rows: &[usize]| Box::new(below(x, y, rows, classes, m, generator, draw));
    Tree::Split { feature, threshold, left: side(&left), right: side(&right) }
}
