use std::env;

/// These command lines word by word, as somebody who may install.
pub fn with_sudo(lines: &[&str]) -> Vec<Vec<String>> {
    let words = |line: &str| line.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>();
    let sudo = env::consts::OS == "linux" && !is_root();
    lines.iter().map(|line| words(&if sudo { format!("sudo {line}") } else { (*line).to_owned() })).collect()
}

/// Whether a program of this name is found.
pub fn in_path(program: &str) -> bool {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).any(|folder| folder.join(&name).is_file())
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
