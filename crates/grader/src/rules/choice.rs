use std::collections::{BTreeMap, BTreeSet};

use engine::catalog::Catalog;
use engine::problem::Problem;
use toml::Spanned;

use super::source::Located;

/// The katas of an assignment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The cargo features of their milestones, in the order of the course.
    pub milestones: Vec<String>,
    /// Their ids; `None` where every kata of the milestones is chosen.
    pub katas: Option<BTreeSet<String>>,
}

impl Choice {
    /// The katas that these ids of milestones, files and katas name; all of them, where none is named.
    pub(super) fn of(file: &Located, catalog: &Catalog, named: &[Spanned<String>]) -> Result<Self, Problem> {
        if named.is_empty() {
            return Ok(Self::default());
        }
        let mut katas = BTreeSet::new();
        for id in named {
            katas.extend(ids(file, catalog, id)?);
        }
        let is_in =
            |milestone: &&engine::catalog::Milestone| milestone.katas().any(|kata| katas.contains(&kata.id));
        let milestones = catalog.milestones.iter().filter(is_in).map(|it| it.feature.clone()).collect();
        Ok(Self { milestones, katas: Some(katas) })
    }

    /// Whether a kata is chosen.
    #[must_use]
    pub fn has(&self, kata: &str) -> bool {
        self.katas.as_ref().is_none_or(|katas| katas.contains(kata))
    }
}

/// What each kata weighs. The id of a kata outweighs that of its file, and that of its milestone.
pub(super) fn weights(
    file: &Located,
    catalog: &Catalog,
    choice: &Choice,
    given: &BTreeMap<Spanned<String>, Spanned<f64>>,
) -> Result<BTreeMap<String, f64>, Problem> {
    let mut sorted = Vec::new();
    for (id, weight) in given {
        let katas = ids(file, catalog, id)?;
        if !katas.iter().any(|kata| choice.has(kata)) {
            let what = format!("`{}` has a weight and is no part of the assignment", id.get_ref());
            return Err(file.wrong(id.span(), &what, "Name it in `katas`, or take the weight away."));
        }
        sorted.push((katas, *positive(file, weight, "a weight")?));
    }
    sorted.sort_by_key(|(katas, _)| std::cmp::Reverse(katas.len()));
    let each = sorted.into_iter().flat_map(|(katas, weight)| katas.into_iter().map(move |it| (it, weight)));
    Ok(each.collect())
}

/// A number that is not negative.
pub(super) fn positive<'a>(file: &Located, number: &'a Spanned<f64>, what: &str) -> Result<&'a f64, Problem> {
    let value = number.get_ref();
    if value.is_finite() && *value >= 0.0 {
        return Ok(value);
    }
    Err(file.wrong(number.span(), &format!("{what} is {value}"), "Write a number that is not negative."))
}

fn ids(file: &Located, catalog: &Catalog, id: &Spanned<String>) -> Result<Vec<String>, Problem> {
    match catalog.find(id.get_ref()) {
        Ok(selection) => Ok(selection.katas().iter().map(|kata| kata.id.clone()).collect()),
        Err(problem) => Err(file.wrong(id.span(), &problem.to_string(), &problem.remedy().join("\n"))),
    }
}
