use serde_json::Value;

/// A class for a person: one line per submission.
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
