use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

/// A moment, shown with the offset from UTC with which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(DateTime<FixedOffset>);

/// How dates of a roster may be written in addition to RFC 3339: as spreadsheets and Moodle's grading worksheet have them.
const FORMS: [&str; 6] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%A, %d %B %Y, %I:%M %p",
    "%A, %d %B %Y, %H:%M",
    "%d.%m.%Y %H:%M",
];

impl Moment {
    /// Reads `2026-12-01T23:59:00+01:00`: a date with its offset from UTC.
    #[must_use]
    pub fn with_offset(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text.trim()).ok().map(Self)
    }

    /// Reads a date of a roster; one without an offset is meant where this moment was written.
    #[must_use]
    pub fn read_like(self, text: &str) -> Option<Self> {
        let text = text.trim();
        let civil = || FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        Self::with_offset(text)
            .or_else(|| Some(Self(civil()?.and_local_timezone(self.0.timezone()).single()?)))
    }

    /// The moment of a file's time on the disk, shown like this one.
    #[must_use]
    pub fn of_file(self, time: std::time::SystemTime) -> Self {
        Self(DateTime::<Utc>::from(time).with_timezone(&self.0.timezone()))
    }

    /// How many seconds it is after another moment; negative if it is before.
    #[must_use]
    pub fn seconds_after(self, other: Self) -> i64 {
        self.0.timestamp() - other.0.timestamp()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.format("%Y-%m-%d %H:%M:%S %:z").to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_their_offset_or_where_the_due_date_was_written() {
        let due = Moment::with_offset("2026-12-01T23:59:00+01:00").unwrap();
        assert_eq!(due.to_string(), "2026-12-01 23:59:00 +01:00");
        let after = |text: &str| due.read_like(text).map(|it| it.seconds_after(due));
        assert_eq!(after("2026-12-01T22:59:00Z"), Some(0));
        assert_eq!(after("2026-12-02 00:59:00+02:00"), Some(0));
        assert_eq!(after("2026-12-02 00:00"), Some(60));
        assert_eq!(after("Wednesday, 2 December 2026, 12:01 AM"), Some(120));
        assert_eq!(after("02.12.2026 23:59"), Some(86_400));
        assert_eq!(after("yesterday"), None);
        assert_eq!(Moment::with_offset("2026-12-01T23:59:00-05:30").unwrap().to_string().len(), 26);
        assert_eq!(Moment::with_offset("2026-12-01T23:59:00"), None);
    }
}
