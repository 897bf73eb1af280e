use std::collections::BTreeSet;
use std::path::Path;

use judge::any::select;
use judge::{Broken, ensure, equal, example, for_all};
use katas::m10_pipeline::report::write_notebook;
use kit::pipeline::{Origin, Recipe, Report};
use proptest::bool;
use proptest::prelude::{Strategy, prop_oneof};
use serde_json::Value;

use super::finished::{
    Drawn, long_names, names, origin, penguins, recipe, recipes, report, reports, wide_reports,
};
use super::rust::Token::{self, Number, Sign, Word};
use super::rust::{arguments, float, recipe as fields, texts, tokens, whole};
use super::toml::{Value as Toml, dependencies};

fn read(text: &str) -> Result<Value, Broken> {
    serde_json::from_str(text).map_err(|error| {
        let look = "Text between quotes has to be escaped: use a JSON library.";
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
fn is_nbformat_4_5_with_a_rust_kernel() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &[])?;
        let look =
            "Top level: cells, metadata, nbformat and nbformat_minor; the kernel is part of the metadata.";
        equal("nbformat", &got["nbformat"], &Value::from(4), look)?;
        equal("nbformat_minor", &got["nbformat_minor"], &Value::from(5), look)?;
        equal("the kernel", &got["metadata"]["kernelspec"]["name"], &Value::from("rust"), look)?;
        let name = got["metadata"]["kernelspec"]["display_name"].is_string();
        ensure(name, || {
            Broken::answer("no display_name", "a name to display", "kernelspec needs display_name as well.")
        })?;
        equal("the language", &got["metadata"]["language_info"]["name"], &Value::from("rust"), look)
    });
}

#[test]
fn cells_have_ids_and_required_keys() {
    let titles = select(vec![
        "Penguins",
        "The penguins of 2009: größer?",
        "a very long title, again and again, \
                             of more than the 64 characters that an id may have",
    ]);
    let inputs = (reports(), titles.prop_map(ToOwned::to_owned), 0..=20_usize);
    for_all("confusion, losses, title, pictures", inputs).cases(32).holds(
        |((confusion, losses), title, pictures)| {
            let report = report(&names(confusion.len()), confusion, losses);
            let (origin, pictures) =
                (Origin { title: title.clone(), ..origin() }, vec!["<svg/>".to_owned(); 1 + pictures]);
            let got = read(&write_notebook(&report, &recipe(), &origin, &pictures))?;
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
                        "nbformat 4.5 requires ids.",
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
                        "Jupyter rejects a cell with missing or additional keys.",
                    )
                })?;
            }
            ensure(ids.len() >= 4, || {
                Broken::answer(
                    format!("{} cells", ids.len()),
                    "approach, code, results, figures",
                    "At least four cells.",
                )
            })
        },
    );
}

#[test]
fn execution_counts_increase() {
    for_all("pictures", 0..=4_usize).holds(|&pictures| {
        let got = notebook(&recipe(), &origin(), &vec!["<svg/>".to_owned(); pictures])?;
        let counts: Vec<u64> =
            cells(&got).iter().filter_map(|cell| cell["execution_count"].as_u64()).collect();
        ensure(counts.is_sorted_by(|a, b| a < b), || {
            let look = "Jupyter counts up with each cell that it runs; null means that it was not run.";
            Broken::answer(format!("execution counts {counts:?}"), "each larger than the one before", look)
        })
    });
}

#[test]
fn begins_with_title_and_approach() {
    let title = "[A-Z][a-z]{0,8}( [a-z0-9]{1,6}){0,2}";
    for_all("title, target", (title, "[a-z]{6,12}")).cases(32).holds(|(title, target)| {
        let report = Report { target: target.clone(), ..penguins() };
        let recipe = Recipe { target: target.clone(), ..recipe() };
        let origin = Origin { title: title.clone(), ..origin() };
        let got = read(&write_notebook(&report, &recipe, &origin, &[]))?;
        let text = sources(&got, "markdown");
        let look = "The first cell explains what the notebook is about, and how it was done.";
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
            Broken::answer(got, "the name of the target", "Name the column that the model predicts.")
        })
    });
}

