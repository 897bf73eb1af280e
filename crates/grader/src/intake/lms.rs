//! How the downloads of learning platforms name what was submitted.
//!
//! Moodle makes a folder `Ada Lovelace_123_assignsubmission_file` for each learner (`Team A_7_…` for each group), or puts that
//! in front of each file. Canvas makes files `lovelaceada_LATE_123_456_vectors-1.rs`: the learner, whether it was late, the
//! numbers of the user and of the file, and the name of the file, numbered where it was submitted again.

/// A name that a learning platform gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DownloadName {
    /// Who submitted it, as the platform writes it: `Ada Lovelace`, `lovelaceada`.
    pub who: String,
    /// The number of the user or the group on that platform.
    pub user: String,
    /// What all files of this learner have in common.
    pub owner: String,
    /// The number of the file, which grows; 0 where there is none.
    pub order: u64,
    /// The file as the learner called it; empty for a folder.
    pub file: String,
    /// Whose name it is.
    pub platform: Platform,
}

/// A learning platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Moodle.
    Moodle,
    /// Canvas.
    Canvas,
}

/// What Moodle writes behind the number of a participant.
const MOODLE: &str = "_assignsubmission_";

impl DownloadName {
    /// Reads the name of a file or folder; `None` if no learning platform gave it.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::of_moodle(name).or_else(|| Self::of_canvas(name))
    }

    fn of_moodle(name: &str) -> Option<Self> {
        let (before, behind) = name.split_once(MOODLE)?;
        let (who, user) = before.rsplit_once('_')?;
        let kind = behind.split('_').next()?;
        is_number(user).then(|| Self {
            who: who.to_owned(),
            user: user.to_owned(),
            owner: format!("{before}{MOODLE}{kind}"),
            order: 0,
            file: behind[kind.len()..].trim_start_matches('_').to_owned(),
            platform: Platform::Moodle,
        })
    }

    fn of_canvas(name: &str) -> Option<Self> {
        let mut parts = name.splitn(2, '_');
        let (who, rest) = (parts.next()?, parts.next()?);
        let rest = rest.strip_prefix("LATE_").unwrap_or(rest);
        let mut parts = rest.splitn(3, '_');
        let (user, number, file) = (parts.next()?, parts.next()?, parts.next()?);
        let is_one = !who.is_empty() && is_number(user) && is_number(number) && !file.is_empty();
        is_one.then(|| Self {
            who: who.to_owned(),
            user: user.to_owned(),
            owner: format!("{who}_{user}"),
            order: number.parse().unwrap_or_default(),
            file: first_name(file),
            platform: Platform::Canvas,
        })
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `vectors.rs` of `vectors-1.rs`, as Canvas calls what is submitted a second time.
fn first_name(file: &str) -> String {
    let Some((stem, end)) = file.split_once('.') else { return file.to_owned() };
    match stem.rsplit_once('-') {
        Some((first, number)) if is_number(number) && !first.is_empty() => format!("{first}.{end}"),
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Option<(String, String, String, String)> {
        DownloadName::of(name).map(|it| (it.who, it.user, it.owner, it.file))
    }

    fn parts(who: &str, user: &str, owner: &str, file: &str) -> Option<(String, String, String, String)> {
        Some((who.to_owned(), user.to_owned(), owner.to_owned(), file.to_owned()))
    }

    #[test]
    fn the_names_of_moodle_and_canvas_are_read() {
        let owner = "Ada Lovelace_123_assignsubmission_file";
        for name in [owner, "Ada Lovelace_123_assignsubmission_file_"] {
            assert_eq!(read(name), parts("Ada Lovelace", "123", owner, ""), "{name}");
        }
        let flat = "Ada Lovelace_123_assignsubmission_file_my_work.zip";
        assert_eq!(read(flat), parts("Ada Lovelace", "123", owner, "my_work.zip"));
        let canvas = parts("lovelaceada", "123", "lovelaceada_123", "my_work.zip");
        assert_eq!(read("lovelaceada_123_456_my_work.zip"), canvas);
        assert_eq!(read("lovelaceada_LATE_123_456_my_work-2.zip"), canvas);
        assert_eq!(DownloadName::of("lovelaceada_LATE_123_456_a.rs").unwrap().order, 456);
        for other in ["ada", "m01_linear_algebra", "ada_1.zip", "hw_2_ada.zip", "a_b_assignsubmission_file"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
