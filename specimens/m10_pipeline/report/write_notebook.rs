use kit::pipeline::{Origin, Recipe, Report};
use serde_json::{Value, json};

use crate::reference::m10_pipeline::report as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                "one line of JSON without whitespace, no execution counts",
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
                "the title in a cell of its own, without a line break",
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
            chaff(
                "escaped_by_hand",
                "Only quotes have to be escaped in JSON.",
                |report, recipe, origin, pictures| {
                    let text = reference::write_notebook(report, recipe, origin, pictures);
                    text.replace("\\n", "\n")
                },
            ),
            chaff("format_4_0", "nbformat 4.0 is enough.", |report, recipe, origin, pictures| {
                changed(report, recipe, origin, pictures, |notebook| notebook["nbformat_minor"] = json!(0))
            }),
            chaff("without_ids", "Cells need no id.", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    cell.as_object_mut().map(|cell| cell.remove("id"));
                })
            }),
            chaff("one_id", "Cells of the same type may share an id.", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| cell["id"] = cell["cell_type"].clone())
            }),
            chaff("ids_with_blanks", "Any text is a valid id.", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |number, cell| {
                    cell["id"] = json!(format!("cell {number}"))
                })
            }),
            chaff(
                "each_run_once",
                "The execution count says how often a cell was run.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        if cell["cell_type"] == "code" {
                            cell["execution_count"] = json!(1);
                        }
                    })
                },
            ),
            chaff(
                "outputs_everywhere",
                "Markdown cells have outputs as well.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        if cell["outputs"].is_null() {
                            cell["outputs"] = json!([]);
                        }
                    })
                },
            ),
            chaff(
                "python_kernel",
                "The kernel of a notebook is Python.",
                |report, recipe, origin, pictures| {
                    changed(report, recipe, origin, pictures, |notebook| {
                        notebook["metadata"]["kernelspec"] =
                            json!({ "display_name": "Python 3", "language": "python", "name": "python3" });
                    })
                },
            ),
            chaff("without_results", "Code cells need no outputs.", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    if cell["cell_type"] == "code" {
                        cell["outputs"] = json!([]);
                    }
                })
            }),
            chaff(
                "results_rounded_away",
                "The first line of the report is enough as output.",
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
            chaff("first_picture_only", "One figure is enough.", |report, recipe, origin, pictures| {
                reference::write_notebook(report, recipe, origin, &pictures[..pictures.len().min(1)])
            }),
            chaff(
                "pictures_as_files",
                "A figure is a link to a file next to the notebook.",
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
            chaff(
                "debug_recipe",
                "`{:?}` of the recipe is valid Rust code.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        if cell["source"].as_str().is_some_and(|source| source.contains("let recipe")) {
                            let read =
                                format!("let text: String = std::fs::read_to_string({:?})?;\n", origin.file);
                            cell["source"] = json!(format!("{read}let recipe: Recipe = {recipe:?};"));
                        }
                    })
                },
            ),
            chaff(
                "names_not_escaped",
                "A path can be put between two quotes as it is.",
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
                "The notebook always uses the feature `solutions`.",
                |report, recipe, origin, pictures| {
                    reference::write_notebook(
                        report,
                        recipe,
                        &Origin { solutions: true, ..origin.clone() },
                        pictures,
                    )
                },
            ),
            chaff("types_left_out", "The kernel infers every type.", |report, recipe, origin, pictures| {
                each(report, recipe, origin, pictures, |_, cell| {
                    let source = cell["source"].as_str().unwrap_or_default();
                    cell["source"] = json!(source.replace("let report: Report", "let report"));
                })
            }),
            chaff(
                "code_without_approach",
                "A notebook needs no explanation in words.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        if cell["cell_type"] == "markdown" {
                            cell["source"] = json!(format!("# {}\n", origin.title));
                        }
                    })
                },
            ),
            chaff(
                "test_share_fixed",
                "The test fraction is always a quarter.",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe { test_share: 0.25, ..recipe.clone() };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff("seed_fixed", "The seed is always the same.", |report, recipe, origin, pictures| {
                let recipe = Recipe { seed: 7, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("steps_fixed", "The number of steps is always 200.", |report, recipe, origin, pictures| {
                let recipe = Recipe { steps: 200, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff(
                "rate_fixed",
                "The learning rate is always the same.",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe { learning_rate: 0.5, ..recipe.clone() };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff(
                "words_left_out",
                "The target is the only categorical column.",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe { words: vec![], ..recipe.clone() };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff(
                "year_ignored",
                "The column `year` is always ignored.",
                |report, recipe, origin, pictures| {
                    let recipe = Recipe { ignored: vec!["year".to_owned()], ..recipe.clone() };
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
            chaff("ranges_open", "Ranges are always unbounded.", |report, recipe, origin, pictures| {
                let recipe = Recipe {
                    ranges: recipe
                        .ranges
                        .iter()
                        .map(|(name, _)| (name.clone(), [f64::NEG_INFINITY, f64::INFINITY]))
                        .collect(),
                    ..recipe.clone()
                };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("ranges_left_out", "The recipe needs no ranges.", |report, recipe, origin, pictures| {
                let recipe = Recipe { ranges: vec![], ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("target_fixed", "The target is always the species.", |report, recipe, origin, pictures| {
                let recipe = Recipe { target: "species".to_owned(), ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("rounded", "Three digits are enough for a number.", |report, recipe, origin, pictures| {
                let recipe =
                    Recipe { test_share: (recipe.test_share * 1000.0).round() / 1000.0, ..recipe.clone() };
                reference::write_notebook(report, &recipe, origin, pictures)
            }),
            chaff("title_fixed", "The title is always Penguins.", |report, recipe, origin, pictures| {
                let origin = Origin { title: "Penguins".to_owned(), ..origin.clone() };
                reference::write_notebook(report, recipe, &origin, pictures)
            }),
            chaff(
                "numbers_displayed",
                "`{}` of an f64 is a valid literal of type f64.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!(source.replace(
                                &format!("learning_rate: {:?}", recipe.learning_rate),
                                &format!("learning_rate: {}", recipe.learning_rate)
                            ));
                        }
                    })
                },
            ),
            chaff(
                "toml_as_rust",
                "A string literal of Rust is a valid TOML string.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "code" {
                            cell["source"] = json!(source.replace("\\u0007", "\\u{7}"));
                        }
                    })
                },
            ),
            chaff(
                "drawing_commented_out",
                "The code that draws may be commented out.",
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
            chaff(
                "drawing_in_words",
                "The code that draws need not run.",
                |report, recipe, origin, pictures| {
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
                },
            ),
            chaff(
                "first_figure_for_all",
                "Every cell draws the first figure.",
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
            chaff("three_pictures", "There are always three figures.", |report, recipe, origin, pictures| {
                reference::write_notebook(report, recipe, origin, &pictures[..pictures.len().min(3)])
            }),
            chaff(
                "file_commented_out",
                "The path may be named in a comment.",
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
                "target_not_named",
                "The explanation need not name the target.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        if cell["cell_type"] == "markdown" {
                            cell["source"] = json!(source.replace(&report.target, "class"));
                        }
                    })
                },
            ),
            chaff("random_ids", "The ids may be random.", |report, recipe, origin, pictures| {
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
                "An indented `let` is always inside a block.",
                |report, recipe, origin, pictures| {
                    each(report, recipe, origin, pictures, |_, cell| {
                        let source = cell["source"].as_str().unwrap_or_default().to_owned();
                        cell["source"] = json!(source.replace("let drawn: Vec<Figure> =", "  let drawn ="));
                    })
                },
            ),
            chaff(
                "three_decimals",
                "Three decimals are enough for the ends of a range.",
                |report, recipe, origin, pictures| {
                    let mut recipe = recipe.clone();
                    let round = |x: f64| if x.abs() < 1e12 { (x * 1000.0).round() / 1000.0 } else { x };
                    recipe.ranges.iter_mut().for_each(|(_, ends)| *ends = ends.map(round));
                    reference::write_notebook(report, &recipe, origin, pictures)
                },
            ),
        ],
    )(report, recipe, origin, pictures)
}
