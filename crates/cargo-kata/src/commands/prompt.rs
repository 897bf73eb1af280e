//! Questions to the learner.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use engine::judging::interrupt;
use engine::problem::Problem;

/// Whether there is somebody to ask.
pub(super) fn can_ask() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// Asks, and returns whether the answer was yes.
///
/// # Errors
///
/// [`Problem::Interrupted`] after Ctrl-C.
pub(super) fn yes(question: &str) -> Result<bool, Problem> {
    eprint!("{question} [y/N] ");
    let _it_is_only_for_the_eye = stderr().flush();
    let (send, answer) = channel();
    // On a thread of its own: a signal does not end a read.
    thread::spawn(move || {
        let mut line = String::new();
        let _no_answer_is_no = stdin().read_line(&mut line);
        let _ = send.send(line);
    });
    loop {
        match answer.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => return Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes")),
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
            Err(RecvTimeoutError::Timeout) if interrupt::asked() => {
                eprintln!();
                return Err(Problem::Interrupted);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// There is no next kata to speak of.
pub(super) fn all_done() -> Problem {
    Problem::Usage {
        what: "every kata holds, so there is no next one".into(),
        remedy: "Name a kata: `cargo kata list` shows all.".into(),
    }
}
