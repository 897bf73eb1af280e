//! Programs that `cargo kata` starts: heard line by line, and ended with it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::interrupt;
use crate::problem::Problem;

/// How long a program may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(3);

/// What a program said and how it ended.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to standard error.
    pub stderr: String,
}

/// What the listener wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Go on.
    On,
    /// Enough was heard; end the program.
    Stop,
}

/// What is heard of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// A line of standard output.
    Line(&'a str),
    /// A line of standard error.
    Error(&'a str),
    /// Nothing for a tenth of a second.
    Nothing,
}

/// How many bytes of standard error are kept.
const MOST_ERRORS: usize = 4 << 20;

enum Said {
    Line(String),
    Error(String),
    End,
}

/// Runs a program to its end. `hear` is given each line of its standard output, and `None` about ten times a second.
///
/// # Errors
///
/// [`Problem::Program`] if it cannot be started, [`Problem::Interrupted`] after Ctrl-C, when the program has ended.
pub fn run(command: &mut Command, mut hear: impl FnMut(Option<&str>) -> Next) -> Result<Finished, Problem> {
    run_hearing_both(command, |heard| match heard {
        Heard::Line(line) => hear(Some(line)),
        Heard::Error(_) => Next::On,
        Heard::Nothing => hear(None),
    })
}

/// As [`run`], with the lines of standard error as they come.
///
/// # Errors
///
/// As there.
pub fn run_hearing_both(
    command: &mut Command,
    mut hear: impl FnMut(Heard<'_>) -> Next,
) -> Result<Finished, Problem> {
    interrupt::listen();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| cannot_start(command, error))?;
    let (send, heard) = channel();
    listen(&mut child, &send);
    let mut stderr = String::new();
    let mut open = 2;
    let mut asked_to_end: Option<Instant> = None;
    let mut ended: Option<Instant> = None;
    // A grandchild may hold the pipe open after the program itself has ended.
    while open > 0 && ended.is_none_or(|since| since.elapsed() < Duration::from_millis(300)) {
        let next = match next(&heard) {
            Some(Said::Line(line)) => hear(Heard::Line(&line)),
            Some(Said::Error(line)) => {
                if stderr.len() < MOST_ERRORS {
                    stderr += &line;
                    stderr.push('\n');
                }
                hear(Heard::Error(&line))
            }
            Some(Said::End) => {
                open -= 1;
                Next::On
            }
            None => {
                if ended.is_none() && matches!(child.try_wait(), Ok(Some(_))) {
                    ended = Some(Instant::now());
                }
                hear(Heard::Nothing)
            }
        };
        if (next == Next::Stop || interrupt::asked()) && asked_to_end.is_none() {
            interrupt::end(&child);
            asked_to_end = Some(Instant::now());
        }
        if asked_to_end.is_some_and(|since| since.elapsed() > GRACE) {
            let _ended_by_itself = child.kill();
        }
    }
    let status = child.wait().map_err(|error| cannot_start(command, error))?;
    if interrupt::asked() { Err(Problem::Interrupted) } else { Ok(Finished { status, stderr }) }
}

fn next(heard: &Receiver<Said>) -> Option<Said> {
    match heard.recv_timeout(Duration::from_millis(80)) {
        Ok(heard) => Some(heard),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Said::End),
    }
}

fn listen(child: &mut Child, send: &Sender<Said>) {
    let out = child.stdout.take().map(|out| Box::new(out) as Box<dyn Read + Send>);
    let errors = child.stderr.take().map(|errors| Box::new(errors) as Box<dyn Read + Send>);
    for (channel, said) in [(out, Said::Line as fn(String) -> Said), (errors, Said::Error)] {
        let send = send.clone();
        thread::spawn(move || {
            let mut reader = BufReader::new(channel.unwrap_or_else(|| Box::new(std::io::empty())));
            let mut line = Vec::new();
            while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
                let text = String::from_utf8_lossy(&line).trim_end().to_owned();
                line.clear();
                if send.send(said(text)).is_err() {
                    return;
                }
            }
            let _ = send.send(Said::End);
        });
    }
}

/// Runs a program on our own terminal, which it has to itself until it ends.
///
/// # Errors
///
/// [`Problem::Program`] if it cannot be started, [`Problem::Died`] if a signal ended it that no one sent from the keyboard.
pub fn hand_over(command: &mut Command) -> Result<ExitStatus, Problem> {
    let status = command.status().map_err(|error| cannot_start(command, error))?;
    match fatal_signal(status) {
        Some(signal) if !interrupt::asked() => {
            let name = command.get_program().to_string_lossy().into_owned();
            Err(Problem::Died { name, signal })
        }
        _ => Ok(status),
    }
}

/// The signal that ended a program, unless it is the one of Ctrl-C.
#[cfg(unix)]
fn fatal_signal(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    status.signal().filter(|&signal| signal != signal_hook::consts::SIGINT)
}

#[cfg(not(unix))]
fn fatal_signal(_: ExitStatus) -> Option<i32> {
    None
}

fn cannot_start(command: &Command, error: std::io::Error) -> Problem {
    let name = command.get_program().to_string_lossy().into_owned();
    let remedy = "Is Rust installed? https://rustup.rs shows how; `cargo kata setup` checks what is missing.";
    Problem::Program { name, error, remedy: remedy.to_owned() }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::problem::Exit;

    fn ended(script: &str) -> Result<ExitStatus, Problem> {
        hand_over(Command::new("sh").args(["-c", script]))
    }

    #[test]
    fn a_signal_of_the_keyboard_is_distinguished_from_one_of_the_system() {
        assert!(matches!(ended("kill -9 $$"), Err(Problem::Died { signal: 9, .. })));
        assert_eq!(ended("kill -INT $$").map(Exit::from).ok(), Some(Exit::Interrupted));
        assert_eq!(ended("exit 3").map(Exit::from).ok(), Some(Exit::Environment));
    }
}
