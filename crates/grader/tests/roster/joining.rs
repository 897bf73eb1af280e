//! Whose a submission is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use grader::report::lms::ExportRules;
use grader::roster::{Joined, Roster, join};

use super::importers::moodle_gradebook;
use super::{exported, folder, result, roster, rules};

fn wrong(folder: &Path, bytes: &[u8]) -> String {
    let path = folder.join("wrong.csv");
    fs::write(&path, bytes).expect("a file");
    let problem = Roster::read(&path).expect_err("it is no roster");
    assert!(!problem.remedy().is_empty());
    problem.to_string()
}

fn names(joined: &Joined, roster: &Roster) -> BTreeMap<String, Vec<String>> {
    let name = |place: &usize| roster.learners[*place].called().to_owned();
    joined.learners.iter().map(|(it, places)| (it.clone(), places.iter().map(name).collect())).collect()
}

fn called(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn submissions_are_joined_by_number_mail_login_and_name_and_never_by_a_guess() {
    let folder = folder("join");
    let text = "name,student number,email,login,folder\n\
                Ada Lovelace,2001,ada@uni.example,ada-l,\n\
                \"Gödel, Kurt\",2002,kurt.goedel@uni.example,,\n\
                Grace Hopper,2003,,,\n\
                Grace Hopper,2004,,,\n\
                Emmy Noether,2005,,,final_final.zip\n";
    let roster = roster(&folder, text);
    let joined = |name: &str| {
        let joined = join(&roster, &[name.to_owned()], false);
        let learners = names(&joined, &roster).remove(name).unwrap_or_default();
        (learners, joined.unknown.first().map(|(_, why)| why.clone()))
    };
    for (name, learner) in [
        ("2001", "Ada Lovelace"),
        ("hw2-2001", "Ada Lovelace"),
        ("HW2_2001_ada", "Ada Lovelace"),
        ("ada@uni.example", "Ada Lovelace"),
        ("homework-2-ada-l", "Ada Lovelace"),
        ("Ada Lovelace_77_assignsubmission_file_", "Ada Lovelace"),
        ("lovelace_ada", "Ada Lovelace"),
        ("kurt.goedel", "Gödel, Kurt"),
        ("Kurt Gödel", "Gödel, Kurt"),
        ("HW 2 kurt gödel final", "Gödel, Kurt"),
        ("final_final", "Emmy Noether"),
        ("hopper grace 2004", "Grace Hopper"),
        ("lovelaceada_7001_5_x", "Ada Lovelace"),
    ] {
        assert_eq!(joined(name), (vec![learner.to_owned()], None), "{name}");
    }
    for (name, why) in [
        ("Grace Hopper", "it may be of Grace Hopper (lines 4, 5 of the roster)"),
        ("group 7", "no learner of the roster is called so"),
        // The number of a participant is no student number.
        ("Emmy_2001_assignsubmission_file", "no learner of the roster is called so"),
        ("20011", "no learner of the roster is called so"),
    ] {
        assert_eq!(joined(name), (Vec::new(), Some(why.to_owned())), "{name}");
    }
    let twice = join(&roster, &called(&["2001", "ada-l", "2002"]), false);
    assert_eq!(twice.twice, [(0, called(&["2001", "ada-l"]))]);
    assert_eq!(
        (twice.missing.len(), twice.submission_of(0), twice.submission_of(1)),
        (3, None, Some("2002"))
    );
    let results = [result("2001", "graded", 8.0), result("ada-l", "graded", 2.0)];
    let (files, said) = exported(&folder, &roster, &rules("Homework 2"), &results);
    assert_eq!(moodle_gradebook(&files["moodle.csv"], "ID number", &[]), BTreeMap::new());
    assert!(
        said.contains(&"submitted twice by Ada Lovelace, none is exported: 2001, ada-l".to_owned()),
        "{said:?}"
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_submission_of_a_group_counts_for_its_members() {
    let folder = folder("groups");
    let text =
        "name,student number,group\nAda,2001,Team A\nKurt,2002,Team A\nGrace,2003,Team B\nAlan,2004,\n";
    let roster = roster(&folder, text);
    let all = called(&["Team A_7_assignsubmission_file", "2003", "2004"]);
    let joined = join(&roster, &all, true);
    assert_eq!(names(&joined, &roster)["Team A_7_assignsubmission_file"], ["Ada", "Kurt"]);
    assert_eq!((joined.missing.len(), joined.twice.len(), joined.unknown.len()), (0, 0, 0));
    let by_member = join(&roster, &called(&["2002"]), true);
    assert_eq!(names(&by_member, &roster)["2002"], ["Ada", "Kurt"]);
    // A column of groups alone makes no one share a grade.
    assert_eq!(names(&join(&roster, &called(&["2002"]), false), &roster)["2002"], ["Kurt"]);
    let results = [result(&all[0], "graded", 9.0)];
    let groups = ExportRules { groups: true, ..rules("Homework 2") };
    let (files, _) = exported(&folder, &roster, &groups, &results);
    let taken = moodle_gradebook(&files["moodle.csv"], "ID number", &["2001", "2002"]);
    assert_eq!(taken, [("2001".to_owned(), Some(9.0)), ("2002".to_owned(), Some(9.0))].into());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_wrong_in_a_roster_is_said_with_its_line() {
    let folder = folder("wrong");
    assert!(wrong(&folder, b"").contains("wrong.csv:1: it is empty"));
    assert!(wrong(&folder, b"a,b\n1,2\n").contains("wrong.csv:1: no column says who a learner is: a, b"));
    assert!(wrong(&folder, b"name,email\n").contains("wrong.csv:1: it has no learner"));
    let twice = wrong(&folder, b"name,student number\nAda,1\nKurt,2\nAda L.,1\n");
    assert!(twice.contains("wrong.csv:4: the student number 1 stands in line 2 too"), "{twice}");
    assert!(wrong(&folder, b"name\nAda\nK\xf6nig\n").contains("wrong.csv:3: the byte 0xF6 is not UTF-8"));
    let utf16: Vec<u8> = "name\nAda".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(wrong(&folder, &utf16).contains("UTF-16"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_roster_of_github_classroom_is_read() {
    let folder = folder("github");
    let text = "\"identifier\",\"github_username\",\"github_id\",\"name\"\n\"2001\",\"ada-l\",\"77\",\"\"\n\
                \"2002\",\"kurt\",\"78\",\"Kurt Gödel\"\n";
    let roster = roster(&folder, text);
    assert_eq!((roster.learners[0].called(), roster.learners[1].number.as_str()), ("2001", "2002"));
    let joined = join(&roster, &called(&["hw2-ada-l", "hw2-kurt"]), false);
    assert_eq!(joined.learners.values().flatten().copied().collect::<Vec<_>>(), [0, 1]);
    fs::remove_dir_all(folder).unwrap();
}

/// A class of a thousand, one in ten without a number.
#[test]
fn a_large_class_is_joined() {
    let folder = folder("large");
    let line =
        |number: usize| format!("Learner Number{number},{},l{number}@uni.example\n", 1_000_000 + number);
    let text: String = (0..1000).map(line).collect();
    let roster = roster(&folder, &format!("name,student number,email\n{text}"));
    let name = |number: usize| match number % 10 {
        0 => format!("hw2 number{number} learner"),
        _ => format!("hw2-{}", 1_000_000 + number),
    };
    let names: Vec<String> = (0..1000).map(name).collect();
    let joined = join(&roster, &names, false);
    assert_eq!((joined.learners.len(), joined.missing.len(), joined.unknown.len()), (1000, 0, 0));
    fs::remove_dir_all(folder).unwrap();
}
