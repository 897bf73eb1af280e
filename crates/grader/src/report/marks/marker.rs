use std::collections::BTreeMap;

use protocol::{GradeState, State, Status, Tier};
use serde_json::{Value, json};

use crate::report::fields::read;
use crate::rules::{AssignmentFile, LateRules, LawMark, Marking, Moment, Override, Points};

/// Gives points for verdicts.
#[derive(Debug, Clone, Default)]
pub struct Marker {
    /// What learners know the assignment by.
    pub title: Option<String>,
    /// What distinguishes these rules from others.
    pub rules: Option<String>,
    /// How laws that hold become points.
    pub marking: Marking,
    /// When it is due, and what being late costs.
    pub late: Option<LateRules>,
    /// When each submission was submitted, as far as it is known.
    pub times: BTreeMap<String, Moment>,
    /// Later dates for some, and why.
    pub extensions: BTreeMap<String, (Moment, String)>,
    /// What was set by hand, for each submission.
    pub overrides: BTreeMap<String, Vec<Override>>,
    /// The learners of each submission, as the roster names them: name and student number.
    pub learners: BTreeMap<String, Vec<(String, String)>>,
}

impl Marker {
    /// The rules of an assignment file.
    #[must_use]
    pub fn of(file: &AssignmentFile) -> Self {
        let (marking, late) = (file.marking.clone(), file.late.clone());
        Self { title: Some(file.title.clone()), rules: Some(file.digest()), marking, late, ..Self::default() }
    }

    /// Writes into a result what it is worth.
    pub fn mark(&self, result: &mut Value) {
        let name = result["submission"].as_str().unwrap_or_default().to_owned();
        let overrides = self.overrides.get(&name).map_or(&[][..], Vec::as_slice);
        let empty = Vec::new();
        let katas = result["katas"].as_array().unwrap_or(&empty);
        let worth: Points = katas.iter().map(|kata| self.worth(kata)).sum();
        let scale = self.marking.scale(worth);
        let (mut earned, mut possible) = (Points::NONE, Points::NONE);
        for kata in result["katas"].as_array_mut().into_iter().flatten() {
            let worth = self.worth(kata) * scale;
            let points = worth * self.marking.share(state(kata), &laws(kata));
            let by_hand = overrides.iter().find(|it| it.kata.as_deref() == kata["kata"].as_str());
            kata["override"] = by_hand.map_or(Value::Null, |it| set(it, points));
            let points = by_hand.map_or(points, |it| it.points);
            kata["points"] = points.to_json();
            kata["possible"] = worth.to_json();
            earned = earned + points;
            possible = possible + worth;
        }
        let (mut points, late) = self.left(&name, earned, possible);
        points = points.rounded(self.marking.round);
        let by_hand = overrides.iter().find(|it| it.kata.is_none());
        result["override"] = by_hand.map_or(Value::Null, |it| set(it, points));
        result["late"] = late;
        result["points"] = by_hand.map_or(points, |it| it.points).to_json();
        result["possible"] = possible.rounded(self.marking.round).to_json();
        result["title"] = json!(self.title);
        result["learners"] = learners(self.learners.get(&name).map_or(&[][..], Vec::as_slice));
    }

    /// What a kata is worth; one that is not graded can be neither earned nor lost.
    fn worth(&self, kata: &Value) -> Points {
        match state(kata).counts() {
            true => self.marking.worth(kata["kata"].as_str().unwrap_or_default()),
            false => Points::NONE,
        }
    }

    /// The points that are left if they were submitted late, and what the result says of it.
    fn left(&self, name: &str, earned: Points, possible: Points) -> (Points, Value) {
        let Some(rules) = &self.late else { return (earned, Value::Null) };
        let extension = self.extensions.get(name);
        let due = extension.map_or(rules.due, |(due, _)| *due);
        let submitted = self.times.get(name).copied().filter(|_| rules.times.is_some());
        let (left, why) = match submitted {
            Some(submitted) => rules.left(earned, possible, submitted, due),
            // No one loses a point for a date that is not known.
            None => (earned, None),
        };
        let late = json!({
            "due": due.to_string(), "submitted": submitted.map(|it| it.to_string()),
            "extension": extension.map(|(_, note)| note), "before": earned.to_json(), "why": why,
        });
        (left, late)
    }
}

/// The learners of a submission, as a result holds them: name and student number.
pub fn learners(learners: &[(String, String)]) -> Value {
    learners.iter().map(|(name, number)| json!({ "name": name, "number": number })).collect()
}

fn set(by_hand: &Override, earned: Points) -> Value {
    json!({ "points": by_hand.points.to_json(), "earned": earned.to_json(), "note": by_hand.note })
}

fn state(kata: &Value) -> GradeState {
    read(&kata["state"], GradeState::of, GradeState::Judged(State::Unknown))
}

fn laws(kata: &Value) -> Vec<LawMark> {
    let mark = |law: &Value| LawMark {
        tier: if law["tier"] == Tier::Robust.word() { Tier::Robust } else { Tier::Core },
        status: read(&law["status"], Status::of, Status::Unjudged),
        is_snapshot: law["snapshot"] == true,
    };
    kata["laws"].as_array().into_iter().flatten().map(mark).collect()
}
