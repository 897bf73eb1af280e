use std::collections::BTreeMap;

use serde_json::Value;

use crate::crossing::dispatch;

/// The files that rustc's errors point to, with what it says about each.
pub(crate) fn blame(said: &str, files: &BTreeMap<&String, &String>) -> BTreeMap<String, String> {
    let mut blamed: BTreeMap<String, String> = BTreeMap::new();
    for message in said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if !message["level"].as_str().is_some_and(|level| level.starts_with("error")) {
            continue;
        }
        let rendered = message["rendered"].as_str().unwrap_or_default();
        let spans = message["spans"].as_array().cloned().unwrap_or_default();
        for span in spans.iter().filter(|span| span["is_primary"] == Value::Bool(true)) {
            let path = span["file_name"].as_str().unwrap_or_default().trim_start_matches("/src/").to_owned();
            let of = |id: &&&String| {
                let beside = ["answers", "pins"].map(|it| format!("{it}/{}.rs", dispatch::name(id)));
                path == format!("katas/{id}.rs") || beside.contains(&path)
            };
            if let Some(id) = files.keys().find(of) {
                let text = blamed.entry((*id).clone()).or_default();
                *text = shortened(&(text.clone() + rendered));
            }
        }
    }
    blamed
}

/// What a learner's text makes rustc say is cut and printable.
pub(crate) fn shortened(said: &str) -> String {
    said.chars().filter(|c| !c.is_control() || *c == '\n').take(8000).collect()
}
