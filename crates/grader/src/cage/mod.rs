//! Where untrusted programs run: namespaces of their own, nothing of this machine but what they need, and limits.
//!
//! [`Cage::find`] tries out what is there and refuses to work without it: no submission is ever run unsheltered.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use engine::problem::Problem;

/// What an untrusted program may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds of processor time, of each process.
    pub cpu: u64,
    /// Bytes of address space, of each process.
    pub memory: u64,
    /// Bytes of a file.
    pub file: u64,
    /// Processes and threads together.
    pub processes: u64,
}

/// For a worker: it answers calls, and no kata needs much.
pub const WORKER: Limits = Limits { cpu: 40, memory: 1 << 30, file: 0, processes: 48 };
/// For rustc and the linker.
pub const COMPILER: Limits = Limits { cpu: 20, memory: 6 << 30, file: 256 << 20, processes: 96 };

/// For laws and katas in one process: a network learns there, over files and sockets of its own. A file may be as long as
/// a law about long files wants it; what it really takes is bounded by the folder in memory.
pub const TOGETHER: Limits = Limits { cpu: 300, memory: 6 << 30, file: 1 << 40, processes: 96 };
/// Bytes of the folder in memory.
const SCRATCH: &str = "67108864";

/// What a program in the cage sees.
#[derive(Debug, Clone, Default)]
pub struct View<'a> {
    /// Files and folders of ours, and where they appear.
    pub shown: Vec<(&'a Path, &'a str)>,
    /// A folder that it may write to, which appears as `/out`.
    pub out: Option<&'a Path>,
    /// Variables, for a program that may write to a folder in memory besides: `/tmp`.
    pub scratch: Option<&'a [(&'a str, &'a str)]>,
}

/// A way to shut untrusted programs in.
#[derive(Debug, Clone)]
pub struct Cage {
    bubblewrap: PathBuf,
    warden: PathBuf,
    is_root: bool,
}

/// What the warden does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Run one program to its end.
    Run,
    /// Start a program for each pair of pipes that comes over standard input.
    Serve,
}

impl Cage {
    /// The cage of this machine, after it has held a trial.
    ///
    /// # Errors
    ///
    /// [`Problem::Sandbox`] if there is none, or if it leaks.
    pub fn find() -> Result<Self, Problem> {
        let refuse = |what: String| {
            Problem::Sandbox {
            what: format!("no submission is run on this machine: {what}"),
            remedy: "Untrusted code needs bubblewrap and namespaces: `apt-get install bubblewrap`, and as a plain user a \
                     kernel that allows user namespaces."
                .to_owned(),
        }
        };
        let path = env::var_os("PATH").unwrap_or_default();
        let bubblewrap = env::split_paths(&path).map(|it| it.join("bwrap")).find(|it| it.is_file());
        let bubblewrap = bubblewrap.ok_or_else(|| refuse("bubblewrap is not installed".to_owned()))?;
        let own = env::current_exe().map_err(|error| refuse(error.to_string()))?;
        // Tests of this crate lie one folder deeper than its programs.
        let warden = own.ancestors().skip(1).take(2).map(|it| it.join("warden")).find(|it| it.is_file());
        let warden =
            warden.ok_or_else(|| refuse("the program `warden` does not lie beside it".to_owned()))?;
        let cage = Self { bubblewrap, warden, is_root: rustix::process::geteuid().is_root() };
        cage.try_out().map_err(refuse)?;
        Ok(cage)
    }

