//! Stands between a sandbox and what is in it: closes what was inherited, sets the limits that everything inside
//! inherits, then runs one program, or starts a worker for each pair of pipes that the laws hand over. Its command line
//! is [`grader::sandbox::launch`].
//!
//! It is ours, but what it stands among is not: a worker may kill it, and then its laws are left without an answer.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IoSliceMut, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, Command, ExitCode, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use close_fds::set_fds_cloexec;
use grader::sandbox::launch::{Launch, SupervisorTask};
use grader::sandbox::syscalls;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process_group, setrlimit, wait,
    waitid,
};
use wire::{Message, send};

/// As much of a worker's last words is kept.
const LAST_WORDS: usize = 2048;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match supervise(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("supervisor: {error}");
            ExitCode::from(125)
        }
    }
}

fn supervise(arguments: &[OsString]) -> io::Result<()> {
    // `exec 9>lock` is everyday shell: whatever the grader inherited stays outside. None of ours is open yet.
    set_fds_cloexec(3, &[]);
    let usage = || {
        io::Error::new(io::ErrorKind::InvalidInput, "four limits, a user, `run` or `serve`, and a program")
    };
    let launch = Launch::from_arguments(arguments).ok_or_else(usage)?;
    let limits = [
        (Resource::Cpu, launch.limits.cpu),
        (Resource::As, launch.limits.memory),
        (Resource::Fsize, launch.limits.file),
        (Resource::Nproc, launch.limits.processes),
        (Resource::Nofile, 128),
        (Resource::Core, 0),
    ];
    for (resource, limit) in limits {
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    syscalls::restrict()?;
    match launch.task {
        SupervisorTask::Run => Err(sandboxed(&launch).args(&launch.arguments).exec()),
        SupervisorTask::Serve => serve(&launch),
    }
}

/// The program, as the user that was asked for; without one we are unprivileged already.
fn sandboxed(launch: &Launch) -> Command {
    let mut command = Command::new(&launch.program);
    if let Some(user) = launch.user {
        command.uid(user).gid(user);
    }
    command
}

/// The workers that live, by their numbers.
type Living = Arc<Mutex<BTreeMap<[u8; 4], Child>>>;

/// Starts a worker for each pair of pipes that comes, and ends one for each number without, until the laws hang up.
fn serve(launch: &Launch) -> io::Result<()> {
    let laws = io::stdin().as_fd().try_clone_to_owned()?;
    let living = Living::default();
    while let Some((number, pipes)) = heard(&laws)? {
        let mut pipes = pipes.into_iter();
        let (Some(calls), Some(answers)) = (pipes.next(), pipes.next()) else {
            let mut living = lock(&living);
            if let Some(worker) = living.get_mut(&number) {
                // It may have ended by itself.
                let _ = worker.kill();
                if living.len() == 1 {
                    end_all();
                }
            }
            continue;
        };
        let mut worker = sandboxed(launch);
        worker.env_clear().envs(launch.arguments.first().map(|specimen| ("KATAS_SPECIMEN", specimen)));
        let (ours, living) = (File::from(answers.try_clone()?), Arc::clone(&living));
        worker.stdin(calls).stdout(answers).stderr(Stdio::piped());
        let mut among = lock(&living);
        let started = worker.spawn();
        // It holds ends of the pipes, which must be closed when the worker ends.
        drop(worker);
        let started = started.map(|mut worker| {
            let stderr = worker.stderr.take();
            let id = Pid::from_child(&worker);
            among.insert(number, worker);
            (id, stderr)
        });
        drop(among);
        let tended = thread::Builder::new().spawn(move || {
            let ended = match started {
                Ok((id, stderr)) => tend(id, stderr, number, &living),
                Err(error) => format!("it could not be started: {error}"),
            };
            // The law may be over.
            let _ = send(&ours, &Message::Ended(ended.into_bytes()));
        });
        drop(tended);
    }
    Ok(())
}

fn lock(living: &Living) -> MutexGuard<'_, BTreeMap<[u8; 4], Child>> {
    living.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next number, with two pipes or without; `None` when the laws have hung up.
fn heard(laws: &OwnedFd) -> io::Result<Option<([u8; 4], Vec<OwnedFd>)>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let mut number = [0; 4];
    let received =
        recvmsg(laws, &mut [IoSliceMut::new(&mut number)], &mut ancillary, RecvFlags::CMSG_CLOEXEC)?;
    if received.bytes == 0 {
        return Ok(None);
    }
    let pipes = ancillary.drain().filter_map(|message| match message {
        RecvAncillaryMessage::ScmRights(pipes) => Some(pipes),
        _ => None,
    });
    Ok(Some((number, pipes.flatten().collect())))
}

/// Waits for a worker to end and says how it ended.
fn tend(id: Pid, stderr: Option<ChildStderr>, number: [u8; 4], living: &Living) -> String {
    let words = thread::spawn(move || {
        let mut words = Vec::new();
        if let Some(mut stderr) = stderr {
            let _ = (&mut stderr).take(LAST_WORDS as u64).read_to_end(&mut words);
            // The rest is read and forgotten: a flood shall neither fill our memory nor hold the worker up.
            let _ = io::copy(&mut stderr, &mut io::sink());
        }
        words
    });
    // It is left as it lies: as long as it has its number, no other process is ended under it.
    let _ = waitid(WaitId::Pid(id), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT);
    let mut living = lock(living);
    let status = living.remove(&number).map(|mut worker| worker.wait());
    if living.is_empty() {
        end_all();
        // The dead count as processes until somebody has asked after them.
        while wait(WaitOptions::empty()).is_ok() {}
    }
    drop(living);
    let words = words.join().unwrap_or_default();
    match status {
        Some(Ok(status)) => ending(status, &String::from_utf8_lossy(&words)),
        Some(Err(error)) => error.to_string(),
        None => "for an unknown reason".to_owned(),
    }
}

/// Ends what a worker started and left behind, which would hold the next one up and keep its pipes open. Not where
/// another one lives, because it is unknown whose it is; the sandbox is cleared in the end in any case.
fn end_all() {
    // Of every process that we see, if it is a namespace of our own.
    if std::process::id() == 1 {
        let _ = kill_process_group(Pid::INIT, Signal::KILL);
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
        _ => "for an unknown reason".to_owned(),
    }
}
