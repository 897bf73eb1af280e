//! An edit is judged as quickly as before: this tree and an earlier commit, side by side in one run.
//!
//! Times on one machine say nothing about another, and little about the same one an hour later. Their ratio does: both trees are
//! edited and judged in turns, so that whatever else the machine does slows both.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use super::{Findings, Ground};
use engine::Progress as _;
use engine::catalog::Kata;
use engine::judging::build::cargo;
use engine::judging::{Next, run_program};
use engine::problem::{Doing, Problem};

/// How often each tree is edited and judged.
const EDITS: usize = 15;
/// This much longer is a regression.
const MOST: f64 = 1.10;
/// The kata that is edited where none is named.
const USUAL: &str = "m01_linear_algebra/vectors/dot";
/// Names the commit to compare with.
const BASE: &str = "KATAS_BASE";

/// One of the two trees.
struct Tree {
    root: PathBuf,
    target: PathBuf,
}

/// What one edit took, in seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Times {
    whole: f64,
    build: f64,
    laws: f64,
}

/// The median edit of each kata takes at most a tenth longer than in the earlier commit.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("katas");
    let root = ground.workspace.root().to_owned();
    let base = std::env::var(BASE).unwrap_or_else(|_| "HEAD~1".to_owned());
    let Some(commit) =
        git(ground, &root, &["rev-parse", "--verify", "--quiet", &format!("{base}^{{commit}}")])?
    else {
        findings.skipped =
            Some(format!("there is no commit {base} here to compare with; {BASE} names another"));
        return Ok(findings);
    };
    let all = ground.katas.len() == ground.catalog.katas().count();
    let is_asked = |kata: &&Kata| kata.unmet().is_none() && (!all || kata.id == USUAL);
    let katas: Vec<&Kata> = ground.katas.iter().copied().filter(is_asked).collect();
    let [before, now] = trees(ground, &root, commit.trim())?;
    for kata in katas {
        let mut times = [Vec::new(), Vec::new()];
        for tree in [&before, &now] {
            solve(tree, kata)?;
            tree.judge(ground, kata)?;
        }
        for edit in 0..EDITS {
            ground.progress.say(&format!("{}: edit {} of {EDITS}", kata.id, edit + 1));
            let mut turns = [(0, &before), (1, &now)];
            turns.rotate_left(edit % 2);
            for (which, tree) in turns {
                edit_body(tree, kata, edit)?;
                times[which].push(tree.judge(ground, kata)?);
            }
        }
        let [before, now] = &times;
        let ratio = median(now, |it| it.whole) / median(before, |it| it.whole);
        findings.count(ratio <= MOST, || {
            format!("{}: an edit takes {ratio:.2} times as long as in {base}", kata.id)
        });
        findings.remarks.push(format!(
            "{}: {} now, {} in {base}, ratio {ratio:.2}",
            kata.id,
            shown(now),
            shown(before)
        ));
    }
    Ok(findings)
}

/// The median of the whole, its quartiles, and where it went.
fn shown(times: &[Times]) -> String {
    let mut whole: Vec<f64> = times.iter().map(|it| it.whole).collect();
    whole.sort_by(f64::total_cmp);
    let [low, high] = [whole[whole.len() / 4], whole[3 * whole.len() / 4]];
    let [build, laws] = [median(times, |it| it.build), median(times, |it| it.laws)];
    let parts = if build > 0.0 { format!("; build {build:.3}, laws {laws:.3}") } else { String::new() };
    format!("{:.3} s ({low:.3} to {high:.3}{parts})", median(times, |it| it.whole))
}

