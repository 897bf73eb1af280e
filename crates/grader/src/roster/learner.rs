/// A learner of a roster; what the roster does not have is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterLearner {
    /// Student number.
    pub number: String,
    /// Name, as the roster has it.
    pub name: String,
    /// Mail address.
    pub mail: String,
    /// Login.
    pub login: String,
    /// Name of what was submitted.
    pub folder: String,
    /// Group.
    pub group: String,
    /// Time of submission.
    pub submitted: String,
    /// Number of the user on the learning platform.
    pub user: String,
    /// The line of the roster, counted from 1,
    pub line: usize,
    /// and what stands in it.
    pub cells: Vec<String>,
}

impl RosterLearner {
    /// What a person calls the learner: the name, or whatever else is known.
    #[must_use]
    pub fn called(&self) -> &str {
        let known = [&self.name, &self.number, &self.mail, &self.login, &self.folder];
        known.into_iter().find(|it| !it.is_empty()).map_or("unnamed", String::as_str)
    }

    /// Whether this text is the learner's number, address, login or name.
    #[must_use]
    pub fn is_called(&self, text: &str) -> bool {
        let own = [&self.number, &self.mail, &self.login, &self.name, &self.folder];
        own.iter().any(|it| !it.is_empty() && it.to_lowercase() == text.trim().to_lowercase())
    }
}
