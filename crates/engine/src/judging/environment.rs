//! The environment in which laws are built and run: whatever is exported, a verdict is the same.
//!
//! These variables are read by the libraries that judge: proptest (`PROPTEST_*`: cases, seed, rejects, shrinking), insta
//! (`INSTA_*`: `INSTA_FORCE_PASS` and `INSTA_UPDATE` make a wrong picture right), nextest (`NEXTEST_*`: profile, retries,
//! filters), the test harness (`RUST_TEST_*`), rayon (`RAYON_*`), the standard library (`RUST_MIN_STACK`,
//! `RUST_BACKTRACE`), OpenCV (`OPENCV_*`), cargo (`CARGO_PROFILE_*`, the flags of rustc), glibc (`MALLOC_*`) and our own
//! (`KATAS_*`). All are taken away and set by us. Other seeds and more inputs are asked for by options.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Beginnings of the names of variables that change how laws run.
const OF_THE_RUN: [&str; 8] =
    ["PROPTEST_", "INSTA_", "NEXTEST_", "RUST_TEST_", "RAYON_", "OPENCV_", "MALLOC_", "KATAS_"];
/// Those of them that the learner may choose: where data and cascades lie, and how much memory there is.
const ALLOWED: [&str; 3] = ["KATAS_DATA", "KATAS_MEMORY", "OPENCV_CASCADES"];
const OTHERS: [&str; 4] = ["RUST_MIN_STACK", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "RUST_LOG"];

/// As `.cargo/config.toml` has them for a learner who runs nextest by hand; it says why.
const OURS: [(&str, &str); 9] = [
    ("INSTA_UPDATE", "no"),
    ("INSTA_OUTPUT", "none"),
    ("PROPTEST_CASES", "256"),
    ("PROPTEST_RNG_SEED", "1"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    ("RUST_BACKTRACE", "0"),
    ("RAYON_NUM_THREADS", "1"),
    ("MALLOC_TRIM_THRESHOLD_", "268435456"),
    ("MALLOC_MMAP_THRESHOLD_", "67108864"),
];

/// Seals the environment of a program that runs laws.
pub(super) fn seal_run(command: &mut Command) {
    for (key, _) in env::vars_os() {
        let name = key.to_string_lossy();
        let is_read = OF_THE_RUN.iter().any(|start| name.starts_with(start)) || OTHERS.contains(&&*name);
        if is_read && !ALLOWED.contains(&&*name) {
            command.env_remove(&key);
        }
    }
    command.envs(OURS);
}

/// Overflow is a panic and assertions are looked at: without them a wrong answer would pass that others reject.
const CHECKS: [&str; 3] = ["-Coverflow-checks=yes", "-Cdebug-assertions=yes", "-Cpanic=unwind"];

/// The settings that say the same, for a cargo file in a folder above or at home that says otherwise.
const PROFILE: [&str; 3] =
    ["profile.dev.overflow-checks=true", "profile.dev.debug-assertions=true", "profile.dev.panic=\"unwind\""];

/// Seals cargo while it builds laws, in this folder.
pub(super) fn seal_build(command: &mut Command, root: &Path) {
    for (key, value) in env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("CARGO_PROFILE_") || name == "RUST_MIN_STACK" {
            command.env_remove(&key);
        }
        // Somebody's flags may be needed to link at all; ours come after them and win.
        let between = if name == "CARGO_ENCODED_RUSTFLAGS" { "\u{1f}" } else { " " };
        let is_flags = name == "RUSTFLAGS" || name.starts_with("CARGO_") && name.ends_with("_RUSTFLAGS");
        if is_flags && !value.is_empty() {
            let flags = value.to_string_lossy();
            command.env(&key, format!("{flags}{between}{}", CHECKS.join(between)));
        }
    }
    PROFILE.iter().for_each(|setting| {
        command.args(["--config", setting]);
    });
    if let Some(key) = configured_flags(root) {
        let flags = CHECKS.map(|flag| format!("{flag:?}")).join(", ");
        command.args(["--config", &format!("{key}.rustflags=[{flags}]")]);
    }
}

/// Where a file of cargo's settings has flags for rustc, those of the target before those of the build, as cargo takes
/// them. Flags that are added there come last.
fn configured_flags(root: &Path) -> Option<&'static str> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    flags_in(root.ancestors().map(|folder| folder.join(".cargo")).chain(home))
}

fn flags_in(folders: impl Iterator<Item = PathBuf>) -> Option<&'static str> {
    let files = folders.flat_map(|folder| [folder.join("config.toml"), folder.join("config")]);
    let texts: Vec<String> = files.filter_map(|file| fs::read_to_string(file).ok()).collect();
    let has = |words: &[&str]| texts.iter().any(|text| words.iter().all(|word| text.contains(word)));
    if has(&["rustflags", "[target"]) {
        Some("target.'cfg(all())'")
    } else if has(&["rustflags"]) {
        Some("build")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_found_where_cargo_takes_them() {
        let folder = env::temp_dir().join(format!("katas-settings-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let found = |text: &str| {
            fs::write(folder.join("config.toml"), text).unwrap();
            flags_in([folder.clone(), folder.join("none")].into_iter())
        };
        assert_eq!(found("[build]\njobs = 2\n"), None);
        assert_eq!(found("[build]\nrustflags = [\"-Coverflow-checks=off\"]\n"), Some("build"));
        let of_target = "[target.x86_64-unknown-linux-gnu]\nrustflags = [\"-Clink-arg=-s\"]\n";
        assert_eq!(found(of_target), Some("target.'cfg(all())'"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
