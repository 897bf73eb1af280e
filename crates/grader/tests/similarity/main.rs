//! Similarity measured: made copies of the reference are found, right answers that were written independently are not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use engine::catalog::Catalog;
use engine::workspace::Workspace;
use grader::similarity::{Pair, Published, SimilarityFindings, Work, all_pairs, compare};

/// The milestones that are measured.
const MEASURED: [&str; 6] = ["m01", "m02", "m03", "m04", "m05", "m06"];

fn of_one_file(name: &str, text: &str) -> Work {
    Work::new(name, &BTreeMap::from([("m01_linear_algebra/matrices".to_owned(), text.to_owned())]))
}

/// The ids of the files of each measured milestone.
fn files(workspace: &Workspace) -> BTreeMap<String, Vec<String>> {
    let catalog = Catalog::read(workspace).expect("the repository is whole");
    let measured = catalog.milestones.iter().filter(|it| MEASURED.contains(&it.feature.as_str()));
    measured.map(|it| (it.feature.clone(), it.files.iter().map(|file| file.id.clone()).collect())).collect()
}

/// The reference of each measured milestone, file by file.
fn references(workspace: &Workspace) -> BTreeMap<String, BTreeMap<String, String>> {
    let read =
        |id: &String| fs::read_to_string(workspace.path(format!("solutions/{id}.rs"))).expect("a solution");
    let files = files(workspace).into_iter();
    files.map(|(milestone, ids)| (milestone, ids.iter().map(|id| (id.clone(), read(id))).collect())).collect()
}

/// How much two works share, in per cent; 0 where that is not worth a line.
fn share(one: Work, other: Work) -> usize {
    let pairs = compare(&[one, other], &Published::default());
    pairs.iter().find(|it| it.other.is_some()).map_or(0, |it| it.share)
}

/// The words of a text, and what stands between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = &rest[end..];
    }
    words
}

/// Every variable that a `let` or a `for` declares has another name.
fn renamed(text: &str) -> String {
    let words = words(text);
    let mut names = BTreeSet::new();
    for k in 0..words.len().saturating_sub(2) {
        let name = if words[k + 2] == "mut" { words.get(k + 4) } else { words.get(k + 2) };
        let is_name = |it: &&&str| it.starts_with(|c: char| c.is_ascii_lowercase());
        if ["let", "for"].contains(&words[k]) && words[k + 1] == " " {
            names.extend(name.filter(is_name).copied());
        }
    }
    let is_field = |k: usize| k > 0 && words[k - 1].ends_with('.') && !words[k - 1].ends_with("..");
    let one = |(k, word): (usize, &&str)| match names.contains(word) && !is_field(k) {
        true => format!("my_{word}"),
        false => (*word).to_owned(),
    };
    words.iter().enumerate().map(one).collect()
}

/// The functions in the opposite order.
fn reordered(text: &str) -> String {
    let parts: Vec<&str> = text.split_inclusive("\n}\n").collect();
    parts.into_iter().rev().collect()
}

/// A comment above each line of code, and other documentation.
fn commented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.trim_start() {
        it if it.starts_with("//") => "/// Mine.\n".to_owned(),
        "" => "\n\n".to_owned(),
        _ => format!("// This is what I came up with.\n{line}  // yes\n"),
    });
    // Inner documentation must come first.
    lines.collect::<String>().replacen("/// Mine.", "//! Mine.", 1)
}

#[test]
fn made_copies_are_found_whatever_was_changed_in_passing() {
    let workspace = Workspace::find().expect("the tests run in the repository");
    type Change = fn(&str) -> String;
    let all: Change = |text| commented(&reordered(&renamed(text)));
    let changes: [(&str, Change); 4] =
        [("renamed", renamed), ("reordered", reordered), ("commented", commented), ("all of these", all)];
    for (milestone, files) in references(&workspace) {
        let original = Work::new("original", &files);
        assert!(original.unreadable.is_empty(), "{:?}", original.unreadable);
        for (name, change) in changes {
            let changed: BTreeMap<String, String> =
                files.iter().map(|(id, text)| (id.clone(), change(text))).collect();
            assert!(changed != files, "{milestone} {name}");
            let changed = Work::new("changed", &changed);
            assert_eq!(changed.unreadable, Vec::<String>::new(), "{milestone} {name}");
            let share = share(original.clone(), changed);
            println!("{milestone} {name}: {share} %");
            assert!(share >= 90, "{milestone} {name}: {share} %");
        }
    }
}

