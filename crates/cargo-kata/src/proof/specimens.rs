//! Wheats and chaffs: found in their files, judged one after the other with one build.

use super::answering::Answering;
use super::{Ground, pool};
use engine::catalog::{Kata, Specimen, specimens_of};
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

/// Judges all specimens of the ground's katas.
///
/// # Errors
///
/// A [`Problem`] if they cannot be built or run.
pub fn judge_specimens(
    ground: &mut Ground<'_>,
    wanted: impl Fn(&Specimen) -> Counterexamples + Sync,
) -> Result<Vec<SpecimenVerdict>, Problem> {
    let mut outcomes = Vec::new();
    let ready: Vec<&Kata> = ground.katas.iter().copied().filter(|kata| kata.unmet().is_none()).collect();
    for (features, katas) in in_groups(&ready, true) {
        let laws = Answering::build(ground, features, &katas)?.laws;
        let mut waiting = Vec::new();
        for kata in katas {
            waiting
                .extend(specimens_of(ground.workspace, kata)?.into_iter().map(|specimen| (kata, specimen)));
        }
        let judge = |(kata, specimen)| judge_one(&laws, kata, wanted(&specimen), specimen);
        outcomes.extend(pool::all(ground, "specimens", waiting, judge)?);
    }
    let place =
        |outcome: &SpecimenVerdict| ground.katas.iter().position(|kata| kata.id == outcome.specimen.kata);
    outcomes.sort_by_key(place);
    Ok(outcomes)
}

fn judge_one(
    laws: &Laws,
    kata: &Kata,
    wanted: Counterexamples,
    specimen: Specimen,
) -> Result<SpecimenVerdict, Problem> {
    let asked = format!("{}/{}", specimen.kata, specimen.name);
    // Only the reference's pictures are ever blessed, whatever the author asked for.
    let mut variables = vec![("KATAS_SPECIMEN", asked.as_str()), ("INSTA_UPDATE", "no")];
    if wanted == Counterexamples::First {
        variables.push(("PROPTEST_MAX_SHRINK_ITERS", "0"));
    }
    let records = Records::fresh(&laws.variant.target)?.with(&variables).at(Breadth::Plain);
    let verdict = direct::together(laws, kata, &records)?;
    Ok(SpecimenVerdict { specimen, verdict })
}
