//! A roster says whose a submission is and who submitted nothing, and grades go back to where the roster came from.

mod importers;
mod joining;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use grader::report::lms::{ExportRules, export};
use grader::roster::{Roster, join};
use grader::sandbox::recreate;
use importers::{CanvasStudent, canvas, moodle_gradebook, moodle_worksheet};
use serde_json::{Value, json};

const WORKSHEET: &str = "\u{feff}Identifier,\"Full name\",\"ID number\",\"Email address\",Status,Grade,\
\"Maximum Grade\",\"Grade can be changed\",\
\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"\n\
\"Participant 101\",\"Ada Lovelace\",2001,ada@uni.example,\"Submitted for grading\",,10.00,Yes,\
\"Tuesday, 1 December 2026, 11:58 PM\",-,\n\
\"Participant 102\",\"Kurt Gödel\",2002,kurt@uni.example,\"Submitted for grading\",,10.00,Yes,\
\"Wednesday, 2 December 2026, 1:30 AM\",-,\n\
\"Participant 103\",\"Grace Hopper\",2003,grace@uni.example,\"No submission\",,10.00,Yes,-,-,\n\
\"Participant 104\",\"Alan Turing\",2004,alan@uni.example,\"Submitted for grading\",,10.00,Yes,\
\"Tuesday, 1 December 2026, 9:00 AM\",-,\n";

const GRADEBOOK: &str = "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (900),Homework 2 (901),\
Current Score\n\
    ,,,,,,Manual Posting,\n\
\"    Points Possible\",,,,,5,10,(read only)\n\
\"Lovelace, Ada\",7001,2001,adal,Group A,5,,88\n\
\"Gödel, Kurt\",7002,2002,kurtg,Group A,4,,80\n\
\"Hopper, Grace\",7003,2003,graceh,Group B,,,0\n\
\"Turing, Alan\",7004,2004,alant,Group B,3,,60\n\
\"Student, Test\",7999,,x,Group B,,,\n";

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("katas-roster-{name}-{}", std::process::id()));
    recreate(&folder).expect("a folder");
    folder
}

fn roster(folder: &Path, text: &str) -> Roster {
    let path = folder.join("roster.csv");
    fs::write(&path, text).expect("a file");
    Roster::read(&path).unwrap_or_else(|problem| panic!("{problem}"))
}

fn result(name: &str, verdict: &str, points: f64) -> Value {
    json!({ "submission": name, "verdict": verdict, "points": points, "possible": 10, "override": null })
}

fn rules(title: &str) -> ExportRules {
    ExportRules { title: title.to_owned(), ..ExportRules::default() }
}

/// Exports, and returns the files by name, and what is said.
fn exported(
    folder: &Path,
    roster: &Roster,
    rules: &ExportRules,
    results: &[Value],
) -> (BTreeMap<String, String>, Vec<String>) {
    let all: Vec<String> =
        results.iter().map(|it| it["submission"].as_str().expect("a name").to_owned()).collect();
    let joined = join(roster, &all, rules.groups);
    let mut class = json!({});
    let said = export(folder, roster, &joined, rules, true, &mut class, results).expect("it can be written");
    let files =
        class["files"].as_array().expect("a list").iter().map(|it| it.as_str().expect("a name").to_owned());
    let read = |name: String| (name.clone(), fs::read_to_string(folder.join(name)).expect("it was written"));
    (files.map(read).collect(), said)
}

