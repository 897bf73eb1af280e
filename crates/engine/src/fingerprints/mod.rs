//! How wrong answers break the laws: `specimens/<milestone>/fingerprints.txt`, written when the specimens are judged,
//! read when a learner breaks the same laws in the same way.
//!
//! A file has a block for each kata: its id, the names of the laws that its chaffs break, and one line for each chaff with
//! the numbers of the laws that it breaks and a hash of what each of them got, and for which input.
//!
//! ```text
//! m01_linear_algebra/vectors/dot
//!   0 lengths that differ are rejected never cut
//!   truncates 0:3f1c
//! ```

mod lasting;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use protocol::{KataVerdict, LawVerdict, Status};

use self::lasting::lasting;
use crate::catalog::{Kata, specimens_of};
use crate::hash::Hash;
use crate::problem::{Doing, Problem};
use crate::state::write_whole;
use crate::workspace::Workspace;

/// The laws that a chaff breaks, as sentences, each with a hash of the smallest input that breaks it and of what came out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    breaks: BTreeMap<String, u16>,
}

/// The fingerprints of one milestone: kata id → name of the chaff → fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprints {
    katas: BTreeMap<String, BTreeMap<String, Fingerprint>>,
}

impl Fingerprint {
    /// The fingerprint that a verdict leaves.
    #[must_use]
    pub fn of(verdict: &KataVerdict) -> Self {
        Self { breaks: verdict.broken().map(|law| (law.law.clone(), outcome(law))).collect() }
    }

    /// The laws that are broken.
    pub fn laws(&self) -> impl Iterator<Item = &str> {
        self.breaks.keys().map(String::as_str)
    }
}

/// Sixteen bits: with the names of the laws before them, two outcomes are taken for the same once in 65,536 times. The input
/// distinguishes mistakes of which each gets no more than an `Ok(true)`.
fn outcome(law: &LawVerdict) -> u16 {
    let LawVerdict { with, got, .. } = law;
    Hash::of(lasting(&format!("{with}\n{got}")).as_bytes()).short()
}

impl Fingerprints {
    /// The file of a milestone.
    #[must_use]
    pub fn path(root: &Path, milestone: &str) -> PathBuf {
        root.join("specimens").join(milestone).join("fingerprints.txt")
    }

    /// Reads a file; none where there is no such file, or what is in it makes no sense.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        text::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    /// Writes a file, in the order of ids, names and laws.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Problem> {
        write_whole(path, text::print(self).as_bytes()).doing("write", path)
    }

    /// Sets the fingerprint of a chaff.
    pub fn set(&mut self, kata: &str, chaff: &str, fingerprint: Fingerprint) {
        self.katas.entry(kata.to_owned()).or_default().insert(chaff.to_owned(), fingerprint);
    }

    /// Forgets all chaffs of a kata, before they are judged anew.
    pub fn forget(&mut self, kata: &str) {
        self.katas.remove(kata);
    }

    /// The fingerprint of a chaff.
    #[must_use]
    pub fn get(&self, kata: &str, chaff: &str) -> Option<&Fingerprint> {
        self.katas.get(kata)?.get(chaff)
    }

    /// The fingerprints of a kata's chaffs, by name.
    pub fn of(&self, kata: &str) -> impl Iterator<Item = (&str, &Fingerprint)> {
        self.katas.get(kata).into_iter().flatten().map(|(name, it)| (name.as_str(), it))
    }

    /// The chaffs that break just the laws that this verdict breaks, each for the same input and with the same outcome. Where
    /// only some laws were judged, only those count.
    ///
    /// That all must agree is the threshold that a measure chose: of mistakes that are not on record, one in 35 is taken for
    /// another one (the test below); if half of the laws were enough, it would be several times as many.
    #[must_use]
    pub fn alike(&self, verdict: &KataVerdict) -> Vec<&str> {
        let is_judged =
            |law: &&LawVerdict| !matches!(law.status, Status::Todo | Status::Unjudged | Status::Skipped);
        let broken: BTreeMap<&str, u16> =
            verdict.broken().filter(is_judged).map(|law| (law.law.as_str(), outcome(law))).collect();
        let was_judged: BTreeSet<&str> =
            verdict.laws.iter().filter(is_judged).map(|law| law.law.as_str()).collect();
        let is_alike = |(_, it): &(&str, &Fingerprint)| {
            let ours = it.breaks.iter().map(|(law, got)| (law.as_str(), *got));
            ours.filter(|(law, _)| was_judged.contains(law)).eq(broken.iter().map(|(law, got)| (*law, *got)))
        };
        if broken.is_empty() {
            return Vec::new();
        }
        self.of(&verdict.kata).filter(is_alike).map(|(name, _)| name).collect()
    }
}

/// How many beliefs are worth reading: where more would explain a verdict, none is likely.
const MOST: usize = 2;

