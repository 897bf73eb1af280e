//! One law, run beside the katas that it judges, in the cage. What the process says is believed only behind the token
//! that it was told before anything of the katas ran.

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

use super::told::{Told, understood};
use crate::cage::{Cage, TOGETHER, Task, View};
use crate::judge::{Kept, ends};

/// A law has limits of its own, which are shorter.
const PATIENCE: Duration = Duration::from_secs(150);
/// As much is heard of a process. A verdict has some thousand bytes, and a law one or a few of them.
const LONGEST: u64 = 1 << 20;

/// What libraries of the system look for: each other, where one of several packages provides one, and OpenCV its data.
const OF_THE_SYSTEM: [&str; 3] = ["/etc/alternatives", "/usr/share/opencv4", "/usr/share/opencv"];

/// A program of laws and katas.
pub(super) struct Program<'a> {
    pub(super) path: &'a Path,
    pub(super) workspace: &'a Workspace,
    pub(super) cage: &'a Cage,
    pub(super) slot: usize,
    pub(super) seed: u64,
    /// Named to our own wheats and chaffs.
    pub(super) specimen: Option<&'a str>,
}

impl Program<'_> {
    /// Runs the law of this test.
    pub(super) fn run(&self, test: &str) -> Result<Told, Problem> {
        let token = token().doing("read", Path::new("/dev/urandom"))?;
        let (ours, theirs) = UnixStream::pair().doing("make a socket for", self.path)?;
        let kept = ["snapshots", "data"].map(|it| self.workspace.path(it));
        // They are looked for beside the sources of those who look.
        let beside = ["crates/judge", "crates/kit"].map(|it| self.workspace.path(it).join("Cargo.toml"));
        let mut shown = vec![(self.path, "/laws")];
        shown.extend(kept.iter().chain(&beside).filter_map(|it| Some((it.as_path(), it.to_str()?))));
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
        let view = View { shown, scratch: Some(&variables), ..View::default() };
        let mut command = self.cage.command(&view, TOGETHER, Task::Run, self.slot, Path::new("/laws"), &[]);
        command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null()).stderr(Stdio::null());
        let mut caged = Kept(command.spawn().doing("shut in", self.path)?);
        // It holds an end of the socket.
        drop(command);
        let asked = format!("{token} {} {test}", self.seed);
        // One that is gone already has nothing to say, and that is heard below.
        let _gone = (&ours).write_all(asked.as_bytes()).and_then(|()| ours.shutdown(Shutdown::Write));
        let hears = std::thread::spawn(move || hear(&ours));
        let in_time = ends(&mut caged, PATIENCE, &|| None).doing("wait for", self.path)?;
        // Whatever was in the cage is dead now, so nobody holds the other end any more.
        drop(caged);
        let said = hears.join().unwrap_or_default();
        Ok(understood(&said, &token, test, in_time))
    }
}

/// What the process says, as far as it is worth hearing. It is read to the end, so that nobody waits for us.
fn hear(from: &UnixStream) -> String {
    let mut said = Vec::new();
    let _as_far_as_it_goes = from.take(LONGEST).read_to_end(&mut said);
    let _the_rest = io::copy(&mut (&*from), &mut io::sink());
    String::from_utf8_lossy(&said).into_owned()
}

/// 256 bits that nobody guesses.
fn token() -> io::Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _never_fails = write!(text, "{byte:02x}");
        text
    }))
}
