//! The commands that build nothing.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;

use repository::{Repository, SOLUTION};

#[test]
fn outside_of_the_repository_it_says_so_and_ends_with_3() {
    let repository = Repository::new("outside");
    let said = repository.command(&["list"]).current_dir(std::env::temp_dir()).output().unwrap();
    assert_eq!(said.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&said.stderr).contains("is not inside the repository of the katas"));
}

#[test]
fn from_a_folder_inside_the_repository_is_found() {
    let repository = Repository::new("inside");
    let said = repository
        .command(&["list"])
        .current_dir(repository.path("katas/m01_linear_algebra"))
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(0));
}

#[test]
fn the_list_has_every_kata_in_order_and_no_color_in_a_pipe() {
    let repository = Repository::new("list");
    let said = repository.kata(&["list"]);
    let names: Vec<_> =
        said.out.lines().filter_map(|line| line.strip_prefix("    ○  ")?.split(' ').next()).collect();
    assert_eq!(names, ["add", "half", "counter"]);
    assert!(!said.out.contains('\x1b'));
    let colored = repository.command(&["list"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8_lossy(&colored.stdout).contains("\x1b["));
    let all = repository.json(&["list"]);
    assert_eq!(all["katas"][0]["id"], "m01_linear_algebra/numbers/add");
    assert_eq!(all["katas"][0]["path"], "katas/m01_linear_algebra/numbers.rs:8");
}

#[test]
fn what_comes_after_the_boss_is_listed_by_an_x() {
    let repository = Repository::new("extra");
    assert_eq!(repository.kata(&["list", "x"]).code, Some(2));
    let docs = "//! Extra milestone 1: numbers.\n//!\n//! Builds on nothing, and needs no library.\n\n";
    repository.write("solutions/m01_linear_algebra/mod.rs", &format!("{docs}pub mod numbers;\n"));
    let said = repository.kata(&["list", "x"]);
    for part in ["  Numbers.\n  Builds on nothing, and needs no library.\n", "○  half"] {
        assert!(said.out.contains(part), "{said:?}");
    }
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest_and_2() {
    let repository = Repository::new("unknown");
    for command in ["test", "hint", "explain", "solution", "reset"] {
        let said = repository.kata(&[command, "halve"]);
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.err.contains("m01_linear_algebra/numbers/half"), "{said:?}");
    }
    assert_eq!(repository.kata(&["no-such-command"]).code, Some(2));
    let said = repository.kata(&["half"]);
    assert!(said.code == Some(2) && said.err.contains("cargo kata test half"), "{said:?}");
}

#[test]
fn hints_come_one_by_one_and_are_remembered() {
    let repository = Repository::new("hints");
    let first = repository.kata(&["hint", "add"]);
    assert!(first.out.contains("1 of 3") && !first.out.contains("2 of 3"), "{first:?}");
    let second = repository.kata(&["hint"]);
    assert!(second.out.contains("2 of 3") && !second.out.contains("3 of 3"), "{second:?}");
    let all = repository.json(&["hint", "add", "--all"]);
    assert_eq!((all["hints"].as_array().map(Vec::len), &all["left"]), (Some(3), &0.into()));
    assert!(repository.kata(&["hint", "half"]).out.contains("no hints"));
}

#[test]
fn explain_shows_signature_documentation_and_laws() {
    let repository = Repository::new("explain");
    let said = repository.kata(&["explain", "half"]);
    for part in
        ["pub fn half(x: f64)", "The half of a number.", "InputError::Empty never", "half of two is one"]
    {
        assert!(said.out.contains(part), "{part}: {}", said.out);
    }
}

#[test]
fn explain_shows_the_chapter_of_a_milestone_and_the_section_of_a_file() {
    let repository = Repository::new("chapter");
    let none = repository.kata(&["explain", "numbers"]);
    assert!(none.code == Some(2) && none.err.contains("is not one kata"), "{none:?}");
    fs::create_dir_all(repository.path("book/src")).unwrap();
    let chapter = "# Numbers\n\nThe beginning.\n\n## Halves\n\n`half` is *easy*, see ![A \
                   cake](pictures/cake.svg)\n\n## After\n\n`half` again.\n";
    fs::write(repository.path("book/src/m01_linear_algebra.md"), chapter).unwrap();
    assert!(repository.kata(&[]).out.contains("cargo kata explain numbers"), "the first of its file");
    let whole = repository.kata(&["explain", "m01"]).out;
    assert!(whole.contains("The beginning.") && whole.contains("half again."), "{whole}");
    let section = repository.kata(&["explain", "numbers"]).out;
    assert!(section.contains("half is easy, see A cake (book/src/pictures/cake.svg)"), "{section}");
    assert!(!section.contains("beginning") && !section.contains("again"), "{section}");
    assert!(section.contains("cargo kata explain add"), "{section}");
    let said = repository.json(&["explain", "numbers"]);
    assert_eq!(said["chapter"], "book/src/m01_linear_algebra.md");
}

#[test]
fn the_solution_is_shown_when_asked_twice() {
    let repository = Repository::new("solution");
    let first = repository.kata(&["solution", "add"]);
    assert!(first.code == Some(1) && !first.out.contains("both(x, y)"), "{first:?}");
    let second = repository.kata(&["solution", "add"]);
    assert!(second.out.contains("both(x, y)") && second.out.contains("x + y"), "{second:?}");
    assert!(!second.out.contains("x / 2.0"));
    assert!(repository.kata(&["solution", "counter", "--anyway"]).out.contains("self.count += 1"));
}

#[test]
fn a_kata_is_reset_alone_and_the_old_text_is_kept() {
    let repository = Repository::new("reset");
    repository.solve(&[]);
    let said = repository.kata(&["reset", "half"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(repository.katas(), SOLUTION.replace("Ok(x / 2.0)", "todo!()"));
    let kept: Vec<_> = fs::read_dir(repository.path(".kata/backups")).unwrap().flatten().collect();
    assert_eq!(fs::read_to_string(kept[0].path()).unwrap(), SOLUTION);
    assert!(
        said.out.contains(".kata/backups/") && said.out.contains(&*kept[0].file_name().to_string_lossy())
    );
    repository.kata(&["reset", "counter"]);
    assert!(!repository.katas().contains("self.count += 1"));
    repository.kata(&["reset", "numbers"]);
    assert_eq!(repository.katas(), engine::outline::outline(SOLUTION));
    assert!(repository.kata(&["reset", "add"]).out.contains("Nothing to do"));
    fs::remove_file(repository.path("katas/m01_linear_algebra/numbers.rs")).unwrap();
    repository.kata(&["reset", "add"]);
    assert_eq!(repository.katas(), engine::outline::outline(SOLUTION));
}

#[test]
fn what_cannot_be_kept_is_not_replaced() {
    let repository = Repository::new("readonly");
    repository.solve(&[]);
    // A file where the folder should be: no backup can be written, whichever user runs this.
    repository.write(".kata", "");
    let said = repository.kata(&["reset", "half"]);
    assert_eq!((said.code, repository.katas().as_str()), (Some(3), SOLUTION), "{said:?}");
    let hint = repository.kata(&["hint", "add"]);
    assert!(
        hint.code == Some(0) && hint.out.contains("1 of 3") && hint.err.contains("cannot remember"),
        "{hint:?}"
    );
}

#[test]
fn every_command_has_help_with_an_example() {
    let repository = Repository::new("help");
    let help = repository.kata(&["--help"]);
    assert!(help.code == Some(0) && help.out.contains("Exit codes"), "{help:?}");
    let commands = help.out.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names: Vec<_> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        assert!(repository.kata(&[name, "--help"]).out.contains("cargo kata "), "{name}");
    }
    assert!(repository.kata(&["help", "test"]).out.contains("cargo kata test dot"));
}

#[test]
fn an_error_is_json_where_json_is_asked_for() {
    let repository = Repository::new("errors");
    for arguments in [&["test", "dott"][..], &["test", "--frobnicate"]] {
        let said = repository.kata(&[arguments, &["--json"]].concat());
        let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((said.code, answer["error"]["exit"].as_u64()), (Some(2), Some(2)), "{said:?}");
        assert!(answer["error"]["what"].is_string() && answer["error"]["remedy"].is_array(), "{said:?}");
    }
}

#[test]
fn data_that_is_there_is_listed_with_its_folder_and_the_rest_with_its_command() {
    let repository = Repository::new("data");
    let names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
    for name in &names[..3] {
        repository.write(&format!("sets/mnist/{name}-ubyte.gz"), "");
    }
    let list = |arguments: &[&str]| {
        let mut command = repository.command(arguments);
        command.env("KATAS_DATA", repository.path("sets")).env("XDG_CACHE_HOME", repository.path("cache"));
        command.env("HOME", repository.path("home")).env("LOCALAPPDATA", repository.path("cache"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(list(&["data"]).contains("○ mnist          cargo kata data mnist fetches it"));
    repository.write(&format!("sets/mnist/{}-ubyte", names[3]), "");
    let said = list(&["data", "--list"]);
    assert!(said.contains("? mnist ") && said.contains("(not checked:"), "{said}");
    assert!(said.contains("○ fashion-mnist "), "{said}");
    // Empty files are there, and are not MNIST.
    repository.take_in("fetch");
    let said = list(&["data", "--list"]);
    assert!(
        said.contains("✗ mnist ") && said.contains("train-images-idx3-ubyte.gz: its SHA-256 is "),
        "{said}"
    );
    assert!(list(&["data", "--json"]).contains(r#""genuine": false,"#));
    assert!(list(&["data", "--json"]).contains(r#""folder": null,"#));
    for wrong in [vec!["data", "minst"], vec!["data", "--from", "x"], vec!["data", "mnist", "--list"]] {
        assert_eq!(repository.kata(&wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn a_training_that_cannot_be_is_rejected_before_anything_is_built() {
    let repository = Repository::new("train");
    for wrong in [
        vec!["train"],
        vec!["train", "m08"],
        vec!["train", "m07", "--epochs", "0"],
        vec!["train", "m07", "--epochs", "1e3"],
        vec!["train", "m07", "--seed", "-1"],
        vec!["train", "m09", "--data", "cifar"],
    ] {
        assert_eq!(repository.kata(&wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn the_wait_for_a_program_is_announced_only_before_its_first_build() {
    let repository = Repository::new("first-build");
    let serve = || {
        let mut command = repository.command(&["serve"]);
        // There is no such package here: the build fails, which is not what this is about.
        command.env("KATAS_TARGET", repository.path("target"));
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    assert!(serve().contains("the first time takes a minute"));
    repository.write(&format!("target/release/serve{}", std::env::consts::EXE_SUFFIX), "");
    assert!(!serve().contains("the first time takes a minute"));
}
