use std::fmt;

use kit::InputError;

/// Why a program ends without its result.
#[derive(Debug)]
pub enum ProgramError {
    /// A kata returned an error or is not written, or the data are not what it needs.
    Kata(String),
    /// The command line is wrong.
    Usage(String),
    /// Something outside of the katas is missing: a data set, a writable folder, room on a device.
    Environment(String),
}

impl ProgramError {
    /// The exit code that stands for it.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Self::Kata(_) => 1,
            Self::Usage(_) => 2,
            Self::Environment(_) => 3,
        }
    }
}

impl fmt::Display for ProgramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Kata(words) | Self::Usage(words) | Self::Environment(words)) = self;
        f.write_str(words)
    }
}

impl From<InputError> for ProgramError {
    fn from(error: InputError) -> Self {
        Self::Kata(format!("a kata returned an error: {error}"))
    }
}
