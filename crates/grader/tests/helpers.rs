//! Modules of a learner's own: what compiles at home compiles in the grader, and what does not costs only those who use it.

use std::fs;
use std::sync::Mutex;

use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{Assignment, GradingConditions, Plan, grade, read};
use grader::report::result::to_json;
use grader::sandbox::recreate;
use grader::scan::Mode;

const VECTORS: &str = "m01_linear_algebra/vectors";
const TRANSFORMS: &str = "m01_linear_algebra/transforms";

/// One grader per repository, also among these tests.
static ALONE: Mutex<()> = Mutex::new(());

fn assignment(scan: Mode) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned()]).expect("the repository is whole");
    let plan = plan.only(|kata| [VECTORS, TRANSFORMS].contains(&kata.file_id()));
    let prepared = plan.prepare(&mut |_| {}).expect("bubblewrap is installed");
    prepared.assign(GradingConditions { seed: 1, scan, ..GradingConditions::default() }).expect("it is whole")
}

/// The reference of two files, of which the first calls this for its dot product; and these files below `katas/`.
fn submitted(assignment: &Assignment, dot: &str, modules: &[(&str, &str)]) -> Submission {
    let folder = assignment.folder().join("intake-helpers");
    let below = |path: &str| folder.join("ada/katas").join(path);
    recreate(&folder).expect("a file of this test");
    fs::create_dir_all(below("m01_linear_algebra/vectors")).expect("a file of this test");
    for id in [VECTORS, TRANSFORMS] {
        let reference = assignment.workspace().path(format!("solutions/{id}.rs"));
        let text = fs::read_to_string(reference).expect("a file of this test");
        fs::write(below(&format!("{id}.rs")), text).expect("a file of this test");
    }
    let text = fs::read_to_string(below("m01_linear_algebra/vectors.rs")).expect("a file of this test");
    let body =
        "    check::same_length(x.len(), y.len())?;\n    Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())\n";
    assert!(text.contains(body), "the reference of dot changed");
    fs::write(below("m01_linear_algebra/vectors.rs"), text.replace(body, dot)).expect("a file of this test");
    modules.iter().for_each(|(path, text)| fs::write(below(path), text).expect("a file of this test"));
    read(assignment, &[folder.join("ada")]).expect("a file of this test")
}

/// The states of both files' katas, each state once, and the reasons.
fn judged(assignment: &Assignment, submission: Submission) -> ([String; 2], String) {
    let result = to_json(&grade(assignment, "ada", submission, 6));
    let katas = result["katas"].as_array().expect("a list");
    let states = [VECTORS, TRANSFORMS].map(|file| {
        let ours = katas.iter().filter(|it| it["kata"].as_str().is_some_and(|id| id.starts_with(file)));
        let mut states: Vec<&str> = ours.filter_map(|it| it["state"].as_str()).collect();
        states.sort_unstable();
        states.dedup();
        states.join(", ")
    });
    (states, katas.iter().filter_map(|it| it["why"].as_str()).collect::<Vec<_>>().join("\n"))
}

const LIST: &str = "\
pub mod vectors;
#[cfg(feature = \"m01\")]
pub mod matrices;
#[cfg(feature = \"m01\")]
pub mod ndarray_ops;
pub mod transforms;
pub mod eigen;
pub mod laws;
";
const DOT: &str = "\
use kit::InputError;

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    kit::check::same_length(x.len(), y.len())?;
    Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())
}
";

#[test]
fn modules_of_the_learner_s_own_are_compiled_as_at_home() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Advise);
    let listed = format!("{LIST}mod sums;\n");
    let in_the_list = format!("{LIST}mod inner {{\n    pub use crate::common::dot;\n}}\n");
    let holds = ["holds", "holds"].map(ToOwned::to_owned);
    for (what, call, modules) in [
        (
            "next to the file",
            "    super::sums::dot(x, y)\n",
            &[("m01_linear_algebra/mod.rs", listed.as_str()), ("m01_linear_algebra/sums.rs", DOT)][..],
        ),
        ("below the file", "    mod sums;\n    sums::dot(x, y)\n", &[]),
        (
            "below the file",
            "    inner::dot(x, y)\n}\n\nmod inner;\nfn nothing() {\n",
            &[("m01_linear_algebra/vectors/inner.rs", DOT)],
        ),
        (
            "next to the milestones",
            "    super::inner::dot(x, y)\n",
            &[
                ("m01_linear_algebra/mod.rs", in_the_list.as_str()),
                ("mod.rs", "#[cfg(feature = \"m01-pure\")]\npub mod m01_linear_algebra;\npub mod common;\n"),
                ("common.rs", DOT),
            ],
        ),
    ] {
        let (states, _) = judged(&assignment, submitted(&assignment, call, modules));
        // At home a module inside of a function is searched for elsewhere, and does not compile.
        let expected = if call.starts_with("    mod") {
            ["does not compile", "holds"].map(Into::into)
        } else {
            holds.clone()
        };
        assert_eq!(states, expected, "{what}");
    }
}

#[test]
fn a_module_at_fault_costs_only_the_files_that_use_it() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Advise);
    let listed = format!("{LIST}mod sums;\n");
    let lost = ["does not compile", "holds"].map(ToOwned::to_owned);
    for (list, module) in [
        (listed.as_str(), "pub fn dot(x: &[f64]"),
        (listed.as_str(), "pub fn other() {}\n"),
        (LIST, DOT),
        ("pub mod vectors;\nmod sums;\n", "compile_error!(\"No space left on device\");"),
    ] {
        let modules = [("m01_linear_algebra/mod.rs", list), ("m01_linear_algebra/sums.rs", module)];
        let submission = submitted(&assignment, "    super::sums::dot(x, y)\n", &modules);
        assert_eq!(judged(&assignment, submission).0, lost, "{module}");
    }
    // A list that leaves files out: they are there all the same.
    let modules = [("m01_linear_algebra/mod.rs", "pub mod vectors;\n")];
    let submission =
        submitted(&assignment, "    Err(InputError::TooFew { got: x.len(), wanted: y.len() })\n", &modules);
    assert_eq!(judged(&assignment, submission).0, ["broken, holds", "holds"]);
}

#[test]
fn a_module_keeps_to_the_rules_of_the_files_that_use_it() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Enforce);
    let listed = format!("{LIST}mod sums;\n");
    let library = "pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, kit::InputError> {\n    \
                   Ok(nalgebra::DVector::from_row_slice(x).dot(&nalgebra::DVector::from_row_slice(y)))\n}\n";
    let modules = [("m01_linear_algebra/mod.rs", listed.as_str()), ("m01_linear_algebra/sums.rs", library)];
    let (states, why) = judged(&assignment, submitted(&assignment, "    super::sums::dot(x, y)\n", &modules));
    assert_eq!(states, ["against the rules", "holds"]);
    assert!(why.contains("m01_linear_algebra/sums.rs, line 2: nalgebra's dot"), "{why}");
    // A module that would end every worker before it begins is not even compiled.
    let ends = format!(
        "extern \"C\" fn first() {{\n    std::process::exit(0)\n}}\n\n#[used]\n\
         #[unsafe(link_section = \".init_array\")]\nstatic FIRST: extern \"C\" fn() = first;\n\n{DOT}"
    );
    let modules =
        [("m01_linear_algebra/mod.rs", listed.as_str()), ("m01_linear_algebra/sums.rs", ends.as_str())];
    let (states, _) = judged(&assignment, submitted(&assignment, "    super::sums::dot(x, y)\n", &modules));
    assert_eq!(states, ["against the rules", "holds"]);
}
