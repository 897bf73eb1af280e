use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// How far a file is, on one line of standard error; nothing where that is no terminal.
pub(crate) struct Bar {
    drawn: Option<Instant>,
    enabled: bool,
}

const WIDTH: u64 = 30;

impl Bar {
    pub(crate) fn new() -> Self {
        let enabled = stderr().is_terminal() && std::env::var("TERM").is_ok_and(|term| term != "dumb");
        Self { drawn: None, enabled }
    }

    pub(crate) fn show(&mut self, name: &str, have: u64, all: Option<u64>) {
        let due = self.drawn.is_none_or(|last| last.elapsed() > Duration::from_millis(80));
        if !self.enabled || !(due || all == Some(have)) {
            return;
        }
        self.drawn = Some(Instant::now());
        let _it_is_only_for_the_eye = write!(stderr(), "\r\x1b[2K{}", line(name, have, all));
    }

    pub(crate) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _it_is_only_for_the_eye = stderr().write_all(b"\r\x1b[2K");
        }
    }
}

fn line(name: &str, have: u64, all: Option<u64>) -> String {
    let megabytes = |bytes: u64| format!("{:.1}", bytes as f64 / 1e6);
    match all {
        Some(all) if all > 0 => {
            let done = (have * WIDTH / all).min(WIDTH) as usize;
            let bar = format!("{}{}", "█".repeat(done), "·".repeat(WIDTH as usize - done));
            format!("{name:24} {bar} {} of {} MB", megabytes(have), megabytes(all))
        }
        _ => format!("{name:24} {} MB", megabytes(have)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_grows_with_the_file() {
        assert_eq!(
            line("labels", 500_000, Some(1_000_000)),
            "labels                   ███████████████··············· 0.5 of 1.0 MB"
        );
        assert_eq!(line("labels", 500_000, None), "labels                   0.5 MB");
        assert!(line("labels", 9, Some(3)).ends_with("0.0 of 0.0 MB"));
    }
}
