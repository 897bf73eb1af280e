//! The learner's editor, at the line of the kata.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

/// How an editor is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Editor {
    /// The program and its arguments; `{path}` and `{line}` stand for the place.
    words: Vec<String>,
    /// Whether it opens next to the terminal, so that it may be called without being asked.
    pub(super) is_next_to_it: bool,
}

impl Editor {
    /// The one that the option names, else the one that this terminal belongs to: Visual Studio Code, or `$EDITOR` in a
    /// pane of tmux or Zellij.
    pub(super) fn find(named: Option<&str>, variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let split = |command: &str| command.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>();
        if let Some(named) = named {
            let mut words = split(named);
            if !named.contains("{path}") {
                words.push("{path}".to_owned());
            }
            return Some(Self { words, is_next_to_it: true });
        }
        if variable("TERM_PROGRAM").is_some_and(|program| program == "vscode") {
            return Some(Self { words: split("code --goto {path}:{line}"), is_next_to_it: true });
        }
        let own = variable("EDITOR").or_else(|| variable("VISUAL"))?;
        let pane = match () {
            () if variable("ZELLIJ").is_some() => "zellij run --direction right --",
            () if variable("TMUX").is_some() => "tmux split-window -h",
            () => return None,
        };
        let at = match own.split_whitespace().next().and_then(|it| it.rsplit('/').next()) {
            Some("hx" | "helix") => "{path}:{line}",
            _ => "+{line} {path}",
        };
        Some(Self { words: split(&format!("{pane} {own} {at}")), is_next_to_it: false })
    }

    /// As [`Editor::find`], in this process' environment.
    pub(super) fn of_this_terminal(named: Option<&str>) -> Option<Self> {
        Self::find(named, |key| env::var(key).ok().filter(|value| !value.is_empty()))
    }

    /// Opens a file at a line and does not wait.
    ///
    /// # Errors
    ///
    /// A sentence if the program cannot be started.
    pub(super) fn open(&self, path: &Path, line: usize) -> Result<(), String> {
        let place = |word: &String| {
            word.replace("{path}", &path.display().to_string()).replace("{line}", &line.to_string())
        };
        let mut words = self.words.iter().map(place);
        let program = words.next().unwrap_or_default();
        let mut command = Command::new(&program);
        command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().map(drop).map_err(|error| format!("cannot start {program}: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(named: Option<&str>, variables: &[(&str, &str)]) -> Option<String> {
        let value = |key: &str| variables.iter().find(|it| it.0 == key).map(|it| it.1.to_owned());
        Editor::find(named, value).map(|editor| editor.words.join(" "))
    }

    #[test]
    fn the_editor_is_the_one_that_is_named_or_that_the_terminal_belongs_to() {
        assert_eq!(found(Some("subl"), &[]).as_deref(), Some("subl {path}"));
        assert_eq!(found(Some("code -g {path}:{line}"), &[]).as_deref(), Some("code -g {path}:{line}"));
        let code = [("TERM_PROGRAM", "vscode"), ("EDITOR", "vi")];
        assert_eq!(found(None, &code).as_deref(), Some("code --goto {path}:{line}"));
        let tmux = [("TMUX", "/tmp/x"), ("EDITOR", "nvim -p")];
        assert_eq!(found(None, &tmux).as_deref(), Some("tmux split-window -h nvim -p +{line} {path}"));
        let zellij = [("ZELLIJ", "0"), ("EDITOR", "/usr/bin/hx")];
        let pane = "zellij run --direction right -- /usr/bin/hx {path}:{line}";
        assert_eq!(found(None, &zellij).as_deref(), Some(pane));
        // An editor that would take the terminal away from watch is not started.
        assert_eq!(found(None, &[("EDITOR", "vi")]), None);
    }
}
