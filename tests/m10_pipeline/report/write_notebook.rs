use std::collections::BTreeSet;

use judge::{Broken, ensure, equal, example, for_all};
use katas::m10_pipeline::report::write_notebook;
use kit::pipeline::{Origin, Recipe};
use proptest::prelude::Strategy;
use proptest::sample::select;
use serde_json::Value;

use super::finished::{names, origin, penguins, recipe, report, reports};

fn read(text: &str) -> Result<Value, Broken> {
    serde_json::from_str(text).map_err(|error| {
        let look = "Text between quotes has to be escaped: let a JSON library write it.";
        Broken::answer(format!("a text that is not JSON: {error}"), "JSON", look)
    })
}

fn notebook(recipe: &Recipe, origin: &Origin, pictures: &[String]) -> Result<Value, Broken> {
    read(&write_notebook(&penguins(), recipe, origin, pictures))
}

fn cells(notebook: &Value) -> Vec<Value> {
    notebook["cells"].as_array().cloned().unwrap_or_default()
}

/// A cell's source, or an output's text: one string, or several to be joined.
fn joined(value: &Value) -> String {
    match value {
        Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().unwrap_or_default().to_owned(),
    }
}

fn sources(notebook: &Value, kind: &str) -> Vec<String> {
    cells(notebook)
        .iter()
        .filter(|cell| cell["cell_type"] == kind)
        .map(|cell| joined(&cell["source"]))
        .collect()
}

fn outputs(notebook: &Value) -> Vec<Value> {
    cells(notebook).iter().flat_map(|cell| cell["outputs"].as_array().cloned().unwrap_or_default()).collect()
}

#[test]
fn it_is_a_notebook_of_format_4_5_for_a_kernel_of_rust() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &[])?;
        let look =
            "At the top: cells, metadata, nbformat and nbformat_minor; the kernel stands in the metadata.";
        equal("nbformat", &got["nbformat"], &Value::from(4), look)?;
        equal("nbformat_minor", &got["nbformat_minor"], &Value::from(5), look)?;
        equal("the kernel", &got["metadata"]["kernelspec"]["name"], &Value::from("rust"), look)?;
        let name = got["metadata"]["kernelspec"]["display_name"].is_string();
        ensure(name, || {
            Broken::answer("no display_name", "a name to display", "kernelspec wants display_name as well.")
        })?;
        equal("the language", &got["metadata"]["language_info"]["name"], &Value::from("rust"), look)
    });
}

#[test]
fn every_cell_has_what_its_kind_needs_and_an_id_of_its_own() {
    for_all("confusion, losses", reports()).cases(32).holds(|(confusion, losses)| {
        let report = report(&names(confusion.len()), confusion, losses);
        let got = read(&write_notebook(&report, &recipe(), &origin(), &["<svg/>".to_owned()]))?;
        let mut ids = BTreeSet::new();
        for (number, cell) in cells(&got).iter().enumerate() {
            let id = cell["id"].as_str().unwrap_or_default();
            let legal = (1..=64).contains(&id.len())
                && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            ensure(legal && ids.insert(id.to_owned()), || {
                let want = "1 to 64 of A–Z, a–z, 0–9, - and _, different for each cell";
                Broken::answer(
                    format!("id {:?} of cell {number}", cell["id"]),
                    want,
                    "Format 4.5 asks for ids.",
                )
            })?;
            let code = cell["cell_type"] == "code";
            let fits = (code || cell["cell_type"] == "markdown")
                && cell["metadata"].is_object()
                && !joined(&cell["source"]).trim().is_empty()
                && cell["outputs"].is_array() == code
                && (!code || cell["execution_count"].is_number() || cell["execution_count"].is_null())
                && cell.get("execution_count").is_some() == code;
            ensure(fits, || {
                let want =
                    "cell_type, id, metadata, source; for code outputs and execution_count, else neither";
                Broken::answer(
                    format!("cell {number}: {cell}"),
                    want,
                    "Jupyter refuses a cell with too much or too little.",
                )
            })?;
        }
        ensure(ids.len() >= 4, || {
            Broken::answer(format!("{} cells", ids.len()), "approach, code, results, pictures", "")
        })
    });
}

#[test]
fn it_looks_as_if_it_was_run_from_top_to_bottom() {
    for_all("pictures", 0..=4_usize).holds(|&pictures| {
        let got = notebook(&recipe(), &origin(), &vec!["<svg/>".to_owned(); pictures])?;
        let counts: Vec<u64> =
            cells(&got).iter().filter_map(|cell| cell["execution_count"].as_u64()).collect();
        ensure(counts.is_sorted_by(|a, b| a < b), || {
            let look = "Jupyter counts up with each cell that it runs; null stands for one that was not run.";
            Broken::answer(format!("execution counts {counts:?}"), "each larger than the one before", look)
        })
    });
}

#[test]
fn it_begins_with_its_title_and_tells_the_approach() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &[])?;
        let text = sources(&got, "markdown");
        let look = "The first cell is for the reader: what is this about, and how was it done?";
        ensure(cells(&got)[0]["cell_type"] == "markdown" && text[0].starts_with("# Penguins\n"), || {
            Broken::answer(
                format!("{:?} …", &text[0].chars().take(40).collect::<String>()),
                "# Penguins, then the approach",
                look,
            )
        })?;
        let words: usize = text.iter().map(|text| text.split_whitespace().count()).sum();
        let said = text.concat().contains("species");
        ensure(words >= 40 && said, || {
            Broken::answer(format!("{words} words"), "the approach, and what `species` is", look)
        })
    });
}

