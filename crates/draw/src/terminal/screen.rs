use std::env;
use std::fs::File;
use std::io::{IsTerminal, stdout};
use std::process::{Command, Stdio};

/// What the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Which colors.
    pub color: Color,
    /// Whether characters beyond ASCII arrive: blocks, braille, Greek.
    pub unicode: bool,
}

/// Which colors a terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// None, as in a file or a pipe.
    None,
    /// The 256 of xterm.
    Indexed,
    /// All.
    Full,
}

/// Where the terminal does not tell its width.
const WIDTH: usize = 80;

impl Screen {
    /// A screen without colors.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self { width, color: Color::None, unicode: true }
    }

    /// What standard output is: colors on a terminal unless `NO_COLOR` is set, and so many columns, or as many as it
    /// has.
    #[must_use]
    pub fn of_standard_output(columns: Option<usize>) -> Self {
        let terminal = stdout().is_terminal();
        let dumb = set("TERM").is_some_and(|term| term == "dumb");
        let color = terminal && !dumb && set("NO_COLOR").is_none();
        let columns = columns.or_else(|| set("COLUMNS")?.parse().ok());
        Self::of_locale(columns.or_else(|| terminal.then(ask_terminal).flatten()).unwrap_or(WIDTH), color)
    }

    /// A screen of so many columns, for who knows whether it has color: all of them where `COLORTERM` says so. Unicode
    /// where the locale says UTF-8.
    #[must_use]
    pub fn of_locale(width: usize, color: bool) -> Self {
        let all = set("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit");
        let color = match (color, all) {
            (false, _) => Color::None,
            (true, false) => Color::Indexed,
            (true, true) => Color::Full,
        };
        // The first that is set decides, as POSIX has it.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).unwrap_or_default();
        let unicode = cfg!(windows) || locale.to_uppercase().replace('-', "").contains("UTF8");
        Self { width, color, unicode }
    }
}

/// The columns as `stty` knows them: asking the kernel oneself needs unsafe code or another crate.
fn ask_terminal() -> Option<usize> {
    let terminal = File::open("/dev/tty").ok()?;
    let answer = Command::new("stty").arg("size").stdin(terminal).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    text.split_whitespace().nth(1)?.parse().ok().filter(|columns| *columns > 0)
}

/// A variable that is there and says something.
fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
