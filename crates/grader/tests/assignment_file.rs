//! An assignment file says what an instructor wants, and what is wrong in it is reported with its line.

use std::path::Path;

use engine::catalog::Catalog;
use engine::problem::Exit;
use engine::workspace::Workspace;
use grader::roster::Roster;
use grader::rules::{AssignmentFile, Credit, Located, Meant, OverridesFile, Points, SeedPolicy, TimesFrom};
use grader::scan::Mode;
use protocol::Assurance;

fn catalog() -> Catalog {
    Catalog::read(&Workspace::find().expect("the repository")).expect("it can be read")
}

fn read(text: &str) -> Result<AssignmentFile, (String, String)> {
    let file = Located::new(Path::new("course/hw2.toml"), text);
    AssignmentFile::of(&file, &catalog()).map_err(|problem| {
        assert_eq!(problem.exit(), Exit::Usage);
        (problem.to_string(), problem.remedy().join("\n"))
    })
}

const WHOLE: &str = r#"
title = "Homework 2: vectors"
katas = ["m01/vectors", "matrices/matmul", "boss"]
seed = "18446744073709551615"
scan = "enforce"
assurance = "channel"
similarity = true
due = 2026-12-01T23:59:00+01:00
groups = true
missing = "zero"
canvas = "Homework 2 (1234)"
overrides = "overrides.toml"
roster = "roster.csv"

[points]
kata = 2
credit = "laws"
core = 3
robust = 1
total = 100
round = 0.5

[weights]
"m01" = 1
"m01/vectors/dot" = 3
"m01/vectors" = 2

[late]
times = "roster"
grace-minutes = 15
deduct-percent = 10
per = "day"
of = "possible"
most-percent = 50
until = 2026-12-08T23:59:00+01:00
"#;

#[test]
fn everything_can_be_said() {
    let file = read(WHOLE).unwrap();
    assert_eq!((file.title.as_str(), file.scan), ("Homework 2: vectors", Mode::Enforce));
    assert_eq!((file.seed, file.assurance), (SeedPolicy::Fixed(u64::MAX), Assurance::Channel));
    assert!(file.similarity && file.groups && file.missing_is_zero);
    assert_eq!(file.choice.milestones, ["m01", "boss"]);
    for (kata, is_in, worth) in [
        ("m01_linear_algebra/vectors/dot", true, 6.0),
        ("m01_linear_algebra/vectors/add", true, 4.0),
        ("m01_linear_algebra/matrices/matmul", true, 2.0),
        ("m01_linear_algebra/matrices/transpose", false, 2.0),
    ] {
        assert_eq!((file.choice.has(kata), file.marking.worth(kata).0), (is_in, worth), "{kata}");
    }
    let marking = &file.marking;
    assert_eq!((marking.credit, marking.tiers), (Credit::Laws, Some((3.0, 1.0))));
    assert_eq!((marking.total, marking.round), (Some(100.0), 0.5));
    let late = file.late.unwrap();
    assert_eq!((late.times, late.grace), (Some(TimesFrom::Roster), 900));
    let deduction = late.deduction.unwrap();
    assert_eq!((deduction.share, deduction.most, deduction.of_possible), (0.1, 0.5, true));
    assert_eq!(file.overrides.unwrap(), Path::new("course/overrides.toml"));
    assert_eq!(file.roster.unwrap(), Path::new("course/roster.csv"));
}

/// What the templates show is read, as far as it names things of this repository.
#[test]
fn the_templates_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/course");
    let file = AssignmentFile::read(&folder.join("assignment.toml"), &catalog()).unwrap();
    assert!(
        file.similarity && file.marking.tiers.is_some() && file.late.is_some_and(|it| it.until.is_some())
    );
    let overrides = OverridesFile::read(&file.overrides.unwrap(), &catalog()).unwrap();
    overrides.only(&|kata| file.choice.has(kata)).unwrap();
    let found = overrides.overrides(&|who| Meant::Submission(who.to_owned())).unwrap();
    assert_eq!(found["1000001"][0].points, Points(1.0));
    assert_eq!(Roster::read(&file.roster.unwrap()).unwrap().learners.len(), 2);
}

