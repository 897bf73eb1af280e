use strsim::levenshtein;

use super::tree::{Catalog, File, Kata, Milestone};
use crate::problem::Problem;

/// What an id names.
#[derive(Debug, Clone, Copy)]
pub enum Selection<'a> {
    /// All katas of a milestone.
    Milestone(&'a Milestone),
    /// All katas of a file.
    File(&'a File),
    /// One kata.
    Kata(&'a Kata),
}

/// The texts have US spelling; some ids were published before they had, and stay.
fn as_published(id: &str) -> Option<String> {
    let published = id.replace("neighbors", "neighbours").replace("color", "colour");
    (published != id).then_some(published)
}

impl<'a> Selection<'a> {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        match self {
            Self::Milestone(milestone) => &milestone.id,
            Self::File(file) => &file.id,
            Self::Kata(kata) => &kata.id,
        }
    }

    /// The katas that it stands for.
    #[must_use]
    pub fn katas(&self) -> Vec<&'a Kata> {
        match self {
            Self::Milestone(milestone) => milestone.katas().collect(),
            Self::File(file) => file.katas.iter().collect(),
            Self::Kata(kata) => vec![kata],
        }
    }
}

impl Catalog {
    /// What `asked` names. The end of an id is enough where it is unique (`dot`, `vectors/dot`), a milestone may be
    /// named by its feature (`m01`, `m01/vectors`), and a path of a file (`katas/m01_linear_algebra/vectors.rs`) will do.
    ///
    /// # Errors
    ///
    /// [`Problem::UnknownId`] with the nearest ids, [`Problem::AmbiguousId`] with all that fit.
    pub fn find(&self, asked: &str) -> Result<Selection<'_>, Problem> {
        let plain = asked.trim().replace("::", "/").replace('\\', "/");
        let plain = plain.trim_start_matches("./").trim_end_matches('/');
        let plain = ["katas/", "solutions/", "tests/", "specimens/"]
            .iter()
            .find_map(|tree| plain.strip_prefix(tree))
            .unwrap_or(plain);
        let plain = plain.strip_suffix(".rs").or(plain.strip_suffix(".md")).unwrap_or(plain);
        let plain = plain.strip_suffix("/mod").unwrap_or(plain);
        let wanted: Vec<_> = plain.split('/').map(|part| self.whole_name(part)).collect();
        let all = self.everything();
        if let Some(exact) = all.iter().find(|it| it.id().split('/').eq(wanted.iter().copied())) {
            return Ok(*exact);
        }
        let ends_so =
            |it: &&Selection<'_>| it.id().split('/').rev().zip(wanted.iter().rev()).all(|(a, b)| a == *b);
        let is_long_enough = |it: &&Selection<'_>| it.id().split('/').count() >= wanted.len();
        let mut fitting: Vec<_> = all.iter().filter(|it| is_long_enough(it) && ends_so(it)).collect();
        if fitting.is_empty() {
            // `m01/dot`: parts in the middle may be left out.
            fitting = all.iter().filter(|it| leaves_out(it.id(), &wanted)).collect();
        }
        match fitting[..] {
            [only] => Ok(*only),
            [] => match as_published(plain) {
                Some(published) => self.find(&published),
                None => Err(Problem::UnknownId { asked: asked.to_owned(), nearest: self.nearest(plain) }),
            },
            _ => {
                let candidates = fitting.iter().map(|it| it.id().to_owned()).collect();
                Err(Problem::AmbiguousId { asked: asked.to_owned(), candidates })
            }
        }
    }

    /// As [`Catalog::find`], for commands that need one kata.
    ///
    /// # Errors
    ///
    /// As there, and [`Problem::NotOneKata`].
    pub fn find_kata(&self, asked: &str, command: &'static str) -> Result<&Kata, Problem> {
        match self.find(asked)? {
            Selection::Kata(kata) => Ok(kata),
            _ => Err(Problem::NotOneKata { asked: asked.to_owned(), command }),
        }
    }

    /// The shortest end of a kata's id that names it alone: what a learner types.
    #[must_use]
    pub fn short<'a>(&self, kata: &'a Kata) -> &'a str {
        self.shortest(&kata.id)
    }

    /// As [`Catalog::short`], for a file.
    #[must_use]
    pub fn short_file<'a>(&self, file: &'a File) -> &'a str {
        self.shortest(&file.id)
    }

    fn shortest<'a>(&self, id: &'a str) -> &'a str {
        let starts = id.rmatch_indices('/').map(|(at, _)| at + 1);
        let mut ends = starts.map(|at| &id[at..]);
        ends.find(|end| self.find(end).is_ok_and(|it| it.id() == id)).unwrap_or(id)
    }

    /// A milestone may be named by its feature, with or without the zero: `m01`, `m1`.
    fn whole_name<'a>(&'a self, part: &'a str) -> &'a str {
        let number = |text: &str| text.strip_prefix('m')?.parse::<u32>().ok();
        let is_meant = |feature: &str| {
            feature == part || number(feature).is_some_and(|feature| number(part) == Some(feature))
        };
        self.milestones.iter().find(|it| is_meant(&it.feature)).map_or(part, |it| &it.id)
    }

    fn everything(&self) -> Vec<Selection<'_>> {
        let milestones = self.milestones.iter().map(Selection::Milestone);
        let files = self.files().map(Selection::File);
        milestones.chain(files).chain(self.katas().map(Selection::Kata)).collect()
    }

    /// Up to five ids, the most alike first.
    fn nearest(&self, asked: &str) -> Vec<String> {
        let asked = asked.to_lowercase().replace(['-', ' '], "_");
        let last = asked.rsplit('/').next().unwrap_or(&asked);
        let mut near: Vec<_> = self
            .everything()
            .iter()
            .filter_map(|it| {
                let name = it.id().rsplit('/').next().unwrap_or(it.id());
                let far = levenshtein(&asked, it.id()).min(levenshtein(last, name));
                let words =
                    |text: &str| text.split(['_', '/']).any(|word| word.len() > 2 && last.contains(word));
                let contains = last.len() > 2 && (name.contains(last) || words(name));
                (contains || far <= 1 + last.chars().count() / 3).then(|| (far, it.id().to_owned()))
            })
            .collect();
        near.sort();
        // What is much further off than the best was not meant.
        let best = near.first().map_or(0, |(far, _)| *far);
        near.retain(|(far, id)| *far <= best + 1 || id.contains(last));
        near.into_iter().take(5).map(|(_, id)| id).collect()
    }
}

