//! The laws around wheats, chaffs and systematic mutants: one build serves them all.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::{Ground, cargo};
use engine::Progress as _;
use engine::catalog::Kata;
use engine::judging::{BuildFailure, Laws, Profile, Variant, build, texts_of};
use engine::problem::{Doing, Problem};

/// Where the module tree of the mutants is printed.
const TREE: &str = "kata/mutants.rs";

/// A kind of mutant, as the program that prints them names it.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) does: String,
    pub(super) needs: String,
}

/// Laws that can be asked about every specimen and mutant of some katas.
pub(super) struct Answering {
    pub(super) laws: Laws,
    /// The kinds of mutants.
    pub(super) kinds: Vec<Kind>,
    /// The katas that have mutants.
    pub(super) with_mutants: BTreeSet<String>,
}

impl Answering {
    /// Builds them for a group of katas, which needs these cargo features.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if something does not compile.
    pub(super) fn build(
        ground: &mut Ground<'_>,
        mut features: Vec<String>,
        katas: &[&Kata],
    ) -> Result<Self, Problem> {
        let (mut kinds, mut with_mutants, mut mutants) = (Vec::new(), BTreeSet::new(), None);
        // Those that call a library of the system have none, and its bindings would be linked for nothing.
        if katas.iter().any(|kata| kata.calls_a_library()) {
            features.push("specimens".to_owned());
        } else {
            // Whole milestones are printed, so whole milestones are built.
            for milestone in &ground.catalog.milestones {
                let is_at_hand = katas.iter().any(|kata| kata.milestone_id() == milestone.id);
                if is_at_hand && !features.contains(&milestone.feature) {
                    features.push(milestone.feature.clone());
                }
            }
            (kinds, with_mutants) = print(ground, &features)?;
            mutants = Some(ground.workspace.target().join(TREE));
            features.extend(["specimens", "mutants"].map(ToOwned::to_owned));
        }
        let variant = Variant {
            root: ground.workspace.root().to_owned(),
            target: ground.workspace.target(),
            text: texts_of(ground.workspace, katas, &features),
            features,
            one: None,
            mutants,
            profile: Profile::for_answers_to(katas.len()),
            color: ground.style.color,
        };
        let laws = build(&variant, &mut ground.progress).map_err(|failure| match failure {
            BuildFailure::Problem(problem) => problem,
            BuildFailure::Rejected(diagnostics) => Problem::DoesNotCompile {
                diagnostics: diagnostics.into_iter().map(|it| it.rendered).collect(),
                remedy: "The specimens or mutants do not compile.".to_owned(),
            },
        })?;
        Ok(Self { laws, kinds, with_mutants })
    }
}

/// Prints the module tree; gives the kinds, and the katas that have mutants.
fn print(ground: &mut Ground<'_>, features: &[String]) -> Result<(Vec<Kind>, BTreeSet<String>), Problem> {
    ground.progress.say("printing the mutants");
    let tree = ground.workspace.target().join(TREE);
    let folder = tree.parent().unwrap_or(&tree).to_owned();
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    let (tree, features) = (tree.to_string_lossy().into_owned(), features.join(","));
    let run = ["run", "--quiet", "--package", "grader", "--bin", "mutants", "--", &features, &tree];
    let (succeeded, said) = cargo::ask(ground, &run, &[])?;
    let printed: Value = serde_json::from_str(said.trim()).unwrap_or_default();
    let (Some(katas), Some(kinds), true) =
        (printed["katas"].as_array(), printed["kinds"].as_array(), succeeded)
    else {
        return Err(Problem::cargo(&said, "The mutants are printed by `cargo run -p grader --bin mutants`."));
    };
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let kind = |it| Kind { name: text(it, "name"), does: text(it, "does"), needs: text(it, "needs") };
    let known = katas.iter().filter_map(Value::as_str).map(ToOwned::to_owned);
    Ok((kinds.iter().map(kind).collect(), known.collect()))
}
