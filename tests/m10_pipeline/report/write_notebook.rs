use std::collections::BTreeSet;
use std::path::Path;

use judge::{Broken, ensure, equal, example, for_all};
use katas::m10_pipeline::report::write_notebook;
use kit::pipeline::{Origin, Recipe, Report};
use proptest::bool;
use proptest::prelude::Strategy;
use proptest::sample::select;
use serde_json::Value;

use super::finished::{Asked, names, origin, penguins, recipe, recipes, report, reports};
use super::rust::Token::{self, Number, Sign, Word};
use super::rust::{arguments, float, recipe as fields, texts, tokens, whole};
use super::toml::{Value as Toml, dependencies};

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
                    "Jupyter rejects a cell with too much or too little.",
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
    let title = "[A-Z][a-z]{0,8}( [a-z0-9]{1,6}){0,2}";
    for_all("title, target", (title, "[a-z]{6,12}")).cases(32).holds(|(title, target)| {
        let report = Report { target: target.clone(), ..penguins() };
        let recipe = Recipe { target: target.clone(), ..recipe() };
        let origin = Origin { title: title.clone(), ..origin() };
        let got = read(&write_notebook(&report, &recipe, &origin, &[]))?;
        let text = sources(&got, "markdown");
        let look = "The first cell is for the reader: what is this about, and how was it done?";
        let first = cells(&got)
            .first()
            .filter(|cell| cell["cell_type"] == "markdown")
            .map(|cell| joined(&cell["source"]));
        let line = first.unwrap_or_default().lines().next().unwrap_or_default().to_owned();
        equal(
            "the first line of the first cell, which is markdown",
            line.trim_end(),
            &format!("# {title}"),
            look,
        )?;
        let words: usize = text.iter().map(|text| text.split_whitespace().count()).sum();
        ensure(words >= 40, || {
            Broken::answer(
                format!("{words} words in all markdown cells together"),
                "at least 40: the approach",
                look,
            )
        })?;
        ensure(text.concat().contains(target.as_str()), || {
            let got = format!("no {target:?} in any markdown cell");
            Broken::answer(got, "the name of the target", "Which column is it that the model tells?")
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
    for_all("pictures", proptest::collection::vec("<svg>[a-z\"\\\\<>&é]{0,9}</svg>", 0..=5)).cases(64).holds(
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
fn each_picture_comes_from_the_code_above_it() {
    for_all("pictures", 0..=5_usize).cases(12).holds(|&pictures| {
        let got = notebook(&recipe(), &origin(), &vec!["<svg/>".to_owned(); pictures])?;
        let shows = |cell: &&Value| {
            let outputs = cell["outputs"].as_array().into_iter().flatten();
            outputs.into_iter().any(|output| output["output_type"] == "display_data")
        };
        for (number, cell) in cells(&got).iter().filter(shows).enumerate() {
            let source = joined(&cell["source"]);
            let code = tokens(&source)?;
            let index = [Sign('['), Number(number.to_string()), Sign(']')];
            let is_taken = code.windows(3).any(|three| three == index);
            let is_shown = texts(&code).iter().any(|text| text.contains("EVCXR_BEGIN_CONTENT image/svg+xml"));
            ensure(is_taken && is_shown && code.contains(&Word("svg".to_owned())), || {
                let look = "Run again, this cell has to take the figure of its own number, draw it by \
                    draw::svg, and print it for evcxr.";
                let want =
                    format!("code with [{number}], svg and the text EVCXR_BEGIN_CONTENT image/svg+xml");
                Broken::answer(format!("above picture {number}:\n{source}"), want, look)
            })?;
        }
        Ok(())
    });
}

/// The tokens of all cells of code.
fn rust(notebook: &Value) -> Result<Vec<Token>, Broken> {
    Ok(sources(notebook, "code").iter().map(|cell| tokens(cell)).collect::<Result<Vec<_>, _>>()?.concat())
}

#[test]
fn the_code_says_the_same_recipe() {
    for_all("recipe", recipes()).holds(|Asked(recipe)| {
        let got = notebook(recipe, &origin(), &[])?;
        let code = rust(&got)?;
        let fields = fields(&code);
        let all = sources(&got, "code").join("\n");
        let said =
            |name: &str| fields.iter().find(|(field, _)| field == name).map_or(&[][..], |(_, value)| value);
        let is_said = |name: &str, is_same: bool, want: String| {
            let look = "Recipe { … } is one literal with a value behind each name, from which the same \
                report comes out again.";
            ensure(is_same, || Broken::answer(format!("another {name} in\n{all}"), want, look))
        };
        for (name, want) in
            [("target", &vec![recipe.target.clone()]), ("ignored", &recipe.ignored), ("words", &recipe.words)]
        {
            is_said(name, texts(said(name)) == *want, format!("{name}: {want:?}"))?;
        }
        let names: Vec<String> = recipe.ranges.iter().map(|range| range.0.clone()).collect();
        let opening = |at: &usize| said("ranges")[*at] == Sign('[');
        let limits: Vec<Vec<Option<f64>>> = (0..said("ranges").len())
            .filter(opening)
            .map(|at| arguments(&said("ranges")[at + 1..]).iter().map(|limit| float(limit)).collect())
            .filter(|limits: &Vec<_>| limits.iter().any(Option::is_some))
            .collect();
        let want: Vec<Vec<Option<f64>>> =
            recipe.ranges.iter().map(|(_, [low, high])| vec![Some(*low), Some(*high)]).collect();
        let same = texts(said("ranges")) == names && limits == want;
        is_said("ranges", same, format!("ranges: {:?}", recipe.ranges))?;
        for (name, want) in [("test_share", recipe.test_share), ("learning_rate", recipe.learning_rate)] {
            is_said(
                name,
                float(said(name)) == Some(want),
                format!("{name}: {want:?}, a literal of the type f64"),
            )?;
        }
        for (name, want) in [("seed", recipe.seed), ("steps", recipe.steps as u64)] {
            is_said(name, whole(said(name)) == Some(want), format!("{name}: {want}"))?;
        }
        for name in ["target", "ignored", "words", "ranges"] {
            let owned = ["to_owned", "to_string", "into", "from", "String"].map(|word| Word(word.to_owned()));
            let is_owned =
                texts(said(name)).is_empty() || said(name).iter().any(|token| owned.contains(token));
            ensure(is_owned, || {
                let look = "A literal is a &str, and the recipe holds Strings: the compiler rejects it.";
                Broken::answer(
                    format!("{name}: literals that stay &str"),
                    "String::from(\"…\"), or \"…\".to_owned()",
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn the_code_finds_the_file_and_the_katas() {
    let hostile = select(vec![
        "/home/ada/katas",
        "a \"quote\"",
        "back\\slash",
        "two\nlines",
        "tab\there",
        "it's",
        "${x} {y}",
        "naïve ✓",
        "\u{7}",
        "\u{7f}",
        "a = { b }, # c",
    ])
    .prop_map(ToOwned::to_owned);
    for_all("file, repository, solutions", (hostile.clone(), hostile, bool::ANY)).cases(64).holds(
        |(file, repository, solutions)| {
            let origin = Origin {
                file: file.clone(),
                repository: repository.clone(),
                solutions: *solutions,
                ..origin()
            };
            let got = notebook(&recipe(), &origin, &[])?;
            let all = sources(&got, "code").join("\n");
            let code = rust(&got)?;
            let word = |word: &str| Word(word.to_owned());
            ensure(code.contains(&word("read_to_string")) && texts(&code).contains(file), || {
                let look = "Whoever runs the notebook again reads the same file. Its path is a Rust \
                    literal, as {:?} writes it.";
                Broken::answer(
                    format!("code without read_to_string and a literal {file:?}\n{all}"),
                    "both",
                    look,
                )
            })?;
            let call = [word("run"), Sign('(')];
            ensure(code.windows(2).any(|two| two == call), || {
                let look = "Where does the report come from when the notebook is run again?";
                Broken::answer(format!("code without a call of run\n{all}"), "run(&text, &recipe)", look)
            })?;
            let dependencies = dependencies(&all);
            for (name, folder) in [("katas", ""), ("kit", "/crates/kit"), ("draw", "/crates/draw")] {
                let table = dependencies.get(name).cloned().flatten();
                let path = table.as_ref().and_then(|table| table.get("path").cloned());
                let want = format!("{repository}{folder}");
                // Paths are compared, not texts: one may end with a slash.
                let is_there = matches!(&path, Some(Toml::Text(path)) if Path::new(path) == Path::new(&want));
                ensure(is_there, || {
                    let look = "Behind `:dep name =` stands TOML, which escapes otherwise than Rust: U+0007 \
                        is \\u0007, and JSON says the same.";
                    let got = path.map_or("nothing that is TOML".to_owned(), |path| format!("{path:?}"));
                    Broken::answer(
                        format!("`path` of :dep {name}: {got} in\n{all}"),
                        format!("{want:?}, written as TOML"),
                        look,
                    )
                })?;
            }
            let katas = dependencies.get("katas").cloned().flatten().unwrap_or_default();
            let look = "Milestone 10 is all that the notebook needs, and it runs what was run here: your \
                katas, or the solutions.";
            equal(
                "default-features of katas",
                katas.get("default-features"),
                Some(&Toml::Bool(false)),
                look,
            )?;
            let features = match katas.get("features") {
                Some(Toml::Texts(features)) => features.iter().map(String::as_str).collect(),
                _ => BTreeSet::new(),
            };
            let want =
                if *solutions { BTreeSet::from(["m10", "solutions"]) } else { BTreeSet::from(["m10"]) };
            equal("features of katas", features, want, look)
        },
    );
}

#[test]
fn every_let_writes_its_type_out() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &[])?;
        for source in sources(&got, "code") {
            let code = tokens(&source)?;
            for at in outermost_lets(&code) {
                let name =
                    code[at..].split(|token| matches!(token, Sign('=' | ';'))).next().unwrap_or_default();
                ensure(name.contains(&Sign(':')), || {
                    let look =
                        "evcxr keeps variables from cell to cell and has to know their type: let x: T = …";
                    let words = name
                        .iter()
                        .filter_map(|token| if let Word(word) = token { Some(word.as_str()) } else { None });
                    let got = format!("{} without a type in\n{source}", words.collect::<Vec<_>>().join(" "));
                    Broken::answer(got, "a type behind the name", look)
                })?;
            }
        }
        Ok(())
    });
}

/// Where a `let` begins that is not inside of brackets; `if let` is none.
fn outermost_lets(code: &[Token]) -> Vec<usize> {
    let (mut depth, mut lets) = (0_usize, Vec::new());
    for (at, token) in code.iter().enumerate() {
        match token {
            Sign('(' | '[' | '{') => depth += 1,
            Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
            Word(word) if word == "let" && depth == 0 => {
                let asks =
                    at > 0 && ["if", "while"].iter().any(|word| code[at - 1] == Word((*word).to_owned()));
                lets.extend((!asks).then_some(at));
            }
            _ => {}
        }
    }
    lets
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
