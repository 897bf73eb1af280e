//! What the page shows, as JSON.

use std::collections::BTreeMap;

use engine::catalog::{Hints, Kata};
use engine::course::Course;
use engine::fingerprints::beliefs;
use protocol::{KataVerdict, State, Tier};
use serde_json::{Value, json};

use super::html;
use super::pictures::Pair;
use crate::kata_page;

/// What came of judging a kata.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) verdict: Option<KataVerdict>,
    /// What rustc says, where its file does not compile.
    pub(super) rejected: Option<String>,
    /// Why it could not be judged.
    pub(super) problem: Option<String>,
}

impl Shown {
    /// What another program found out.
    pub(super) fn remembered(verdict: &KataVerdict) -> Self {
        let rejected = (!verdict.compiles).then(|| "The terminal shows what the compiler says.".to_owned());
        Self { verdict: Some(verdict.clone()), rejected, problem: None }
    }
}

/// Everything that is to be seen.
pub(super) fn page(
    course: &Course,
    kata: Option<&Kata>,
    shown: Option<&Shown>,
    pictures: &[Pair],
    is_busy: bool,
    version: u64,
) -> Value {
    let pictures: Vec<_> = pictures
        .iter()
        .map(|pair| json!({ "title": pair.title, "has_reference": pair.reference.is_some() }))
        .collect();
    json!({
        "version": version,
        "busy": is_busy,
        "map": map(course),
        "kata": kata.map(|kata| of_kata(course, kata)),
        "verdict": kata.zip(shown).map(|(kata, shown)| verdict(course, kata, shown)),
        "pictures": pictures,
    })
}

fn map(course: &Course) -> Vec<Value> {
    let katas: Vec<&Kata> = course.catalog.katas().collect();
    let known: BTreeMap<&str, Option<KataVerdict>> =
        course.known(&katas).into_iter().map(|(kata, verdict)| (kata.id.as_str(), verdict)).collect();
    let kata = |kata: &Kata| {
        let verdict = known.get(kata.id.as_str()).and_then(Option::as_ref);
        let state = verdict.map(KataVerdict::state);
        // A skipped kata has no stars to show.
        let stars = verdict.filter(|_| state != Some(State::Skipped)).map_or(0, KataVerdict::stars);
        json!({ "id": kata.id, "name": kata.item, "stars": stars, "state": state.map(State::words) })
    };
    let milestones = course.catalog.milestones.iter().map(|milestone| {
        let katas: Vec<_> = milestone.katas().map(kata).collect();
        json!({ "id": milestone.id, "title": milestone.title, "katas": katas })
    });
    milestones.collect()
}

fn of_kata(course: &Course, kata: &Kata) -> Value {
    let hints = Hints::read(&course.workspace.path(kata.hints_path())).unwrap_or_default();
    let hints = hints.of(kata.name());
    let shown = course.memory.hints_shown(kata).min(hints.len());
    let shown: Vec<_> = hints[..shown]
        .iter()
        .map(|hint| json!({ "heading": hint.heading, "html": html::of(&hint.text) }))
        .collect();
    json!({
        "id": kata.id,
        "name": kata.item,
        "task": kata.task_in_words(),
        "signature": kata.signature,
        "page": html::of(&kata_page::documentation(&kata.docs)),
        "place": course.place(kata),
        "chapter": kata.milestone_id(),
        "hints": shown,
        "all_hints": hints.len(),
    })
}

fn verdict(course: &Course, kata: &Kata, shown: &Shown) -> Value {
    let Shown { verdict, rejected, problem } = shown;
    let possible_causes = verdict.as_ref().and_then(|verdict| beliefs(&course.workspace, kata, verdict).ok());
    let laws = verdict.iter().flat_map(|verdict| &verdict.laws).map(|law| {
        let mut json = law.to_json();
        json["tier"] = if law.tier() == Tier::Core { "core" } else { "robust" }.into();
        json
    });
    let laws: Vec<_> = laws.collect();
    json!({
        "state": verdict.as_ref().map(|verdict| verdict.state().words()),
        "stars": verdict.as_ref().map(KataVerdict::stars),
        "laws": laws,
        "possible_causes": possible_causes,
        "rejected": rejected,
        "problem": problem,
    })
}
