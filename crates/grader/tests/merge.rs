//! Parts of a class become one class, or an error that says why not.

use std::fs;
use std::path::{Path, PathBuf};

use grader::report::merge::{merge, merge_with};
use grader::roster::Roster;
use grader::sandbox::recreate;
use serde_json::{Value, json};

fn result(name: &str, points: u8) -> Value {
    json!({
        "schema": 2, "submission": name, "stamp": "0123456789abcdef", "verdict": "graded", "points": points,
        "possible": 1, "error": null, "does_not_compile": {}, "ignored": [], "seconds": 0.5,
        "scan": { "mode": "advise", "findings": [] },
        "katas": [{
            "kata": "m01_linear_algebra/vectors/dot", "state": if points == 1 { "holds" } else { "broken" },
            "points": points, "assurance": "channel", "why": null, "held": points, "of": 1,
            "laws": [{ "law": "it is linear", "status": if points == 1 { "held" } else { "broken" },
                       "snapshot": false, "with": "", "got": "", "want": "", "look": "" }],
        }],
    })
}

fn part(folder: &Path, shard: (u8, u8), results: &[Value]) -> PathBuf {
    let brief = |it: &Value| {
        json!({ "submission": it["submission"], "verdict": it["verdict"], "points": it["points"],
                "possible": it["possible"], "error": null, "seconds": it["seconds"] })
    };
    for it in results {
        let below = folder.join(it["submission"].as_str().expect("it is there"));
        fs::create_dir_all(&below).expect("it is there");
        fs::write(below.join("result.json"), it.to_string()).expect("it is there");
    }
    let class = json!({
        "schema": 2, "title": null, "rules": null, "roster": null, "files": [],
        "seed": 4711, "features": ["m01"], "scan": "advise", "version": "0.1.0",
        "assignment": "00ff", "shard": { "number": shard.0, "of": shard.1 },
        "submissions": results.iter().map(brief).collect::<Vec<_>>(),
    });
    fs::create_dir_all(folder).expect("it is there");
    fs::write(folder.join("class.json"), class.to_string()).expect("it is there");
    folder.to_owned()
}

fn change(folder: &Path, key: &str, value: Value) {
    let path = folder.join("class.json");
    let mut class: Value =
        serde_json::from_str(&fs::read_to_string(&path).expect("it is there")).expect("it is there");
    class[key] = value;
    fs::write(path, class.to_string()).expect("it is there");
}

fn empty_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("katas-merge-{name}-{}", std::process::id()));
    recreate(&folder).expect("it is there");
    folder
}

fn why(parts: &[PathBuf], out: &Path) -> String {
    let problem = merge(parts, out).expect_err("they do not fit together");
    assert!(!problem.remedy().is_empty());
    problem.to_string()
}

