//! The form of an assignment file, as serde reads it: what a place holds is checked where its meaning is known.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct FileText {
    pub(super) title: Spanned<String>,
    #[serde(default)]
    pub(super) katas: Vec<Spanned<String>>,
    pub(super) seed: Option<Spanned<toml::Value>>,
    pub(super) scan: Option<ScanText>,
    pub(super) assurance: Option<AssuranceText>,
    #[serde(default)]
    pub(super) similarity: bool,
    pub(super) due: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(super) points: PointsText,
    #[serde(default)]
    pub(super) weights: BTreeMap<Spanned<String>, Spanned<f64>>,
    pub(super) late: Option<Spanned<LateText>>,
    #[serde(default)]
    pub(super) groups: bool,
    pub(super) missing: Option<MissingText>,
    pub(super) canvas: Option<String>,
    pub(super) overrides: Option<String>,
    pub(super) roster: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PointsText {
    pub(super) kata: Option<Spanned<f64>>,
    pub(super) credit: Option<CreditText>,
    pub(super) core: Option<Spanned<f64>>,
    pub(super) robust: Option<Spanned<f64>>,
    pub(super) total: Option<Spanned<f64>>,
    pub(super) round: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct LateText {
    pub(super) times: TimesText,
    #[serde(default)]
    pub(super) grace_minutes: u32,
    pub(super) deduct_percent: Option<Spanned<f64>>,
    pub(super) per: Option<PeriodText>,
    pub(super) of: Option<OfText>,
    pub(super) most_percent: Option<Spanned<f64>>,
    pub(super) until: Option<Spanned<Datetime>>,
}

/// Words of an assignment file, each with what it stands for.
macro_rules! words {
    ($($name:ident { $($word:ident),* })*) => {
        $(#[derive(Deserialize, Clone, Copy, PartialEq)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum $name { $($word),* })*
    };
}

words! {
    ScanText { Off, Advise, Enforce }
    AssuranceText { Any, Channel }
    CreditText { AllOrNothing, Laws }
    TimesText { Roster, Files }
    PeriodText { Day, Hour }
    OfText { Earned, Possible }
    MissingText { LeaveOut, Zero }
}
