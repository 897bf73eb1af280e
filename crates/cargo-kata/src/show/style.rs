use std::env;
use std::io::{IsTerminal, stdout};
use std::path::Path;

use super::terminal::width_of;

/// Whether there is color, and how wide a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use color.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// How many columns a line has.
    pub width: usize,
}

impl Style {
    /// The style for standard output: color on a terminal unless `NO_COLOR` or `CLICOLOR=0` is set.
    #[must_use]
    pub fn of_stdout() -> Self {
        let terminal = stdout().is_terminal();
        let is_set = |key: &str| env::var_os(key).is_some_and(|value| !value.is_empty());
        let off = is_set("NO_COLOR") || env::var("CLICOLOR").is_ok_and(|value| value == "0");
        let dumb = env::var("TERM").is_ok_and(|value| value == "dumb");
        let forced = env::var("CLICOLOR_FORCE").is_ok_and(|value| !matches!(value.as_str(), "" | "0"));
        let color = if is_set("NO_COLOR") { false } else { forced || terminal && !off && !dumb };
        // Long lines tire the eye even where there is room.
        let width = width_of(&stdout()).unwrap_or(100).clamp(30, 100);
        Self { color, terminal, width }
    }

    /// Without color, and this wide.
    #[cfg(test)]
    pub fn plain(width: usize) -> Self {
        Self { color: false, terminal: false, width }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// What holds.
    #[must_use]
    pub fn good(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// What is broken.
    #[must_use]
    pub fn bad(self, text: &str) -> String {
        self.paint("31", text)
    }

    /// What asks for attention.
    #[must_use]
    pub fn warm(self, text: &str) -> String {
        self.paint("33", text)
    }

    /// A place in a file that a terminal can open: an OSC 8 link, where there is a terminal with colors.
    #[must_use]
    pub fn link(self, text: &str, path: &Path) -> String {
        if !(self.color && self.terminal) {
            return text.to_owned();
        }
        let address: String = path
            .to_string_lossy()
            .chars()
            .map(|c| if c == ' ' { "%20".into() } else { c.to_string() })
            .collect();
        format!("\x1b]8;;file://{address}\x1b\\{text}\x1b]8;;\x1b\\")
    }

    /// What can be typed.
    #[must_use]
    pub fn command(self, text: &str) -> String {
        self.paint("36", text)
    }

    /// Headings and names.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What may be passed over.
    #[must_use]
    pub fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }
}
