//! Splitting samples into the folds of a cross-validation.

use kit::{Generator, InputError, check};

/// k-fold split: partitions the rows 0 to n − 1 into k folds at random.
///
/// Each row is in exactly one fold. The sizes of the folds differ by at most 1. Every partition with the same sizes
/// is equally likely: in particular, rows that are neighbors in the data may get into different folds.
///
/// * `n`: the number of rows. `k`: the number of folds, 2 to n.
/// * `generator`: the random number generator. The same state gives the same folds; its state advances with every
///   number drawn, so that the next call gives folds that are independent of these.
/// * Returns k folds of row numbers. Which folds are larger by one is not specified, nor is the order within a fold.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 2 and at most n.
///
/// ```
/// # use katas::m05_classifiers::folds::k_fold;
/// let folds = k_fold(7, 3, &mut kit::Generator::from_seed(1))?;
/// let mut rows = folds.concat();
/// rows.sort_unstable();
/// assert_eq!((folds.len(), rows), (3, vec![0, 1, 2, 3, 4, 5, 6]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.KFold(n_splits=k, shuffle=True)`; the default is `shuffle=False`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.1.
pub fn k_fold(n: usize, k: usize, generator: &mut Generator) -> Result<Vec<Vec<usize>>, InputError> {
    check::in_range("k", k as f64, (2..=n).contains(&k), "2 to the number of rows")?;
    let mut order: Vec<usize> = (0..n).collect();
    generator.shuffle(&mut order);
    Ok(split_in_turn(&order, k))
}

/// Stratified k-fold split: partitions the rows into k folds at random, so that every fold has the class proportions
/// of the whole.
///
/// Each row is in exactly one fold. Of each class, the numbers of rows in two folds differ by at most 1; so do the
/// sizes of two folds. Every partition with the same numbers of each class in each fold is equally likely.
///
/// * `y`: the labels of n rows, any numbers.
/// * `k`: the number of folds, 2 to the size of the smallest class, so that each class is in each test fold.
/// * `generator`: the random number generator. The same state gives the same folds; its state advances with every
///   number drawn, so that the next call gives folds that are independent of these.
/// * Returns k folds of row numbers. The order within a fold is not specified.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there are no labels;
/// * [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 2 and at most the size of the smallest class.
///
/// ```
/// # use katas::m05_classifiers::folds::stratified_k_fold;
/// let y = [7, 7, 7, 7, 3, 3];
/// for fold in stratified_k_fold(&y, 2, &mut kit::Generator::from_seed(1))? {
///     assert_eq!(fold.iter().filter(|&&row| y[row] == 7).count(), 2);
///     assert_eq!(fold.iter().filter(|&&row| y[row] == 3).count(), 1);
/// }
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.StratifiedKFold(n_splits=k, shuffle=True)`; where a class has fewer than k
/// rows it only warns.
///
/// Source: Kohavi, *A Study of Cross-Validation and Bootstrap for Accuracy Estimation and Model Selection*, IJCAI
/// (1995).
pub fn stratified_k_fold(
    y: &[usize],
    k: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    let members = gathered(y);
    check::at_least(1, members.len())?;
    let enough = k >= 2 && members.iter().all(|class| class.len() >= k);
    check::in_range("k", k as f64, enough, "2 to the size of the smallest class")?;
    let mut order = Vec::new();
    for mut class in members {
        generator.shuffle(&mut class);
        order.extend(class);
    }
    // The next class goes on where the last one ended: so the sizes of the folds stay even, too.
    let mut folds = split_in_turn(&order, k);
    generator.shuffle(&mut folds);
    Ok(folds)
}

/// Group k-fold split: partitions the rows into k folds at random, so that all rows of a group are in the same fold.
///
/// Copies of a sample, two photographs of one object, all records of one person: if one of them is in the training
/// set and another in the test set, the test set leaks. Each row is in exactly one fold. The sizes of two folds
/// differ by at most the size of the largest group, and no fold is empty.
///
/// * `groups`: the group of each of n rows, any numbers.
/// * `k`: the number of folds, 2 to the number of groups.
/// * `generator`: the random number generator. The same state gives the same folds; its state advances with every
///   number drawn, so that the next call gives folds that are independent of these. Of groups of the same size, each
///   is equally likely to share a fold with any given other group.
/// * Returns k folds of row numbers. The order within a fold is not specified.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there are no rows;
/// * [`InputError::OutOfRange`] with `name` `"k"` unless k is at least 2 and at most the number of groups.
///
/// ```
/// # use katas::m05_classifiers::folds::group_k_fold;
/// let folds = group_k_fold(&[5, 8, 5, 8], 2, &mut kit::Generator::from_seed(1))?;
/// assert!(folds.contains(&vec![0, 2]) && folds.contains(&vec![1, 3]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.GroupKFold(n_splits=k, shuffle=True).split(x, y, groups)`; the default is
/// `shuffle=False`.
///
/// Source: Pedregosa et al., *Scikit-learn: Machine Learning in Python*, JMLR 12 (2011), whose `GroupKFold` it
/// resembles.
pub fn group_k_fold(
    groups: &[usize],
    k: usize,
    generator: &mut Generator,
) -> Result<Vec<Vec<usize>>, InputError> {
    let mut members = gathered(groups);
    check::at_least(1, members.len())?;
    check::in_range("k", k as f64, (2..=members.len()).contains(&k), "2 to the number of groups")?;
    generator.shuffle(&mut members);
    // The largest first, each into the fold that is smallest so far: the small ones even out what the large ones left.
    members.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut folds: Vec<Vec<usize>> = vec![Vec::new(); k];
    for group in members {
        if let Some(smallest) = folds.iter_mut().min_by_key(|fold| fold.len()) {
            smallest.extend(group);
        }
    }
    Ok(folds)
}

/// The rows of each label, the lowest label first.
fn gathered(labels: &[usize]) -> Vec<Vec<usize>> {
    let mut rows: Vec<usize> = (0..labels.len()).collect();
    rows.sort_by_key(|&row| labels[row]);
    rows.chunk_by(|&a, &b| labels[a] == labels[b]).map(<[usize]>::to_vec).collect()
}

/// One after the other into k folds, like cards.
fn split_in_turn(order: &[usize], k: usize) -> Vec<Vec<usize>> {
    (0..k).map(|fold| order.iter().copied().skip(fold).step_by(k).collect()).collect()
}
