//! Keys, one by one, from a thread that waits for them.

use std::io::{Read, stdin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use engine::judging::interrupt;

/// How often keys are looked at: as often as files.
pub(super) const PERIOD: Duration = engine::saves::PERIOD;

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A letter, a digit or a sign.
    Char(char),
    Enter,
    Escape,
    Backspace,
    Up,
    Down,
    /// Ctrl-D, or the end of the input.
    End,
}

/// Where the keys arrive.
pub(super) struct Keys {
    bytes: Receiver<u8>,
    /// Whether letters are text, and `q` no command.
    is_typing: Arc<AtomicBool>,
}

impl Keys {
    /// Listens to standard input. `q` also ends what is running, so it is noticed at once.
    pub(super) fn listen() -> Self {
        let ((send, bytes), is_typing) = (channel(), Arc::new(AtomicBool::new(false)));
        let typing = Arc::clone(&is_typing);
        thread::spawn(move || {
            let mut key = [0];
            while matches!(stdin().read(&mut key), Ok(1)) {
                let [key] = key;
                let quits = matches!(key, b'q' | b'Q') && !typing.load(Ordering::Relaxed);
                if quits || key == 4 {
                    interrupt::ask();
                }
                if send.send(key).is_err() {
                    return;
                }
            }
        });
        Self { bytes, is_typing }
    }

    /// Runs something in which letters are text.
    pub(super) fn typing<T>(&self, ask: impl FnOnce(&Self) -> T) -> T {
        self.is_typing.store(true, Ordering::Relaxed);
        let answer = ask(self);
        self.is_typing.store(false, Ordering::Relaxed);
        answer
    }

    /// The next key, if one comes within a tenth of a second.
    pub(super) fn next(&self) -> Option<Key> {
        match self.bytes.recv_timeout(PERIOD) {
            Ok(27) => Some(self.after_escape()),
            Ok(byte) => Some(plain(byte)),
            Err(RecvTimeoutError::Disconnected) => Some(Key::End),
            Err(RecvTimeoutError::Timeout) => None,
        }
    }

    /// Arrows come as three bytes; the key Escape comes alone.
    fn after_escape(&self) -> Key {
        match (self.bytes.recv_timeout(PERIOD / 4), self.bytes.recv_timeout(PERIOD / 4)) {
            (Ok(b'['), Ok(b'A')) => Key::Up,
            (Ok(b'['), Ok(b'B')) => Key::Down,
            _ => Key::Escape,
        }
    }
}

fn plain(byte: u8) -> Key {
    match byte {
        b'\n' | b'\r' => Key::Enter,
        4 => Key::End,
        8 | 127 => Key::Backspace,
        byte => Key::Char(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_one_key_and_escape_is_another() {
        let (send, keys) = channel();
        b"\x1b[Aq\x1b".iter().for_each(|byte| send.send(*byte).unwrap());
        let keys = Keys { bytes: keys, is_typing: Arc::default() };
        let next = || keys.next();
        assert_eq!((next(), next(), next()), (Some(Key::Up), Some(Key::Char('q')), Some(Key::Escape)));
        drop(send);
        assert_eq!(keys.next(), Some(Key::End));
    }
}