/// What somebody with this verdict may believe, in the words of the chaffs that break the same laws in the same way.
///
/// # Errors
///
/// [`Problem::File`] if the specimens are there and cannot be read.
pub fn beliefs(workspace: &Workspace, kata: &Kata, verdict: &KataVerdict) -> Result<Vec<String>, Problem> {
    let known = Fingerprints::read(&Fingerprints::path(workspace.root(), kata.milestone_id()));
    let alike = known.alike(verdict);
    if alike.is_empty() {
        return Ok(Vec::new());
    }
    let mut beliefs: Vec<String> = Vec::new();
    for chaff in specimens_of(workspace, kata)? {
        if !chaff.right && alike.contains(&chaff.name.as_str()) && !beliefs.contains(&chaff.words) {
            beliefs.push(chaff.words);
        }
    }
    Ok(if beliefs.len() <= MOST { beliefs } else { Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(laws: &[(&str, Status, &str)]) -> KataVerdict {
        let law = |&(name, status, got): &(&str, Status, &str)| LawVerdict {
            got: got.to_owned(),
            ..LawVerdict::bare(name, status)
        };
        KataVerdict { kata: "m/f/k".into(), laws: laws.iter().map(law).collect(), compiles: true }
    }

    fn known() -> Fingerprints {
        let mut known = Fingerprints::default();
        for (name, laws) in [
            ("all", [("a", Status::Broken, "1"), ("b_c", Status::Broken, "1")]),
            ("both", [("a", Status::Broken, "1"), ("b_c", Status::Broken, "2")]),
            ("only", [("a", Status::Broken, "1"), ("b_c", Status::Held, "")]),
        ] {
            known.set("m/f/k", name, Fingerprint::of(&verdict(&laws)));
        }
        known
    }

    #[test]
    fn what_a_library_says_is_no_part_of_a_fingerprint() {
        let mut known = Fingerprints::default();
        let got = |version: &str| format!("Err(Library {{ says: \"CV({version})\" }})");
        known.set("m/f/k", "words", Fingerprint::of(&verdict(&[("a", Status::Broken, &got("4.6"))])));
        assert_eq!(known.alike(&verdict(&[("a", Status::Broken, &got("4.9"))])), ["words"]);
    }

    #[test]
    fn the_input_that_breaks_a_law_is_part_of_a_fingerprint() {
        let broken_with = |with: &str| {
            let mut broken = verdict(&[("a", Status::Broken, "f(x) = Ok(true)")]);
            broken.laws[0].with = with.to_owned();
            broken
        };
        let mut known = Fingerprints::default();
        known.set("m/f/k", "accepts_zeros", Fingerprint::of(&broken_with("x = [0.0]")));
        assert_eq!(known.alike(&broken_with("x = [0.0]")), ["accepts_zeros"]);
        assert!(known.alike(&broken_with("x = [1.0]")).is_empty());
    }

    #[test]
    fn who_breaks_the_same_laws_in_the_same_way_is_alike() {
        let known = known();
        let alike =
            |a, b| known.alike(&verdict(&[("a", Status::Broken, a), ("b_c", Status::Broken, b)])).join(", ");
        assert_eq!(alike("1", "2"), "both");
        assert_eq!(alike("1", "1"), "all");
        assert_eq!(alike("1", "0"), "");
        assert_eq!(alike("0", "2"), "");
        assert_eq!(alike("0", "0"), "");
        let one = verdict(&[("a", Status::Broken, "1"), ("b_c", Status::Held, "")]);
        assert_eq!(known.alike(&one), ["only"]);
        let tier = verdict(&[("b_c", Status::Broken, "2")]);
        assert_eq!(known.alike(&tier), ["both"], "of the laws that were judged");
        assert!(known.alike(&verdict(&[("a", Status::Todo, "1")])).is_empty());
    }

    /// Each chaff once as a learner's mistake that no one thought of: how often is it taken for another one?
    #[test]
    fn few_mistakes_that_are_not_on_record_are_taken_for_another() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (mut mistakes, mut taken) = (0, 0);
        for milestone in fs::read_dir(root.join("specimens")).unwrap().flatten() {
            let known = Fingerprints::read(&milestone.path().join("fingerprints.txt"));
            for chaffs in known.katas.values() {
                for (name, held_out) in chaffs {
                    let others =
                        chaffs.iter().filter(|(other, it)| *other != name && *it == held_out).count();
                    mistakes += 1;
                    taken += usize::from((1..=MOST).contains(&others));
                }
            }
        }
        assert!(mistakes > 1000 && 100 * taken <= 3 * mistakes, "{taken} of {mistakes}");
    }

    #[test]
    fn fingerprints_are_read_as_they_were_written() {
        let path = std::env::temp_dir().join(format!("katas-fingerprints-{}.txt", std::process::id()));
        known().write(&path).unwrap();
        assert_eq!(Fingerprints::read(&path), known());
        fs::remove_file(&path).unwrap();
        assert_eq!(Fingerprints::read(&path), Fingerprints::default());
    }
}
