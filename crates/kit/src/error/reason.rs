//! When two reasons are the same, and how an error of somebody else becomes one.

use std::io;
use std::path::Path;

use super::InputError;

impl std::error::Error for InputError {}

impl InputError {
    /// What the operating system says about a file: [`InputError::File`] with its path.
    ///
    /// ```
    /// use std::path::Path;
    /// use kit::InputError;
    ///
    /// let path = Path::new("nowhere.csv");
    /// let text = std::fs::read_to_string(path).map_err(|error| InputError::file(path, &error));
    /// assert!(matches!(text, Err(InputError::File { .. })));
    /// ```
    #[must_use]
    pub fn file(path: &Path, error: &io::Error) -> Self {
        Self::File { path: path.to_owned(), why: error.kind() }
    }

    /// Whether the other is the same reason with the same names and numbers. Free text is for people: two reasons that
    /// say the same in other words are the same. NaN is the same as NaN.
    ///
    /// ```
    /// use kit::InputError::OutOfRange;
    ///
    /// let ours = OutOfRange { name: "learning_rate", got: -1.0, wanted: "a number > 0" };
    /// assert!(ours.is_same_reason(&OutOfRange { name: "learning_rate", got: -1.0, wanted: "positive" }));
    /// assert!(!ours.is_same_reason(&OutOfRange { name: "momentum", got: -1.0, wanted: "a number > 0" }));
    /// ```
    #[must_use]
    pub fn is_same_reason(&self, other: &Self) -> bool {
        // As text, since a reason that holds a NaN does not equal itself.
        format!("{:?}", self.without_words()) == format!("{:?}", other.without_words())
    }

    fn without_words(&self) -> Self {
        let mut reason = self.clone();
        match &mut reason {
            Self::OutOfRange { wanted, .. }
            | Self::BadCell { wanted, .. }
            | Self::BadByte { wanted, .. }
            | Self::Malformed { wanted, .. }
            | Self::NoColumn { wanted, .. } => *wanted = "",
            Self::Library { says, .. } => says.clear(),
            _ => {}
        }
        reason
    }
}

/// What candle rejects, a kata rejects: `?` will do.
#[cfg(feature = "candle")]
impl From<candle_core::Error> for InputError {
    fn from(error: candle_core::Error) -> Self {
        Self::Library { name: "candle", says: error.to_string() }
    }
}

/// The same for OpenCV.
#[cfg(feature = "opencv")]
impl From<opencv::Error> for InputError {
    fn from(error: opencv::Error) -> Self {
        Self::Library { name: "OpenCV", says: error.to_string() }
    }
}