#[test]
fn loops_that_count_are_the_same_in_any_form_and_iterators_are_another_text() {
    let ranges = of_one_file("ranges", include_str!("ranges.rs"));
    let whiles = share(ranges.clone(), of_one_file("whiles", include_str!("whiles.rs")));
    let iterators = share(ranges, of_one_file("iterators", include_str!("iterators.rs")));
    println!("for to while: {whiles} %, for to iterators: {iterators} %");
    assert!(whiles >= 90, "{whiles}");
    // That is what tokens hardly see; the book says so.
    assert!(iterators < 60, "{iterators}");
}

/// Each learner writes each kata in another way: the reference, or one of the wheats.
fn independent(workspace: &Workspace) -> Vec<Work> {
    let mut works: Vec<Work> = Vec::new();
    for ids in files(workspace).values() {
        let reference: BTreeMap<String, String> = ids
            .iter()
            .map(|id| {
                (id.clone(), fs::read_to_string(workspace.path(format!("solutions/{id}.rs"))).expect("text"))
            })
            .collect();
        works.push(Work::new("reference", &reference));
        let mut wheats: Vec<Work> = Vec::new();
        for id in ids {
            let folder = fs::read_dir(workspace.path(format!("specimens/{id}"))).expect("specimens");
            for path in folder.flatten().map(|it| it.path()).filter(|it| it.is_file()) {
                let text = fs::read_to_string(&path).expect("text");
                let kata = path.file_stem().expect("a name").to_string_lossy().into_owned();
                let all = Work::of_specimens("wheats", &format!("{id}/{kata}"), &text);
                let own = all.functions.into_iter().filter(|it| it.name == kata);
                for (number, function) in own.enumerate() {
                    if wheats.len() <= number {
                        wheats.push(Work { name: format!("wheats {number}"), ..Work::default() });
                    }
                    wheats[number].functions.push(function);
                }
            }
        }
        works.extend(wheats);
    }
    works
}

#[test]
fn right_answers_that_were_written_independently_are_not_taken_for_copies() {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let works = independent(&workspace);
    let closest = all_pairs(&works, &Published::default()).into_iter().filter(|it| it.tokens >= 60).take(3);
    let found: Vec<Pair> = compare(&works, &Published::default());
    let shown = |it: &Pair| {
        let other = it.other.map_or("", |other| works[other].name.as_str());
        format!(
            "{} {} and {} {other}: {} %, {}",
            it.one,
            works[it.one].name,
            it.other.unwrap_or(0),
            it.share,
            it.tokens
        )
    };
    let closest: Vec<String> = closest.map(|it| shown(&it)).collect();
    let shown: Vec<String> = found.iter().map(shown).collect();
    println!(
        "{} works, {} pairs; the closest: {closest:#?}",
        works.len(),
        works.len() * (works.len() - 1) / 2
    );
    assert_eq!(shown, Vec::<String>::new());
}

#[test]
fn a_copy_of_the_reference_is_found_and_no_points_are_named() {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let ids = files(&workspace)["m01"].clone();
    let published = Published::read(&workspace, ids.iter().map(String::as_str)).expect("it is there");
    let reference = references(&workspace)["m01"].clone();
    let copy: BTreeMap<String, String> =
        reference.iter().map(|(id, text)| (id.clone(), renamed(text))).collect();
    let stubs: BTreeMap<String, String> =
        reference.iter().map(|(id, text)| (id.clone(), engine::outline::outline(text))).collect();
    let works = vec![Work::new("<ada>", &copy), Work::new("bob", &stubs), Work::new("cy", &stubs)];
    assert!(works[1].functions.is_empty(), "{:?}", works[1].functions);
    let findings = SimilarityFindings::of(works, published);
    let pairs = &findings.pairs;
    assert_eq!(pairs.iter().map(|it| (it.one, it.other)).collect::<Vec<_>>(), [(0, None)]);
    assert!(pairs[0].share >= 90 && pairs[0].tokens > 300, "{} {}", pairs[0].share, pairs[0].tokens);
    let page = findings.page();
    assert!(page.contains("&lt;ada&gt;") && !page.contains("<ada>") && page.contains("<mark>"));
    let json = findings.to_json();
    assert!(
        json["pairs"][0]["other"].is_null() && json["pairs"][0]["one"] == "<ada>" && json["compared"] == 3
    );
    let schema = serde_json::from_str(include_str!("../../similarity.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&json).map(|it| it.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}