#[test]
fn a_title_is_enough() {
    let file = read("title = \"All\"").unwrap();
    assert_eq!(
        (file.seed, file.scan, file.assurance),
        (SeedPolicy::Random, Mode::Advise, Assurance::InProcess)
    );
    assert!(!file.similarity && file.late.is_none() && file.choice.katas.is_none());
    assert_eq!((file.marking.worth("any").0, file.marking.round), (1.0, 0.01));
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_its_remedy() {
    for (text, said, remedy) in [
        ("scan = \"off\"", "hw2.toml:1: missing field `title`", "chapter on grading"),
        ("title = \"\"", "hw2.toml:1: the title is empty", "Homework 2"),
        ("title = \"a\"\n\nkats = []", "hw2.toml:3: unknown field `kats`", "chapter"),
        ("title = \"a\"\nscan = \"of\"", "hw2.toml:2: unknown variant `of`", "chapter"),
        ("title = \"a\"\nscan = ", "hw2.toml:2: ", "chapter"),
        (
            "title = \"a\"\nkatas = [\n  \"m01\",\n  \"vectors/dott\",\n]",
            "hw2.toml:4: there is no kata, file or milestone `vectors/dott`",
            "m01_linear_algebra/vectors/dot",
        ),
        ("title = \"a\"\nseed = -1", "hw2.toml:2: the seed is neither", "seed.txt"),
        ("title = \"a\"\ndue = 2026-12-01T23:59:00", "hw2.toml:2: 2026-12-01T23:59:00 does not", "+01:00"),
        ("title = \"a\"\n[late]\ntimes = \"files\"", "hw2.toml:2: there are late rules and no due", "due ="),
        (
            "title = \"a\"\ndue = 2026-12-01T23:59:00Z\n[late]\ndeduct-percent = 10",
            "hw2.toml:3: missing field `times`",
            "chapter",
        ),
        (
            "title = \"a\"\ndue = 2026-12-01T23:59:00Z\n[late]\ntimes = \"files\"\ndeduct-percent = 110",
            "hw2.toml:5: `deduct-percent` is 110",
            "0 to 100",
        ),
        (
            "title = \"a\"\ndue = 2026-12-01T23:59:00Z\n[late]\ntimes = \"files\"\nuntil = 2026-12-01",
            "hw2.toml:5: 2026-12-01 does not say",
            "+01:00",
        ),
        (
            "title = \"a\"\ndue = 2026-12-01T00:00:00Z\n[late]\ntimes = \"files\"\n\
             until = 2026-11-01T00:00:00Z",
            "hw2.toml:5: `until` lies before `due`",
            "after `due`",
        ),
        ("title = \"a\"\n[points]\ncore = 1", "hw2.toml:3: one tier has a weight", "robust = 1"),
        ("title = \"a\"\n[points]\nkata = -1", "hw2.toml:3: the points of a kata is -1", "not negative"),
        ("title = \"a\"\n[points]\ntotal = 0", "hw2.toml:3: `total` is 0", "more"),
        (
            "title = \"a\"\nkatas = [\"m02\"]\n[weights]\n\"m01/vectors/dot\" = 2",
            "hw2.toml:4: `m01/vectors/dot` has a weight and is no part",
            "katas",
        ),
    ] {
        let (got, help) = read(text).expect_err(text);
        assert!(got.contains(said), "{text}\n{got}");
        assert!(help.contains(remedy) && !got.contains('\n'), "{text}\n{got}\n{help}");
    }
}

#[test]
fn an_override_has_a_note_and_a_submission() {
    let read = |text: &str| {
        let file = Located::new(Path::new("overrides.toml"), text);
        let overrides = OverridesFile::of(file, &catalog())?;
        let find = |who: &str| match who {
            "ada" => Meant::Submission("ada".to_owned()),
            "grace" => Meant::NotSubmitted,
            _ => Meant::Unknown,
        };
        overrides.overrides(&find)?;
        overrides.extensions(&find)?;
        overrides.no_extension()
    };
    let one = |submission: &str, kata: &str, note: &str| {
        format!(
            "[[override]]\nsubmission = \"{submission}\"\nkata = \"{kata}\"\npoints = 1\nnote = \"{note}\"\n"
        )
    };
    let twice = one("ada", "vectors/dot", "a") + &one("ada", "m01/vectors/dot", "b");
    let extension = "[[extension]]\nsubmission = \"SUB\"\ndue = 2026-12-05T23:59:00Z\nnote = \"ill\"\n";
    for (text, said) in [
        (one("ada", "vectors/dot", " "), "overrides.toml:5: the note is empty"),
        (one("ada", "m01/vectors", "a"), "overrides.toml:3: `m01/vectors` is not one kata"),
        (one("ada", "vectors/dott", "a"), "overrides.toml:3: there is no kata"),
        (one("bob", "vectors/dot", "a"), "overrides.toml:2: no submission is called `bob`"),
        (one("grace", "vectors/dot", "a"), "overrides.toml:2: grace submitted nothing"),
        (twice, "overrides.toml:7: this is set twice"),
        (extension.replace("SUB", "bob"), "overrides.toml:2: no submission is called `bob`"),
        (
            extension.replace("SUB", "grace"),
            "overrides.toml:2: an extension of an assignment that has no due date",
        ),
        (
            "[[override]]\nsubmission = \"ada\"\npoints = 1\n".to_owned(),
            "overrides.toml:1: missing field `note`",
        ),
    ] {
        let problem = read(&text).expect_err(&text);
        assert!(problem.to_string().contains(said), "{text}\n{problem}");
        assert!(!problem.remedy().is_empty(), "{problem}");
    }
    read(&one("ada", "vectors/dot", "a")).unwrap();
}
