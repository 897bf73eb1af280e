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

use cargo_kata::judging::{LawVerdict, Status};
use cargo_kata::problem::{Doing, Problem};
use cargo_kata::workspace::Workspace;
use serde_json::Value;

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

/// What a law was found to be.
pub(super) enum Told {
    /// A verdict of the law runner's, and how many inputs it drew; it may still be one too few.
    Verdict(Box<LawVerdict>, u64),
    /// The process ended without one.
    Silence,
    /// It had to be ended.
    Endless,
    /// It never began, which is nobody's fault but ours.
    Nothing,
}

impl Program<'_> {
    /// Runs the law of this test.
    pub(super) fn run(&self, test: &str) -> Result<Told, Problem> {
        let token = token().doing("read", Path::new("/dev/urandom"))?;
        let (ours, theirs) = UnixStream::pair().doing("make a socket for", self.path)?;
        let kept = ["snapshots", "data"].map(|it| self.workspace.path(it));
        // They are looked for beside the sources of those who look.
        let beside = ["judge", "kit"].map(|it| self.workspace.path(it).join("Cargo.toml"));
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
        let mut command =
            self.cage.command(&view, TOGETHER, Task::Run, self.slot, Path::new("/laws"), &[]);
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

/// Believes the lines that begin with the token, if the law came to its end.
fn understood(said: &str, token: &str, test: &str, in_time: bool) -> Told {
    let true_lines: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix(token)?.strip_prefix(' ')).collect();
    let verdicts: Vec<(LawVerdict, u64)> = true_lines
        .iter()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|record| {
            let law = LawVerdict::from_json(&record).filter(|law| law.test == test)?;
            Some((law, record["cases"].as_u64().unwrap_or_default()))
        })
        .collect();
    let drawn = verdicts.iter().map(|(_, drawn)| drawn).sum();
    let broken = verdicts.iter().find(|(law, _)| law.status != Status::Held);
    match (broken, verdicts.first(), true_lines.last()) {
        (Some((law, _)), ..) => Told::Verdict(Box::new(law.clone()), drawn),
        (None, Some((law, _)), Some(&"returned")) => Told::Verdict(Box::new(law.clone()), drawn),
        (None, None, None) => Told::Nothing,
        _ if in_time => Told::Silence,
        _ => Told::Endless,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: &str = r#"{"test":"m::f::k::l","law":"l","status":"held","cases":256}"#;

    fn told(said: &str) -> &'static str {
        match understood(said, "secret", "m::f::k::l", true) {
            Told::Verdict(law, 256) if law.status == Status::Held => "held",
            Told::Verdict(..) => "not held",
            Told::Silence => "silence",
            Told::Endless => "endless",
            Told::Nothing => "nothing",
        }
    }

    #[test]
    fn only_what_bears_the_token_is_believed() {
        let begins = "secret begins\n";
        assert_eq!(told(&format!("{begins}secret {HELD}\nsecret returned\n")), "held");
        assert_eq!(told(&format!("{begins}{HELD}\nsecret returned\n")), "silence");
        assert_eq!(told(&format!("{begins}guess {HELD}\nguess returned\n")), "silence");
        assert_eq!(told(""), "nothing");
    }

    #[test]
    fn a_law_that_does_not_come_to_its_end_does_not_hold() {
        let begins = "secret begins\n";
        assert_eq!(told(&format!("{begins}secret {HELD}\n")), "silence");
        assert_eq!(told(&format!("{begins}secret {HELD}\nsecret unwound\n")), "silence");
        assert_eq!(told(&format!("{begins}secret returned\n")), "silence");
        let other = HELD.replace("k::l", "k::m");
        assert_eq!(told(&format!("{begins}secret {other}\nsecret returned\n")), "silence");
        let broken = HELD.replace("held", "broken");
        assert_eq!(told(&format!("{begins}secret {HELD}\nsecret {broken}\nsecret returned\n")), "not held");
        let few = HELD.replace("256", "0");
        assert_eq!(told(&format!("{begins}secret {few}\nsecret returned\n")), "not held");
    }
}
