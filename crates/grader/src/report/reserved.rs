use super::formats::OF_A_CLASS;
use super::lms::FILES;
use super::{regrade, seed};

/// The names that no submission may bear: what is written about the class has them.
#[must_use]
pub fn reserved_names() -> Vec<&'static str> {
    let reports = OF_A_CLASS.iter().map(|(name, _)| *name);
    let others = ["class.json", "similarity.html", "similarity.json", regrade::KEPT_IN, seed::KEPT_IN];
    reports.chain(FILES).chain(others).collect()
}
