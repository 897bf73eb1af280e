//! How a specimen is written down, and which one answers.

use std::env;
use std::sync::OnceLock;

/// One answer to a kata. `F` is the type of the kata's function.
pub(crate) struct Specimen<F> {
    name: &'static str,
    right: bool,
    answer: F,
}

/// A right answer, written otherwise than the reference; `how` says in what way.
pub(crate) const fn wheat<F>(name: &'static str, _how: &'static str, answer: F) -> Specimen<F> {
    Specimen { name, right: true, answer }
}

/// A wrong answer; `belief` says in one sentence what the learner believed.
pub(crate) const fn chaff<F>(name: &'static str, _belief: &'static str, answer: F) -> Specimen<F> {
    Specimen { name, right: false, answer }
}

/// The specimen that was asked for, or the reference. `module` is the caller's `module_path!()`, which ends in the
/// kata's id.
pub(crate) fn answering<F: Copy>(module: &str, reference: F, specimens: &[Specimen<F>]) -> F {
    static ASKED: OnceLock<String> = OnceLock::new();
    let asked = ASKED.get_or_init(|| env::var("KATAS_SPECIMEN").unwrap_or_default());
    let Some((kata, name)) = asked.rsplit_once('/') else { return reference };
    if kata == "wheat" {
        let mut wheats = specimens.iter().filter(|specimen| specimen.right);
        return name
            .parse()
            .ok()
            .and_then(|number| wheats.nth(number))
            .map_or(reference, |wheat| wheat.answer);
    }
    let id = module.strip_prefix("katas::specimens::").unwrap_or(module);
    let ours = id.split("::").eq(kata.split('/'));
    if !ours {
        return reference;
    }
    let found = specimens.iter().find(|specimen| specimen.name == name);
    found.unwrap_or_else(|| panic!("there is no specimen {asked}")).answer
}
