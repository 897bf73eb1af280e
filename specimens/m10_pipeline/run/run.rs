use kit::InputError;
use kit::pipeline::{Recipe, Report};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline as stages;
use crate::reference::m10_pipeline::run as reference;

mod ways;

use ways::{Slip, ran, split_otherwise};

type Answer = Result<Report, InputError>;

type Run = fn(&str, &Recipe) -> Answer;

/// The kata, answered by a specimen.
pub fn run(text: &str, recipe: &Recipe) -> Answer {
    answering::<Run>(
        module_path!(),
        reference::run,
        &[
            wheat(
                "all_rows_encoded",
                "encodes every row by the training rows, and parts afterwards",
                |text, recipe| ran(text, recipe, Slip::None),
            ),
            wheat(
                "columns_cut_from_the_text",
                "ignored columns leave the text before it is read",
                |text, recipe| {
                    let plain = Recipe { ignored: vec![], ..recipe.clone() };
                    let usable = !text.contains('"') && !recipe.ignored.contains(&recipe.target);
                    let header: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
                    let known = recipe
                        .ignored
                        .iter()
                        .chain(&recipe.words)
                        .all(|name| header.contains(&name.as_str()));
                    let right = reference::run(text, recipe);
                    if !usable || !known || right.is_err() {
                        return right;
                    }
                    let kept = |line: &str| {
                        let cells = line.split(',').enumerate();
                        let cells = cells.filter(|(j, _)| {
                            !recipe.ignored.iter().any(|name| header.get(*j) == Some(&name.as_str()))
                        });
                        cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
                    };
                    reference::run(&text.lines().map(kept).collect::<String>(), &plain)
                },
            ),
            chaff("scaled_before_the_split", "scaling is part of cleaning", |text, recipe| {
                ran(text, recipe, Slip::ScaledByAll)
            }),
            chaff("words_of_all", "what words there are is known before the split", |text, recipe| {
                ran(text, recipe, Slip::WordsOfAll)
            }),
            chaff("test_scaled_by_itself", "each part is scaled by its own numbers", |text, recipe| {
                ran(text, recipe, Slip::TestByItself)
            }),
            chaff("trained_on_all", "more rows make a better model", |text, recipe| {
                ran(text, recipe, Slip::TrainedOnAll)
            }),
            chaff("tested_on_training", "the rows at hand are as good as any", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let train = report.evaluations[0].clone();
                Ok(Report { evaluations: [train.clone(), train], ..report })
            }),
            chaff("not_scaled", "numbers are numbers", |text, recipe| ran(text, recipe, Slip::NotScaled)),
            chaff("parts_swapped", "the test comes first", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let [train, test] = report.parts.clone();
                Ok(Report { parts: [test, train], ..report })
            }),
            chaff("seed_ignored", "a fixed seed makes it reproducible", |text, recipe| {
                reference::run(text, &Recipe { seed: 42, ..recipe.clone() })
            }),
            chaff("ignored_after_cleaning", "columns may be left out at any time", |text, recipe| {
                let report = reference::run(text, recipe)?;
                if recipe.ignored.is_empty() {
                    return Ok(report);
                }
                let all = reference::run(text, &Recipe { ignored: vec![], ..recipe.clone() })?;
                Ok(Report { features: all.features, ..report })
            }),
            chaff(
                "ignored_unknown_allowed",
                "a column that is not there is ignored already",
                |text, recipe| {
                    let table = stages::table::load(text, &[])?;
                    let ignored =
                        recipe.ignored.iter().filter(|name| table.column(name).is_some()).cloned().collect();
                    reference::run(text, &Recipe { ignored, ..recipe.clone() })
                },
            ),
            chaff("ranges_forgotten", "a number is true because it is there", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { ranges: vec![], ..recipe.clone() })
            }),
            chaff("baseline_of_the_test", "the usual class is that of the test rows", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let rows = |row: &Vec<usize>| row.iter().sum::<usize>();
                let counts: Vec<usize> = report.evaluations[1].confusion.iter().map(rows).collect();
                let most = counts.iter().copied().max().unwrap_or(0);
                Ok(Report { baseline: most as f64 / report.parts[1].len() as f64, ..report })
            }),
            chaff("baseline_of_chance", "guessing is right once in k times", |text, recipe| {
                let report = reference::run(text, recipe)?;
                Ok(Report { baseline: 1.0 / report.model.classes.len() as f64, ..report })
            }),
            chaff("balance_of_all", "a class has as many rows as it has", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let tested = report.evaluations[1].confusion.iter().map(|row| row.iter().sum::<usize>());
                let balance = report.balance.iter().zip(tested).map(|(a, b)| a + b).collect();
                Ok(Report { balance, ..report })
            }),
            chaff("came_without_the_dropped", "what was dropped never came", |text, recipe| {
                let mut report = reference::run(text, recipe)?;
                report.cleaning.came = report.cleaning.kept;
                Ok(report)
            }),
            chaff("unseen_forgotten", "words that nobody knows do not matter", |text, recipe| {
                Ok(Report { unseen: 0, ..reference::run(text, recipe)? })
            }),
            chaff("one_class_is_learned", "a model of one class is always right", |text, recipe| {
                match reference::run(text, recipe) {
                    Err(InputError::Constant { .. }) => {
                        reference::run(&(text.to_owned() + "7,1,red,dog\n8,1,tan,dog\n"), recipe)
                    }
                    answer => answer,
                }
            }),
            chaff("first_of_words_only", "one column of words may be named", |text, recipe| {
                let words = recipe.words.iter().take(1).cloned().collect();
                reference::run(text, &Recipe { words, ..recipe.clone() })
            }),
            chaff("first_range_only", "one range is enough", |text, recipe| {
                let ranges = recipe.ranges.iter().take(1).cloned().collect();
                reference::run(text, &Recipe { ranges, ..recipe.clone() })
            }),
            chaff("seed_of_32_bits", "a seed fits into a u32", |text, recipe| {
                reference::run(text, &Recipe { seed: u64::from(recipe.seed as u32), ..recipe.clone() })
            }),
            chaff("one_step_less", "the first step is the start", |text, recipe| {
                let fewer = Recipe { steps: recipe.steps.saturating_sub(1), ..recipe.clone() };
                reference::run(text, &fewer)
            }),
            chaff("first_ignored_only", "one column may be ignored", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(
                    text,
                    &Recipe { ignored: recipe.ignored.iter().take(1).cloned().collect(), ..recipe.clone() },
                )
            }),
            chaff("ranges_of_ignored", "a range of an ignored column does no harm", |text, recipe| {
                let ranges =
                    recipe.ranges.iter().filter(|r| !recipe.ignored.contains(&r.0)).cloned().collect();
                reference::run(text, &Recipe { ranges, ..recipe.clone() })
            }),
            chaff("rows_of_the_file", "rows are numbered as in the file", |text, recipe| {
                let mut report = reference::run(text, recipe)?;
                let off = report.cleaning.came - report.cleaning.kept;
                for part in &mut report.parts {
                    for i in part {
                        *i += off;
                    }
                }
                Ok(report)
            }),
            chaff(
                "constant_before_cleaning",
                "the classes of the file are what there is to tell apart",
                |text, recipe| match reference::run(text, recipe) {
                    Err(InputError::Constant { .. }) => {
                        let t = stages::table::load(text, &[recipe.target.as_str()])?;
                        let set: std::collections::BTreeSet<_> =
                            t.words(&recipe.target)?.iter().flatten().cloned().collect();
                        if set.len() > 1 {
                            reference::run(&(text.to_owned() + "7,1,red,dog\n8,1,tan,dog\n"), recipe)
                        } else {
                            Err(InputError::Constant { name: "target" })
                        }
                    }
                    other => other,
                },
            ),
            chaff("target_lowercase", "names in a report are in lower case", |text, recipe| {
                let report = reference::run(text, recipe)?;
                Ok(Report { target: report.target.to_lowercase(), ..report })
            }),
            chaff("rate_fixed", "a rate of 0.25 fits every table", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { learning_rate: 0.25, ..recipe.clone() })
            }),
            chaff("share_fixed", "three eighths are the usual share", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { test_share: 0.375, ..recipe.clone() })
                    .or_else(|_| reference::run(text, recipe))
            }),
            wheat(
                "split_otherwise",
                "one order for all rows, drawn backwards; the last of each class are the test",
                split_otherwise,
            ),
        ],
    )(text, recipe)
}
