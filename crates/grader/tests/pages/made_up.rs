//! A class of made-up results, with everything that a page has to show.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grader::report::{ClassView, submission, write_class};
use grader::similarity::{Published, SimilarityFindings, Work};
use serde_json::{Value, json};

const KATAS: [(&str, &str); 4] = [
    ("m01_linear_algebra/vectors", "dot"),
    ("m01_linear_algebra/vectors", "norm"),
    ("m01_linear_algebra/matrices", "matmul"),
    ("m02_statistics/summaries", "mean"),
];

const LAWS: [(&str, &str); 2] = [("is symmetric", "core"), ("rejects unequal lengths", "robust")];

fn kata(place: usize, state: &str, points: f64) -> Value {
    let (file, item) = KATAS[place];
    let status = |law: usize| match state {
        "holds" => "held",
        "broken" if law == 0 => "held",
        "broken" => "broken",
        _ => "todo",
    };
    let law = |law: usize| {
        let text = if status(law) == "broken" { "x = [0.125, 2]" } else { "" };
        json!({ "law": LAWS[law].0, "tier": LAWS[law].1,
                "status": status(law), "snapshot": false,
                "with": text, "got": text, "want": text, "look": text })
    };
    let is_judged = matches!(state, "holds" | "broken" | "not written");
    json!({ "kata": format!("{file}/{item}"), "state": state, "points": points, "possible": 2.5,
            "override": null,
            "assurance": if is_judged { "channel" } else { "none" }, "why": null,
            "held": (0..2).filter(|it| status(*it) == "held").count(), "of": 2,
            "laws": if is_judged { (0..2).map(law).collect() } else { Vec::new() } })
}

fn result(number: usize) -> Value {
    let states = ["holds", "broken", "not written", "holds", "holds"];
    let worth = |state: &str| {
        [("holds", 2.5), ("broken", 1.25)].iter().find(|it| it.0 == state).map_or(0.0, |it| it.1)
    };
    let katas: Vec<Value> = (0..4)
        .map(|place| {
            let state =
                if place == 3 && number < 11 { "not written" } else { states[(number * (place + 1)) % 5] };
            kata(place, state, worth(state))
        })
        .collect();
    let points: f64 = katas.iter().filter_map(|it| it["points"].as_f64()).sum();
    let due = "2026-12-01 23:59:00 +01:00";
    json!({
        "schema": 2, "title": "Homework 2: vectors", "submission": format!("learner-{number:02}"),
        "learners": [{ "name": format!("Learner {number}"), "number": format!("{}", 1_000_000 + number) }],
        "stamp": "0", "made_of": {}, "verdict": "graded", "points": points, "possible": 10, "error": null,
        "remedy": [], "katas": katas, "does_not_compile": {}, "ignored": [], "seconds": 1.5,
        "late": { "due": due, "submitted": "2026-12-01 20:00:00 +01:00", "extension": null, "before": points,
                  "why": null },
        "override": null, "changes": [], "scan": { "mode": "advise", "findings": [] },
    })
}

/// Writes the pages of the class, and returns the name of a learner.
pub fn write(folder: &Path) -> &'static str {
    let mut all: Vec<Value> = (0..14).map(result).collect();
    all[1]["late"]["submitted"] = json!("2026-12-02 00:15:00 +01:00");
    all[1]["late"]["why"] = json!(
        "submitted 2026-12-02 00:15:00 +01:00, due 2026-12-01 23:59:00 +01:00: 16 min late, \
                                   10 % of the points taken off"
    );
    all[1]["katas"][0]["override"] =
        json!({ "points": 2.5, "earned": 1.25, "note": "The law was wrong for one input." });
    all[1]["katas"][0]["points"] = json!(2.5);
    all[1]["override"] = json!({ "points": 9, "earned": 6.25, "note": "Shown in the oral exam." });
    all[1]["points"] = json!(9);
    all[1]["changes"] = json!([{
        "date": "2026-12-05", "before": 6.25, "after": 9, "why": "Points were set by the instructor.",
        "katas": [{ "kata": "m01_linear_algebra/vectors/dot", "change": "1.25 points, now 2.5" }],
    }]);
    all[1]["ignored"] = json!(["backup/m01/vectors.rs: submitted twice, katas/m01/vectors.rs counts"]);
    all[2]["verdict"] = json!("GRADER_ERROR");
    all[2]["error"] = json!("cannot start bwrap: out of memory");
    all[2]["remedy"] = json!(["Is there enough memory?"]);
    all[3]["verdict"] = json!("unreadable");
    all[3]["error"] = json!("no kata's file is in it: it is empty");
    all[3]["points"] = json!(0);
    let class = json!({
        "title": "Homework 2: vectors", "files": ["moodle.csv", "canvas.csv"],
        "roster": {
            "learners": 16, "missing": [{ "name": "Grace Hopper", "number": "1000042" }],
            "twice": [{ "name": "Ada Lovelace", "submissions": ["ada", "ada (2)"] }],
            "unknown": [{ "submission": "final", "why": "no learner of the roster fits" }],
        },
    });
    let _there_was_none = fs::remove_dir_all(folder);
    for it in &all {
        submission(&folder.join(it["submission"].as_str().expect("a name")), it).expect("it is written");
    }
    write_class(folder, &ClassView::of(&class, &all)).expect("it is written");
    "learner-01"
}

/// The page of two learners who wrote the same, of one who did not, and of one whose file is no Rust.
pub fn similar(folder: &Path) -> PathBuf {
    let texts = [
        ("ada & co", include_str!("../similarity/ranges.rs")),
        ("bob", include_str!("../similarity/whiles.rs")),
        ("cy", include_str!("main.rs")),
        ("dee", "fn a( {"),
    ];
    let work = |(name, text): (&str, &str)| {
        Work::new(name, &BTreeMap::from([("m01_linear_algebra/matrices".to_owned(), text.to_owned())]))
    };
    let findings = SimilarityFindings::of(texts.map(work).into(), Published::default());
    assert_eq!(findings.pairs.len(), 1);
    let path = folder.join("similarity.html");
    fs::write(&path, findings.page()).expect("it can be written");
    path
}
