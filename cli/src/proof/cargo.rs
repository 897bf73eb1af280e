//! The checks that cargo and its companions make.

use std::env;

use super::{Findings, Ground};
use crate::bubblewrap;
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
    // The milestones with candle by themselves: beside others it has other dependencies, and would be built once more.
    let others = "m01,m02,m03,m04,m05,m06,m08,m10,boss,solutions";
    let others = if Need::OpenCv.is_met(false) { format!("{others},opencv") } else { others.to_owned() };
    for features in [others.as_str(), "m07,m09,solutions"] {
        let which = ["--package", "katas", "--no-default-features", "--features", features];
        run(ground, &mut findings, &[&["test", "--quiet", "--doc"][..], &which].concat(), &[])?;
    }
    run(ground, &mut findings, &["test", "--quiet", "--doc", "--package", "kit", "--package", "judge"], &[])?;
    Ok(findings)
}

/// Everything but the katas passes its tests.
pub(super) fn tools(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    // Without candle, which these would build once more: `train` has no tests, and the kit's are the same without.
    let without = ["katas", "compare", "grader", "train", "kit"].map(|package| ["--exclude", package]);
    let others = [&["--workspace", "--all-features"], without.as_flattened()].concat();
    run(ground, &mut findings, &[runner(), &others].concat(), &[])?;
    run(ground, &mut findings, &[runner(), &["--package", "kit", "--features", "mnist"]].concat(), &[])?;
    Ok(findings)
}

/// The grader judges rightly what people try: where submissions can be shut in.
pub(super) fn grader(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    findings.skipped = bubblewrap::missing();
    if findings.skipped.is_none() {
        // The warden too, which no test depends on.
        run(ground, &mut findings, &["build", "--quiet", "--package", "grader"], &[])?;
        run(ground, &mut findings, &[runner(), &["--package", "grader"]].concat(), &[])?;
    }
    Ok(findings)
}

fn runner() -> &'static [&'static str] {
    if nextest::installed().is_some() {
        &["nextest", "run", "--no-tests", "pass"]
    } else {
        &["test", "--quiet", "--lib", "--bins", "--tests"]
    }
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
