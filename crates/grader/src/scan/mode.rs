/// What comes of a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing is searched for.
    #[default]
    Off,
    /// It is reported, and changes no point.
    Advise,
    /// It costs the points of its kata, or of its file where it stands in no kata.
    Enforce,
}

impl Mode {
    /// All of them, as the command line names them.
    pub const WORDS: [&str; 3] = ["off", "advise", "enforce"];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The mode of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Off, Self::Advise, Self::Enforce].into_iter().find(|mode| mode.word() == word)
    }
}