#[test]
fn stdout_is_the_report() {
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
fn contains_every_figure_once() {
    let known = select(vec!["<svg/>", " <svg/>\n"]).prop_map(ToOwned::to_owned);
    let picture = prop_oneof![2 => "<svg>[a-z\"\\\\<>&é]{0,9}</svg>", 1 => known];
    for_all("pictures", judge::any::vec(picture, 0..=5)).cases(64).holds(|pictures| {
        let got = notebook(&recipe(), &origin(), pictures)?;
        let shown: Vec<String> = outputs(&got)
            .iter()
            .filter(|output| output["output_type"] == "display_data" && output["metadata"].is_object())
            .map(|output| joined(&output["data"]["image/svg+xml"]))
            .collect();
        let look =
            "One output display_data per figure, with data and metadata; the SVG is in data, unchanged.";
        equal("the pictures", &shown, pictures, look)?;
        let drawn = |cell: &Value| {
            let outputs = cell["outputs"].as_array().into_iter().flatten();
            outputs.filter(|output| output["output_type"] == "display_data").count()
        };
        let most = cells(&got).iter().map(drawn).max().unwrap_or(0);
        ensure(most <= 1, || {
            let look = "The kernel keeps one figure per cell: of several only the last would be shown again.";
            Broken::answer(format!("{most} pictures in one cell"), "a cell for each picture", look)
        })
    });
}

#[test]
fn each_figure_is_drawn_by_its_cell() {
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
                let look = "When run again, this cell must draw the figure of its own number by draw::svg, \
                    and print it for evcxr.";
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
fn code_contains_the_recipe() {
    for_all("recipe", recipes()).holds(|Drawn(recipe)| {
        let got = notebook(recipe, &origin(), &[])?;
        let code = rust(&got)?;
        let fields = fields(&code);
        let all = sources(&got, "code").join("\n");
        let value_of =
            |name: &str| fields.iter().find(|(field, _)| field == name).map_or(&[][..], |(_, value)| value);
        let is_written = |name: &str, is_same: bool, want: String| {
            let look = "Recipe { … } is one literal with a value for each field, which gives the same \
                report again.";
            ensure(is_same, || Broken::answer(format!("another {name} in\n{all}"), want, look))
        };
        for (name, want) in
            [("target", &vec![recipe.target.clone()]), ("ignored", &recipe.ignored), ("words", &recipe.words)]
        {
            is_written(name, texts(value_of(name)) == *want, format!("{name}: {want:?}"))?;
        }
        let names: Vec<String> = recipe.ranges.iter().map(|range| range.0.clone()).collect();
        let opening = |at: &usize| value_of("ranges")[*at] == Sign('[');
        let limits: Vec<Vec<Option<f64>>> = (0..value_of("ranges").len())
            .filter(opening)
            .map(|at| arguments(&value_of("ranges")[at + 1..]).iter().map(|limit| float(limit)).collect())
            .filter(|limits: &Vec<_>| limits.iter().any(Option::is_some))
            .collect();
        let want: Vec<Vec<Option<f64>>> =
            recipe.ranges.iter().map(|(_, [low, high])| vec![Some(*low), Some(*high)]).collect();
        let same = texts(value_of("ranges")) == names && limits == want;
        is_written("ranges", same, format!("ranges: {:?}", recipe.ranges))?;
        for (name, want) in [("test_share", recipe.test_share), ("learning_rate", recipe.learning_rate)] {
            is_written(
                name,
                float(value_of(name)) == Some(want),
                format!("{name}: {want:?}, a literal of the type f64"),
            )?;
        }
        for (name, want) in [("seed", recipe.seed), ("steps", recipe.steps as u64)] {
            is_written(name, whole(value_of(name)) == Some(want), format!("{name}: {want}"))?;
        }
        for name in ["target", "ignored", "words", "ranges"] {
            let owned = ["to_owned", "to_string", "into", "from", "String"].map(|word| Word(word.to_owned()));
            let is_owned =
                texts(value_of(name)).is_empty() || value_of(name).iter().any(|token| owned.contains(token));
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
fn outermost_lets_have_types() {
    example(|| {
        let got = notebook(&recipe(), &origin(), &["<svg/>".to_owned(), "<svg/>".to_owned()])?;
        for source in sources(&got, "code") {
            let code = tokens(&source)?;
            for at in outermost_lets(&code) {
                let name =
                    code[at..].split(|token| matches!(token, Sign('=' | ';'))).next().unwrap_or_default();
                ensure(name.contains(&Sign(':')), || {
                    let look =
                        "evcxr keeps variables from cell to cell and must know their types: let x: T = …";
                    let words = name
                        .iter()
                        .filter_map(|token| if let Word(word) = token { Some(word.as_str()) } else { None });
                    let got = format!("{} without a type in\n{source}", words.collect::<Vec<_>>().join(" "));
                    Broken::answer(got, "a type after the name", look)
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

mod robust {
    use super::*;

    #[test]
    fn paths_are_escaped_literals() {
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
            "a\"#b.csv",
            "a\rb",
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
                    let look = "When run again, the notebook reads the same file. Its path is a Rust \
                        literal, as {:?} writes it.";
                    Broken::answer(
                        format!("code without read_to_string and a literal {file:?}\n{all}"),
                        "both",
                        look,
                    )
                })?;
                let call = [word("run"), Sign('(')];
                ensure(code.windows(2).any(|two| two == call), || {
                    let look = "The report must be computed again when the notebook is run.";
                    Broken::answer(format!("code without a call of run\n{all}"), "run(&text, &recipe)", look)
                })?;
                let dependencies = dependencies(&all);
                for (name, folder) in [("katas", ""), ("kit", "/crates/kit"), ("draw", "/crates/draw")] {
                    let table = dependencies.get(name).cloned().flatten();
                    let path = table.as_ref().and_then(|table| table.get("path").cloned());
                    let want = format!("{repository}{folder}");
                    // Paths are compared, not texts: one may end with a slash.
                    let is_there =
                        matches!(&path, Some(Toml::Text(path)) if Path::new(path) == Path::new(&want));
                    ensure(is_there, || {
                        let look = "After `:dep name =` comes TOML, whose escapes differ from Rust's: \
                            U+0007 is \\u0007, as in JSON.";
                        let got = path.map_or("nothing that is TOML".to_owned(), |path| format!("{path:?}"));
                        Broken::answer(
                            format!("`path` of :dep {name}: {got} in\n{all}"),
                            format!("{want:?}, written as TOML"),
                            look,
                        )
                    })?;
                }
                let katas = dependencies.get("katas").cloned().flatten().unwrap_or_default();
                let look = "The notebook needs milestone 10 only, and runs your katas or the solutions.";
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
    fn is_deterministic() {
        example(|| {
            let write = || write_notebook(&penguins(), &recipe(), &origin(), &["<svg/>".to_owned()]);
            let first = write();
            let same = (0..3).all(|_| write() == first);
            ensure(same, || {
                Broken::answer("another text", "the same", "Random ids and the clock differ from run to run.")
            })
        });
    }

    #[test]
    fn stdout_shows_large_reports() {
        for_all("confusion, losses", wide_reports()).cases(32).holds(|(confusion, losses)| {
            let names = long_names(confusion.len(), losses.len() as u64);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let report = report(&names, confusion, losses);
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
}
