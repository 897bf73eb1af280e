use super::date::Moment;
use super::points::Points;

/// What becomes of points that are submitted late.
#[derive(Debug, Clone, PartialEq)]
pub struct LateRules {
    /// When everything is due.
    pub due: Moment,
    /// Where the times of submission come from; `None` where being late costs nothing.
    pub times: Option<TimesFrom>,
    /// Seconds after the due date that are not late yet.
    pub grace: i64,
    /// What is taken away.
    pub deduction: Option<Deduction>,
    /// After this moment nothing counts any more.
    pub until: Option<Moment>,
}

/// Where the times of submission come from. No program can guess: a clone gives every file the time of the clone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimesFrom {
    /// The roster's column of times.
    Roster,
    /// The time of change of the newest file that was submitted.
    Files,
}

/// What being late costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deduction {
    /// A share from 0 to 1 for each day or hour that has begun,
    pub share: f64,
    /// which has as many seconds,
    pub period: i64,
    /// but never more than this share.
    pub most: f64,
    /// Whether it is a share of what could be earned, instead of what was.
    pub of_possible: bool,
}

impl LateRules {
    /// The points that are left of `earned`, and why. `due` is another date for those who have an extension.
    #[must_use]
    pub fn left(
        &self,
        earned: Points,
        possible: Points,
        submitted: Moment,
        due: Moment,
    ) -> (Points, Option<String>) {
        let late = submitted.seconds_after(due);
        if late <= self.grace {
            return (earned, None);
        }
        let said = format!("submitted {submitted}, due {due}: {} late", length(late));
        let extended = due.seconds_after(self.due).max(0);
        if self.until.is_some_and(|until| submitted.seconds_after(until) > extended) {
            return (Points::NONE, Some(format!("{said}; nothing counts any more")));
        }
        let Some(rule) = self.deduction else { return (earned, Some(said)) };
        let begun = (late + rule.period - 1) / rule.period;
        let share = (begun as f64 * rule.share).min(rule.most);
        let lost = if rule.of_possible { possible } else { earned } * share;
        let left = Points((earned.0 - lost.0).max(0.0));
        let of = if rule.of_possible { "of the possible points" } else { "of the points" };
        (left, Some(format!("{said}, {} % {of} taken off", Points(100.0 * share))))
    }
}

/// A length of time in the two largest units.
fn length(seconds: i64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours) {
        (0, 0) if minutes == 0 => format!("{seconds} s"),
        (0, 0) => format!("{minutes} min"),
        (0, _) => format!("{hours} h {minutes} min"),
        _ => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(of_possible: bool) -> LateRules {
        let due = Moment::with_offset("2026-12-01T23:59:00+01:00").unwrap();
        LateRules {
            due,
            times: Some(TimesFrom::Roster),
            grace: 900,
            deduction: Some(Deduction { share: 0.1, period: 86_400, most: 0.5, of_possible }),
            until: due.read_like("2026-12-08 23:59"),
        }
    }

    fn left(rules: &LateRules, submitted: &str) -> (String, Option<String>) {
        let submitted = rules.due.read_like(submitted).unwrap();
        let (points, why) = rules.left(Points(8.0), Points(10.0), submitted, rules.due);
        (points.to_string(), why)
    }

    #[test]
    fn each_day_begun_costs_its_share_up_to_the_most() {
        let rules = rules(false);
        for (submitted, points, said) in [
            ("2026-12-01 20:00", "8", None),
            ("2026-12-02 00:14", "8", None),
            ("2026-12-02 00:15", "7.2", Some("16 min late, 10 % of the points taken off")),
            ("2026-12-03 00:00", "6.4", Some("1 d 0 h late, 20 %")),
            ("2026-12-08 23:59", "4", Some("7 d 0 h late, 50 %")),
            ("2026-12-09 00:00", "0", Some("nothing counts any more")),
        ] {
            let (left, why) = left(&rules, submitted);
            assert_eq!(left, points, "{submitted}");
            let fits = |said: &str| why.as_deref().is_some_and(|why| why.contains(said));
            assert_eq!(said.map(fits), why.as_ref().map(|_| true), "{submitted}: {why:?}");
        }
        assert_eq!(left(&self::rules(true), "2026-12-02 12:00").0, "7");
    }

    #[test]
    fn an_extension_moves_the_last_moment_too() {
        let rules = rules(false);
        let due = rules.due.read_like("2026-12-05 23:59").unwrap();
        let submitted = rules.due.read_like("2026-12-10 00:00").unwrap();
        let (points, _) = rules.left(Points(8.0), Points(10.0), submitted, due);
        assert_eq!(points.to_string(), "4");
    }
}
