//! The environment in which laws are built and run: whatever is exported, a verdict is the same.
//!
//! These variables are read by the libraries that judge: proptest (`PROPTEST_*`: cases, seed, rejects, shrinking), insta
//! (`INSTA_*`: `INSTA_FORCE_PASS` and `INSTA_UPDATE` make a wrong picture right), nextest (`NEXTEST_*`: profile, retries,
//! filters), the test harness (`RUST_TEST_*`), rayon (`RAYON_*`), the standard library (`RUST_MIN_STACK`,
//! `RUST_BACKTRACE`), OpenCV (`OPENCV_*`), cargo (`CARGO_PROFILE_*`, the flags of rustc), glibc (`MALLOC_*`) and our own
//! (`KATAS_*`). All are taken away and set by us. Other seeds and more inputs are asked for by options.

use std::env;
use std::process::Command;

/// Beginnings of the names of variables that change how laws run.
const OF_THE_RUN: [&str; 8] =
    ["PROPTEST_", "INSTA_", "NEXTEST_", "RUST_TEST_", "RAYON_", "OPENCV_", "MALLOC_", "KATAS_"];
/// Those of them that the learner may choose: where data and cascades lie, and how much memory there is.
const ALLOWED: [&str; 3] = ["KATAS_DATA", "KATAS_MEMORY", "OPENCV_CASCADES"];
const OTHERS: [&str; 4] = ["RUST_MIN_STACK", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "RUST_LOG"];

/// As `.cargo/config.toml` has them for whoever runs the laws without us; it says why.
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

/// Seals the environment of cargo while it builds laws: a profile without overflow checks would pass what others refuse.
pub(super) fn seal_build(command: &mut Command) {
    for (key, _) in env::vars_os() {
        if key.to_string_lossy().starts_with("CARGO_PROFILE_") {
            command.env_remove(&key);
        }
    }
    // Somebody's flags may be needed to link at all; ours come after them and win.
    const CHECKS: [&str; 3] = ["-Coverflow-checks=yes", "-Cdebug-assertions=yes", "-Cpanic=unwind"];
    if let Ok(flags) = env::var("CARGO_ENCODED_RUSTFLAGS") {
        command.env("CARGO_ENCODED_RUSTFLAGS", format!("{flags}\u{1f}{}", CHECKS.join("\u{1f}")));
    } else if let Ok(flags) = env::var("RUSTFLAGS") {
        command.env("RUSTFLAGS", format!("{flags} {}", CHECKS.join(" ")));
    }
}
