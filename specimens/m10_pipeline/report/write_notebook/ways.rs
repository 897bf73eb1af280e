//! Other ways to compute it, right and wrong, for the specimens of `write_notebook`.

use kit::pipeline::{Origin, Recipe, Report};
use serde_json::{Value, json};

use crate::reference::m10_pipeline::report as reference;

/// The reference's code with other words that mean the same.
pub(super) fn otherwise(source: &str, recipe: &Recipe, origin: &Origin) -> String {
    let literal = |path: &str| {
        let plain = !path.contains('\'') && !path.chars().any(|c| c.is_ascii_control());
        if plain {
            format!("path = '{path}'")
        } else {
            format!("path = {}", json!(path)).replace('\u{7f}', "\\U0000007F")
        }
    };
    let lines = source.lines().map(|line| {
        let folder = match line.split(' ').nth(1) {
            Some("katas") if line.starts_with(":dep") => "",
            Some("kit") if line.starts_with(":dep") => "/crates/kit",
            Some("draw") if line.starts_with(":dep") => "/crates/draw",
            _ => return line.to_owned(),
        };
        let rest = line.rfind(", default").map_or("}", |at| &line[at..]);
        let name = line.split(' ').nth(1).unwrap_or_default();
        format!(":dep {name} = {{ {} {rest}", literal(&format!("{}{folder}", origin.repository)))
    });
    let file = format!("{:?}", origin.file);
    let target = format!("{:?}", recipe.target);
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace(&format!("{target}.to_owned()"), &format!("String::from(r##\"{}\"##)", recipe.target))
        .replace("\".to_owned()", "\".into()")
        .replace("f64::INFINITY", "1.0 / 0.0")
        .replace("f64::NEG_INFINITY", "-1_f64 / 0.0")
        .replace(
            &format!("test_share: {:?}", recipe.test_share),
            &format!("test_share: {:e}", recipe.test_share),
        )
        .replace(
            &format!("let text: String = std::fs::read_to_string({file})?"),
            &format!(
                "let file: &str = {file}; // the data\nlet data: String = std::fs::read_to_string(file)?"
            ),
        )
        .replace("run(&text, &recipe)", "run(data.as_str(), &recipe)")
}

pub(super) fn changed(
    report: &Report,
    recipe: &Recipe,
    origin: &Origin,
    pictures: &[String],
    change: fn(&mut Value),
) -> String {
    let text = reference::write_notebook(report, recipe, origin, pictures);
    let Ok(mut notebook) = text.parse::<Value>() else { return text };
    change(&mut notebook);
    format!("{notebook:#}\n")
}

pub(super) fn each(
    report: &Report,
    recipe: &Recipe,
    origin: &Origin,
    pictures: &[String],
    change: impl Fn(usize, &mut Value),
) -> String {
    let text = reference::write_notebook(report, recipe, origin, pictures);
    let Ok(mut notebook) = text.parse::<Value>() else { return text };
    each_cell(&mut notebook, change);
    format!("{notebook:#}\n")
}

pub(super) fn each_cell(notebook: &mut Value, change: impl Fn(usize, &mut Value)) {
    for (number, cell) in notebook["cells"].as_array_mut().into_iter().flatten().enumerate() {
        change(number, cell);
    }
}

pub(super) fn each_output(cell: &mut Value, change: impl Fn(&mut Value)) {
    cell.get_mut("outputs").and_then(Value::as_array_mut).into_iter().flatten().for_each(change);
}
