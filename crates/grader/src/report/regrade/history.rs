use std::path::Path;
use std::time::SystemTime;
use std::{fs, io};

use chrono::{DateTime, Utc};
use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use serde_json::{Value, json};

use super::compare::{change, kept};
use crate::report::formats;
use crate::report::result;
use crate::report::text::line;

/// Where the grades of the last complete run are kept, and what changed since the first one.
pub const KEPT_IN: &str = "history.json";

/// Compares the results of a complete run with those of the one before, writes what changed into the results of those whom
/// it concerns, and keeps the new ones. Returns what changed now, in lines for a terminal.
///
/// # Errors
///
/// [`Problem::File`] if something cannot be read or written, [`Problem::Usage`] if what is kept is no history.
pub fn note(out: &Path, class: &Value, results: &mut [Value]) -> Result<Vec<String>, Problem> {
    let path = out.join(KEPT_IN);
    let mut history = match fs::read_to_string(&path) {
        Ok(text) => {
            serde_json::from_str(&text).ok().filter(Value::is_object).ok_or_else(|| Problem::Usage {
                what: format!("{} was not written by this grader, or not whole", path.display()),
                remedy: "Put it out of the way: this run is then compared with none.".to_owned(),
            })?
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => json!({ "marks": {}, "changes": {} }),
        Err(error) => return Err(error).doing("read", &path),
    };
    let today = DateTime::<Utc>::from(SystemTime::now()).format("%Y-%m-%d").to_string();
    let mut said = Vec::new();
    for it in results {
        let name = it["submission"].as_str().unwrap_or_default().to_owned();
        let (before, after) = (history["marks"][&name].take(), kept(it, &class["rules"]));
        let changed = (!before.is_null()).then(|| change(&before, &after, &today)).flatten();
        let known = history["changes"][&name].as_array().cloned().unwrap_or_default();
        if let Some(change) = &changed {
            let (then, now) = (&change["before"], &change["after"]);
            let why = change["why"].as_str().unwrap_or_default();
            said.push(line(&format!("changed: {name}: {now} points, before {then}. {why}"), 500));
        }
        // The newest first.
        let all: Vec<Value> = changed.into_iter().chain(known).take(20).collect();
        if it["changes"].as_array() != Some(&all) {
            it["changes"] = all.clone().into();
            rewrite(&out.join(&name), &it["changes"])?;
        }
        history["marks"][&name] = after;
        if !all.is_empty() {
            history["changes"][&name] = all.into();
        }
    }
    write_whole(&path, history.to_string().as_bytes()).doing("write", &path)?;
    Ok(said)
}

/// Writes what changed into a result and its reports.
fn rewrite(folder: &Path, changes: &Value) -> Result<(), Problem> {
    let path = folder.join("result.json");
    let text = fs::read_to_string(&path).doing("read", &path)?;
    let mut whole: Value = serde_json::from_str(&text).map_err(io::Error::from).doing("read", &path)?;
    whole["changes"] = changes.clone();
    result::write(&whole, folder).doing("write", folder)?;
    formats::submission(folder, &whole).doing("write the reports in", folder)
}
