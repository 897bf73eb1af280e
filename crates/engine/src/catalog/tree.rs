use std::path::PathBuf;

use super::lazy::LazyLaws;
use crate::machine::Need;
use protocol::Tier;

/// All katas, in the order in which they are best taken.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// The milestones in order.
    pub milestones: Vec<Milestone>,
}

/// A milestone: a folder of subjects, and a cargo feature.
#[derive(Debug, Clone)]
pub struct Milestone {
    /// `m01_linear_algebra`.
    pub id: String,
    /// The cargo feature that builds it: `m01`.
    pub feature: String,
    /// What its module says of itself, in one line.
    pub title: String,
    /// What it builds on, as a sentence, where it stands outside of the course's order.
    pub builds_on: Option<String>,
    /// Its files in order.
    pub files: Vec<File>,
}

/// A file: the katas of one subject.
#[derive(Debug, Clone)]
pub struct File {
    /// `m01_linear_algebra/vectors`.
    pub id: String,
    /// What it says of itself, in one line.
    pub title: String,
    /// The cargo feature that it needs in addition to the milestone's, such as `opencv`.
    pub feature: Option<String>,
    /// Its katas in order.
    pub katas: Vec<Kata>,
}

/// A kata: one public function, or one type with its methods.
#[derive(Debug, Clone)]
pub struct Kata {
    /// `m01_linear_algebra/vectors/dot`.
    pub id: String,
    /// `dot`, or `Welford` where the kata is a type.
    pub item: String,
    /// The cargo features that build it.
    pub features: Vec<String>,
    /// Its documentation in Markdown.
    pub docs: String,
    /// Its signature as it is written.
    pub signature: String,
    /// The laws that judge it, in order.
    pub laws: LazyLaws,
}

impl Catalog {
    /// All katas in order.
    pub fn katas(&self) -> impl Iterator<Item = &Kata> {
        self.files().flat_map(|file| &file.katas)
    }

    /// All files in order.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.milestones.iter().flat_map(|milestone| &milestone.files)
    }

    /// The kata of exactly this id.
    #[must_use]
    pub fn kata(&self, id: &str) -> Option<&Kata> {
        self.katas().find(|kata| kata.id == id)
    }
}

impl Milestone {
    /// Whether it is one of the challenges after the boss, which build on the course and not on each other.
    #[must_use]
    pub fn is_extra(&self) -> bool {
        self.builds_on.is_some()
    }

    /// Its katas in order.
    pub fn katas(&self) -> impl Iterator<Item = &Kata> {
        self.files.iter().flat_map(|file| &file.katas)
    }

    /// The chapter of the book.
    #[must_use]
    pub fn chapter(&self) -> PathBuf {
        PathBuf::from(format!("book/src/{}.md", self.id))
    }
}

impl Kata {
    /// The last part of its id: `dot`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or(&self.id)
    }

    /// The id of its file: `m01_linear_algebra/vectors`.
    #[must_use]
    pub fn file_id(&self) -> &str {
        self.id.rsplit_once('/').map_or("", |(file, _)| file)
    }

    /// The id of its milestone: `m01_linear_algebra`.
    #[must_use]
    pub fn milestone_id(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// What its file needs and this machine does not have: then it is skipped.
    #[must_use]
    pub fn unmet(&self) -> Option<Need> {
        self.features.iter().filter_map(|feature| Need::of_feature(feature)).find(|need| !need.is_met(false))
    }

    /// Whether it calls a library of the system, such as OpenCV.
    #[must_use]
    pub fn calls_a_library(&self) -> bool {
        self.features.iter().any(|feature| Need::of_feature(feature).is_some())
    }

    /// Whether a law looks at a figure of it, so that there is something to draw.
    #[must_use]
    pub fn shows_figure(&self) -> bool {
        self.laws.iter().any(|law| law.shows_figure)
    }

    /// The same kata, judged by the laws of one tier only.
    #[must_use]
    pub fn of_tier(&self, tier: Tier) -> Self {
        let laws: Vec<_> = self.laws.iter().filter(|law| law.tier() == tier).cloned().collect();
        Self { laws: laws.into(), ..self.clone() }
    }

    /// Its module among the tests: `m01_linear_algebra::vectors::dot`.
    #[must_use]
    pub fn test_module(&self) -> String {
        self.id.replace('/', "::")
    }

    /// The file that the learner writes: `katas/m01_linear_algebra/vectors.rs`.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("katas/{}.rs", self.file_id()))
    }

    /// The file with the reference: `solutions/m01_linear_algebra/vectors.rs`.
    #[must_use]
    pub fn solution_path(&self) -> PathBuf {
        PathBuf::from(format!("solutions/{}.rs", self.file_id()))
    }

    /// The file with its laws: `tests/m01_linear_algebra/vectors/dot.rs`.
    #[must_use]
    pub fn laws_path(&self) -> PathBuf {
        PathBuf::from(format!("tests/{}.rs", self.id))
    }

    /// The file with versions of its file's katas that are tuned for speed: `specimens/m01_linear_algebra/vectors/tuned.rs`.
    #[must_use]
    pub fn tuned_path(&self) -> PathBuf {
        PathBuf::from(format!("specimens/{}/tuned.rs", self.file_id()))
    }

    /// The file with its specimens: `specimens/m01_linear_algebra/vectors/dot.rs`.
    #[must_use]
    pub fn specimens_path(&self) -> PathBuf {
        PathBuf::from(format!("specimens/{}.rs", self.id))
    }

    /// The file with its hints: `katas/m01_linear_algebra/vectors.md`.
    #[must_use]
    pub fn hints_path(&self) -> PathBuf {
        PathBuf::from(format!("katas/{}.md", self.file_id()))
    }

    /// The first sentence of its documentation.
    #[must_use]
    pub fn task(&self) -> String {
        first_paragraph(&self.docs)
    }

    /// As [`Kata::task`], without markup: of links only the words.
    #[must_use]
    pub fn task_in_words(&self) -> String {
        in_words(&self.task())
    }
}

/// A line of Markdown without its marks; what stands in a code span stays as it is.
fn in_words(markdown: &str) -> String {
    let (mut words, mut rest) = (String::new(), markdown);
    while let Some(at) = rest.find(['`', '*', '\\', '[', ']']) {
        let (before, marked) = rest.split_at(at);
        words += before;
        let (mark, after) = marked.split_at(1);
        let (kept, left) = match (mark, after.strip_prefix('(')) {
            ("`", _) => after.split_once('`').unwrap_or((after, "")),
            ("\\", _) => after.split_at(after.chars().next().map_or(0, char::len_utf8)),
            ("]", Some(target)) => ("", target.split_once(')').map_or("", |(_, left)| left)),
            _ => ("", after),
        };
        words += kept;
        rest = left;
    }
    words + rest
}

/// The first paragraph as one line.
pub(crate) fn first_paragraph(markdown: &str) -> String {
    let lines = markdown.lines().map(str::trim).skip_while(|line| line.is_empty());
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_in_words_has_no_markup() {
        let plain = |markdown| in_words(markdown);
        assert_eq!(plain("The gradient of [`fit`](super::fit), *exactly*."), "The gradient of fit, exactly.");
        assert_eq!(plain("Parameters of a [`Gpt`] in \\[0, 1\\]."), "Parameters of a Gpt in [0, 1].");
        assert_eq!(plain("Row `a[i]*2` of x."), "Row a[i]*2 of x.");
        assert_eq!((plain("`open"), plain("\\"), plain("a]( b")), ("open".into(), String::new(), "a".into()));
    }
}
