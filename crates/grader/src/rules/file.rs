use std::path::{Path, PathBuf};

use engine::catalog::Catalog;
use engine::hash::Hash;
use engine::problem::Problem;
use protocol::Assurance;
use toml::Spanned;
use toml::value::Datetime;

use super::choice::{Choice, positive, weights};
use super::date::Moment;
use super::form::{
    AssuranceText, CreditText, FileText, LateText, MissingText, OfText, PeriodText, PointsText, ScanText,
    TimesText,
};
use super::late::{Deduction, LateRules, TimesFrom};
use super::marking::{Credit, Marking};
use super::source::Located;
use super::toml_text::parse;
use crate::scan::Mode;

const FORM: &str = "The book's chapter on grading lists what an assignment file may hold.";

/// An assignment file, read and checked against the repository: every kata that it names is there.
#[derive(Debug, Clone)]
pub struct AssignmentFile {
    /// What learners know it by.
    pub title: String,
    /// The katas.
    pub choice: Choice,
    /// Where the seed comes from.
    pub seed: SeedPolicy,
    /// What comes of a finding of the scan.
    pub scan: Mode,
    /// Katas that cannot be judged with this assurance are not graded.
    pub assurance: Assurance,
    /// Whether a report on similar submissions is written. It never changes points.
    pub similarity: bool,
    /// How laws that hold become points.
    pub marking: Marking,
    /// When it is due, and what being late costs.
    pub late: Option<LateRules>,
    /// Whether a submission counts for the whole group of its learner.
    pub groups: bool,
    /// Whether learners without a submission are exported with no points, instead of being left out.
    pub missing_is_zero: bool,
    /// The column of Canvas' gradebook; the title, where it is not given.
    pub canvas: Option<String>,
    /// The file of overrides.
    pub overrides: Option<PathBuf>,
    /// The roster.
    pub roster: Option<PathBuf>,
}

/// Where the seed of an assignment comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeedPolicy {
    /// It is drawn at random once, and kept with the results.
    #[default]
    Random,
    /// It is this one.
    Fixed(u64),
}

impl AssignmentFile {
    /// What distinguishes it from other assignment files in which verdicts or points would be others.
    #[must_use]
    pub fn digest(&self) -> String {
        let what = (&self.choice, self.assurance, &self.marking, &self.late, self.groups);
        Hash::of(format!("{what:?}").as_bytes()).to_string()
    }
}

impl SeedPolicy {
    /// The seed, where it does not have to be drawn.
    #[must_use]
    pub fn fixed(self) -> Option<u64> {
        match self {
            Self::Random => None,
            Self::Fixed(seed) => Some(seed),
        }
    }
}

impl AssignmentFile {
    /// Reads an assignment file.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be read, [`Problem::Usage`] with the line of what is wrong in it.
    pub fn read(path: &Path, catalog: &Catalog) -> Result<Self, Problem> {
        Self::of(&Located::read(path)?, catalog)
    }

    /// Reads the text of an assignment file.
    ///
    /// # Errors
    ///
    /// As [`AssignmentFile::read`].
    pub fn of(file: &Located, catalog: &Catalog) -> Result<Self, Problem> {
        let text: FileText = parse(file, FORM)?;
        if text.title.get_ref().trim().is_empty() {
            let remedy = "Write what learners know the assignment by, such as \"Homework 2\".";
            return Err(file.wrong(text.title.span(), "the title is empty", remedy));
        }
        let choice = Choice::of(file, catalog, &text.katas)?;
        let weights = weights(file, catalog, &choice, &text.weights)?;
        let neighbor = |name: String| file.neighbor(&name);
        Ok(Self {
            title: text.title.get_ref().trim().to_owned(),
            seed: text.seed.map_or(Ok(SeedPolicy::Random), |it| seed(file, &it))?,
            scan: match text.scan {
                Some(ScanText::Off) => Mode::Off,
                Some(ScanText::Enforce) => Mode::Enforce,
                Some(ScanText::Advise) | None => Mode::Advise,
            },
            assurance: match text.assurance {
                Some(AssuranceText::Channel) => Assurance::Channel,
                Some(AssuranceText::Any) | None => Assurance::InProcess,
            },
            similarity: text.similarity,
            marking: Marking { weights, ..marking(file, &text.points)? },
            late: late(file, text.due, text.late)?,
            groups: text.groups,
            missing_is_zero: text.missing == Some(MissingText::Zero),
            canvas: text.canvas,
            overrides: text.overrides.map(neighbor),
            roster: text.roster.map(neighbor),
            choice,
        })
    }
}