    /// Shuts the shell in and lets it look for what must not be there.
    fn try_out(&self) -> Result<(), String> {
        let probe = "test ! -e /proc/self && test ! -e /home && test ! -e /root && test ! -e /etc/passwd \
                     && test -z \"$HOME$USER$CARGO\" && ! touch /probe 2>/dev/null && ! touch /usr/probe 2>/dev/null \
                     && test \"$(ulimit -f)\" = 0 && test \"$(ulimit -c)\" = 0 && echo held";
        let view = View { shown: vec![(Path::new("/bin"), "/bin")], ..View::default() };
        let arguments = ["-c", probe].map(OsString::from);
        let said = self.command(&view, WORKER, Task::Run, 0, Path::new("/bin/sh"), &arguments).output();
        let said = said.map_err(|error| error.to_string())?;
        let (out, errors) = (String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
        match out.trim() {
            "held" => Ok(()),
            _ => Err(format!("the cage does not hold\n{}", errors.trim())),
        }
    }

    /// The user that programs of this slot run as, where we may choose.
    #[must_use]
    pub fn user(&self, slot: usize) -> Option<u32> {
        self.is_root.then(|| 61_000 + u32::try_from(slot).unwrap_or_default() % 1000)
    }

    /// Lets the user of this slot write to a folder.
    ///
    /// # Errors
    ///
    /// As the file system's.
    pub fn give(&self, folder: &Path, slot: usize) -> io::Result<()> {
        match self.user(slot) {
            Some(user) => std::os::unix::fs::chown(folder, Some(user), Some(user)),
            None => Ok(()),
        }
    }

    /// The program as it is run in the cage.
    #[must_use]
    pub fn command(
        &self,
        view: &View<'_>,
        limits: Limits,
        task: Task,
        slot: usize,
        program: &Path,
        arguments: &[OsString],
    ) -> Command {
        let mut command = Command::new(&self.bubblewrap);
        command.args(["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]);
        command.args(["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--as-pid-1"]);
        command.args(["--clearenv", "--cap-drop", "ALL"]);
        if self.is_root {
            // The warden changes to the slot's user before it starts anything.
            // It ends workers of that user, too; there is nobody else that it could see.
            command.args(["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]);
        } else {
            command.args(["--unshare-user", "--uid", "65534", "--gid", "65534"]);
        }
        // Made by itself, a folder on the way would be its maker's alone.
        ["/usr", "/etc", "/dev"].iter().for_each(|it| {
            command.args(["--perms", "0755", "--dir", it]);
        });
        for folder in ["/usr/lib", "/lib", "/lib64", "/usr/lib64"] {
            command.args(["--ro-bind-try", folder, folder]);
        }
        command.args(["--dev-bind", "/dev/null", "/dev/null"]);
        command.arg("--ro-bind").arg(&self.warden).arg("/warden");
        if let Some(variables) = view.scratch {
            command.args(["--perms", "1777", "--size", SCRATCH, "--tmpfs", "/tmp"]);
            variables.iter().for_each(|(name, value)| {
                command.args(["--setenv", name, value]);
            });
        }
        for (from, to) in &view.shown {
            let on_the_way: Vec<&Path> = Path::new(to).ancestors().skip(1).collect();
            // Below the root and what is there already.
            on_the_way.iter().rev().skip(1).filter(|it| view.scratch.is_some() && !is_made(it)).for_each(
                |it| {
                    command.args(["--perms", "0755", "--dir"]).arg(it);
                },
            );
            command.arg("--ro-bind").arg(from).arg(to);
        }
        if let Some(out) = view.out {
            command.arg("--bind").arg(out).arg("/out");
            command.args(["--setenv", "PATH", "/usr/bin:/bin", "--setenv", "TMPDIR", "/out"]);
            // The linker asks where it lies. Nothing of the learner's runs while it is compiled.
            command.args(["--proc", "/proc"]);
            command.args(["--setenv", "LD_LIBRARY_PATH", "/rust/lib"]);
        }
        command.args(["--remount-ro", "/", "--chdir", "/", "/warden"]);
        let user = self.user(slot).map_or("-".to_owned(), |user| user.to_string());
        let limits = [limits.cpu, limits.memory, limits.file, limits.processes].map(|it| it.to_string());
        command.args(limits).arg(user).arg(if task == Task::Run { "run" } else { "serve" });
        command.arg(program).args(arguments).env_clear().stdin(Stdio::null());
        command
    }
}

/// Whether the folder is one that every cage has.
fn is_made(folder: &Path) -> bool {
    ["/usr", "/etc", "/dev", "/tmp"].iter().any(|it| folder == Path::new(it))
}

/// Makes a folder anew, empty.
///
/// # Errors
///
/// As the file system's.
pub fn fresh(folder: &Path) -> io::Result<()> {
    let _there_was_none = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)
}
