use std::collections::BTreeMap;

use protocol::{GradeState, State, Status, Tier};

use super::points::Points;

/// How laws that hold become points.
#[derive(Debug, Clone, PartialEq)]
pub struct Marking {
    /// The points of each kata that has no weight of its own.
    pub kata: f64,
    /// What a kata is worth when not all of its laws hold.
    pub credit: Credit,
    /// How its points are split up between its core and its robust laws, where they count by themselves.
    pub tiers: Option<(f64, f64)>,
    /// How often a kata counts.
    pub weights: BTreeMap<String, f64>,
    /// What all katas together are worth; their sum, where it is not given.
    pub total: Option<f64>,
    /// The final points are a multiple of this.
    pub round: f64,
}

/// What a kata is worth when not all of its laws hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Credit {
    /// Nothing.
    #[default]
    AllOrNothing,
    /// The share of the laws that hold.
    Laws,
}

/// A law, as far as it earns points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LawMark {
    /// Its tier.
    pub tier: Tier,
    /// How it ended.
    pub status: Status,
    /// Whether it compares with a snapshot.
    pub is_snapshot: bool,
}

impl Default for Marking {
    fn default() -> Self {
        Self {
            kata: 1.0,
            credit: Credit::AllOrNothing,
            tiers: None,
            weights: BTreeMap::new(),
            total: None,
            round: 0.01,
        }
    }
}

impl Marking {
    /// What a kata is worth, before `total` scales it.
    #[must_use]
    pub fn worth(&self, kata: &str) -> Points {
        Points(self.kata * self.weights.get(kata).copied().unwrap_or(1.0))
    }

    /// By how much everything is multiplied, if the katas that count are worth this together.
    #[must_use]
    pub fn scale(&self, worth: Points) -> f64 {
        self.total.filter(|_| worth.0 > 0.0).map_or(1.0, |total| total / worth.0)
    }

    /// The share of its points that a kata earns, from 0 to 1.
    #[must_use]
    pub fn share(&self, state: GradeState, laws: &[LawMark]) -> f64 {
        match state {
            GradeState::Judged(State::Holds) => 1.0,
            GradeState::Judged(State::Broken) => self.partly(laws),
            _ => 0.0,
        }
    }

    fn partly(&self, laws: &[LawMark]) -> f64 {
        let Some((core, robust)) = self.tiers else { return self.earned(laws.iter()) };
        let of = |tier, weight: f64| {
            let mut laws = laws.iter().filter(move |law| law.tier == tier).peekable();
            // A kata without robust laws has all its points in its core laws.
            laws.peek().is_some().then(|| (weight, self.earned(laws)))
        };
        let (core, robust) = (of(Tier::Core, core), of(Tier::Robust, robust));
        // What rejects every input holds many a robust law: they count behind core laws that hold, as the second star does.
        let robust = robust
            .map(|(weight, share)| (weight, if core.is_none_or(|it| it.1 == 1.0) { share } else { 0.0 }));
        let parts = [core, robust].into_iter().flatten();
        let (whole, earned) = parts
            .fold((0.0, 0.0), |(whole, earned), (weight, share)| (whole + weight, earned + weight * share));
        if whole > 0.0 { earned / whole } else { 0.0 }
    }

    /// The share of these laws that holds, or all of it or nothing. One that compares with a snapshot counts only next to
    /// laws that all hold: a picture can be copied, what it shows cannot.
    fn earned<'a>(&self, laws: impl Iterator<Item = &'a LawMark>) -> f64 {
        let judged = laws.filter(|law| law.status != Status::Skipped);
        let (snapshots, others): (Vec<_>, Vec<_>) = judged.partition(|law| law.is_snapshot);
        let held = |laws: &[&LawMark]| laws.iter().filter(|law| law.status == Status::Held).count();
        let of = snapshots.len() + others.len();
        let counted = match held(&others) {
            all if all == others.len() => all + held(&snapshots),
            some => some,
        };
        match self.credit {
            _ if of == 0 => 0.0,
            Credit::AllOrNothing => f64::from(u8::from(counted == of)),
            Credit::Laws => counted as f64 / of as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: GradeState = GradeState::Judged(State::Broken);

    fn law(tier: Tier, held: bool) -> LawMark {
        LawMark { tier, status: if held { Status::Held } else { Status::Broken }, is_snapshot: false }
    }

    #[test]
    fn laws_and_tiers_earn_their_share() {
        let laws = [(Tier::Core, true), (Tier::Core, true), (Tier::Robust, true), (Tier::Robust, false)];
        let laws = laws.map(|(tier, held)| law(tier, held));
        let marking = |credit, tiers| Marking { credit, tiers, ..Marking::default() };
        let share = |credit, tiers| marking(credit, tiers).share(BROKEN, &laws);
        assert_eq!(share(Credit::AllOrNothing, None), 0.0);
        assert_eq!(share(Credit::Laws, None), 0.75);
        assert_eq!(share(Credit::AllOrNothing, Some((3.0, 1.0))), 0.75);
        assert_eq!(share(Credit::Laws, Some((3.0, 1.0))), 0.875);
        // Robust laws earn nothing as long as a core law is broken.
        let broken = [(Tier::Core, true), (Tier::Core, false), (Tier::Robust, true)];
        let broken = broken.map(|(tier, held)| law(tier, held));
        let share = |credit| marking(credit, Some((3.0, 1.0))).share(BROKEN, &broken);
        assert_eq!((share(Credit::AllOrNothing), share(Credit::Laws)), (0.0, 0.375));
        let marking = marking(Credit::Laws, None);
        assert_eq!(marking.share(GradeState::Judged(State::Holds), &[]), 1.0);
        for state in [GradeState::Judged(State::DoesNotCompile), GradeState::AgainstTheRules] {
            assert_eq!(marking.share(state, &laws), 0.0);
        }
        // A kata without robust laws has all its points in its core laws.
        let tiers = Marking { tiers: Some((3.0, 1.0)), ..Marking::default() };
        assert_eq!(tiers.share(BROKEN, &laws[..2]), 1.0);
    }

    #[test]
    fn a_copied_picture_earns_nothing() {
        let picture = LawMark { is_snapshot: true, ..law(Tier::Core, true) };
        let marking = Marking { credit: Credit::Laws, ..Marking::default() };
        assert_eq!(marking.share(BROKEN, &[picture, law(Tier::Core, false)]), 0.0);
        assert_eq!(marking.share(BROKEN, &[picture, law(Tier::Core, true)]), 1.0);
    }

    #[test]
    fn weights_multiply_and_a_total_scales() {
        let weights = [("m01/a/dot".to_owned(), 2.0)].into();
        let marking = Marking { kata: 3.0, weights, total: Some(100.0), ..Marking::default() };
        assert_eq!((marking.worth("m01/a/dot").0, marking.worth("m01/a/add").0), (6.0, 3.0));
        assert_eq!(marking.scale(Points(50.0)), 2.0);
        assert_eq!(marking.scale(Points::NONE), 1.0);
    }
}