fn seed(file: &Located, seed: &Spanned<toml::Value>) -> Result<SeedPolicy, Problem> {
    let number = match seed.get_ref() {
        toml::Value::Integer(number) => u64::try_from(*number).ok(),
        toml::Value::String(word) if word == "random" => return Ok(SeedPolicy::Random),
        // TOML's numbers end where a half of the seeds begins.
        toml::Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let what = "the seed is neither \"random\" nor a number from 0 to 18446744073709551615";
    let remedy =
        "\"random\" draws one and keeps it in seed.txt; a number is known to all who read this file.";
    number.map(SeedPolicy::Fixed).ok_or_else(|| file.wrong(seed.span(), what, remedy))
}

fn marking(file: &Located, text: &PointsText) -> Result<Marking, Problem> {
    let default = Marking::default();
    let number = |given: &Option<Spanned<f64>>, what: &str, otherwise: f64| {
        given.as_ref().map_or(Ok(otherwise), |it| positive(file, it, what).copied())
    };
    let tiers = match (&text.core, &text.robust) {
        (None, None) => None,
        (Some(core), Some(robust)) => {
            let tiers = (*positive(file, core, "`core`")?, *positive(file, robust, "`robust`")?);
            if tiers.0 + tiers.1 == 0.0 {
                return Err(file.wrong(core.span(), "both tiers weigh nothing", "Give one a weight."));
            }
            Some(tiers)
        }
        (Some(one), None) | (None, Some(one)) => {
            let remedy = "Write both, such as `core = 3` and `robust = 1`; 0 leaves a tier out.";
            return Err(file.wrong(one.span(), "one tier has a weight and the other one has none", remedy));
        }
    };
    let above_zero = |given: &Option<Spanned<f64>>, what: &str| match given {
        Some(it) if *it.get_ref() == 0.0 => {
            Err(file.wrong(it.span(), &format!("{what} is 0"), "Write more."))
        }
        _ => Ok(()),
    };
    above_zero(&text.total, "`total`")?;
    above_zero(&text.round, "`round`")?;
    Ok(Marking {
        kata: number(&text.kata, "the points of a kata", default.kata)?,
        credit: if text.credit == Some(CreditText::Laws) { Credit::Laws } else { Credit::AllOrNothing },
        tiers,
        total: text.total.as_ref().map(|it| positive(file, it, "`total`").copied()).transpose()?,
        round: number(&text.round, "`round`", default.round)?,
        ..default
    })
}

fn late(
    file: &Located,
    due: Option<Spanned<Datetime>>,
    late: Option<Spanned<LateText>>,
) -> Result<Option<LateRules>, Problem> {
    let due = match (due, &late) {
        (Some(due), _) => moment(file, &due)?,
        (None, None) => return Ok(None),
        (None, Some(late)) => {
            let remedy = "Add `due = 2026-12-01T23:59:00+01:00` above the first table.";
            return Err(file.wrong(late.span(), "there are late rules and no due date", remedy));
        }
    };
    let Some(late) = late.map(Spanned::into_inner) else {
        return Ok(Some(LateRules { due, times: None, grace: 0, deduction: None, until: None }));
    };
    let share = |number: &Spanned<f64>, what: &str| match *number.get_ref() {
        percent if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        percent => {
            let what = format!("{what} is {percent}");
            Err(file.wrong(number.span(), &what, "Write a number from 0 to 100."))
        }
    };
    let deduction = match &late.deduct_percent {
        None => None,
        Some(percent) => Some(Deduction {
            share: share(percent, "`deduct-percent`")?,
            period: if late.per == Some(PeriodText::Hour) { 3600 } else { 86_400 },
            most: late.most_percent.as_ref().map_or(Ok(1.0), |it| share(it, "`most-percent`"))?,
            of_possible: late.of == Some(OfText::Possible),
        }),
    };
    let until = late.until.as_ref().map(|until| moment(file, until)).transpose()?;
    if let (Some(moment), Some(text)) = (until, &late.until)
        && moment.seconds_after(due) < 0
    {
        let remedy = "`until` is the last moment at which anything counts; it lies after `due`.";
        return Err(file.wrong(text.span(), "`until` lies before `due`", remedy));
    }
    let times = if late.times == TimesText::Roster { TimesFrom::Roster } else { TimesFrom::Files };
    let grace = i64::from(late.grace_minutes) * 60;
    Ok(Some(LateRules { due, times: Some(times), grace, deduction, until }))
}

fn moment(file: &Located, date: &Spanned<Datetime>) -> Result<Moment, Problem> {
    let text = date.get_ref().to_string();
    Moment::with_offset(&text).ok_or_else(|| {
        let what = format!("{text} does not say in which time zone");
        file.wrong(date.span(), &what, "Write the offset from UTC behind it: 2026-12-01T23:59:00+01:00.")
    })
}
