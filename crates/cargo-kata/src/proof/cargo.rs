//! The checks that cargo and its companions make.

use engine::Progress as _;
use std::collections::BTreeSet;
use std::env;

use super::proved::{is_prose, milestone_of};
use super::{Findings, Ground};
use engine::judging::{Next, build::cargo, nextest, run_program};
use engine::machine::Need;
use engine::machine::bubblewrap;
use engine::problem::Problem;

/// The code is formatted.
pub(super) fn format(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    // Into a pipe rustfmt writes colors too.
    run(ground, &mut findings, &["fmt", "--all", "--check", "--", "--color", "never"], &[])?;
    Ok(findings)
}

/// Nothing warns, whichever tree is chosen, and each milestone stands without what the others bring in.
pub(super) fn clippy(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let opencv = Need::OpenCv.is_met(false);
    // What learners build, but for OpenCV's bindings, which would be generated once more.
    let katas = ground.catalog.katas().filter(|kata| !kata.calls_a_library());
    let single: BTreeSet<String> = katas.map(|kata| kata.features.join(",")).collect();
    let mut check = |package: &[&str], features: &str, depends_on: &dyn Fn(&str) -> bool| {
        let start = ["clippy", "--quiet"].as_slice();
        let arguments = [start, package, &["--features", features, "--", "-D", "warnings"]].concat();
        run_once(ground, &mut findings, depends_on, &arguments, &[])
    };
    // Who answers is nothing to the laws: they are read once.
    for (targets, tree) in [("--all-targets", ""), ("--lib", "solutions"), ("--lib", "specimens")] {
        let library = if opencv { "opencv," } else { "" };
        check(&["--package", "katas", targets], &format!("{library}{tree}"), &is_code)?;
    }
    let library = if opencv { ",programs/opencv" } else { "" };
    let programs = ["train", "compare", "pipeline", "serve", "vision", "all-milestones"]
        .map(|it| format!("programs/{it}"));
    let programs = format!("{}{library}", programs.join(","));
    let others = ["--workspace", "--exclude", "katas", "--all-targets"];
    check(&others, &programs, &is_of_programs)?;
    for features in &single {
        let is_theirs = |path: &str| match milestone_of(path) {
            Some(milestone) => features.split(',').any(|feature| short(milestone) == short(feature)),
            None => is_code(path),
        };
        check(&["--package", "katas", "--no-default-features", "--all-targets"], features, &is_theirs)?;
    }
    Ok(findings)
}

/// `m01` of `m01_linear_algebra`, and of the cargo feature `m01-pure`.
fn short(name: &str) -> &str {
    name.split(['_', '-']).next().unwrap_or(name)
}

fn is_code(path: &str) -> bool {
    !is_prose(path)
}

/// What only the laws' own programs compile: the laws, and the specimens but for those that are tuned, which are timed.
fn is_of_laws(path: &str) -> bool {
    let is_specimen = path.starts_with("specimens/") && !path.ends_with("/tuned.rs");
    milestone_of(path).is_some() && (is_specimen || path.starts_with("tests/"))
}

/// What the libraries and the programs are built from.
fn is_of_programs(path: &str) -> bool {
    is_code(path) && !is_of_laws(path)
}

/// As [`clippy`], for the milestones at hand only.
pub(super) fn lint(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let features: BTreeSet<String> = ground.katas.iter().flat_map(|kata| kata.features.clone()).collect();
    let features = features.into_iter().collect::<Vec<_>>().join(",");
    for (targets, tree) in [("--tests", "solutions"), ("--lib", "specimens")] {
        let features = format!("{features},{tree}");
        let katas = ["clippy", "--quiet", "--package", "katas", "--no-default-features", targets];
        let arguments = [&katas[..], &["--features", &features, "--", "-D", "warnings"]].concat();
        run(ground, &mut findings, &arguments, &[])?;
    }
    Ok(findings)
}

/// The documentation builds, without a broken link.
pub(super) fn documentation(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let library: &[&str] = if Need::OpenCv.is_met(false) { &["--features", "katas/opencv"] } else { &[] };
    let arguments = [&["doc", "--quiet", "--workspace", "--no-deps"], library].concat();
    let denied = [("RUSTDOCFLAGS", "-D warnings")];
    run_once(ground, &mut findings, &is_of_programs, &arguments, &denied)?;
    Ok(findings)
}

