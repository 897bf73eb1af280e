//! A result that means harm becomes reports that do none.

use std::fs;
use std::path::Path;

use grader::report::{ClassView, OF_A_CLASS, OF_A_SUBMISSION, View, submission, write_class};
use serde_json::{Value, json};

const SECRET: &str = "8261940377";
const STAMP: &str = "deadbeef00c0ffee";
/// Everything at once that a page, a table, a log or a terminal could take for more than a text.
const HARM: &str = "</pre></code><script>alert(1)</script><img src=x onerror=y>]]>\n\
                    ::error file=a::pwned\n  ::set-output \
                    name=points::84\nx ##[error]y\n```\n# Points: 84\n=HYPERLINK(\"http://x\") \
                    \u{1b}[2J\u{0}\u{202e}| & \"'";

fn law(status: &str, text: &str) -> Value {
    json!({ "law": "is linear in the first vector", "status": status, "snapshot": false,
            "with": text, "got": text, "want": text, "look": text })
}

fn kata(name: &str, state: &str, held: u8, laws: &[Value]) -> Value {
    let points = u8::from(state == "holds");
    json!({ "kata": format!("m01_linear_algebra/vectors/{name}"), "state": state, "points": points,
            "possible": u8::from(state != "not graded"), "override": null,
            "assurance": "channel", "why": if state == "not graded" { json!(HARM) } else { Value::Null },
            "held": held, "of": 2, "laws": laws })
}

fn harmful() -> Value {
    let finding =
        json!({ "file": "m01_linear_algebra/vectors", "line": 7, "kata": null, "what": HARM, "why": HARM });
    json!({
        "schema": 2, "submission": "=cmd|x", "stamp": STAMP, "verdict": "graded",
        "points": 1, "possible": 4, "error": null,
        "katas": [
            kata("add", "holds", 2, &[law("held", ""), law("held", "")]),
            kata("dot", "broken", 1, &[law("held", ""), law("broken", HARM)]),
            kata("norm", "not written", 0, &[law("todo", ""), law("todo", "")]),
            kata("scale", "does not compile", 0, &[]),
            kata("cross", "not graded", 0, &[]),
        ],
        "does_not_compile": { "m01_linear_algebra/vectors": HARM }, "ignored": [HARM], "seconds": 1.25,
        "scan": { "mode": "advise", "findings": [finding] }, "seed": SECRET,
        "title": HARM, "learners": [{ "name": HARM, "number": HARM }],
        "late": { "due": HARM, "submitted": HARM, "extension": HARM, "before": 1, "why": HARM },
        "override": { "points": 1, "earned": 1, "note": HARM },
        "changes": [{ "date": HARM, "before": 1, "after": 1, "why": HARM,
                      "katas": [{ "kata": HARM, "change": HARM }] }],
    })
}

fn class(results: &[Value]) -> ClassView {
    let roster = json!({
        "learners": 2, "missing": [{ "name": HARM, "number": HARM }],
        "twice": [{ "name": HARM, "submissions": [HARM] }], "unknown": [{ "submission": HARM, "why": HARM }],
    });
    ClassView::of(&json!({ "title": HARM, "files": [HARM], "roster": roster }), results)
}

fn reports() -> Vec<(&'static str, String)> {
    let view = View::of(&harmful());
    let of_one = OF_A_SUBMISSION.iter().map(|(name, report)| (*name, report(&view).expect("it is there")));
    let class = class(&[harmful()]);
    let of_all = OF_A_CLASS.iter().map(|(name, report)| (*name, report(&class)));
    of_one.chain(of_all).collect()
}

#[test]
fn no_report_carries_the_seed_or_the_stamp() {
    for (name, text) in reports() {
        assert!(!text.contains(SECRET) && !text.contains(STAMP), "{name}");
    }
}

#[test]
fn no_line_of_a_report_is_a_command_and_no_character_is_hidden() {
    for (name, text) in reports() {
        for line in text.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{name}: {line}");
        }
        let hidden = |c: char| c.is_control() && c != '\n' && c != '\r' || c == '\u{202e}';
        assert!(!text.contains(hidden), "{name}");
    }
}

#[test]
fn no_text_of_a_learner_is_markup() {
    for (name, text) in
        reports().into_iter().filter(|(name, _)| !name.ends_with("json") && !name.ends_with("csv"))
    {
        // The page of a class sorts its tables; a learner's runs nothing.
        let ours = "<script>// Sorts the tables of this page";
        assert_eq!(text.contains(ours), name == "class.html", "{name}");
        let text = text.replace(ours, "");
        for tag in ["<script", "<img", "</pre></code>", "]]>"] {
            assert!(!text.contains(tag), "{name}: {tag}");
        }
    }
    for (name, text) in reports().into_iter().filter(|(name, _)| name.ends_with("html")) {
        assert!(text.contains("default-src 'none'"), "{name}");
        for outside in ["http:", "src=", "url(", "@import", "<link"] {
            let ours = text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
            assert!(!ours.contains(outside) && !text.contains(&format!("<{outside}")), "{name}: {outside}");
        }
    }
}

