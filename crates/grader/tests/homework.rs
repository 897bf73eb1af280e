//! A homework from the download of a learning platform to its marks, and graded again: the real grader, in its sandbox.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::outline::stub_of;
use engine::source::Source;
use engine::workspace::Workspace;
use grader::sandbox::recreate;
use serde_json::{Value, json};

const VECTORS: &str = "katas/m01_linear_algebra/vectors.rs";
const ADA: &str = "Ada Lovelace_101_assignsubmission_file";
const KURT: &str = "Kurt Goedel_102_assignsubmission_file";
const GRACE: &str = "Grace Hopper_103_assignsubmission_file";

struct Homework {
    folder: PathBuf,
    solution: String,
}

impl Homework {
    fn new() -> Self {
        let workspace = Workspace::find().expect("the repository");
        let folder = std::env::temp_dir().join(format!("katas-homework-{}", std::process::id()));
        recreate(&folder).expect("a folder");
        let solution = fs::read_to_string(workspace.path("solutions/m01_linear_algebra/vectors.rs"));
        Self { folder, solution: solution.expect("the solution") }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// A ZIP in the folder of a learner, as Moodle hands it out.
    fn submit(&self, learner: &str, text: &str) {
        let path = self.folder.join("submissions").join(learner).join("work.zip");
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        let mut zip = zip::ZipWriter::new(File::create(path).expect("a file"));
        zip.start_file(VECTORS, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(text.as_bytes()).expect("it is written");
        zip.finish().expect("it is written");
    }

    /// The solution with another body of one kata.
    fn with(&self, kata: &str, body: &str) -> String {
        let source = Source::new(&self.solution);
        let item = source.function(kata).expect("the kata");
        let other = stub_of(&source, item).replace("todo!()", body);
        let mut text = self.solution.clone();
        text.replace_range(item.span.clone(), &other);
        text
    }

    /// Grades, and returns the exit code with what was said.
    fn grade(&self, more: &[&str]) -> (i32, String) {
        let mut grader = Command::new(env!("CARGO_BIN_EXE_grader"));
        grader.arg(self.folder.join("submissions")).arg("--out").arg(self.folder.join("grades"));
        grader.arg("--assignment").arg(self.folder.join("hw2.toml")).args(more);
        let said = grader.output().expect("the grader runs");
        let text = [said.stdout, said.stderr].map(|it| String::from_utf8_lossy(&it).into_owned()).concat();
        (said.status.code().unwrap_or(-1), text)
    }

    fn result(&self, learner: &str) -> Value {
        let text = self.text(&format!("grades/{learner}/result.json"));
        serde_json::from_str(&text).expect("JSON")
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

fn points(result: &Value) -> (f64, f64) {
    let number = |key: &str| result[key].as_f64().expect("a number");
    (number("points"), number("possible"))
}

const ASSIGNMENT: &str = r#"
title = "Homework 2: vectors"
katas = ["m01/vectors"]
similarity = true
assurance = "channel"
seed = 4711
due = 2026-12-01T23:59:00+01:00
roster = "roster.csv"

[points]
credit = "laws"
total = 10
round = 0.5

[late]
times = "roster"
deduct-percent = 10
"#;

const ROSTER: &str = "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,\
Grade can be changed,Last modified (submission),Last modified (grade)\n\
Participant 101,Ada Lovelace,2001,ada@uni.example,x,,10.00,Yes,\"Tuesday, 1 December 2026, 11:58 PM\",-\n\
Participant 102,Kurt Goedel,2002,kurt@uni.example,x,,10.00,Yes,\"Wednesday, 2 December 2026, 1:30 AM\",-\n\
Participant 103,Grace Hopper,2003,grace@uni.example,x,,10.00,Yes,-,-\n\
Participant 104,Alan Turing,2004,alan@uni.example,x,,10.00,Yes,-,-\n";

#[test]
fn a_homework_is_graded_and_graded_again() {
    let homework = Homework::new();
    homework.write("hw2.toml", ASSIGNMENT);
    homework.write("roster.csv", ROSTER);
    homework.submit(ADA, &homework.solution);
    homework.submit(KURT, &homework.with("dot", "panic!()"));
    homework.write(&format!("submissions/{GRACE}/essay.docx"), "not a kata");
    // First what it would be: nothing is run, and nothing written. With a kata that shares a process with its laws, and
    // the assignment wants none that does.
    homework.write("hw2.toml", &ASSIGNMENT.replace("vectors\"]", "vectors\", \"serve/app\"]"));
    let (exit, said) = homework.grade(&["--dry-run"]);
    for words in [
        "Homework 2: vectors: 5 katas, 10 points, due 2026-12-01 23:59:00 +01:00",
        "\n      2  channel     m01_linear_algebra/vectors/dot\n",
        "\n      0  not graded  boss/serve/app\n",
        "Kurt Goedel 2002  ·  submitted 2026-12-02 01:30:00 +01:00\n",
        "not submitted by 1 of 4: Alan Turing",
    ] {
        assert!(exit == 0 && said.contains(words), "{words} is missing in\n{said}");
    }
    assert!(!homework.folder.join("grades").exists());
    homework.write("hw2.toml", ASSIGNMENT);

    let (exit, said) = homework.grade(&[]);
    assert_eq!(exit, 1, "one is unreadable: {said}");
    assert!(said.contains("not submitted by 1 of 4: Alan Turing"), "{said}");

    let (ada, kurt, grace) = (homework.result(ADA), homework.result(KURT), homework.result(GRACE));
    assert_eq!(points(&ada), (10.0, 10.0));
    assert_eq!(ada["learners"], json!([{ "name": "Ada Lovelace", "number": "2001" }]));
    let is_one_of_vectors = |kata: &Value| kata["kata"].as_str().is_some_and(|it| it.contains("/vectors/"));
    assert!(ada["katas"].as_array().is_some_and(|all| all.len() == 5 && all.iter().all(is_one_of_vectors)));
    let (got, possible) = points(&kurt);
    assert!(
        got > 5.0 && got < 9.5 && possible == 10.0 && got * 2.0 == (got * 2.0).round(),
        "{got} of {possible}"
    );
    let why = kurt["late"]["why"].as_str().expect("it is late");
    assert!(why.contains("1 h 31 min late, 10 % of the points taken off"), "{why}");
    assert_eq!((&grace["verdict"], points(&grace).0), (&json!("unreadable"), 0.0));
    let moodle = homework.text("grades/moodle.csv");
    assert_eq!(moodle.lines().count(), 3, "Ada and Kurt, and neither Grace nor Alan: {moodle}");
    assert!(
        moodle
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with("Participant 101,") && line.contains(",10,10.00,"))
    );

    // Both are the reference but for one body, and the class page leads to the report on that.
    assert!(homework.text("grades/class.html").contains("href=\"similarity.html\""));
    assert!(homework.text("grades/similarity.html").contains("Kurt Goedel"));

    // Nothing new: nothing is graded again, and nothing changed.
    let (_, said) = homework.grade(&[]);
    assert_eq!(said.matches("(known already)").count(), 2, "{said}");
    assert!(!said.contains("changed:"), "{said}");

    // An override outlives every run and is on the learner's page. Other points grade nothing again.
    homework.write(
        "overrides.toml",
        "[[override]]\nsubmission = \"2002\"\nkata = \"vectors/dot\"\npoints = 0.5\nnote = \"Right on \
         paper.\"\n\n[[override]]\nsubmission = \"grace@uni.example\"\npoints = 6\nnote = \"Shown in \
         the office hour.\"\n\n[[extension]]\nsubmission = \"Kurt Goedel\"\n\
         due = 2026-12-03T23:59:00+01:00\nnote = \"Ill.\"\n",
    );
    homework.write("hw2.toml", &format!("overrides = \"overrides.toml\"\n{ASSIGNMENT}"));
    let (_, said) = homework.grade(&[]);
    assert_eq!(said.matches("(known already)").count(), 2, "{said}");
    assert!(
        said.contains(&format!("changed: {KURT}: ")) && said.contains("The instructor set points."),
        "{said}"
    );
    let (kurt, grace) = (homework.result(KURT), homework.result(GRACE));
    assert!(points(&kurt).0 > got && kurt["late"]["why"].is_null(), "{}", kurt["late"]);
    assert_eq!(points(&grace).0, 6.0);
    assert!(homework.text("grades/moodle.csv").contains("Participant 103"));
    let page = homework.text(&format!("grades/{KURT}/report.html"));
    for words in ["Right on paper.", "Extension: Ill.", "Graded again on", "The instructor set points."] {
        assert!(page.contains(words), "{words}");
    }

    // Another submission is graded again, and it is said why its points are others; the override is still there.
    homework.submit(KURT, &homework.with("norm", "panic!()"));
    let (_, said) = homework.grade(&[]);
    assert_eq!(said.matches("(known already)").count(), 1, "{said}");
    assert!(said.contains("The submission is another one."), "{said}");
    let changes = homework.result(KURT)["changes"].clone();
    assert_eq!(changes.as_array().map(Vec::len), Some(2), "{changes}");
    assert!(homework.text("grades/class.html").contains("Right on paper."));

    // What is wrong in a file of the instructor is said before anything is graded.
    homework.write("overrides.toml", "[[override]]\nsubmission = \"no one\"\npoints = 1\nnote = \"x\"\n");
    let (exit, said) = homework.grade(&[]);
    assert!(
        exit == 2 && said.contains("overrides.toml:2: no submission is called `no one`"),
        "{exit}: {said}"
    );
    let other =
        "[[override]]\nsubmission = \"2001\"\nkata = \"m02/moments/mean\"\npoints = 1\nnote = \"x\"\n";
    homework.write("overrides.toml", other);
    let (exit, said) = homework.grade(&[]);
    assert!(
        exit == 2 && said.contains("overrides.toml:2: m02_statistics/moments/mean is no kata of"),
        "{said}"
    );
    let (exit, said) = homework.grade(&["--milestone", "m01"]);
    assert!(exit == 2 && said.contains("--assignment"), "{exit}: {said}");
    fs::remove_dir_all(&homework.folder).unwrap();
    assert!(!Path::new(&homework.folder).exists());
}