/// The examples in the documentation run.
pub(super) fn examples(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    let features = if Need::OpenCv.is_met(false) { "solutions,opencv" } else { "solutions" };
    let katas = ["--package", "katas", "--features", features];
    let all = ground.katas.len() == ground.catalog.katas().count();
    // Examples are named after their items; where katas were named, only theirs are run.
    let modules: Vec<String> =
        ground.katas.iter().map(|kata| kata.file_id().replace('/', "::") + "::" + &kata.item).collect();
    let mut arguments = [&["test", "--quiet", "--doc"][..], &katas].concat();
    if !all {
        arguments.push("--");
        arguments.extend(modules.iter().map(String::as_str));
    }
    run_once(ground, &mut findings, &is_of_programs, &arguments, &[])?;
    if all {
        let others = ["test", "--quiet", "--doc", "--package", "kit", "--package", "judge"];
        run_once(ground, &mut findings, &is_of_programs, &others, &[])?;
    }
    Ok(findings)
}

/// Everything but the katas passes its tests.
pub(super) fn tools(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    // Without candle, which these would build once more: the tests of the kit and of the programs are the same without.
    let without = ["katas", "grader", "programs", "kit"].map(|package| ["--exclude", package]);
    let others = [&["--workspace", "--all-features"], without.as_flattened()].concat();
    // Their tests judge katas of the first milestone; what is said of every file is looked at each time.
    let depends_on =
        |path: &str| !is_of_laws(path) || milestone_of(path).is_some_and(|it| short(it) == "m01");
    if !run_once(ground, &mut findings, &depends_on, &[runner(), &others].concat(), &[])? {
        let house = ["--package", "cargo-kata", "--test", "house"].as_slice();
        run(ground, &mut findings, &[runner(), house].concat(), &[])?;
    }
    let kit = ["--package", "kit", "--features", "mnist"].as_slice();
    // The programs with the reference in them, and the numbers that the book quotes.
    let features = "compare,m01,m02,m03,m04,m05,m06,m08,x1,x2,x3,x4,pipeline,serve,vision,solutions";
    let programs = ["--package", "programs", "--features", features];
    for lean in [kit, &programs[..]] {
        run_once(ground, &mut findings, &|path| !is_of_laws(path), &[runner(), lean].concat(), &[])?;
    }
    Ok(findings)
}

/// The grader judges rightly what people try: where submissions can be sandboxed.
pub(super) fn grader(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("runs");
    findings.skipped = bubblewrap::missing();
    if findings.skipped.is_none() {
        // Its tests grade katas of many milestones, and read the specimens of all.
        // The supervisor too, which no test depends on.
        run_once(ground, &mut findings, &is_code, &["build", "--quiet", "--package", "grader"], &[])?;
        run_once(ground, &mut findings, &is_code, &[runner(), &["--package", "grader"]].concat(), &[])?;
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

/// As [`run`], but not where the same run succeeded with the same files. Returns whether it ran.
fn run_once(
    ground: &mut Ground<'_>,
    findings: &mut Findings,
    depends_on: &dyn Fn(&str) -> bool,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<bool, Problem> {
    let name = format!("cargo {}", arguments.join(" "));
    let stamp = ground.proved.as_ref().map(|proved| proved.stamp(depends_on));
    if let (Some(proved), Some(stamp)) = (&ground.proved, stamp)
        && proved.holds(&name, stamp)
    {
        findings.as_before += 1;
        return Ok(false);
    }
    let failed = findings.failed.len();
    run(ground, findings, arguments, variables)?;
    if let (Some(proved), Some(stamp)) = (&mut ground.proved, stamp)
        && findings.failed.len() == failed
    {
        proved.keep([(name, stamp)])?;
    }
    Ok(true)
}

fn run(
    ground: &mut Ground<'_>,
    findings: &mut Findings,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<(), Problem> {
    let (succeeded, said) = ask(ground, arguments, variables)?;
    findings.count(succeeded, || format!("cargo {}\n{said}", arguments.join(" ")));
    Ok(())
}

/// Whether cargo succeeded, and what it said.
pub(super) fn ask(
    ground: &mut Ground<'_>,
    arguments: &[&str],
    variables: &[(&str, &str)],
) -> Result<(bool, String), Problem> {
    let mut command = cargo();
    command.args(arguments).envs(variables.iter().copied()).current_dir(ground.workspace.root());
    // The outer cargo's word on which package is at hand would mislead the inner one.
    for (key, _) in env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("CARGO_PKG_")) {
        command.env_remove(key);
    }
    let mut said = String::new();
    let progress = &mut ground.progress;
    progress.say(&format!("cargo {}", arguments.join(" ")));
    let finished = run_program(&mut command, |line| {
        if let Some(line) = line {
            said += line;
            said.push('\n');
        }
        progress.tick();
        Next::On
    })?;
    Ok((finished.status.success(), said + &finished.stderr))
}
