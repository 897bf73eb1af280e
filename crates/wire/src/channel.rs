//! Messages between the laws and the worker.

use std::io::{self, Read, Write};

/// The longest message that is read. Two matrices of a thousand rows and columns, which laws draw, are a quarter of it.
const LONGEST: usize = 64 << 20;
/// A message begins with its kind and its length.
const HEAD: usize = 5;

/// One message, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Laws to worker: a kata's id and its arguments.
    Call(Vec<u8>),
    /// Worker to laws: what the kata answered.
    Return(Vec<u8>),
    /// Worker to laws: the kata panicked; what it said and where.
    Panicked(Vec<u8>),
    /// Worker to laws: the kata asks a function that it was given.
    Callback(Vec<u8>),
    /// Laws to worker: what that function answered.
    CallbackReturn(Vec<u8>),
    /// Laws to worker: that function panicked. Worker to laws: so did the kata, with that panic.
    Unwound,
    /// Supervisor to laws, where the worker's answers would be: its process has ended; how.
    Ended(Vec<u8>),
}

impl Message {
    fn parts(&self) -> (u8, &[u8]) {
        match self {
            Self::Call(bytes) => (b'c', bytes),
            Self::Return(bytes) => (b'r', bytes),
            Self::Panicked(bytes) => (b'p', bytes),
            Self::Callback(bytes) => (b'a', bytes),
            Self::CallbackReturn(bytes) => (b't', bytes),
            Self::Unwound => (b'u', &[]),
            Self::Ended(bytes) => (b'e', bytes),
        }
    }

    /// As many bytes are sent.
    #[must_use]
    pub fn length(&self) -> usize {
        HEAD + self.parts().1.len()
    }

    fn of(kind: u8, bytes: Vec<u8>) -> Option<Self> {
        Some(match kind {
            b'c' => Self::Call(bytes),
            b'r' => Self::Return(bytes),
            b'p' => Self::Panicked(bytes),
            b'a' => Self::Callback(bytes),
            b't' => Self::CallbackReturn(bytes),
            b'u' if bytes.is_empty() => Self::Unwound,
            b'e' => Self::Ended(bytes),
            _ => return None,
        })
    }
}

/// Sends a message as a whole.
///
/// # Errors
///
/// As the channel's.
pub fn send(mut channel: impl Write, message: &Message) -> io::Result<()> {
    let (kind, bytes) = message.parts();
    let length = u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut whole = Vec::with_capacity(HEAD + bytes.len());
    whole.push(kind);
    whole.extend_from_slice(&length.to_le_bytes());
    whole.extend_from_slice(bytes);
    channel.write_all(&whole)
}

/// Waits for a message.
///
/// # Errors
///
/// As the channel's, and [`io::ErrorKind::InvalidData`] for what is no message or longer than any may be.
pub fn receive(mut channel: impl Read) -> io::Result<Message> {
    let mut head = [0; HEAD];
    channel.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_le_bytes(length) as usize;
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    if length > LONGEST {
        return Err(invalid());
    }
    // Grown as the bytes come: a length alone reserves nothing.
    let mut bytes = Vec::with_capacity(length.min(1 << 16));
    channel.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Message::of(kind, bytes).ok_or_else(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_arrives_as_it_was_sent() {
        let mut channel = Vec::new();
        for message in [Message::Call(vec![1, 2]), Message::Unwound] {
            send(&mut channel, &message).unwrap();
            assert_eq!(receive(&channel[..]).unwrap(), message);
            channel.clear();
        }
    }

    #[test]
    fn two_matrices_of_a_thousand_columns_are_a_message() {
        let mut channel = Vec::new();
        let call = Message::Call(vec![1; 2 * 1026 * 1025 * size_of::<f64>()]);
        send(&mut channel, &call).unwrap();
        assert_eq!(channel.len(), call.length());
        assert_eq!(receive(&channel[..]).unwrap(), call);
    }

    #[test]
    fn what_is_no_message_is_rejected() {
        let kind = |bytes: &[u8]| receive(bytes).map_err(|error| error.kind());
        assert_eq!(kind(b"x\0\0\0\0"), Err(io::ErrorKind::InvalidData));
        assert_eq!(kind(b"r\xff\xff\xff\xff"), Err(io::ErrorKind::InvalidData));
        assert_eq!(kind(b"r\x02\0\0\0a"), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(kind(b""), Err(io::ErrorKind::UnexpectedEof));
    }
}
