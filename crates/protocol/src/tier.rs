/// How far a law goes: a kata whose core laws hold is solved, one whose laws all hold is mastered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The mathematics, on ordinary inputs.
    Core,
    /// Rejected inputs, extremes, ties, empty and huge inputs.
    Robust,
}

impl Tier {
    /// The module in which the robust laws of a kata stand: `m01_linear_algebra::vectors::dot::robust::rejects_nan`.
    pub const MODULE: &str = "robust";

    /// The tier of the law with this test path.
    #[must_use]
    pub fn of(test: &str) -> Self {
        match test.rsplit("::").nth(1) == Some(Self::MODULE) {
            true => Self::Robust,
            false => Self::Core,
        }
    }

    /// The word for it, on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Robust => "robust",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kata_of, sentence};

    #[test]
    fn the_module_of_a_law_is_its_tier() {
        let (core, robust) = ("m01::vectors::norm::is_even", "m01::vectors::norm::robust::propagates_nan");
        assert_eq!((Tier::of(core), Tier::of(robust)), (Tier::Core, Tier::Robust));
        assert_eq!((kata_of(core), kata_of(robust)), ("m01/vectors/norm".into(), "m01/vectors/norm".into()));
        assert_eq!(sentence(robust), "propagates nan");
        assert!(Tier::Core < Tier::Robust);
    }
}
