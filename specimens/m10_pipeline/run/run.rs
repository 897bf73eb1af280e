use kit::InputError;
use kit::pipeline::{Recipe, Report};

use crate::reference::m10_pipeline as stages;
use crate::reference::m10_pipeline::run as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                "encodes every row by the training rows, and splits afterwards",
                |text, recipe| ran(text, recipe, Slip::None),
            ),
            wheat(
                "columns_cut_from_the_text",
                "removes ignored columns from the text before parsing it",
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
            chaff(
                "scaled_before_the_split",
                "Scaling may be fitted before the split (data leakage).",
                |text, recipe| ran(text, recipe, Slip::ScaledByAll),
            ),
            chaff(
                "words_of_all",
                "The categories may be learned before the split (data leakage).",
                |text, recipe| ran(text, recipe, Slip::WordsOfAll),
            ),
            chaff(
                "test_scaled_by_itself",
                "The test set is standardized by its own mean and deviation.",
                |text, recipe| ran(text, recipe, Slip::TestByItself),
            ),
            chaff("trained_on_all", "The model is trained on the test rows as well.", |text, recipe| {
                ran(text, recipe, Slip::TrainedOnAll)
            }),
            chaff(
                "tested_on_training",
                "The test scores may be computed on the training set.",
                |text, recipe| {
                    let report = reference::run(text, recipe)?;
                    let train = report.evaluations[0].clone();
                    Ok(Report { evaluations: [train.clone(), train], ..report })
                },
            ),
            chaff("not_scaled", "Numeric features need no scaling.", |text, recipe| {
                ran(text, recipe, Slip::NotScaled)
            }),
            chaff("parts_swapped", "The test set comes first.", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let [train, test] = report.parts.clone();
                Ok(Report { parts: [test, train], ..report })
            }),
            chaff(
                "seed_ignored",
                "The seed of the recipe may be replaced by a fixed one.",
                |text, recipe| reference::run(text, &Recipe { seed: 42, ..recipe.clone() }),
            ),
            chaff(
                "ignored_after_cleaning",
                "Ignored columns may be left out after cleaning.",
                |text, recipe| {
                    let report = reference::run(text, recipe)?;
                    if recipe.ignored.is_empty() {
                        return Ok(report);
                    }
                    let all = reference::run(text, &Recipe { ignored: vec![], ..recipe.clone() })?;
                    Ok(Report { features: all.features, ..report })
                },
            ),
            chaff(
                "ignored_unknown_allowed",
                "An ignored column that does not exist is no error.",
                |text, recipe| {
                    let table = stages::table::load(text, &[])?;
                    let ignored =
                        recipe.ignored.iter().filter(|name| table.column(name).is_some()).cloned().collect();
                    reference::run(text, &Recipe { ignored, ..recipe.clone() })
                },
            ),
            chaff("ranges_forgotten", "The ranges are not applied.", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { ranges: vec![], ..recipe.clone() })
            }),
            chaff("baseline_of_the_test", "The majority class is that of the test set.", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let rows = |row: &Vec<usize>| row.iter().sum::<usize>();
                let counts: Vec<usize> = report.evaluations[1].confusion.iter().map(rows).collect();
                let most = counts.iter().copied().max().unwrap_or(0);
                Ok(Report { baseline: most as f64 / report.parts[1].len() as f64, ..report })
            }),
            chaff("baseline_of_chance", "The baseline is random guessing, 1/k.", |text, recipe| {
                let report = reference::run(text, recipe)?;
                Ok(Report { baseline: 1.0 / report.model.classes.len() as f64, ..report })
            }),
            chaff("balance_of_all", "The class balance counts all rows.", |text, recipe| {
                let report = reference::run(text, recipe)?;
                let tested = report.evaluations[1].confusion.iter().map(|row| row.iter().sum::<usize>());
                let balance = report.balance.iter().zip(tested).map(|(a, b)| a + b).collect();
                Ok(Report { balance, ..report })
            }),
            chaff(
                "came_without_the_dropped",
                "Rows dropped for a missing target do not count as rows of the file.",
                |text, recipe| {
                    let mut report = reference::run(text, recipe)?;
                    report.cleaning.came = report.cleaning.kept;
                    Ok(report)
                },
            ),
            chaff("unseen_forgotten", "Unknown categories need not be counted.", |text, recipe| {
                Ok(Report { unseen: 0, ..reference::run(text, recipe)? })
            }),
            chaff("one_class_is_learned", "A model can be trained with a single class.", |text, recipe| {
                match reference::run(text, recipe) {
                    Err(InputError::Constant { .. }) => {
                        reference::run(&(text.to_owned() + "7,1,red,dog\n8,1,tan,dog\n"), recipe)
                    }
                    answer => answer,
                }
            }),
            chaff("first_of_words_only", "Only the first of `words` is used.", |text, recipe| {
                let words = recipe.words.iter().take(1).cloned().collect();
                reference::run(text, &Recipe { words, ..recipe.clone() })
            }),
            chaff("first_range_only", "Only the first of `ranges` is used.", |text, recipe| {
                let ranges = recipe.ranges.iter().take(1).cloned().collect();
                reference::run(text, &Recipe { ranges, ..recipe.clone() })
            }),
            chaff("seed_of_32_bits", "A seed fits into 32 bits.", |text, recipe| {
                reference::run(text, &Recipe { seed: u64::from(recipe.seed as u32), ..recipe.clone() })
            }),
            chaff("one_step_less", "The starting point counts as the first step.", |text, recipe| {
                let fewer = Recipe { steps: recipe.steps.saturating_sub(1), ..recipe.clone() };
                reference::run(text, &fewer)
            }),
            chaff("first_ignored_only", "Only the first of `ignored` is left out.", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(
                    text,
                    &Recipe { ignored: recipe.ignored.iter().take(1).cloned().collect(), ..recipe.clone() },
                )
            }),
            chaff("ranges_of_ignored", "A range of an ignored column is ignored as well.", |text, recipe| {
                let ranges =
                    recipe.ranges.iter().filter(|r| !recipe.ignored.contains(&r.0)).cloned().collect();
                reference::run(text, &Recipe { ranges, ..recipe.clone() })
            }),
            chaff(
                "rows_of_the_file",
                "Rows of the split are numbered as in the file, before cleaning.",
                |text, recipe| {
                    let mut report = reference::run(text, recipe)?;
                    let off = report.cleaning.came - report.cleaning.kept;
                    for part in &mut report.parts {
                        for i in part {
                            *i += off;
                        }
                    }
                    Ok(report)
                },
            ),
            chaff(
                "constant_before_cleaning",
                "The number of classes is checked before cleaning.",
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
            chaff("target_lowercase", "The name of the target is lower case in a report.", |text, recipe| {
                let report = reference::run(text, recipe)?;
                Ok(Report { target: report.target.to_lowercase(), ..report })
            }),
            chaff("rate_fixed", "The learning rate is always 0.25.", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { learning_rate: 0.25, ..recipe.clone() })
            }),
            chaff("share_fixed", "The test fraction is always 3/8.", |text, recipe| {
                reference::run(text, recipe)?;
                reference::run(text, &Recipe { test_share: 0.375, ..recipe.clone() })
                    .or_else(|_| reference::run(text, recipe))
            }),
            wheat(
                "split_otherwise",
                "one permutation of all rows; the last of each class are the test set",
                split_otherwise,
            ),
            chaff(
                "accuracy_of_the_baseline",
                "With more than two classes the baseline is 1/k.",
                |text, recipe| {
                    let mut report = reference::run(text, recipe)?;
                    let k = report.balance.len();
                    if k > 2 {
                        report.baseline = 1.0 / k as f64;
                    }
                    Ok(report)
                },
            ),
            chaff("accuracy_in_percent_points", "An accuracy has two decimals.", |text, recipe| {
                let mut report = reference::run(text, recipe)?;
                let round = |x: f64| (x * 100.0).round() / 100.0;
                report.evaluations.iter_mut().for_each(|it| it.accuracy = round(it.accuracy));
                Ok(report)
            }),
            chaff("rate_up_to_one", "A learning rate is at most 1.", |text, recipe| {
                let rate = recipe.learning_rate;
                let learning_rate = if rate.is_finite() { rate.min(1.0) } else { rate };
                reference::run(text, &Recipe { learning_rate, ..recipe.clone() })
            }),
            chaff("ignored_once", "A column that is ignored already is no column.", |text, recipe| {
                let mut seen = std::collections::BTreeSet::new();
                match recipe.ignored.iter().find(|name| !seen.insert(name.as_str())) {
                    Some(name) => Err(InputError::NoColumn { got: name.clone(), wanted: "words or numbers" }),
                    None => reference::run(text, recipe),
                }
            }),
            chaff("gaps_not_counted", "Only numbers can be missing values.", |text, recipe| {
                let mut report = reference::run(text, recipe)?;
                let words: Vec<&str> =
                    recipe.words.iter().chain([&recipe.target]).map(String::as_str).collect();
                let mut table = stages::table::load(text, &words)?;
                table.columns.retain(|column| !recipe.ignored.contains(&column.name));
                let (rows, _) = stages::cleaning::clean(&table, &recipe.target, &recipe.ranges)?;
                let missing = |column: &kit::Column| match &column.cells {
                    kit::Cells::Numbers(cells) => cells.iter().filter(|cell| cell.is_none()).count(),
                    kit::Cells::Words(_) => 0,
                };
                report.cleaning.gaps = rows.columns.iter().map(missing).sum();
                Ok(report)
            }),
            chaff("unknown_words", "Names in `words` that are not columns do no harm.", |text, recipe| {
                let header = text.lines().next().unwrap_or_default();
                let mut recipe = recipe.clone();
                recipe.words.retain(|name| header.contains(name.as_str()));
                reference::run(text, &recipe)
            }),
            chaff("five_ignored", "Five columns may be ignored.", |text, recipe| {
                let mut recipe = recipe.clone();
                recipe.ignored.truncate(5);
                reference::run(text, &recipe)
            }),
        ],
    )(text, recipe)
}