#[test]
fn two_parts_make_a_class_with_all_reports() {
    let root = empty_folder("whole");
    let parts = [
        part(&root.join("a"), (1, 2), &[result("ada", 1), result("kurt", 0)]),
        part(&root.join("b"), (2, 2), &[result("grace", 1)]),
    ];
    let out = root.join("out");
    for _again in 0..2 {
        let merged = merge(&parts, &out).unwrap();
        let names: Vec<_> = merged.iter().map(|it| it["submission"].as_str().unwrap()).collect();
        assert_eq!(names, ["ada", "grace", "kurt"]);
    }
    let class: Value = serde_json::from_str(&fs::read_to_string(out.join("class.json")).unwrap()).unwrap();
    assert_eq!((&class["seed"], class["submissions"].as_array().unwrap().len()), (&json!(4711), 3));
    for file in ["class.html", "class.md", "class.csv", "class.xml", "ada/result.json", "grace/report.html"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    // What was merged can be merged.
    assert_eq!(merge(&[out], &root.join("again")).unwrap().len(), 3);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn no_submission_takes_the_place_of_a_result() {
    let root = empty_folder("taken");
    for name in ["class.json", "class.csv", "ada"] {
        fs::create_dir_all(root.join(name)).unwrap();
    }
    let names: Vec<_> = grader::class::collect(std::slice::from_ref(&root))
        .unwrap()
        .submissions
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(names, ["ada", "class.csv_", "class.json_"]);
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn one_name_has_one_verdict() {
    let root = empty_folder("names");
    let a = part(&root.join("a"), (1, 1), &[result("ada", 1)]);
    let mut slower = result("ada", 1);
    slower["seconds"] = json!(9.0);
    let same = part(&root.join("same"), (1, 1), &[slower]);
    let other = part(&root.join("other"), (1, 1), &[result("ada", 0)]);
    assert_eq!(merge(&[a.clone(), same], &root.join("out")).unwrap().len(), 1);
    let out = root.join("none");
    assert!(why(&[a, other], &out).contains("ada has one verdict"));
    assert!(!out.exists());
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn only_parts_of_one_run_fit_together() {
    let root = empty_folder("fit");
    let a = part(&root.join("a"), (1, 2), &[result("ada", 1)]);
    let b = part(&root.join("b"), (2, 2), &[result("grace", 1)]);
    let out = root.join("out");
    for (key, other, said) in [
        ("seed", json!(4712), "differ in the seed"),
        ("rules", json!("7"), "differ in the assignment file"),
        ("assignment", json!("0100"), "differ in the assignment (\"0100\""),
        ("version", json!("0.2.0"), "differ in the version"),
        ("features", json!(["m02"]), "differ in the choice of milestones"),
        ("scan", json!("off"), "differ in the mode of the scan"),
        ("shard", json!({ "number": 2, "of": 3 }), "is one of 3 parts"),
    ] {
        let b = part(&root.join("changed"), (2, 2), &[result("grace", 1)]);
        change(&b, key, other);
        let why = why(&[a.clone(), b], &out);
        assert!(why.contains(said) && !why.contains("4711"), "{key}: {why}");
    }
    assert!(why(std::slice::from_ref(&a), &out).contains("missing: 2"));
    assert!(why(&[a.clone(), root.join("none")], &out).contains("is no folder of results"));
    fs::remove_file(b.join("grace/result.json")).unwrap();
    assert!(why(&[a.clone(), b.clone()], &out).contains("has no result of it"));
    part(&b, (2, 2), &[result("grace", 1)]);
    fs::write(b.join("grace/result.json"), result("grace", 0).to_string()).unwrap();
    assert!(why(&[a.clone(), b.clone()], &out).contains("says otherwise of grace"));
    change(&b, "submissions", json!([{ "submission": "../ada" }]));
    assert!(why(&[a.clone(), b.clone()], &out).contains("was not written by this grader"));
    fs::write(b.join("class.json"), "{").unwrap();
    assert!(why(&[a, b], &out).contains("was not written by this grader"));
    assert!(!out.exists());
    fs::remove_dir_all(root).unwrap();
}

#[test]
fn a_merge_with_a_roster_exports_the_whole_class() {
    let root = empty_folder("roster");
    let parts = [
        part(&root.join("a"), (1, 2), &[result("2001", 1)]),
        part(&root.join("b"), (2, 2), &[result("2002", 0)]),
    ];
    fs::write(root.join("roster.csv"), "name,student number\nAda,2001\nKurt,2002\nGrace,2003\n").unwrap();
    let (roster, out) = (Roster::read(&root.join("roster.csv")).unwrap(), root.join("out"));
    let (_, said) = merge_with(&parts, Some(&roster), &out).unwrap();
    assert_eq!(said, ["not submitted by 1 of 3: Grace"]);
    let moodle = fs::read_to_string(out.join("moodle.csv")).unwrap();
    assert_eq!(moodle, "ID number,katas\r\n2001,1\r\n2002,0\r\n");
    assert!(fs::read_to_string(out.join("2001/result.json")).unwrap().contains("\"Ada\""));
    // Merged again after a part was graded again: what changed is said, on the learner's page too.
    part(&root.join("b"), (2, 2), &[result("2002", 1)]);
    let (_, said) = merge_with(&parts, Some(&roster), &out).unwrap();
    assert!(said[0].starts_with("changed: 2002: 1 points, before 0."), "{said:?}");
    assert!(fs::read_to_string(out.join("2002/report.html")).unwrap().contains("Graded again on"));
    fs::remove_dir_all(root).unwrap();
}
