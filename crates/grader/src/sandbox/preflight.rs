use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::{env, process};

use engine::problem::Problem;
use rustix::io::{FdFlags, fcntl_setfd};

use super::bubblewrap::Sandbox;
use super::launch::SupervisorTask;
use super::limits::WORKER;
use super::mounts::Mounts;

/// What must not be there, as the shell looks for it. Descriptors of more than one digit are none to every shell.
const PROBE: &str = "test ! -e /proc/self && test ! -e /home && test ! -e /root && test ! -e /etc/passwd \
                     && test -z \"$HOME$USER$CARGO\" \
                     && ! touch /probe 2>/dev/null && ! touch /usr/probe 2>/dev/null \
                     && test \"$(ulimit -f)\" = 0 && test \"$(ulimit -c)\" = 0 || exit 1\n\
                     for fd in 3 4 5 6 7 8 9; do \
                     if (eval \": <&$fd\") 2>/dev/null; then \
                     echo \"descriptor $fd is open\" >&2; exit 1; fi; \
                     done\necho held";

impl Sandbox {
    /// The sandbox of this machine, after it has passed its preflight.
    ///
    /// # Errors
    ///
    /// [`Problem::Sandbox`] if there is none, or if it leaks.
    pub fn find() -> Result<Self, Problem> {
        let path = env::var_os("PATH").unwrap_or_default();
        let bubblewrap = env::split_paths(&path).map(|it| it.join("bwrap")).find(|it| it.is_file());
        let bubblewrap = bubblewrap.ok_or_else(|| rejected("bubblewrap is not installed"))?;
        let own = env::current_exe().map_err(|error| rejected(&error.to_string()))?;
        let sandbox = Self::new(bubblewrap, supervisor(&own)?);
        sandbox.preflight().map_err(|why| rejected(&why))?;
        Ok(sandbox)
    }

    /// Has the shell look for what must not be there, while every low descriptor of ours is one that is inherited.
    fn preflight(&self) -> Result<(), String> {
        let inherited = inheritable_descriptors().map_err(|error| error.to_string())?;
        let mounts = Mounts { read_only: vec![(Path::new("/bin"), "/bin")], ..Mounts::default() };
        let arguments = ["-c", PROBE].map(OsString::from);
        let shell = Path::new("/bin/sh");
        let mut command = self.command(&mounts, WORKER, SupervisorTask::Run, 0, shell, &arguments);
        let output: process::Output = command.output().map_err(|error| error.to_string())?;
        drop(inherited);
        let (out, errors) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match out.trim() {
            "held" => Ok(()),
            _ => Err(format!("the sandbox does not hold\n{}", errors.trim())),
        }
    }
}

/// Takes every free descriptor of one digit, and lets programs that we start inherit it: as a shell does after `exec 9>log`.
fn inheritable_descriptors() -> io::Result<Vec<OwnedFd>> {
    let mut taken = Vec::new();
    loop {
        let descriptor = OwnedFd::from(File::open("/dev/null")?);
        if descriptor.as_raw_fd() > 9 {
            return Ok(taken);
        }
        fcntl_setfd(&descriptor, FdFlags::empty())?;
        taken.push(descriptor);
    }
}

/// The program that supervises what runs in the sandbox.
fn supervisor(own: &Path) -> Result<PathBuf, Problem> {
    // Tests of this crate lie one folder deeper than its programs.
    let near = own.ancestors().skip(1).take(2).map(|it| it.join("supervisor")).find(|it| it.is_file());
    near.ok_or_else(|| rejected("the program `supervisor` does not lie in the grader's folder"))
}

fn rejected(what: &str) -> Problem {
    Problem::Sandbox {
        what: format!("no submission is run on this machine: {what}"),
        remedy:
            "Untrusted code needs bubblewrap and namespaces: `apt-get install bubblewrap`, and as a plain \
                 user a kernel that allows user namespaces."
                .to_owned(),
    }
}
