//! Stands between a cage and what is in it: sets the limits that everything inside inherits, then runs one program, or
//! starts a worker for each socket that the laws hand over.
//!
//! ```text
//! warden CPU_SECONDS MEMORY FILE_SIZE PROCESSES USER run   PROGRAM ARGUMENTS…
//! warden CPU_SECONDS MEMORY FILE_SIZE PROCESSES USER serve PROGRAM
//! ```
//!
//! It is ours, but what it stands among is not: a worker may kill it, and then its laws are left without an answer.

use std::env;
use std::ffi::OsString;
use std::io::{self, IoSliceMut, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread;

use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use rustix::process::{Resource, Rlimit, setrlimit};
use wire::{Message, send};

/// As much of a worker's last words is kept.
const LAST_WORDS: usize = 2048;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match guard(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("warden: {error}");
            ExitCode::from(125)
        }
    }
}

fn guard(arguments: &[OsString]) -> io::Result<()> {
    let usage = || {
        io::Error::new(io::ErrorKind::InvalidInput, "four limits, a user, `run` or `serve`, and a program")
    };
    let [cpu, memory, file, processes, user, how, program, rest @ ..] = arguments else {
        return Err(usage());
    };
    let number = |text: &OsString| text.to_str().and_then(|text| text.parse().ok()).ok_or_else(usage);
    let limits = [
        (Resource::Cpu, number(cpu)?),
        (Resource::As, number(memory)?),
        (Resource::Fsize, number(file)?),
        (Resource::Nproc, number(processes)?),
        (Resource::Nofile, 128),
        (Resource::Core, 0),
    ];
    for (resource, limit) in limits {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    let user = user.to_str().and_then(|user| user.parse().ok());
    match how.to_str() {
        Some("run") => Err(caged(program, user).args(rest).exec()),
        Some("serve") => serve(program, user, rest.first()),
        _ => Err(usage()),
    }
}

/// The program, as the user that was asked for; without one we are nobody already.
fn caged(program: &OsString, user: Option<u32>) -> Command {
    let mut command = Command::new(program);
    if let Some(user) = user {
        command.uid(user).gid(user);
    }
    command
}

/// Starts a worker for each socket that comes, until the laws hang up.
fn serve(program: &OsString, user: Option<u32>, specimen: Option<&OsString>) -> io::Result<()> {
    let laws = io::stdin().as_fd().try_clone_to_owned()?;
    while let Some(socket) = next_socket(&laws)? {
        let mut worker = caged(program, user);
        worker.env_clear().envs(specimen.map(|specimen| ("KATAS_SPECIMEN", specimen)));
        let ours = socket.try_clone()?;
        let tended = thread::Builder::new().spawn(move || {
            let ended = tend(worker, socket);
            let _the_law_is_over = send(&UnixStream::from(ours), &Message::Ended(ended.into_bytes()));
        });
        drop(tended);
    }
    Ok(())
}

/// The next socket; `None` when the laws have hung up.
fn next_socket(laws: &OwnedFd) -> io::Result<Option<OwnedFd>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let received = recvmsg(laws, &mut [IoSliceMut::new(&mut byte)], &mut ancillary, RecvFlags::CMSG_CLOEXEC)?;
    if received.bytes == 0 {
        return Ok(None);
    }
    let sockets = ancillary.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut sockets) => sockets.next(),
        _ => None,
    });
    sockets.last().map(Some).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Runs a worker to its end and tells how it ended.
fn tend(mut worker: Command, socket: OwnedFd) -> String {
    let started = worker.stdin(socket).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    // It holds an end of the socket, which must be closed when the worker ends.
    drop(worker);
    let mut worker = match started {
        Ok(worker) => worker,
        Err(error) => return format!("it could not be started: {error}"),
    };
    let mut words = Vec::new();
    if let Some(mut stderr) = worker.stderr.take() {
        let _as_far_as_it_goes = (&mut stderr).take(LAST_WORDS as u64).read_to_end(&mut words);
        // The rest is read and forgotten: a flood shall neither fill our memory nor hold the worker up.
        let _as_far_as_it_goes = io::copy(&mut stderr, &mut io::sink());
    }
    match worker.wait() {
        Ok(status) => ending(status, &String::from_utf8_lossy(&words)),
        Err(error) => error.to_string(),
    }
}

fn ending(status: ExitStatus, words: &str) -> String {
    match (status.code(), status.signal()) {
        _ if words.contains("has overflowed its stack") => "the stack overflowed".to_owned(),
        _ if words.contains("memory allocation of") => "it wanted more memory than it may have".to_owned(),
        (_, Some(9 | 24)) => "it was ended at a limit of time or memory".to_owned(),
        (_, Some(6)) => "it aborted".to_owned(),
        (_, Some(signal)) => format!("signal {signal}"),
        (Some(code), _) => format!("it exited with {code}"),
        _ => "nobody knows how".to_owned(),
    }
}
