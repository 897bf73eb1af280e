use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use engine::Progress as _;

use super::{Style, width_of};

/// What is going on, on one line of standard error, once it takes longer than a second. The line is gone afterwards.
#[derive(Debug)]
pub struct Progress {
    began: Instant,
    drawn: Option<Instant>,
    turn: usize,
    stage: String,
    what: String,
    enabled: bool,
    color: bool,
}

const TURNS: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

impl Progress {
    /// Nothing is drawn where standard error is no terminal.
    #[must_use]
    pub fn new(style: Style) -> Self {
        let enabled = stderr().is_terminal() && std::env::var("TERM").is_ok_and(|term| term != "dumb");
        let (began, stage, what) = (Instant::now(), String::new(), String::new());
        Self { began, drawn: None, turn: 0, stage, what, enabled, color: style.color }
    }

    /// Of what the work at hand is a part; stands before it.
    pub fn stage(&mut self, stage: &str) {
        stage.clone_into(&mut self.stage);
        self.what.clear();
    }
}

impl engine::Progress for Progress {
    fn say(&mut self, what: &str) {
        what.clone_into(&mut self.what);
    }

    fn tick(&mut self) {
        let due = self.drawn.is_none_or(|last| last.elapsed() > Duration::from_millis(80));
        if !self.enabled || !due || self.began.elapsed() < Duration::from_secs(1) {
            return;
        }
        self.turn = (self.turn + 1) % TURNS.len();
        self.drawn = Some(Instant::now());
        let seconds = format!("{} s", self.began.elapsed().as_secs());
        let room = width_of(&stderr()).unwrap_or(80).saturating_sub(seconds.len() + 5);
        let parts: Vec<&str> =
            [&self.stage, &self.what].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        let what: String = parts.join(" · ").chars().take(room).collect();
        let (on, off) = if self.color { ("\x1b[36m", "\x1b[0m") } else { ("", "") };
        let line = format!("\r\x1b[2K{on}{}{off} {what}  {seconds}", TURNS[self.turn]);
        let _it_is_only_for_the_eye = stderr().write_all(line.as_bytes());
    }

    fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _it_is_only_for_the_eye = stderr().write_all(b"\r\x1b[2K");
        }
        self.began = Instant::now();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
