//! One law, run in one process with the katas that it judges, in the sandbox. What the process says is believed only
//! behind the token that was passed to it before anything of the katas ran.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::report::{ProcessReport, understood};
use crate::sandbox::launch::SupervisorTask;
use crate::sandbox::{GuardedProcess, IN_PROCESS, Mounts, OF_THE_SYSTEM, Sandbox};

/// A law has limits of its own, which are shorter.
const TIMEOUT: Duration = Duration::from_secs(150);
/// As much is heard of a process. A verdict has some thousand bytes, and a law one or a few of them.
const LONGEST: u64 = 1 << 20;

/// A program of laws and katas.
pub(super) struct LawProgram<'a> {
    pub(super) path: &'a Path,
    pub(super) workspace: &'a Workspace,
    pub(super) sandbox: &'a Sandbox,
    pub(super) slot: usize,
    pub(super) seed: u64,
    /// Named to our own wheats and chaffs.
    pub(super) specimen: Option<&'a str>,
}

impl LawProgram<'_> {
    /// Runs the law of this test.
    pub(super) fn run(&self, test: &str) -> Result<ProcessReport, Problem> {
        let token = token().doing("read", Path::new("/dev/urandom"))?;
        let (ours, theirs) = UnixStream::pair().doing("make a socket for", self.path)?;
        let kept = ["snapshots", "data"].map(|it| self.workspace.path(it));
        // They are searched for from the sources of the crates that read them.
        let manifests = ["crates/judge", "crates/kit"].map(|it| self.workspace.path(it).join("Cargo.toml"));
        let mut shown = vec![(self.path, "/laws")];
        shown.extend(kept.iter().chain(&manifests).filter_map(|it| Some((it.as_path(), it.to_str()?))));
        shown.extend(OF_THE_SYSTEM.iter().map(|it| (Path::new(it), *it)).filter(|(path, _)| path.is_dir()));
        let root = self.workspace.root().to_string_lossy();
        let mut variables = vec![
            ("INSTA_UPDATE", "no"),
            ("INSTA_OUTPUT", "none"),
            ("INSTA_WORKSPACE_ROOT", &root),
            ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
            ("RAYON_NUM_THREADS", "1"),
            ("MALLOC_TRIM_THRESHOLD_", "268435456"),
            ("MALLOC_MMAP_THRESHOLD_", "67108864"),
        ];
        variables.extend(self.specimen.map(|specimen| ("KATAS_SPECIMEN", specimen)));
        let mounts = Mounts { read_only: shown, scratch: true, variables: &variables, ..Mounts::default() };
        let laws = Path::new("/laws");
        let mut command =
            self.sandbox.command(&mounts, IN_PROCESS, SupervisorTask::Run, self.slot, laws, &[]);
        command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
        let mut process = GuardedProcess::spawn(command).doing("start the sandbox of", self.path)?;
        let asked = format!("{token} {} {test}", self.seed);
        // One that is gone already has nothing to say, and that is heard below.
        let _ = (&ours).write_all(asked.as_bytes()).and_then(|()| ours.shutdown(Shutdown::Write));
        let hears = std::thread::spawn(move || hear(&ours));
        let in_time = process.ends_within(TIMEOUT, &|| None).doing("wait for", self.path)?;
        // Whatever was in the sandbox is dead now, so no process holds the other end any more.
        drop(process);
        let said = hears.join().unwrap_or_default();
        Ok(understood(&said, &token, test, in_time))
    }
}

/// What the process says, as far as it is worth hearing. It is read to the end, so that the process never waits for us.
fn hear(from: &UnixStream) -> String {
    let mut said = Vec::new();
    let _ = from.take(LONGEST).read_to_end(&mut said);
    let _ = io::copy(&mut (&*from), &mut io::sink());
    String::from_utf8_lossy(&said).into_owned()
}

/// 256 random bits, from where a library would take them too.
fn token() -> io::Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
