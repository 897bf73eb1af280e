//! A small web server, on a real socket, that behaves as servers and lines sometimes do.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What comes of asking for a file.
#[derive(Debug, Clone)]
pub enum Served {
    /// The bytes, or the rest of them, as asked.
    Rightly(Vec<u8>),
    /// All the bytes, whatever was asked.
    FromTheBeginning(Vec<u8>),
    /// As rightly, but the connection breaks after so many bytes.
    BreakingAfter(usize, Vec<u8>),
    /// So many bytes rightly, and from then on no answer at all.
    GoneAfter(usize, Vec<u8>),
    /// A status without content.
    Status(u16),
}

/// A server, while this value lives and a little longer.
pub struct Server {
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves these files; of others it knows nothing.
    pub fn of(files: &[(&str, Served)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}/", listener.local_addr().expect("its number"));
        let files: HashMap<String, Served> =
            files.iter().map(|(name, served)| (format!("/{name}"), served.clone())).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _the_client_may_be_gone = answer(stream, &files, &log);
            }
        });
        Self { address, asked }
    }

    /// What was asked for so far: paths, each with its range.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn answer(
    stream: TcpStream,
    files: &HashMap<String, Served>,
    log: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone()?), stream);
    let (mut line, mut path, mut from) = (String::new(), String::new(), None);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let text = line.trim().to_ascii_lowercase();
        if let Some(asked) = text.strip_prefix("get ") {
            path = asked.split(' ').next().unwrap_or_default().to_owned();
        }
        if let Some(range) = text.strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse::<usize>().ok();
        }
        if text.is_empty() {
            break;
        }
    }
    let asked = from.map_or_else(|| path.clone(), |from| format!("{path} from {from}"));
    log.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    let (bytes, from, most) = match files.get(&path).cloned().unwrap_or(Served::Status(404)) {
        Served::Rightly(bytes) => (bytes, from, usize::MAX),
        Served::FromTheBeginning(bytes) => (bytes, None, usize::MAX),
        Served::BreakingAfter(most, bytes) => (bytes, from, most),
        Served::GoneAfter(most, _) if from.is_some_and(|from| from >= most) => return Ok(()),
        Served::GoneAfter(most, bytes) => (bytes, from, most),
        Served::Status(status) => {
            return write!(writer, "HTTP/1.1 {status} So\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
    };
    let start = from.unwrap_or(0);
    if start > bytes.len() {
        return write!(writer, "HTTP/1.1 416 Beyond\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    let rest = &bytes[start..];
    let head = match from {
        Some(from) => {
            format!("HTTP/1.1 206 Part\r\ncontent-range: bytes {from}-{}/{}", bytes.len() - 1, bytes.len())
        }
        None => "HTTP/1.1 200 OK".to_owned(),
    };
    write!(writer, "{head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", rest.len())?;
    writer.write_all(&rest[..rest.len().min(most)])?;
    writer.flush()
}
