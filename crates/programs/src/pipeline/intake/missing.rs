//! Spellings of a missing value.

/// Small letters; a cell is compared in small letters as well.
const SPELLINGS: [&str; 27] = [
    "", "na", "n/a", "#n/a", "#na", "n.a.", "<na>", "nan", "-nan", "nil", "null", "(null)", "none", "?",
    "??", ".", "..", "-", "--", "---", "–", "—", r"\n", "#value!", "#div/0!", "#ref!", "#num!",
];

/// What counts as missing: the usual spellings, those added, and not those taken back.
#[derive(Debug, Default)]
pub(super) struct Missing<'a> {
    pub added: &'a [String],
    pub kept: &'a [String],
}

impl Missing<'_> {
    /// Whether this cell says that there is no value.
    pub(super) fn has(&self, cell: &str) -> bool {
        if self.is_understood(cell) || self.added.iter().any(|added| added == cell) {
            return true;
        }
        SPELLINGS.contains(&cell.to_lowercase().as_str()) && !self.kept.iter().any(|kept| kept == cell)
    }

    /// Whether `load` of milestone 10 takes it for missing by itself.
    pub(super) fn is_understood(&self, cell: &str) -> bool {
        cell.is_empty() || cell == "NA"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_known_and_can_be_changed() {
        let (added, kept) = (["unknown".to_owned()], ["None".to_owned()]);
        let missing = Missing { added: &added, kept: &kept };
        assert!(
            ["", "NA", "n/a", "NaN", "?", "-", "NULL", "none", "unknown"].iter().all(|it| missing.has(it))
        );
        assert!(!["None", "Unknown", "no", "0", "Nancy"].iter().any(|it| missing.has(it)));
    }
}
