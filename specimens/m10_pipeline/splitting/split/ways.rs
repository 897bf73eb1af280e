//! Other ways to compute it, right and wrong, for the specimens of `split`.

use crate::reference::m10_pipeline::splitting as reference;
use kit::{Generator, InputError};

use super::Parts;

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
