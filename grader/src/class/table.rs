use serde_json::Value;

/// A class for a person: one line a submission.
#[must_use]
pub fn table(results: &[Value]) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let widest = results.iter().map(|it| text(&it["submission"]).chars().count()).max().unwrap_or(0).max(10);
    let mut out = format!("{:widest$}  {:>7}  {:12}  {:>7}\n", "submission", "points", "verdict", "seconds");
    for result in results {
        let points = format!("{}/{}", result["points"], result["possible"]);
        let seconds = result["seconds"].as_f64().unwrap_or_default();
        let (name, verdict) = (text(&result["submission"]), text(&result["verdict"]));
        out += &format!("{name:widest$}  {points:>7}  {verdict:12}  {seconds:7.1}\n");
    }
    out
}

/// A class for a spreadsheet: one line a submission, one column a kata.
#[must_use]
pub fn csv(results: &[Value]) -> String {
    let katas = results.iter().find_map(|it| it["katas"].as_array()).cloned().unwrap_or_default();
    let mut head =
        vec!["submission".to_owned(), "verdict".to_owned(), "points".to_owned(), "possible".to_owned()];
    head.extend(katas.iter().map(|kata| kata["kata"].as_str().unwrap_or_default().to_owned()));
    let mut lines = vec![head];
    for result in results {
        let mut line: Vec<String> = ["submission", "verdict", "points", "possible"]
            .iter()
            .map(|key| match &result[*key] {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
            .collect();
        let states = result["katas"].as_array().cloned().unwrap_or_default();
        line.extend(states.iter().map(|kata| kata["state"].as_str().unwrap_or_default().to_owned()));
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n")
        .collect()
}

/// Quoted, and harmless to a spreadsheet that takes some texts for formulas.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(quoted("=1+\"2\""), "\"'=1+\"\"2\"\"\"");
        assert_eq!(quoted("ada"), "\"ada\"");
    }
}
