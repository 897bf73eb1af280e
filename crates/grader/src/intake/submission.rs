use std::collections::BTreeMap;
use std::path::Path;

use super::limits::LONGEST;
use super::name::{is_milestone, shown};

/// A submission, read.
#[derive(Debug, Default)]
pub struct Submission {
    /// The texts by the ids of their files: `m01_linear_algebra/vectors`.
    pub files: BTreeMap<String, String>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
}

impl Submission {
    /// The id of the file that a path in a submission names: whatever stands before the milestone does not matter.
    fn id(path: &Path) -> Option<String> {
        let names: Vec<_> = path.components().map(|it| it.as_os_str().to_str()).collect::<Option<_>>()?;
        let [.., milestone, file] = names.as_slice() else { return None };
        // `katas/` stands right before it, or nothing but folders around the submission.
        let others = names.iter().any(|it| ["..", "solutions", "tests", "specimens", "target"].contains(it));
        (is_milestone(milestone) && !others)
            .then(|| format!("{milestone}/{}", file.strip_suffix(".rs").unwrap_or("")))
    }

    /// Takes a file, or notes why not.
    pub(super) fn take(
        &mut self,
        path: &Path,
        bytes: Result<Vec<u8>, String>,
        wanted: &dyn Fn(&str) -> bool,
    ) {
        let shown = shown(path);
        let Some(id) = Self::id(path).filter(|id| wanted(id)) else {
            if self.ignored.len() < 100 && !shown.ends_with(".md") && !shown.ends_with("mod.rs") {
                self.ignored.push(format!("{shown}: not of this assignment"));
            }
            return;
        };
        let text = bytes.and_then(|bytes| {
            if bytes.len() as u64 > LONGEST {
                return Err(format!("longer than {} KiB", LONGEST >> 10));
            }
            String::from_utf8(bytes).map_err(|_| "not text in UTF-8".to_owned())
        });
        match text {
            Ok(text) if !self.files.contains_key(&id) => {
                self.files.insert(id, text);
            }
            Ok(_) => self.ignored.push(format!("{shown}: submitted twice, the first one counts")),
            Err(why) => self.ignored.push(format!("{shown}: {why}")),
        }
    }
}
