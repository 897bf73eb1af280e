//! What each problem says, and what to do about it.

use std::fmt;

use super::Problem;

impl Problem {
    /// What to do about it, one line each.
    #[must_use]
    pub fn remedy(&self) -> Vec<String> {
        match self {
            Self::NotInRepository { .. } => {
                vec!["Go to the folder that you cloned, where the katas are, and try again.".into()]
            }
            Self::UnknownId { nearest, .. } if nearest.is_empty() => {
                vec!["`cargo kata list` shows all ids.".into()]
            }
            Self::UnknownId { nearest, .. } => {
                let mut lines = vec!["Did you mean one of these?".to_owned()];
                lines.extend(nearest.iter().map(|id| format!("  {id}")));
                lines
            }
            Self::AmbiguousId { candidates, .. } => {
                let mut lines = vec!["Say a bit more. It could be:".to_owned()];
                lines.extend(candidates.iter().map(|id| format!("  {id}")));
                lines
            }
            Self::NotOneKata { command, .. } => {
                vec![format!(
                    "Name a kata, as in `cargo kata {command} vectors/dot`. `cargo kata list` shows all."
                )]
            }
            Self::File { error, .. } => match error.kind() {
                std::io::ErrorKind::StorageFull => vec!["The disk is full: make room and try again.".into()],
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                    vec!["Is the folder yours to write?".into()]
                }
                _ => Vec::new(),
            },
            Self::Program { remedy, .. }
            | Self::DoesNotCompile { remedy, .. }
            | Self::Cargo { remedy, .. }
            | Self::TestRunner { remedy, .. }
            | Self::Drawing { remedy, .. }
            | Self::Installation { remedy, .. }
            | Self::Repository { remedy, .. }
            | Self::Sandbox { remedy, .. }
            | Self::Grading { remedy, .. }
            | Self::Usage { remedy, .. } => remedy.lines().map(ToOwned::to_owned).collect(),
            Self::NoVerdict { .. } => vec!["`cargo kata setup` checks what is missing.".into()],
            Self::Died { signal: 9, .. } => {
                vec!["The system ends what takes too much memory: is there enough of it?".into()]
            }
            Self::Died { .. } | Self::Interrupted => Vec::new(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInRepository { from } => {
                write!(f, "{} is not inside the repository of the katas", from.display())
            }
            Self::UnknownId { asked, .. } => write!(f, "there is no kata, file or milestone `{asked}`"),
            Self::AmbiguousId { asked, .. } => write!(f, "`{asked}` may mean several things"),
            Self::NotOneKata { asked, .. } => write!(f, "`{asked}` is not one kata"),
            Self::File { doing, path, error } => write!(f, "cannot {doing} {}: {error}", path.display()),
            Self::Program { name, error, .. } => write!(f, "cannot start {name}: {error}"),
            Self::Died { name, signal } => write!(f, "{name} was ended by signal {signal}"),
            Self::DoesNotCompile { diagnostics, .. } => {
                write!(
                    f,
                    "{}\n\nsomething other than your own files does not compile",
                    diagnostics.trim_end()
                )
            }
            Self::Cargo { said, .. } => f.write_str(said),
            Self::NoVerdict { kata } => write!(f, "there is no verdict on {kata}"),
            Self::TestRunner { what, .. }
            | Self::Drawing { what, .. }
            | Self::Installation { what, .. }
            | Self::Repository { what, .. }
            | Self::Sandbox { what, .. }
            | Self::Grading { what, .. }
            | Self::Usage { what, .. } => f.write_str(what),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}