#[test]
fn moodle_takes_its_worksheet_back() {
    let folder = folder("moodle");
    let roster = roster(&folder, WORKSHEET);
    let results = [
        result("Ada Lovelace_101_assignsubmission_file", "graded", 8.5),
        result("Kurt Gödel_102_assignsubmission_file_", "unreadable", 0.0),
        result("Alan Turing_104_assignsubmission_file", "GRADER_ERROR", 0.0),
    ];
    let (files, said) = exported(&folder, &roster, &rules("Homework 2"), &results);
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), ["learners.csv", "moodle.csv"]);
    let taken = moodle_worksheet(&files["moodle.csv"], &[101, 102, 103, 104], 10.0);
    // No one whose submission could not be read or graded, or who has none, is given a zero.
    assert_eq!(taken, BTreeMap::from([(101, 8.5)]));
    assert!(said.iter().any(|line| line == "not submitted by 1 of 4: Grace Hopper"), "{said:?}");
    assert!(!said.iter().any(|line| line.contains("maximum")), "{said:?}");
    // One line per learner, for the instructor.
    let learners: Vec<&str> = files["learners.csv"].lines().collect();
    assert_eq!(learners.len(), 5);
    assert!(
        learners[2].starts_with(
            "Kurt Gödel,2002,kurt@uni.example,,Kurt Gödel_102_assignsubmission_file_,unreadable,,"
        )
    );
    assert!(learners[3].starts_with("Grace Hopper,2003,grace@uni.example,,,not submitted,,"));
    // Points that were set by hand are final, whatever the grader made of the submission.
    let mut by_hand = result("Kurt Gödel_102_assignsubmission_file_", "unreadable", 6.0);
    by_hand["override"] = json!({ "points": 6, "earned": 0, "note": "oral" });
    let (files, _) = exported(&folder, &roster, &rules("Homework 2"), &[by_hand]);
    assert_eq!(moodle_worksheet(&files["moodle.csv"], &[101, 102, 103, 104], 10.0), [(102, 6.0)].into());
    // Moodle passes over what is above its maximum without a word: so it is said here.
    let mut many = result("Ada Lovelace_101_assignsubmission_file", "graded", 12.0);
    many["possible"] = json!(12);
    let (_, said) = exported(&folder, &roster, &rules("Homework 2"), &[many]);
    assert!(said.iter().any(|line| line.contains("maximum grade is 10, and 12 points")), "{said:?}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn canvas_takes_its_gradebook_back() {
    let students = [
        CanvasStudent { id: 7001, sis: "2001", login: "adal" },
        CanvasStudent { id: 7002, sis: "2002", login: "kurtg" },
        CanvasStudent { id: 7003, sis: "2003", login: "graceh" },
        CanvasStudent { id: 7004, sis: "2004", login: "alant" },
    ];
    let assignments = [(900, "Homework 1"), (901, "Homework 2")];
    let folder = folder("canvas");
    let gradebook = roster(&folder, GRADEBOOK);
    assert_eq!(gradebook.learners.len(), 4, "neither points, posting nor the test student");
    let results = [
        result("lovelaceada_7001", "graded", 8.5),
        result("gödelkurt_7002", "unreadable", 0.0),
        result("turingalan_7004", "graded", 0.0),
    ];
    let (files, said) = exported(&folder, &gradebook, &rules("Homework 2"), &results);
    let taken = canvas(&files["canvas.csv"], &students, &assignments);
    assert_eq!((taken.assignment, taken.possible), (Ok(901), 10.0));
    // A zero that was earned is one.
    assert_eq!(taken.grades, BTreeMap::from([(7001, 8.5), (7004, 0.0)]));
    assert_eq!(said, ["not submitted by 1 of 4: Hopper, Grace"]);
    // With zeros for those who submitted nothing; Kurt, who did, is not among them.
    let zeros = ExportRules { missing_is_zero: true, ..rules("Homework 2") };
    let (files, _) = exported(&folder, &gradebook, &zeros, &results);
    let taken = canvas(&files["canvas.csv"], &students, &assignments).grades;
    assert_eq!(taken, BTreeMap::from([(7001, 8.5), (7003, 0.0), (7004, 0.0)]));
    // Unless a submission may be theirs.
    let unknown = [results[0].clone(), result("final version", "graded", 3.0)];
    let (files, said) = exported(&folder, &gradebook, &zeros, &unknown);
    assert_eq!(canvas(&files["canvas.csv"], &students, &assignments).grades, [(7001, 8.5)].into());
    assert!(said.iter().any(|line| line.starts_with("No one without a submission is exported")), "{said:?}");
    // A new assignment, and points that differ from Canvas', are announced.
    let (files, said) = exported(&folder, &gradebook, &rules("Homework 3"), &results);
    assert_eq!(
        canvas(&files["canvas.csv"], &students, &assignments).assignment,
        Err("Homework 3".to_owned())
    );
    assert!(said.iter().any(|line| line.contains("no column `Homework 3`")), "{said:?}");
    let named = ExportRules { canvas: Some("Homework 1 (900)".to_owned()), ..rules("Katas") };
    let (files, said) = exported(&folder, &gradebook, &named, &results);
    assert_eq!(canvas(&files["canvas.csv"], &students, &assignments).assignment, Ok(900));
    assert!(said.iter().any(|line| line.contains("Canvas has 5 points for this assignment")), "{said:?}");
    // A university's own roster does for both platforms.
    let text = "Name;Student number;Email;Login\nAda Lovelace;2001;ada@uni.example;adal\n\
                Kurt Gödel;2002;kurt@uni.example;kurtg\n";
    let own = roster(&folder, text);
    let results = [result("2001", "graded", 7.25), result("kurt@uni.example", "graded", 3.0)];
    let (files, _) = exported(&folder, &own, &rules("Homework 2"), &results);
    let taken = canvas(&files["canvas.csv"], &students, &assignments);
    assert_eq!((taken.assignment, taken.grades), (Ok(901), [(7001, 7.25), (7002, 3.0)].into()));
    for (by, known) in
        [("ID number", ["2001", "2002"]), ("Email address", ["ada@uni.example", "kurt@uni.example"])]
    {
        let taken = moodle_gradebook(&files["moodle.csv"], by, &known);
        assert_eq!(taken.into_values().collect::<Vec<_>>(), [Some(7.25), Some(3.0)]);
    }
    fs::remove_dir_all(folder).unwrap();
}
