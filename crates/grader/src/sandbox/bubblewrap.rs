use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::launch::{Launch, SupervisorTask};
use super::limits::ResourceLimits;
use super::mounts::Mounts;
use super::users;

/// Bytes of the folder in memory.
const SCRATCH: &str = "67108864";

/// A sandbox for untrusted programs, made by bubblewrap.
#[derive(Debug, Clone)]
pub struct Sandbox {
    bubblewrap: PathBuf,
    supervisor: PathBuf,
    /// The user of the first slot, where we may choose.
    first_user: Option<u32>,
}

impl Sandbox {
    /// A sandbox of these programs, which is not tried out yet.
    pub(super) fn new(bubblewrap: PathBuf, supervisor: PathBuf) -> Self {
        let first_user = rustix::process::geteuid().is_root().then(|| users::first(&supervisor));
        Self { bubblewrap, supervisor, first_user }
    }

    /// The program that stands between a sandbox and what is in it.
    #[must_use]
    pub fn supervisor(&self) -> &Path {
        &self.supervisor
    }

    /// The user that programs of this slot run as, where we may choose.
    #[must_use]
    pub fn user(&self, slot: usize) -> Option<u32> {
        self.first_user.map(|first| first + u32::try_from(slot).unwrap_or_default() % users::SLOTS)
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

    /// The program as it is run in the sandbox.
    #[must_use]
    pub fn command(
        &self,
        mounts: &Mounts<'_>,
        limits: ResourceLimits,
        task: SupervisorTask,
        slot: usize,
        program: &Path,
        arguments: &[OsString],
    ) -> Command {
        let mut command = Command::new(&self.bubblewrap);
        command.args(["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]);
        command.args(["--unshare-cgroup-try", "--die-with-parent", "--new-session", "--as-pid-1"]);
        command.args(["--clearenv", "--cap-drop", "ALL"]);
        if self.first_user.is_some() {
            // The supervisor changes to the slot's user before it starts anything.
            // It ends workers of that user, too; it could see no other.
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
        command.arg("--ro-bind").arg(&self.supervisor).arg("/supervisor");
        if mounts.scratch {
            command.args(["--perms", "1777", "--size", SCRATCH, "--tmpfs", "/tmp"]);
        }
        mounts.variables.iter().for_each(|(name, value)| {
            command.args(["--setenv", name, value]);
        });
        for (from, to) in &mounts.read_only {
            let on_the_way: Vec<&Path> = Path::new(to).ancestors().skip(1).collect();
            // Below the root and what is there already.
            on_the_way.iter().rev().skip(1).filter(|it| mounts.scratch && !is_made(it)).for_each(|it| {
                command.args(["--perms", "0755", "--dir"]).arg(it);
            });
            command.arg("--ro-bind").arg(from).arg(to);
        }
        if let Some(out) = mounts.out {
            command.arg("--bind").arg(out).arg("/out");
            command.args(["--setenv", "PATH", "/usr/bin:/bin", "--setenv", "TMPDIR", "/out"]);
            // The linker asks where it lies. Nothing of the learner's runs while it is compiled.
            command.args(["--proc", "/proc"]);
            command.args(["--setenv", "LD_LIBRARY_PATH", "/rust/lib"]);
        }
        command.args(["--remount-ro", "/", "--chdir", "/", "/supervisor"]);
        let (user, arguments) = (self.user(slot), arguments.to_vec());
        let launch = Launch { limits, user, task, program: program.into(), arguments };
        command.args(launch.to_arguments()).env_clear().stdin(Stdio::null());
        command
    }
}

/// Whether the folder is one that every sandbox has.
fn is_made(folder: &Path) -> bool {
    ["/usr", "/etc", "/dev", "/tmp"].iter().any(|it| folder == Path::new(it))
}
