//! Whether untrusted submissions can be sandboxed on this machine, and how that is brought about.

use std::env;
use std::process::{Command, Stdio};

use super::install::{in_path, with_sudo};

/// Why no submission can be graded here; `None` if one can.
pub fn missing() -> Option<String> {
    if env::consts::OS != "linux" {
        return Some("the grader shuts submissions in with what only Linux has".to_owned());
    }
    if !in_path("bwrap") {
        return Some("bubblewrap is not installed (`apt-get install bubblewrap`)".to_owned());
    }
    let mut trial = Command::new("bwrap");
    trial.args(["--unshare-pid", "--unshare-net", "--ro-bind", "/", "/", "true"]);
    let held = trial.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let held = held.is_ok_and(|status| status.success());
    (!held).then(|| "bubblewrap may not make namespaces here".to_owned())
}

/// The commands that install it here, as far as this system's packages are known.
pub fn installation() -> Vec<Vec<String>> {
    let lines: &[&str] = match env::consts::OS {
        "linux" if in_path("bwrap") => &[],
        "linux" if in_path("apt-get") => {
            &["apt-get update", "apt-get install --yes --no-install-recommends bubblewrap"]
        }
        "linux" if in_path("dnf") => &["dnf install --assumeyes bubblewrap"],
        _ => &[],
    };
    with_sudo(lines)
}
