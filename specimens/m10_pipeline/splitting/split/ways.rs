//! Other ways to compute it, right and wrong, for the specimens of `split`.

use kit::{Generator, InputError, check};

use super::Parts;
use crate::reference::m10_pipeline::splitting as reference;

pub(super) fn check_share(classes: &[&str], share: f64) -> Result<(), InputError> {
    reference::split(classes, share, &mut Generator::from_seed(0)).map(|_| ())
}

pub(super) fn tested(share: f64, n: usize) -> usize {
    ((share * n as f64 + 0.5) as usize).min(n.saturating_sub(1))
}

pub(super) fn rows_of(classes: &[&str], class: &str) -> Vec<usize> {
    (0..classes.len()).filter(|&i| classes[i] == class).collect()
}

pub(super) fn names<'a>(classes: &[&'a str]) -> Vec<&'a str> {
    let mut names = classes.to_vec();
    names.sort_unstable();
    names.dedup();
    names
}

pub(super) fn by_class(classes: &[&str], share: f64, mut shuffle: impl FnMut(&mut [usize], &str)) -> Parts {
    check_share(classes, share)?;
    let mut parts = [vec![], vec![]];
    for class in names(classes) {
        let mut rows = rows_of(classes, class);
        shuffle(&mut rows, class);
        let cut = rows.len() - tested(share, rows.len());
        parts[0].extend(&rows[..cut]);
        parts[1].extend(&rows[cut..]);
    }
    Ok(sorted(parts))
}

pub(super) fn sorted(mut parts: [Vec<usize>; 2]) -> [Vec<usize>; 2] {
    parts.iter_mut().for_each(|part| part.sort_unstable());
    parts
}

pub(super) fn drawn_without_a_list(classes: &[&str], share: f64, generator: &mut Generator) -> Parts {
    check::at_least(1, classes.len())?;
    check::finite_number("test_share", share)?;
    let is_share = 0.0 < share && share < 1.0;
    check::in_range("test_share", share, is_share, "more than 0 and less than 1")?;
    let mut names = classes.to_vec();
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.dedup();
    let mut is_tested = vec![false; classes.len()];
    for name in names {
        let rows: Vec<usize> = (0..classes.len()).filter(|&i| classes[i] == name).collect();
        let n = rows.len();
        let many = ((share * n as f64).round() as usize).min(n - 1);
        for last in n - many..n {
            let k = generator.below(last + 1);
            let place = if is_tested[rows[k]] { last } else { k };
            is_tested[rows[place]] = true;
        }
    }
    let of = |tested: bool| (0..classes.len()).filter(|&i| is_tested[i] == tested).collect();
    Ok([of(false), of(true)])
}
