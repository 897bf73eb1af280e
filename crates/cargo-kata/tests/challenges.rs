//! Numbers to beat with katas that are solved.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;

use repository::Repository;

#[test]
fn challenges_are_listed_with_the_best_figure_so_far() {
    let repository = Repository::new("challenges");
    fs::create_dir_all(repository.path(".kata")).unwrap();
    fs::write(repository.path(".kata/bests.txt"), "median 0.125\nnonsense\n").unwrap();
    let said = repository.kata(&["challenge"]);
    let line = said.out.lines().find(|line| line.trim_start().starts_with("median")).unwrap();
    assert!(said.code == Some(0) && line.contains("0.25") && line.contains("0.125"), "{said:?}");
    let all = repository.json(&["challenge"]);
    let challenges = all["challenges"].as_array().unwrap();
    assert!(challenges.len() >= 8 && challenges.iter().any(|it| it["best"] == 0.125), "{all}");
    let unknown = repository.kata(&["challenge", "everest"]);
    assert!(unknown.code == Some(2) && unknown.err.contains("everest"), "{unknown:?}");
}