fn median(times: &[Times], of: impl Fn(&Times) -> f64) -> f64 {
    let mut all: Vec<f64> = times.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// A clone of the earlier commit, and one with what lies here, each with a target folder of its own, which stay.
fn trees(ground: &mut Ground<'_>, root: &Path, commit: &str) -> Result<[Tree; 2], Problem> {
    let folder = ground.workspace.target().join("kata").join("speed");
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    let tree = |name: &str| Tree { root: folder.join(name), target: folder.join(format!("target-{name}")) };
    let trees = [tree("before"), tree("now")];
    for (tree, commit) in trees.iter().zip([commit, "HEAD"]) {
        let _there_was_none = fs::remove_dir_all(&tree.root);
        let (from, to) = (root.to_string_lossy(), tree.root.to_string_lossy());
        let commit = git(ground, root, &["rev-parse", commit])?.unwrap_or_default();
        let cloned = git(ground, root, &["clone", "--quiet", "--shared", "--no-checkout", &from, &to])?
            .and(git(ground, &tree.root, &["checkout", "--quiet", "--detach", commit.trim()])?);
        if cloned.is_none() {
            let remedy = "A shallow clone is not enough: `git fetch --unshallow`.".to_owned();
            return Err(Problem::Repository {
                what: format!("{} could not be cloned", commit.trim()),
                remedy,
            });
        }
    }
    // What is not committed yet is what one wants to know about.
    let changed = git(ground, root, &["ls-files", "-z", "--modified", "--others", "--exclude-standard"])?;
    for file in
        changed.unwrap_or_default().split('\0').map(Path::new).filter(|file| root.join(file).is_file())
    {
        let to = trees[1].root.join(file);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).doing("make the folder", folder)?;
        }
        fs::copy(root.join(file), &to).doing("copy", &to)?;
    }
    for tree in &trees {
        ground.progress.say(&format!("building {}", tree.root.display()));
        let mut build = cargo();
        build.current_dir(&tree.root).args(["build", "--quiet", "--package", "cargo-kata"]);
        build.env("CARGO_TARGET_DIR", &tree.target);
        let finished = run_program(&mut build, |_| tick(ground))?;
        if !finished.status.success() {
            return Err(Problem::cargo(&finished.stderr, "The commit to compare with has to compile."));
        }
    }
    Ok(trees)
}

/// What git says, if it succeeds.
fn git(ground: &mut Ground<'_>, at: &Path, arguments: &[&str]) -> Result<Option<String>, Problem> {
    let mut said = String::new();
    let mut command = Command::new("git");
    command.current_dir(at).args(arguments);
    let finished = run_program(&mut command, |line| {
        said += line.unwrap_or_default();
        tick(ground)
    })?;
    Ok(finished.status.success().then_some(said))
}

fn tick(ground: &mut Ground<'_>) -> Next {
    ground.progress.tick();
    Next::On
}

impl Tree {
    /// Judges the kata as its text is now.
    fn judge(&self, ground: &mut Ground<'_>, kata: &Kata) -> Result<Times, Problem> {
        let program = self.target.join("debug").join(format!("cargo-kata{}", std::env::consts::EXE_SUFFIX));
        let (mut command, mut said) = (Command::new(program), String::new());
        command.current_dir(&self.root).args(["kata", "test", &kata.id, "--json"]);
        command.env("CARGO_TARGET_DIR", &self.target);
        let began = Instant::now();
        run_program(&mut command, |line| {
            said += line.unwrap_or_default();
            tick(ground)
        })?;
        let whole = began.elapsed().as_secs_f64();
        let seconds = &serde_json::from_str::<Value>(&said).unwrap_or_default()["seconds"];
        let part = |name: &str| seconds[name].as_f64().unwrap_or_default();
        Ok(Times { whole, build: part("build"), laws: part("laws") })
    }
}

/// Puts the reference in the place of the stubs.
fn solve(tree: &Tree, kata: &Kata) -> Result<(), Problem> {
    let (from, to) =
        (tree.root.join("solutions").join(format!("{}.rs", kata.file_id())), tree.root.join(kata.path()));
    fs::copy(&from, &to).doing("copy", &from).map(|_| ())
}

/// Another body, which has to be compiled and does the same.
fn edit_body(tree: &Tree, kata: &Kata, edit: usize) -> Result<(), Problem> {
    solve(tree, kata)?;
    let path = tree.root.join(kata.path());
    let text = fs::read_to_string(&path).doing("read", &path)?;
    let head = text.find(&format!("pub fn {}", kata.item)).or_else(|| text.find("pub fn "));
    let Some(body) = head.and_then(|head| Some(head + text[head..].find("{\n")? + 2)) else { return Ok(()) };
    let text = format!("{}    std::hint::black_box({edit}_usize);\n{}", &text[..body], &text[body..]);
    fs::write(&path, text).doing("write", &path)
}
