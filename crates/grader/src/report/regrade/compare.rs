use serde_json::{Value, json};

use crate::rules::Points;

/// The state of a kata that can be neither earned nor lost: whether an assignment has it makes no difference.
const NOT_GRADED: &str = "not graded";

/// What is kept of a grade, to compare the next one with.
pub(super) fn kept(result: &Value, rules: &Value) -> Value {
    let katas = result["katas"].as_array().into_iter().flatten();
    let katas = katas.map(|it| (text(&it["kata"]), json!([it["state"], it["points"], it["override"]])));
    json!({
        "verdict": result["verdict"], "points": result["points"], "possible": result["possible"],
        "made_of": result["made_of"], "rules": rules, "late": result["late"], "override": result["override"],
        "katas": katas.collect::<serde_json::Map<_, _>>(),
    })
}

/// What changed between two of them, and why; `None` where a learner would see no difference.
pub(super) fn change(before: &Value, after: &Value, date: &str) -> Option<Value> {
    let katas = katas(before, after);
    let is_same = |key: &str| before[key] == after[key];
    if katas.is_empty() && ["verdict", "points", "possible"].iter().all(|key| is_same(key)) {
        return None;
    }
    Some(json!({
        "date": date, "before": before["points"], "after": after["points"], "why": why(before, after),
        "katas": katas,
    }))
}

/// The katas that stand otherwise, each with how.
fn katas(before: &Value, after: &Value) -> Vec<Value> {
    let none = serde_json::Map::new();
    let of = |value: &'_ Value| value["katas"].as_object().cloned().unwrap_or_else(|| none.clone());
    let (before, after) = (of(before), of(after));
    let said = |it: &Value| format!("{}, {} points", text(&it[0]), Points::read(&it[1]));
    let changed = after.iter().filter_map(|(kata, now)| {
        let change = match before.get(kata) {
            None if now[0] == NOT_GRADED => return None,
            None => format!("new: {}", said(now)),
            Some(then) if then[0] == now[0] && then[1] == now[1] => return None,
            Some(then) => format!("{}; before: {}", said(now), said(then)),
        };
        Some(json!({ "kata": kata, "change": change }))
    });
    let gone = before.iter().filter(|(kata, then)| !after.contains_key(*kata) && then[0] != NOT_GRADED);
    let gone =
        gone.map(|(kata, then)| json!({ "kata": kata, "change": format!("gone; before: {}", said(then)) }));
    changed.chain(gone).collect()
}

/// Why, as far as it is known, in whole sentences.
fn why(before: &Value, after: &Value) -> String {
    // What could not be read was made of nothing.
    let made_of = |key: &str| {
        let (then, now) = (&before["made_of"][key], &after["made_of"][key]);
        !then.is_null() && !now.is_null() && then != now
    };
    // Of other katas, texts and laws are others too.
    let is_same_choice = !made_of("katas");
    let no_more = |verdict: &str| before["verdict"] == verdict && after["verdict"] != verdict;
    let set = |value: &Value| {
        let katas = value["katas"].as_object().into_iter().flatten();
        let katas = katas.filter(|(_, it)| !it[2].is_null());
        let katas: Vec<Value> =
            katas.map(|(kata, it)| json!([kata, it[2]["points"], it[2]["note"]])).collect();
        json!([value["override"]["points"], value["override"]["note"], katas])
    };
    let dates = |value: &Value| json!([value["late"]["submitted"], value["late"]["due"]]);
    let reasons = [
        (no_more("GRADER_ERROR"), "The grader had failed before."),
        (no_more("unreadable"), "The submission could not be read before."),
        (is_same_choice && made_of("submission"), "The submission is another one."),
        (is_same_choice && made_of("laws"), "The laws are another version."),
        (made_of("grader"), "The grader or the compiler is another version."),
        (made_of("katas"), "Other katas are graded."),
        (made_of("seed"), "The laws drew other inputs (another seed)."),
        (made_of("scan"), "The rules for what katas may call are applied otherwise."),
        (before["rules"] != after["rules"], "The assignment gives points by other rules."),
        (dates(before) != dates(after), "The date of submission or its due date is another one."),
        (set(before) != set(after), "The instructor set points."),
    ];
    let said: Vec<&str> = reasons.iter().filter(|(is_it, _)| *is_it).map(|(_, words)| *words).collect();
    match said.is_empty() {
        true => {
            "Nothing else changed: the verdict depends on chance, or on how busy the machine was.".to_owned()
        }
        false => said.join(" "),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(points: u8, state: &str, laws: &str) -> Value {
        json!({ "verdict": "graded", "points": points, "possible": 1, "late": null, "override": null,
                "made_of": { "laws": laws, "submission": "a" },
                "katas": [{ "kata": "m/f/dot", "state": state, "points": points, "override": null }] })
    }

    #[test]
    fn a_change_is_said_with_its_reason() {
        let rules = json!("r");
        let before = kept(&result(0, "broken", "1"), &rules);
        assert_eq!(change(&before, &kept(&result(0, "broken", "2"), &rules), "2026-12-05"), None);
        let after = change(&before, &kept(&result(1, "holds", "2"), &rules), "2026-12-05").unwrap();
        assert_eq!(after["why"], "The laws are another version.");
        assert_eq!(after["katas"][0]["change"], "holds, 1 points; before: broken, 0 points");
        let flaky = change(&before, &kept(&result(1, "holds", "1"), &rules), "2026-12-05").unwrap();
        assert!(text(&flaky["why"]).contains("chance"));
        // A kata that cannot be earned comes and goes unnoticed, another one does not.
        let mut more = result(0, "broken", "2");
        more["made_of"]["katas"] = json!("b");
        let mut other = more.clone();
        other["made_of"]["katas"] = json!("c");
        let new = |state: &str| json!({ "kata": "m/f/norm", "state": state, "points": 0, "override": null });
        other["katas"].as_array_mut().unwrap().push(new("not graded"));
        let then = kept(&more, &rules);
        assert_eq!(change(&then, &kept(&other, &rules), "2026-12-05"), None);
        other["katas"][1] = new("broken");
        let change_of = change(&then, &kept(&other, &rules), "2026-12-05").unwrap();
        assert_eq!(change_of["why"], "Other katas are graded.");
        let mut set = result(0, "broken", "1");
        set["katas"][0]["override"] = json!({ "points": 1, "earned": 0, "note": "x" });
        set["katas"][0]["points"] = json!(1);
        set["points"] = json!(1);
        let set = change(&before, &kept(&set, &json!("other")), "2026-12-05").unwrap();
        assert_eq!(set["why"], "The assignment gives points by other rules. The instructor set points.");
    }
}
