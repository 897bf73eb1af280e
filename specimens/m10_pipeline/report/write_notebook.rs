use kit::pipeline::{Origin, Recipe, Report};
use serde_json::{Value, json};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::report as reference;

type WriteNotebook = fn(&Report, &Recipe, &Origin, &[String]) -> String;

/// The kata, answered by a specimen.
pub fn write_notebook(report: &Report, recipe: &Recipe, origin: &Origin, pictures: &[String]) -> String {
    answering::<WriteNotebook>(
        module_path!(),
        reference::write_notebook,
        &[
            wheat(
                "sources_in_lines",
                "sources and texts as lists of lines, as Jupyter writes them",
                |report, recipe, origin, pictures| {
                    changed(report, recipe, origin, pictures, |notebook| {
                        let lines = |text: &Value| {
                            let text = text.as_str().unwrap_or_default();
                            json!(text.split_inclusive('\n').collect::<Vec<_>>())
                        };
                        each_cell(notebook, |_, cell| {
                            cell["source"] = lines(&cell["source"]);
                            each_output(cell, |output| {
                                if output["output_type"] == "stream" {
                                    output["text"] = lines(&output["text"]);
                                }
                            });
                        });
                    })
                },
            ),
            wheat(
                "compact",
                "one line of JSON, without blanks, code not counted",
                |report, recipe, origin, pictures| {
                    let text = changed(report, recipe, origin, pictures, |notebook| {
                        each_cell(notebook, |_, cell| {
                            if cell["cell_type"] == "code" {
                                cell["execution_count"] = Value::Null;
                            }
                        });
                    });
                    text.parse::<Value>().map_or(text, |value| value.to_string())
                },
            ),
            chaff("escaped_by_hand", "only quotes have to be escaped", |report, recipe, origin, pictures| {
                let text = reference::write_notebook(report, recipe, origin, pictures);
                text.replace("\\n", "\n")
            }),
            chaff("format_4_0", "nbformat 4 is enough", |report, recipe, origin, pictures| {
                changed(report, recipe, origin, pictures, |notebook| notebook["nbformat_minor"] = json!(0))
            }),
            chaff(
                "without_ids",
                "cells are told apart by their order",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        cell.as_object_mut().map(|cell| cell.remove("id"));
                    })
                },
            ),
            chaff("one_id", "an id is a name for the kind of a cell", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| cell["id"] = cell["cell_type"].clone())
            }),
            chaff("ids_with_blanks", "any text is an id", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |number, cell| {
                    cell["id"] = json!(format!("cell {number}"))
                })
            }),
            chaff(
                "each_run_once",
                "the count says how often a cell was run",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        if cell["cell_type"] == "code" {
                            cell["execution_count"] = json!(1);
                        }
                    })
                },
            ),
            chaff("outputs_everywhere", "every cell may have outputs", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    if cell["outputs"].is_null() {
                        cell["outputs"] = json!([]);
                    }
                })
            }),
            chaff("python_kernel", "a notebook is in Python", |report, recipe, origin, pictures| {
                changed(report, recipe, origin, pictures, |notebook| {
                    notebook["metadata"]["kernelspec"] =
                        json!({ "display_name": "Python 3", "language": "python", "name": "python3" });
                })
            }),
            chaff("without_results", "whoever wants results runs it", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    if cell["cell_type"] == "code" {
                        cell["outputs"] = json!([]);
                    }
                })
            }),
            chaff(
                "results_rounded_away",
                "a line of the report is enough",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        each_output(cell, |output| {
                            if let Some(text) = output["text"].as_str() {
                                output["text"] = json!(text.lines().next());
                            }
                        });
                    })
                },
            ),
            chaff("first_picture_only", "one picture says enough", |report, recipe, origin, pictures| {
                reference::write_notebook(report, recipe, origin, &pictures[..pictures.len().min(1)])
            }),
            chaff(
                "pictures_as_files",
                "a picture is a file beside the notebook",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        each_output(cell, |output| {
                            if output["output_type"] == "display_data" {
                                output["data"] = json!({ "text/plain": "picture.svg" });
                            }
                        });
                    })
                },
            ),
            chaff("debug_recipe", "{:?} of the recipe is the recipe", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    if cell["source"].as_str().is_some_and(|source| source.contains("let recipe")) {
                        let read =
                            format!("let text: String = std::fs::read_to_string({:?})?;\n", origin.file);
                        cell["source"] = json!(format!("{read}let recipe: Recipe = {recipe:?};"));
                    }
                })
            }),
            chaff(
                "names_not_escaped",
                "a path goes between two quotes",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default();
                        cell["source"] = json!(
                            source.replace(&format!("{:?}", origin.file), &format!("\"{}\"", origin.file))
                        );
                    })
                },
            ),
            chaff(
                "always_the_reference",
                "the solutions are right in any case",
                |report, recipe, origin, pictures| {
                    reference::write_notebook(
                        report,
                        recipe,
                        &Origin { solutions: true, ..origin.clone() },
                        pictures,
                    )
                },
            ),
            chaff("types_left_out", "the compiler knows the types", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    let source = cell["source"].as_str().unwrap_or_default();
                    cell["source"] = json!(source.replace("let report: Report", "let report"));
                })
            }),
            chaff("code_without_approach", "the code says it all", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    if cell["cell_type"] == "markdown" {
                        cell["source"] = json!(format!("# {}\n", origin.title));
                    }
                })
            }),
            chaff("random_ids", "an id is random", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |number, cell| {
                    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                    let now = now.map_or(0, |since| since.as_nanos());
                    cell["id"] = json!(format!("cell-{number}-{now}"));
                })
            }),
        ],
    )(report, recipe, origin, pictures)
}

fn changed(
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

fn each(
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

fn each_cell(notebook: &mut Value, change: impl Fn(usize, &mut Value)) {
    for (number, cell) in notebook["cells"].as_array_mut().into_iter().flatten().enumerate() {
        change(number, cell);
    }
}

fn each_output(cell: &mut Value, change: impl Fn(&mut Value)) {
    cell.get_mut("outputs").and_then(Value::as_array_mut).into_iter().flatten().for_each(change);
}
