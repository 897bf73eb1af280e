//! Tables as people have them, through the whole pipeline.

use std::fs;
use std::path::{Path, PathBuf};

use crate::called::{Said, folder, program, repository, said};

fn table(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables").join(name)
}

/// Runs the pipeline in a fresh folder, whose name it returns.
fn piped(file: &Path, target: &str, more: &[&str]) -> (Said, PathBuf) {
    let name = file.file_name().expect("a file").to_string_lossy();
    let out = folder(&format!("tables-{name}{}", more.concat().replace(|c: char| !c.is_alphanumeric(), "")));
    let mut command = program("pipeline").expect("it is built");
    command.arg("--data").arg(file).args(["--target", target, "--steps", "20"]).args(more);
    command.arg("--repository").arg(repository()).arg("--out").arg(&out);
    (said(&mut command), out)
}

/// The report of the kata, without the notes on the file and the names of what was written.
fn report(said: &Said) -> String {
    let begins = |line: &&str| !line.starts_with("read ") && !line.starts_with("warning ");
    said.out.lines().filter(begins).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The table in each of these forms gives the same report as the plain one, and what was done is said.
fn read_as_the_plain_one(forms: &[(&str, &str)]) {
    let (plain, out) = piped(&table("plain.csv"), "kind", &[&format!("--title={}", forms[0].0)]);
    assert_eq!(plain.code, Some(0), "{plain:?}");
    assert!(plain.out.starts_with("predicting kind") && !out.join("clean.csv").exists(), "{}", plain.out);
    for (name, words) in forms {
        let (said, out) = piped(&table(name), "kind", &[]);
        assert_eq!((said.code, report(&said)), (Some(0), report(&plain)), "{name}: {said:?}");
        assert!(said.out.contains(words) && !said.out.contains("warning"), "{name}: {}", said.out);
        if out.join("clean.csv").exists() {
            runs_again(&out, &said, name);
        } else {
            assert_eq!(*words, "predicting kind", "{name} is normalized");
        }
    }
}

#[test]
fn any_separator_is_found() {
    read_as_the_plain_one(&[
        ("semicolon.csv", "the cells are separated by semicolon"),
        ("tab.tsv", "the cells are separated by tab"),
        ("pipe.csv", "the cells are separated by pipe"),
        ("excel.csv", "the line \"sep=;\" of Excel is left out"),
        ("trailing.csv", "separators at the ends of lines are left out"),
        ("spaces.csv", "predicting kind"),
    ]);
}

#[test]
fn any_encoding_is_decoded() {
    read_as_the_plain_one(&[
        ("latin1.csv", "encoding windows-1252: decoded"),
        ("windows1252.csv", "encoding windows-1252: decoded"),
        ("utf16_little.csv", "encoding UTF-16LE: decoded"),
        ("utf16_big.csv", "encoding UTF-16BE: decoded"),
        ("utf8_mark.csv", "byte order mark removed"),
        ("packed.csv.gz", "gzip: unpacked"),
        ("cr.csv", "line ends are CR alone: replaced"),
    ]);
}

#[test]
fn an_index_is_no_feature() {
    read_as_the_plain_one(&[
        ("index.csv", "column 1 has no name and numbers the rows"),
        ("row_names.csv", "column 1 has no name and numbers the rows"),
    ]);
}

#[test]
fn numbers_and_missing_values_are_found_however_they_are_written() {
    read_as_the_plain_one(&[
        ("decimal_comma.csv", "mass: numbers, \"1,04\" is 1.04"),
        ("dollars.csv", "price: numbers, \"$1,161.75\" is 1161.75"),
        ("euros.csv", "price: numbers, \"1.161,75 €\" is 1161.75"),
        ("missing.csv", "missing values: 5 cells say \"n/a\", \"-\", \"null\", \"?\", \"NaN\""),
    ]);
}

/// The notebook reads the clean table, which needs nothing more and gives the same report.
fn runs_again(out: &Path, first: &Said, name: &str) {
    let clean = out.join("clean.csv");
    let notebook = fs::read_to_string(out.join("notebook.ipynb")).expect("a notebook");
    assert!(notebook.contains("clean.csv"), "{name}");
    // Tests run side by side: a folder that is named after `clean.csv` alone would belong to several of them.
    let (again, out) = piped(&clean, "kind", &[&format!("--title={name}")]);
    assert_eq!((again.code, report(&again)), (Some(0), report(first)), "{name}: {again:?}");
    assert!(!again.out.contains("read ") && !out.join("clean.csv").exists(), "{name}: {}", again.out);
}

#[test]
fn passengers_run_with_their_target_alone() {
    let (said, _) = piped(&table("passengers.csv"), "survived", &[]);
    assert_eq!(said.code, Some(0), "{said:?}");
    for words in [
        "missing values: 84 cells say \"?\" (age, boat)",
        "ticket: 40 of 80 cells are numbers (\"20000\"",
        "40 are not (\"A/5 1002\"",
        "name: 80 different values of 80 rows",
        "leave it out with --ignore name",
        "boat alone predicts survived for 99 % of the rows (by whether it is filled in)",
        "model     ",
        "2 classes",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let (said, _) = piped(
        &table("passengers.csv"),
        "survived",
        &["--ignore", "boat", "--ignore", "ticket", "--ignore", "name"],
    );
    assert!(said.code == Some(0) && !said.out.contains("warning"), "{}", said.out);
}

#[test]
fn what_cannot_be_predicted_is_said_with_a_remedy() {
    for (name, target, words) in [
        ("continuous.csv", "y", "y has 40 different numbers and looks continuous"),
        ("one_row.csv", "kind", "no class has enough rows to test on: the largest has 1"),
        ("plain.csv", "Kind", "Did you mean \"kind\"?"),
        ("nowhere.csv", "kind", "cannot read "),
    ] {
        let (said, _) = piped(&table(name), target, &[]);
        assert!(said.code == Some(1) && said.err.contains(words), "{name}: {said:?}");
    }
    let (said, _) = piped(&table("plain.csv"), "kind", &["--ignore", "color"]);
    assert!(said.err.contains("--ignore: there is no column \"color\""), "{said:?}");
}

/// Strong features of honest tables are no leaks.
#[test]
fn iris_and_penguins_raise_no_alarm() {
    let names = "sepal_length,sepal_width,petal_length,petal_width,kind\n";
    let iris = fs::read_to_string(repository().join("data/iris.csv")).expect("the data");
    let file = folder("iris").join("iris.csv");
    fs::write(&file, format!("{names}{iris}")).expect("a file");
    let penguins = repository().join("data/penguins.csv");
    for (file, target) in [(&file, "kind"), (&penguins, "species"), (&penguins, "sex"), (&penguins, "island")]
    {
        let (said, _) = piped(file, target, &[]);
        assert!(said.code == Some(0) && said.out.starts_with("predicting"), "{target}: {said:?}");
    }
}

#[test]
fn the_digits_raise_no_alarm() {
    let out = folder("digits");
    let mut command = program("pipeline").expect("it is built");
    command.args(["--digits", "--steps", "1", "--repository"]).arg(repository()).arg("--out").arg(&out);
    let said = said(&mut command);
    assert!(said.code == Some(0) && said.out.starts_with("predicting digit"), "{said:?}");
    assert!(out.join("digits.csv").is_file());
}

/// A file of the user's that has the name of ours is not written over.
#[test]
fn the_file_itself_is_never_written_over() {
    let place = folder("own");
    let file = place.join("clean.csv");
    let text = fs::read_to_string(table("semicolon.csv")).expect("a table");
    fs::write(&file, &text).expect("a file");
    let mut command = program("pipeline").expect("it is built");
    command.args(["--target", "kind", "--steps", "1", "--data"]).arg(&file).arg("--out").arg(&place);
    assert_eq!(said(&mut command).code, Some(0));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
    assert!(place.join("clean-2.csv").is_file());
}

/// Names of 6,000 people would be 6,000 features.
#[test]
fn a_long_column_of_names_does_not_fill_the_memory() {
    let file = folder("names").join("names.csv");
    let rows = (0..6_000).map(|i| format!("person {i},{},{}\n", i * 7 % 100, ["a", "b"][i / 3 % 2]));
    fs::write(&file, format!("name,age,y\n{}", rows.collect::<String>())).expect("a file");
    let (said, _) = piped(&file, "y", &["--steps", "1"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("name: 6000 different values of 6000 rows"), "{}", said.out);
    assert!(said.out.contains("model       1  features"), "{}", said.out);
}
