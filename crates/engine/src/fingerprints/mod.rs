//! How wrong answers break the laws: `specimens/<milestone>/fingerprints.json`, written when the specimens are judged,
//! read when a learner breaks the same laws in the same way.

mod lasting;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use self::lasting::lasting;
use crate::problem::{Doing, Problem};
use crate::state::write_whole;
use protocol::{KataVerdict, Status};

/// What a chaff believed, and what each law that it breaks got from it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// The misconception in one sentence.
    pub belief: String,
    /// The laws that it breaks, as sentences, each with the text that it got.
    pub breaks: BTreeMap<String, String>,
}

/// The fingerprints of one milestone: kata id → name of the chaff → fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprints {
    katas: BTreeMap<String, BTreeMap<String, Fingerprint>>,
}

impl Fingerprint {
    /// The fingerprint that a verdict leaves.
    #[must_use]
    pub fn of(belief: &str, verdict: &KataVerdict) -> Self {
        let breaks = verdict.broken().map(|law| (law.law.clone(), lasting(&law.got))).collect();
        Self { belief: belief.to_owned(), breaks }
    }
}

impl Fingerprints {
    /// The file of a milestone.
    #[must_use]
    pub fn path(root: &Path, milestone: &str) -> PathBuf {
        root.join("specimens").join(milestone).join("fingerprints.json")
    }

    /// Reads a file; none where there is no such file, or what is in it makes no sense.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        let mut fingerprints = Self::default();
        for (kata, chaffs) in value.as_object().into_iter().flatten() {
            for (chaff, fingerprint) in chaffs.as_object().into_iter().flatten() {
                let breaks = fingerprint["breaks"].as_object().into_iter().flatten();
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let breaks = breaks.map(|(law, got)| (law.clone(), text(got))).collect();
                let belief = text(&fingerprint["belief"]);
                fingerprints.set(kata, chaff, Fingerprint { belief, breaks });
            }
        }
        fingerprints
    }

    /// Writes a file, in the order of ids, names and laws.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), Problem> {
        let mut text = format!("{:#}", self.to_json());
        text.push('\n');
        write_whole(path, text.as_bytes()).doing("write", path)
    }

    /// As it is written.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let one = |it: &Fingerprint| json!({ "belief": it.belief, "breaks": it.breaks });
        let chaffs = |chaffs: &BTreeMap<String, Fingerprint>| -> Value {
            chaffs.iter().map(|(name, it)| (name.clone(), one(it))).collect()
        };
        self.katas.iter().map(|(kata, all)| (kata.clone(), chaffs(all))).collect()
    }

    /// Sets the fingerprint of a chaff.
    pub fn set(&mut self, kata: &str, chaff: &str, fingerprint: Fingerprint) {
        self.katas.entry(kata.to_owned()).or_default().insert(chaff.to_owned(), fingerprint);
    }

    /// Forgets all chaffs of a kata, before they are judged anew.
    pub fn forget(&mut self, kata: &str) {
        self.katas.remove(kata);
    }

    /// The fingerprints of a kata's chaffs, by name.
    pub fn of(&self, kata: &str) -> impl Iterator<Item = (&str, &Fingerprint)> {
        self.katas.get(kata).into_iter().flatten().map(|(name, it)| (name.as_str(), it))
    }

    /// What somebody with this verdict may believe: the chaffs that break just these laws, and of those the ones that
    /// most laws got the same from. Usually one; several where what they do is the same. Nothing is claimed where not
    /// one law got the same.
    #[must_use]
    pub fn beliefs(&self, verdict: &KataVerdict) -> Vec<&str> {
        let broken: BTreeMap<&str, String> = verdict
            .broken()
            .filter(|law| !matches!(law.status, Status::Todo | Status::Unjudged | Status::Skipped))
            .map(|law| (law.law.as_str(), lasting(&law.got)))
            .collect();
        let same_laws = |it: &&Fingerprint| it.breaks.keys().eq(broken.keys());
        let alike =
            |it: &Fingerprint| it.breaks.iter().filter(|(law, got)| broken[law.as_str()] == **got).count();
        let candidates = self.of(&verdict.kata).map(|(_, it)| it).filter(same_laws);
        let candidates: Vec<_> = candidates.map(|it| (alike(it), it)).collect();
        let most = candidates.iter().map(|(alike, _)| *alike).max().unwrap_or(0);
        let mut beliefs: Vec<&str> = Vec::new();
        for (_, it) in candidates.iter().filter(|(alike, _)| *alike == most && most > 0) {
            if !beliefs.contains(&it.belief.as_str()) {
                beliefs.push(&it.belief);
            }
        }
        beliefs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::LawVerdict;

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
            ("all", [("a", Status::Broken, "1"), ("b", Status::Broken, "1")]),
            ("both", [("a", Status::Broken, "1"), ("b", Status::Broken, "2")]),
            ("only", [("a", Status::Broken, "1"), ("b", Status::Held, "")]),
        ] {
            known.set("m/f/k", name, Fingerprint::of(name, &verdict(&laws)));
        }
        known
    }

    #[test]
    fn what_a_library_says_is_no_part_of_a_fingerprint() {
        let mut known = Fingerprints::default();
        let got = |version: &str| format!("Err(Library {{ says: \"CV({version})\" }})");
        known.set("m/f/k", "c", Fingerprint::of("words", &verdict(&[("a", Status::Broken, &got("4.6"))])));
        assert_eq!(known.beliefs(&verdict(&[("a", Status::Broken, &got("4.9"))])), ["words"]);
    }

    #[test]
    fn the_belief_is_the_one_of_whoever_breaks_the_same_laws_in_the_same_way() {
        let known = known();
        let belief =
            |a, b| known.beliefs(&verdict(&[("a", Status::Broken, a), ("b", Status::Broken, b)])).join(", ");
        assert_eq!(belief("1", "2"), "both");
        assert_eq!(belief("1", "1"), "all");
        assert_eq!(belief("1", "0"), "all, both");
        assert_eq!(belief("0", "2"), "both");
        assert_eq!(belief("0", "0"), "");
        let one = verdict(&[("a", Status::Broken, "1"), ("b", Status::Held, "")]);
        assert_eq!(known.beliefs(&one), ["only"]);
        assert!(known.beliefs(&verdict(&[("b", Status::Broken, "1")])).is_empty());
        assert!(known.beliefs(&verdict(&[("a", Status::Todo, "1")])).is_empty());
    }

    #[test]
    fn fingerprints_are_read_as_they_were_written() {
        let path = std::env::temp_dir().join(format!("cargo-kata-fingerprints-{}.json", std::process::id()));
        known().write(&path).unwrap();
        assert_eq!(Fingerprints::read(&path), known());
        fs::remove_file(&path).unwrap();
        assert_eq!(Fingerprints::read(&path), Fingerprints::default());
    }
}