/// Whether these parts stand in this order in the id, the last of them at its end.
fn leaves_out(id: &str, parts: &[&str]) -> bool {
    let mut of_id = id.split('/').rev();
    let mut parts = parts.iter().rev();
    parts.next().is_some_and(|last| of_id.next() == Some(*last))
        && parts.all(|part| of_id.by_ref().any(|it| it == *part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog() -> Catalog {
        let kata = |id: &str| Kata {
            id: id.to_owned(),
            item: String::new(),
            features: Vec::new(),
            docs: String::new(),
            signature: String::new(),
            laws: Vec::new().into(),
        };
        let file = |id: &str, katas: &[&str]| File {
            id: id.to_owned(),
            title: String::new(),
            feature: None,
            katas: katas.iter().map(|name| kata(&format!("{id}/{name}"))).collect(),
        };
        let milestone = |id: &str, files| Milestone {
            id: id.to_owned(),
            feature: id[..3].to_owned(),
            title: String::new(),
            builds_on: None,
            files,
        };
        let linear = vec![
            file("m01_linear_algebra/vectors", &["add", "dot", "cosine_similarity"]),
            file("m01_linear_algebra/linear", &["fit"]),
        ];
        let scratch = vec![file("m04_scratch/linear", &["fit", "predict", "k_nearest_neighbours"])];
        Catalog {
            milestones: vec![milestone("m01_linear_algebra", linear), milestone("m04_scratch", scratch)],
        }
    }

    #[test]
    fn the_end_of_an_id_is_enough() {
        let catalog = catalog();
        let found = |asked: &str| catalog.find(asked).map(|it| it.id().to_owned()).unwrap_or_default();
        assert_eq!(found("dot"), "m01_linear_algebra/vectors/dot");
        assert_eq!(found("vectors/dot"), "m01_linear_algebra/vectors/dot");
        assert_eq!(found("m01::vectors::dot"), "m01_linear_algebra/vectors/dot");
        assert_eq!(found("m01"), "m01_linear_algebra");
        assert_eq!(found("k_nearest_neighbors"), "m04_scratch/linear/k_nearest_neighbours");
        assert_eq!(found("m04/linear"), "m04_scratch/linear");
        assert_eq!(found("./katas/m01_linear_algebra/vectors.rs"), "m01_linear_algebra/vectors");
        assert_eq!(found("m01_linear_algebra/"), "m01_linear_algebra");
        assert_eq!(found("vectors"), "m01_linear_algebra/vectors");
        assert_eq!(found("m01/dot"), "m01_linear_algebra/vectors/dot");
        assert_eq!(found("m1"), "m01_linear_algebra");
    }

    #[test]
    fn what_is_not_unique_is_listed() {
        let catalog = catalog();
        let Err(Problem::AmbiguousId { candidates, .. }) = catalog.find("fit") else {
            panic!("fit is unique")
        };
        assert_eq!(candidates, ["m01_linear_algebra/linear/fit", "m04_scratch/linear/fit"]);
    }

    #[test]
    fn what_is_unknown_is_answered_with_the_nearest() {
        let catalog = catalog();
        let nearest = |asked: &str| match catalog.find(asked) {
            Err(Problem::UnknownId { nearest, .. }) => nearest,
            other => panic!("{other:?}"),
        };
        assert_eq!(nearest("dott")[0], "m01_linear_algebra/vectors/dot");
        assert_eq!(nearest("cosine"), ["m01_linear_algebra/vectors/cosine_similarity"]);
        assert_eq!(nearest("Cosine-Similarty")[0], "m01_linear_algebra/vectors/cosine_similarity");
        assert_eq!(nearest("zzzzzzzzz"), [] as [String; 0]);
        assert_eq!(nearest(""), [] as [String; 0]);
    }
}