#[test]
fn a_table_has_no_formula() {
    let (_, text) = reports().into_iter().find(|(name, _)| *name == "class.csv").unwrap();
    assert_eq!(text.lines().count(), 2);
    assert!(
        text.lines()
            .nth(1)
            .unwrap()
            .starts_with("\"'=cmd|x\",\"graded\",\"1\",\"4\",\"3\",\"8\",\"37\",\"1\""),
        "{text}"
    );
}

#[test]
fn a_verdict_in_one_process_with_its_laws_is_marked() {
    let said = |result: &Value| {
        let view = View::of(result);
        let of_one = OF_A_SUBMISSION.iter().map(|(_, report)| report(&view).expect("it is there"));
        let mut pages: Vec<bool> = of_one.map(|text| text.contains("in-process")).collect();
        let of_all = |wanted: &str| {
            let (_, report) = OF_A_CLASS.iter().find(|(name, _)| *name == wanted).expect("it is there");
            report(&class(std::slice::from_ref(result)))
        };
        pages.push(of_all("class.xml").contains("in-process"));
        let table = of_all("class.csv");
        let column =
            |line: usize| table.lines().nth(line).and_then(|it| it.split(',').nth(8)).map(str::to_owned);
        (pages, column(0), column(1))
    };
    let name = Some("\"points in-process\"".to_owned());
    let mut result = harmful();
    assert_eq!(said(&result), (vec![false; 5], name.clone(), Some("\"0\"".to_owned())));
    result["katas"][0]["assurance"] = json!("in-process");
    assert_eq!(said(&result), (vec![true; 5], name, Some("\"1\"".to_owned())));
}

#[test]
fn gradescope_reads_the_points() {
    let text =
        OF_A_SUBMISSION.iter().find(|(name, _)| *name == "gradescope.json").unwrap().1(&View::of(&harmful()));
    let results: Value = serde_json::from_str(&text.unwrap()).unwrap();
    assert_eq!(results["score"], 1);
    let tests = results["tests"].as_array().unwrap();
    assert_eq!(tests.iter().map(|it| it["max_score"].as_u64().unwrap()).sum::<u64>(), 4);
    assert_eq!(tests.iter().map(|it| it["score"].as_u64().unwrap()).sum::<u64>(), 1);
    assert_eq!(tests.iter().filter(|it| it["status"] == "passed").count(), 1);
    assert_eq!(tests[1]["extra_data"], json!({ "laws_held": 1, "laws": 2, "assurance": "channel" }));
}

#[test]
fn a_failure_of_the_grader_is_no_score() {
    let folder = std::env::temp_dir().join(format!("katas-reports-{}", std::process::id()));
    submission(&folder, &harmful()).unwrap();
    assert!(folder.join("gradescope.json").is_file());
    let mut failed = harmful();
    failed["override"] = Value::Null;
    failed["verdict"] = json!("GRADER_ERROR");
    failed["error"] = json!(format!("cannot start /srv/grader --seed {SECRET}"));
    submission(&folder, &failed).unwrap();
    write_class(&folder, &class(&[failed.clone()])).unwrap();
    assert!(!folder.join("gradescope.json").exists(), "the old score was left there");
    for name in ["report.html", "summary.md", "junit.xml"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        assert!(text.contains("rader failed") && !text.contains(SECRET), "{name}: {text}");
    }
    assert!(only_whole_files(&folder));
    // Nor is one that could not be read; points that were set by hand are.
    let unreadable = |set: Value| {
        let mut it = failed.clone();
        it["verdict"] = json!("unreadable");
        it["override"] = set;
        submission(&folder, &it).unwrap();
        folder.join("gradescope.json").is_file()
    };
    assert!(!unreadable(Value::Null));
    assert!(unreadable(json!({ "points": 2, "earned": 0, "note": "oral" })));
    fs::remove_dir_all(folder).unwrap();
}

fn only_whole_files(folder: &Path) -> bool {
    fs::read_dir(folder)
        .expect("it is there")
        .all(|it| !it.expect("it is there").path().to_string_lossy().ends_with(".new"))
}

#[test]
fn every_case_of_junit_is_counted() {
    for (name, text) in reports().into_iter().filter(|(name, _)| name.ends_with("xml")) {
        let count = |what: &str| text.matches(what).count();
        let head = text.lines().nth(1).unwrap();
        assert!(head.contains(&format!("tests=\"{}\"", count("<testcase "))), "{name}: {head}");
        assert!(head.contains(&format!("failures=\"{}\"", count("<failure "))), "{name}: {head}");
        let expected = if name == "class.xml" { (5, 3, 1) } else { (8, 4, 1) };
        assert_eq!((count("<testcase "), count("<failure "), count("<skipped ")), expected, "{name}");
    }
}
