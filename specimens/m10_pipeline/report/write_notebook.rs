use kit::pipeline::{Origin, Recipe, Report};
use serde_json::{Value, json};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::report as reference;

mod ways;

use ways::{changed, each, each_cell, each_output, otherwise};

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
            wheat(
                "written_otherwise",
                "String::from, literals without backslashes, exponents and quotients, the path by a name",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!(otherwise(&source, recipe, origin));
                        }
                    })
                },
            ),
            wheat(
                "title_alone",
                "the title in a cell of its own, without a line end",
                |report, recipe, origin, pictures| {
                    changed(report, recipe, origin, pictures, |notebook| {
                        let Some(cells) = notebook["cells"].as_array_mut() else { return };
                        let mut title = cells[0].clone();
                        let source = title["source"].as_str().unwrap_or_default().to_owned();
                        let (heading, rest) = source.split_once('\n').unwrap_or_default();
                        (title["source"], title["id"]) = (json!(heading), json!("title"));
                        cells[0]["source"] = json!(rest);
                        cells.insert(0, title);
                    })
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
            chaff("test_share_fixed", "a quarter is the usual share", |report, recipe, origin, pictures| {
                let recipe = Recipe { test_share: 0.25, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("seed_fixed", "a fixed seed makes it reproducible", |report, recipe, origin, pictures| {
                let recipe = Recipe { seed: 7, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("steps_fixed", "200 steps are enough", |report, recipe, origin, pictures| {
                let recipe = Recipe { steps: 200, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("rate_fixed", "the rate belongs to the method", |report, recipe, origin, pictures| {
                let recipe = Recipe { learning_rate: 0.5, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff(
                "words_left_out",
                "the target is the only column of words",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe { words: vec![], ..recipe.clone() };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff("year_ignored", "a year is no feature", |report, recipe, origin, pictures| {
                let recipe = Recipe { ignored: vec!["year".to_owned()], ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff(
                "ranges_open",
                "whoever wants limits writes them in",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe {
                        ranges: recipe
                            .ranges
                            .iter()
                            .map(|(name, _)| (name.clone(), [f64::NEG_INFINITY, f64::INFINITY]))
                            .collect(),
                        ..recipe.clone()
                    };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff("ranges_left_out", "the data are clean by now", |report, recipe, origin, pictures| {
                let recipe = Recipe { ranges: vec![], ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("target_fixed", "the class is the species", |report, recipe, origin, pictures| {
                let recipe = Recipe { target: "species".to_owned(), ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("rounded", "three digits are enough", |report, recipe, origin, pictures| {
                let recipe =
                    Recipe { test_share: (recipe.test_share * 1000.0).round() / 1000.0, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("title_fixed", "the notebook is about penguins", |report, recipe, origin, pictures| {
                let origin = Origin { title: "Penguins".to_owned(), ..origin.clone() };
                reference::write_notebook(report, recipe, &origin, pictures)
            }),
            chaff("numbers_displayed", "{} of a number is a number", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    let source = cell["source"].as_str().unwrap_or_default().to_owned();
                    if cell["cell_type"] == "code" {
                        cell["source"] = json!(source.replace(
                            &format!("learning_rate: {:?}", recipe.learning_rate),
                            &format!("learning_rate: {}", recipe.learning_rate)
                        ));
                    }
                })
            }),
            chaff("toml_as_rust", "a literal is a literal", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    let source = cell["source"].as_str().unwrap_or_default().to_owned();
                    if cell["cell_type"] == "code" {
                        cell["source"] = json!(source.replace("\\u0007", "\\u{7}"));
                    }
                })
            }),
            chaff(
                "drawing_commented_out",
                "the pictures are there already",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!(
                                source
                                    .replace("let picture", "// let picture")
                                    .replace("println!(", "// println!(")
                            );
                        }
                    })
                },
            ),
            chaff("drawing_in_words", "code is for the reader", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    let source = cell["source"].as_str().unwrap_or_default().to_owned();
                    if cell["cell_type"] == "code" {
                        cell["source"] = json!(if source.contains("let picture") {
                            "draw figure [0], as svg (the first".to_owned()
                        } else {
                            source
                        });
                    }
                })
            }),
            chaff(
                "first_figure_for_all",
                "one cell is written, the others copied",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!((1..9).fold(source, |source, k| {
                                source.replace(&format!("drawn[{k}]"), "drawn[0]")
                            }));
                        }
                    })
                },
            ),
            chaff("three_pictures", "there are three figures", |report, recipe, origin, pictures| {
                reference::write_notebook(report, recipe, origin, &pictures[..pictures.len().min(3)])
            }),
            chaff(
                "file_commented_out",
                "the path is named in a remark",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!(source.replace(
                                "let text: String = std::fs::read_to_string(",
                                "let text: String = String::new(); // read_to_string("
                            ));
                        }
                    })
                },
            ),
            chaff(
                "target_not_told",
                "the reader knows what it is about",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "markdown" {
                            cell["source"] = json!(source.replace(&report.target, "class"));
                        }
                    })
                },
            ),
            chaff("random_ids", "an id is random", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |number, cell| {
                    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                    let now = now.map_or(0, |since| since.as_nanos());
                    cell["id"] = json!(format!("cell-{number}-{now}"));
                })
            }),
            wheat(
                "recipe_in_a_function",
                "a function returns the recipe",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if let Some((before, literal)) = source.split_once("let recipe: Recipe = ") {
                            let literal = literal.trim_end().trim_end_matches(';');
                            let asked = format!("fn asked() -> Recipe {{\n    {literal}\n}}");
                            cell["source"] = json!(format!("{before}{asked}\nlet recipe: Recipe = asked();"));
                        }
                    })
                },
            ),
            wheat(
                "report_of_a_block",
                "a block gives the report, and its own names need no type",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        let block = "= {\nlet found = run(&text, &recipe)?;\nfound\n};";
                        cell["source"] = json!(source.replace("= run(&text, &recipe)?;", block));
                    })
                },
            ),
            chaff(
                "untyped_where_indented",
                "what is indented is inside of something",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        cell["source"] = json!(source.replace("let drawn: Vec<Figure> =", "  let drawn ="));
                    })
                },
            ),
        ],
    )(report, recipe, origin, pictures)
}
