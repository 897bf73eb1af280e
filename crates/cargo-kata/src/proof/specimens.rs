//! Wheats and chaffs: found in their files, judged one after the other with one build.

use std::collections::{BTreeMap, BTreeSet};

use super::answering::Answering;
use super::{Ground, pool};
use engine::catalog::{Kata, Law, Specimen, specimens_of};
use engine::fingerprints::Fingerprints;
use engine::judging::{Breadth, Laws, Records, direct, in_groups};
use engine::problem::Problem;
use protocol::KataVerdict;

/// A specimen and what the laws say of it.
#[derive(Debug)]
pub struct SpecimenVerdict {
    /// Who answered.
    pub specimen: Specimen,
    /// What the laws say.
    pub verdict: KataVerdict,
}

impl SpecimenVerdict {
    /// Whether the laws judge rightly: accept a wheat, reject a chaff.
    #[must_use]
    pub fn is_right(&self) -> bool {
        (self.verdict.broken().count() == 0) == self.specimen.right
    }
}

/// Which inputs a law shows that a specimen breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterexamples {
    /// The smallest that is found, as a learner sees it.
    Smallest,
    /// The first: the laws that are broken are the same, and most of the time goes into smaller ones.
    First,
}

/// The laws that specimens meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meet {
    /// All.
    Every,
    /// A wheat meets all, a chaff those that it breaks by the record; and if it does not, then all.
    Recorded,
}

/// Judges all specimens of the ground's katas.
///
/// # Errors
///
/// A [`Problem`] if they cannot be built or run.
pub fn judge_specimens(
    ground: &mut Ground<'_>,
    meet: Meet,
    wanted: impl Fn(&Specimen) -> Counterexamples + Sync,
) -> Result<Vec<SpecimenVerdict>, Problem> {
    let mut outcomes = Vec::new();
    let ready: Vec<&Kata> = ground.katas.iter().copied().filter(|kata| kata.unmet().is_none()).collect();
    for (features, katas) in in_groups(&ready, true) {
        let laws = Answering::build(ground, features, &katas)?.laws;
        let mut waiting = Vec::new();
        for kata in katas.iter().copied() {
            waiting
                .extend(specimens_of(ground.workspace, kata)?.into_iter().map(|specimen| (kata, specimen)));
        }
        let root = ground.workspace.root();
        let milestones: BTreeSet<&str> = katas.iter().map(|kata| kata.milestone_id()).collect();
        let known = milestones.into_iter().map(|it| (it, Fingerprints::read(&Fingerprints::path(root, it))));
        let known: BTreeMap<&str, Fingerprints> = known.collect();
        let judge = |(kata, specimen): (&Kata, Specimen)| {
            let counterexamples = wanted(&specimen);
            // Whose smallest counterexample is wanted is shown with all its laws.
            if meet == Meet::Recorded
                && counterexamples == Counterexamples::First
                && !specimen.right
                && let Some(verdict) = as_on_record(&laws, kata, &known, counterexamples, &specimen)?
            {
                return Ok(SpecimenVerdict { specimen, verdict });
            }
            let verdict = judge_one(&laws, kata, counterexamples, &specimen)?;
            Ok(SpecimenVerdict { specimen, verdict })
        };
        outcomes.extend(pool::all(ground, "specimens", waiting, judge)?);
    }
    let place =
        |outcome: &SpecimenVerdict| ground.katas.iter().position(|kata| kata.id == outcome.specimen.kata);
    outcomes.sort_by_key(place);
    Ok(outcomes)
}

/// The verdict of those laws that a chaff breaks by the record, if it breaks them all; most of the time goes into the others,
/// which hold.
fn as_on_record(
    laws: &Laws,
    kata: &Kata,
    known: &BTreeMap<&str, Fingerprints>,
    wanted: Counterexamples,
    chaff: &Specimen,
) -> Result<Option<KataVerdict>, Problem> {
    let its = known.get(kata.milestone_id()).and_then(|known| known.get(&kata.id, &chaff.name));
    let Some(its) = its else { return Ok(None) };
    let breaks: BTreeSet<&str> = its.laws().collect();
    let of_these: Vec<Law> =
        kata.laws.iter().filter(|law| breaks.contains(law.sentence.as_str())).cloned().collect();
    let asked = Kata { laws: of_these.into(), ..kata.clone() };
    if breaks.is_empty() || asked.laws.len() < breaks.len() {
        return Ok(None);
    }
    let verdict = judge_one(laws, &asked, wanted, chaff)?;
    Ok(Some(verdict).filter(|it| it.broken().count() == breaks.len()))
}

fn judge_one(
    laws: &Laws,
    kata: &Kata,
    wanted: Counterexamples,
    specimen: &Specimen,
) -> Result<KataVerdict, Problem> {
    let asked = format!("{}/{}", specimen.kata, specimen.name);
    // Only the reference's pictures are ever blessed, whatever the author asked for.
    let mut variables = vec![("KATAS_SPECIMEN", asked.as_str()), ("INSTA_UPDATE", "no")];
    if wanted == Counterexamples::First {
        variables.push(("PROPTEST_MAX_SHRINK_ITERS", "0"));
    }
    let records = Records::fresh(&laws.variant.target)?.with(&variables).at(Breadth::Plain);
    direct::together(laws, kata, &records)
}
