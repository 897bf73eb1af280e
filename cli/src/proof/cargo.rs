//! The checks that cargo and its companions make.

use std::env;

use super::{Findings, Ground};
use crate::judging::{Next, build::cargo, nextest, run_program};
use crate::need::Need;
use crate::problem::Problem;

/// The code is formatted.
pub(super) fn format(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    run(ground, &mut findings, &["fmt", "--all", "--check"], &[])?;
    Ok(findings)
}

/// Nothing warns, whichever tree is chosen.
pub(super) fn clippy(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let common = ["clippy", "--quiet", "--all-targets"];
    if Need::OpenCv.is_met(false) {
        for features in ["opencv", "opencv,solutions", "opencv,specimens"] {
            let with = ["--package", "katas", "--features", features, "--", "-D", "warnings"];
            run(ground, &mut findings, &[&common[..], &with].concat(), &[])?;
        }
    }
    for rest in [
        &["--workspace"][..],
        &["--package", "katas", "--features", "solutions"],
        &["--package", "katas", "--features", "specimens"],
        &["--package", "programs", "--features", "pipeline,serve"],
    ] {
        let arguments = [&common[..], rest, &["--", "-D", "warnings"]].concat();
        run(ground, &mut findings, &arguments, &[])?;
    }
    Ok(findings)
}

/// The documentation builds, without a broken link.
pub(super) fn documentation(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let library: &[&str] = if Need::OpenCv.is_met(false) { &["--features", "katas/opencv"] } else { &[] };
    let arguments = [&["doc", "--quiet", "--workspace", "--no-deps"], library].concat();
    run(ground, &mut findings, &arguments, &[("RUSTDOCFLAGS", "-D warnings")])?;
    Ok(findings)
}

/// The examples in the documentation run.
pub(super) fn examples(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let solutions = if Need::OpenCv.is_met(false) { "solutions,opencv" } else { "solutions" };
    run(
        ground,
        &mut findings,
        &["test", "--quiet", "--doc", "--package", "katas", "--features", solutions],
        &[],
    )?;
    run(ground, &mut findings, &["test", "--quiet", "--doc", "--package", "kit", "--package", "judge"], &[])?;
    Ok(findings)
}

/// Everything but the katas passes its tests.
pub(super) fn tools(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let runner: &[&str] = if nextest::installed().is_some() {
        &["nextest", "run", "--no-tests", "pass"]
    } else {
        &["test", "--quiet", "--lib", "--bins", "--tests"]
    };
    run(
        ground,
        &mut findings,
        &[runner, &["--workspace", "--exclude", "katas", "--exclude", "compare", "--all-features"]].concat(),
        &[],
    )?;
    Ok(findings)
}

fn run(
    ground: &mut Ground<'_>,
    findings: &mut Findings,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<(), Problem> {
    let shown = format!("cargo {}", arguments.join(" "));
    let mut command = cargo();
    command.args(arguments).envs(variables.iter().copied()).current_dir(ground.workspace.root());
    // The outer cargo's word on which package is at hand would mislead the inner one.
    for (key, _) in env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("CARGO_PKG_")) {
        command.env_remove(key);
    }
    let mut said = String::new();
    let progress = &mut ground.progress;
    progress.say(&shown);
    let finished = run_program(&mut command, |line| {
        if let Some(line) = line {
            said += line;
            said.push('\n');
        }
        progress.tick();
        Next::On
    })?;
    findings.count(finished.status.success(), || format!("{shown}\n{said}{}", finished.stderr));
    Ok(())
}
