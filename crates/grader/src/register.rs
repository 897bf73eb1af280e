//! The register of a class: who is in it, what they submitted, and when. It makes the [`Marker`] of a run from what the
//! assignment file, the roster and the file of overrides say.

use std::collections::BTreeMap;
use std::path::Path;

use engine::problem::Problem;
use serde_json::Value;

use crate::intake::{NamedSubmission, modified};
use crate::report::Marker;
use crate::report::lms::{self, ExportRules};
use crate::roster::{Joined, Roster, join};
use crate::rules::{AssignmentFile, LateRules, Meant, Moment, OverridesFile, TimesFrom};

/// A class and its submissions.
pub struct Register {
    submissions: Vec<NamedSubmission>,
    roster: Option<(Roster, Joined)>,
    rules: ExportRules,
}

impl Register {
    /// The register of these submissions.
    #[must_use]
    pub fn new(submissions: &[NamedSubmission], roster: Option<Roster>, rules: ExportRules) -> Self {
        let names: Vec<String> = submissions.iter().map(|(name, _)| name.clone()).collect();
        let roster = roster.map(|roster| {
            let joined = join(&roster, &names, rules.groups);
            (roster, joined)
        });
        Self { submissions: submissions.to_vec(), roster, rules }
    }

    /// What gives points for the verdicts on this class.
    ///
    /// # Errors
    ///
    /// [`Problem::Usage`] if an override is of no submission, or if the times that late rules need are not there.
    pub fn marker(
        &self,
        file: Option<&AssignmentFile>,
        overrides: Option<&OverridesFile>,
    ) -> Result<Marker, Problem> {
        let mut marker = file.map(Marker::of).unwrap_or_default();
        if let Some((roster, joined)) = &self.roster {
            marker.learners = joined.named(roster);
        }
        if let Some(overrides) = overrides {
            marker.overrides = overrides.overrides(&|who| self.meant(who))?;
            if marker.late.is_none() {
                overrides.no_extension()?;
            }
            marker.extensions = overrides.extensions(&|who| self.meant(who))?;
        }
        if let Some(rules) = &marker.late {
            marker.times = self.times(rules)?;
        }
        Ok(marker)
    }

    /// Which submission is meant: by its own name, or by what the roster has of its learner.
    fn meant(&self, who: &str) -> Meant {
        if let Some((name, _)) = self.submissions.iter().find(|(name, _)| name == who) {
            return Meant::Submission(name.clone());
        }
        let Some((roster, joined)) = &self.roster else { return Meant::Unknown };
        let called = roster.learners.iter().enumerate().filter(|(_, learner)| learner.is_called(who));
        match called.map(|(place, _)| place).collect::<Vec<_>>()[..] {
            [one] if joined.missing.contains(&one) => Meant::NotSubmitted,
            [one] => {
                joined.submission_of(one).map_or(Meant::Unknown, |name| Meant::Submission(name.to_owned()))
            }
            _ => Meant::Unknown,
        }
    }

    fn times(&self, rules: &LateRules) -> Result<BTreeMap<String, Moment>, Problem> {
        match rules.times {
            None => Ok(BTreeMap::new()),
            Some(TimesFrom::Files) => {
                let time = |(name, paths): &NamedSubmission| {
                    Some((name.clone(), rules.due.of_file(modified(paths)?)))
                };
                Ok(self.submissions.iter().filter_map(time).collect())
            }
            Some(TimesFrom::Roster) => self.times_of_the_roster(rules),
        }
    }

    fn times_of_the_roster(&self, rules: &LateRules) -> Result<BTreeMap<String, Moment>, Problem> {
        let needed = |what: &str| Problem::Usage {
            what: format!("the late rules take the times of submission from the roster, and {what}"),
            remedy: "Name a roster with a column `submitted`, or write `times = \"files\"` below [late]."
                .to_owned(),
        };
        let Some((roster, joined)) = &self.roster else { return Err(needed("there is none")) };
        if roster.columns.submitted.is_none() {
            return Err(needed("it has no such column"));
        }
        let mut times: BTreeMap<String, Moment> = BTreeMap::new();
        for (name, places) in &joined.learners {
            for learner in places.iter().map(|place| &roster.learners[*place]) {
                if learner.submitted.is_empty() {
                    continue;
                }
                let time = rules.due.read_like(&learner.submitted).ok_or_else(|| Problem::Usage {
                    what: format!(
                        "{}:{}: `{}` is no time",
                        roster.path.display(),
                        learner.line,
                        learner.submitted
                    ),
                    remedy: "Write 2026-12-01 23:59, with seconds and an offset such as +01:00 if known."
                        .to_owned(),
                })?;
                // Of a group the last one counts.
                let known = times.entry(name.clone()).or_insert(time);
                if time.seconds_after(*known) > 0 {
                    *known = time;
                }
            }
        }
        Ok(times)
    }

    /// How roster and submissions fit together, in lines for a terminal.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        self.roster.as_ref().map(|(roster, joined)| lms::fitting(roster, joined)).unwrap_or_default()
    }

    /// Writes what learning platforms import, and adds to what is kept of the class who is missing. Returns what an
    /// instructor should know.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a file cannot be written.
    pub fn export(
        &self,
        out: &Path,
        is_whole: bool,
        class: &mut Value,
        results: &[Value],
    ) -> Result<Vec<String>, Problem> {
        class["exports"] = self.rules.to_json();
        let Some((roster, joined)) = &self.roster else { return Ok(Vec::new()) };
        lms::export(out, roster, joined, &self.rules, is_whole, class, results)
    }
}
