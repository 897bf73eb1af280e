use serde_json::{Value, json};

use crate::law::LawVerdict;
use crate::status::{State, Status};
use crate::tier::Tier;

/// The verdict of a kata: of each of its laws, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct KataVerdict {
    /// The kata's id.
    pub kata: String,
    /// Its laws.
    pub laws: Vec<LawVerdict>,
    /// Whether the kata's file compiles; if not, no law was judged.
    pub compiles: bool,
}

impl KataVerdict {
    /// The verdict in one word.
    #[must_use]
    pub fn state(&self) -> State {
        let any = |status| self.laws.iter().any(|law| law.status == status);
        if !self.compiles {
            State::DoesNotCompile
        } else if any(Status::Broken) || any(Status::Timeout) || any(Status::Crashed) {
            State::Broken
        } else if any(Status::Todo) {
            State::NotWritten
        } else if any(Status::Unjudged) || self.laws.is_empty() {
            State::Unknown
        } else if self.laws.iter().all(|law| law.status == Status::Skipped) {
            State::Skipped
        } else {
            State::Holds
        }
    }

    /// Why it is skipped, and the remedy, where it is.
    #[must_use]
    pub fn why_skipped(&self) -> Option<&str> {
        (self.state() == State::Skipped).then(|| self.laws.first().map_or("", |law| &law.look))
    }

    /// Whether it asks for more work; a skipped one does not.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        !matches!(self.state(), State::Holds | State::Skipped)
    }

    /// How many stars it has earned: one if its core laws hold, two if all do, as far as they run on this machine.
    #[must_use]
    pub fn stars(&self) -> u8 {
        let holds = |tier| {
            let mut laws = self.laws.iter().filter(|law| law.tier() == tier);
            laws.all(|law| matches!(law.status, Status::Held | Status::Skipped))
        };
        let is_judged = self.compiles && self.laws.iter().any(|law| law.status == Status::Held);
        match (is_judged && holds(Tier::Core), holds(Tier::Robust)) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        }
    }

    /// Whether the path leads on from here: its core laws hold, or it is skipped.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.stars() > 0 || self.state() == State::Skipped
    }

    /// The first law that does not hold; a broken one before one that only was not judged.
    #[must_use]
    pub fn first_broken(&self) -> Option<&LawVerdict> {
        let really =
            |law: &&LawVerdict| !matches!(law.status, Status::Held | Status::Unjudged | Status::Skipped);
        self.laws.iter().find(really).or_else(|| self.broken().next())
    }

    /// The laws that are broken, as the fingerprints name them.
    pub fn broken(&self) -> impl Iterator<Item = &LawVerdict> {
        self.laws.iter().filter(|law| !matches!(law.status, Status::Held | Status::Skipped))
    }

    /// The verdict for a program.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let laws: Vec<_> = self.laws.iter().map(LawVerdict::to_json).collect();
        json!({
            "kata": self.kata, "state": self.state().words(), "stars": self.stars(),
            "compiles": self.compiles, "laws": laws,
        })
    }

    /// Reads what [`KataVerdict::to_json`] wrote; `None` if it is anything else.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let laws = value["laws"].as_array()?.iter().map(LawVerdict::from_json).collect::<Option<_>>()?;
        let kata = value["kata"].as_str()?.to_owned();
        Some(Self { kata, laws, compiles: value["compiles"].as_bool()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(laws: &[(&str, Status)]) -> KataVerdict {
        let laws = laws.iter().map(|(name, status)| LawVerdict::bare(&format!("m::f::k::{name}"), *status));
        KataVerdict { kata: "m/f/k".into(), laws: laws.collect(), compiles: true }
    }

    #[test]
    fn core_laws_earn_a_star_and_all_laws_two() {
        let stars = |core, robust| verdict(&[("is_even", core), ("robust::rejects_nan", robust)]).stars();
        assert_eq!(stars(Status::Held, Status::Held), 2);
        assert_eq!(stars(Status::Held, Status::Broken), 1);
        assert_eq!(stars(Status::Broken, Status::Held), 0);
        assert_eq!(stars(Status::Held, Status::Unjudged), 1);
        assert_eq!(stars(Status::Held, Status::Skipped), 2);
        assert_eq!(stars(Status::Skipped, Status::Skipped), 0);
        assert_eq!(verdict(&[]).stars(), 0);
        assert!(verdict(&[("a", Status::Skipped)]).is_passed() && !verdict(&[]).is_passed());
    }
}