#[test]
fn the_report_is_what_the_code_printed() {
    for_all("confusion, losses", reports()).cases(32).holds(|(confusion, losses)| {
        let report = report(&names(confusion.len()), confusion, losses);
        let got = read(&write_notebook(&report, &recipe(), &origin(), &[]))?;
        let printed: Vec<String> = outputs(&got)
            .iter()
            .filter(|output| output["output_type"] == "stream" && output["name"] == "stdout")
            .map(|output| joined(&output["text"]))
            .collect();
        let look = "An output of the type stream, named stdout, whose text is report.to_string().";
        equal("what was printed", printed.concat(), report.to_string(), look)
    });
}

#[test]
fn every_picture_is_there_once_and_whole() {
    for_all("pictures", proptest::collection::vec("<svg>[a-z\"\\\\<>&é]{0,9}</svg>", 0..=3)).cases(64).holds(
        |pictures| {
            let got = notebook(&recipe(), &origin(), pictures)?;
            let shown: Vec<String> = outputs(&got)
                .iter()
                .filter(|output| output["output_type"] == "display_data" && output["metadata"].is_object())
                .map(|output| joined(&output["data"]["image/svg+xml"]))
                .collect();
            let look =
                "One output display_data a picture, with data and metadata; the SVG stands in data as it is.";
            equal("the pictures", &shown, pictures, look)?;
            let drawn = |cell: &Value| {
                let outputs = cell["outputs"].as_array().into_iter().flatten();
                outputs.filter(|output| output["output_type"] == "display_data").count()
            };
            let most = cells(&got).iter().map(drawn).max().unwrap_or(0);
            ensure(most <= 1, || {
                let look =
                    "The kernel keeps one picture a cell: of several only the last would come out again.";
                Broken::answer(format!("{most} pictures in one cell"), "a cell for each picture", look)
            })
        },
    );
}

#[test]
fn the_code_finds_the_katas_and_asks_for_the_same() {
    example(|| {
        for solutions in [true, false] {
            let got = notebook(&recipe(), &Origin { solutions, ..origin() }, &[])?;
            let code = sources(&got, "code").join("\n");
            let look =
                "Whoever runs the notebook again gets the same libraries, the same file and the same recipe.";
            let has = |text: &str| {
                let missing = || {
                    Broken::answer(
                        format!("code without {text}\n{code}"),
                        format!("{text} in the code"),
                        look,
                    )
                };
                ensure(code.contains(text), missing)
            };
            for text in [
                ":dep katas",
                ":dep kit",
                ":dep draw",
                "\"/home/ada/katas\"",
                "\"/home/ada/katas/kit\"",
                "\"/home/ada/katas/draw\"",
                "default-features = false",
                "\"m10\"",
                "\"/home/ada/katas/data/penguins.csv\"",
                "target: \"species\"",
                "\"year\"",
                "\"mass\"",
                "f64::INFINITY",
                "0.25",
                "seed: 7",
                "steps: 200",
                "run(&",
            ] {
                has(text)?;
            }
            equal(
                "whether the code asks for the solutions",
                code.contains("\"solutions\""),
                solutions,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn names_may_hold_any_character() {
    let hostile = select(vec![
        "a \"quote\"",
        "back\\slash",
        "two\nlines",
        "tab\there",
        "it's",
        "${x} {y}",
        "naïve ✓",
        "\u{7}",
    ])
    .prop_map(ToOwned::to_owned);
    for_all("target, path", (hostile.clone(), hostile)).cases(64).holds(|(target, path)| {
        let mut recipe = recipe();
        recipe.target = target.clone();
        recipe.words = vec![target.clone()];
        let origin = Origin { file: path.clone(), repository: path.clone(), ..origin() };
        let got = notebook(&recipe, &origin, &[])?;
        let code = sources(&got, "code").join("\n");
        for literal in [format!("target: {target:?}"), format!("({path:?})"), format!("path = {path:?}")] {
            ensure(code.contains(&literal), || {
                let look =
                    "A Rust literal, as {:?} writes it: quotes and backslashes escaped, line ends as \\n.";
                Broken::answer(format!("code without {literal}\n{code}"), literal.clone(), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn every_let_writes_its_type_out() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &[])?;
        for line in sources(&got, "code").iter().flat_map(|source| source.lines()) {
            if let Some((name, _)) = line.strip_prefix("let ").and_then(|rest| rest.split_once('=')) {
                ensure(name.contains(':'), || {
                    let look =
                        "evcxr keeps variables from cell to cell and has to know their type: let x: T = …";
                    Broken::answer(line.to_owned(), "a type behind the name", look)
                })?;
            }
        }
        Ok(())
    });
}

#[test]
fn the_same_arguments_give_the_same_text() {
    example(|| {
        let write = || write_notebook(&penguins(), &recipe(), &origin(), &["<svg/>".to_owned()]);
        let first = write();
        let same = (0..3).all(|_| write() == first);
        ensure(same, || {
            Broken::answer(
                "another text",
                "the same",
                "Random ids and the clock make every run a difference.",
            )
        })
    });
}
