//! A class of made-up learners: whole and half solutions, stubs, wrong answers, files that do not compile, attacks.
//!
//! It takes minutes, so it waits to be asked: `KATAS_CLASS=100 KATAS_GRADED=m01/vectors,m02/moments cargo test -p grader
//! --test class -- --ignored --nocapture` prints verdicts and costs, with three seeds; then the class is graded again and
//! the grader killed ten times, after a tenth of the work each, with a second one started next to it each time.

#[cfg(test)]
mod learners;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use engine::catalog::Catalog;
use engine::workspace::Workspace;
use grader::rules::AssignmentFile;
use learners::{Expected, Learner};
use serde_json::Value;

/// The states of the katas of each submission.
type States = BTreeMap<String, BTreeMap<String, String>>;

/// What is graded: milestones, files or katas.
fn assignment(root: &Path) -> PathBuf {
    let named = env::var("KATAS_GRADED").unwrap_or_else(|_| "m01".to_owned());
    let named: Vec<&str> = named.split(',').collect();
    let path = root.join("assignment.toml");
    fs::write(&path, format!("title = \"Class\"\nkatas = {named:?}\n")).expect("a file");
    path
}

fn grader(class: &Path, out: &Path, seed: u64) -> Command {
    let mut grader = Command::new(env!("CARGO_BIN_EXE_grader"));
    grader.arg(class).arg("--out").arg(out).args(["--seed", &seed.to_string()]);
    grader.arg("--assignment").arg(class.with_file_name("assignment.toml"));
    grader.stdout(Stdio::null()).stderr(Stdio::null());
    grader
}

fn states(out: &Path) -> States {
    let class = fs::read_to_string(out.join("class.json")).expect("the class was graded");
    let class: Value = serde_json::from_str(&class).expect("JSON");
    let names = class["submissions"].as_array().expect("a list").iter();
    let names = names.map(|it| it["submission"].as_str().expect("a name").to_owned());
    names.map(|name| (name.clone(), states_of(&out.join(name)))).collect()
}

fn states_of(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join("result.json")).expect("a result");
    let result: Value = serde_json::from_str(&text).expect("JSON");
    let katas = result["katas"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    katas.map(|kata| (text(&kata["kata"]), text(&kata["state"]))).collect()
}

/// Processes of this repository's graders that are left: laws, workers, and what stands around them.
fn left(workspace: &Workspace) -> Vec<String> {
    let target = workspace.target().to_string_lossy().into_owned();
    let numbers = fs::read_dir("/proc").expect("processes").flatten();
    let line =
        |path: PathBuf| fs::read_to_string(path.join("cmdline")).unwrap_or_default().replace('\0', " ");
    let is_ours =
        |it: &String| it.contains(&format!("{target}/graded/")) || it.contains(&format!("{target}/grader/"));
    numbers.map(|it| line(it.path())).filter(is_ours).collect()
}

/// Processor time of all children that have ended, in seconds.
fn processor() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<_> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |k: usize| fields.get(k).and_then(|it| it.parse::<f64>().ok()).unwrap_or_default();
    // The 16th and 17th field of all; the first two are gone.
    (ticks(13) + ticks(14)) / 100.0
}

fn wrong(learners: &[Learner], states: &States) -> Vec<String> {
    let mut wrong = Vec::new();
    for learner in learners {
        let got = states.get(&learner.name);
        for (kata, expected) in &learner.expected {
            let state = got.and_then(|it| it.get(kata)).map_or("missing", String::as_str);
            let fits = match expected {
                Expected::Is(word) => state == word,
                Expected::Unearned => !["holds", "grader error", "missing"].contains(&state),
                Expected::Any => !["grader error", "missing"].contains(&state),
            };
            if !fits {
                wrong.push(format!("{} {kata}: {state}, not {expected:?}", learner.name));
            }
        }
    }
    wrong
}

#[test]
#[ignore = "takes minutes"]
fn a_class_is_judged_rightly_steadily_and_through_interruptions() {
    let workspace = Workspace::find().unwrap();
    let count: usize = env::var("KATAS_CLASS").map_or(100, |it| it.parse().unwrap());
    let root = workspace.target().join("grader-class");
    let _ = fs::remove_dir_all(&root);
    let class = root.join("submissions");
    fs::create_dir_all(&class).unwrap();
    let catalog = Catalog::read(&workspace).unwrap();
    let choice = AssignmentFile::read(&assignment(&root), &catalog).unwrap().choice;
    let learners = learners::write(&workspace, &choice, count, &class);
    let all: usize = learners.iter().map(|it| it.expected.len()).sum();
    let known = learners.iter().flat_map(|it| it.expected.values());
    println!("{all} verdicts, {} of them known beforehand", known.filter(|it| **it != Expected::Any).count());
    let out = |name: &str| -> PathBuf { root.join(name) };
    let mut first: Option<States> = None;
    let (mut flaky, mut whole) = (0, Duration::ZERO);
    for seed in [11, 12, 13] {
        let (began, used) = (Instant::now(), processor());
        let folder = out(&format!("seed-{seed}"));
        grader(&class, &folder, seed).status().unwrap();
        whole = began.elapsed();
        let (seconds, used) = (began.elapsed().as_secs_f64(), processor() - used);
        let states = states(&folder);
        let wrong = wrong(&learners, &states);
        let (each, used) = (seconds / count as f64, used / count as f64);
        println!(
            "seed {seed}: {count} submissions, {each:.2} s and {used:.2} CPU-s each, {} verdicts wrong",
            wrong.len()
        );
        assert!(wrong.is_empty(), "{wrong:#?}");
        let known = first.get_or_insert_with(|| states.clone());
        flaky += known.iter().filter(|(name, it)| states.get(*name) != Some(it)).count();
    }
    println!("{flaky} submissions judged otherwise with another seed");
    // What a run costs that has nothing left to judge, and what a whole one costs.
    let began = Instant::now();
    grader(&class, &out("seed-13"), 13).status().unwrap();
    let start = began.elapsed();
    let share = whole.saturating_sub(start) / 10;
    // Killed ten times, each after a tenth of the work.
    let folder = out("interrupted");
    for moment in 0..10 {
        let mut running = grader(&class, &folder, 11).spawn().unwrap();
        thread::sleep(start + share / 2);
        // Whatever a second one is given, it touches nothing of the first one's.
        for other in [&folder, &out("second")] {
            let second = grader(&class, other, 11).status().unwrap();
            assert_eq!(second.code(), Some(3), "a second grader at moment {moment}");
        }
        thread::sleep(share / 2);
        let is_over = running.try_wait().unwrap().is_some();
        running.kill().unwrap();
        running.wait().unwrap();
        thread::sleep(Duration::from_secs(2));
        let finished =
            fs::read_dir(&folder).map_or(0, |it| it.flatten().filter(|it| it.path().is_dir()).count());
        println!("killed with {finished} submissions finished{}", if is_over { ", too late" } else { "" });
        assert_eq!(left(&workspace), Vec::<String>::new());
    }
    grader(&class, &folder, 11).status().unwrap();
    assert_eq!(Some(states(&folder)), first);
    assert_eq!(flaky, 0);
}
