use judge::{Broken, any, close, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::run::run;
use kit::pipeline::Recipe;
use kit::{Classifier, Generator, InputError};
use proptest::prelude::prop_oneof;

use judge::any::select;

use super::super::model::costs::descent as descent_of;
use super::file::{Row, descent, features, labels, ran, recipe, rows, text};
use super::rejections::rejects_what_a_stage_rejects;
use super::wide::every_row_column_class_and_step_counts;
use judge::any::sizes;

/// The rows with the features of these ones changed beyond recognition; their classes stay.
fn disturbed(rows: &[Row], which: &[usize]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    for &i in which {
        rows[i] = (1000.0 + rows[i].0, Some(-77.0), "violet", rows[i].3);
    }
    rows
}

#[test]
fn nothing_leaks_from_test_rows() {
    for_all("rows, seed", (rows(), any::seed())).cases(48).holds(|(rows, seed)| {
        let report = ran(&text(rows), &recipe(*seed, 3))?;
        let others = disturbed(rows, &report.parts[1]);
        let other = ran(&text(&others), &recipe(*seed, 3))?;
        let look = format!(
            "The features of the test rows {:?} were changed, and something learned changed with them: data \
             leakage. Split first, then learn scales, categories and weights from the training rows.",
            report.parts[1]
        );
        equal("the parts afterwards", &other.parts, &report.parts, &look)?;
        equal("the features afterwards", &other.features, &report.features, &look)?;
        equal("the scales afterwards", &other.scales, &report.scales, &look)?;
        equal("the model afterwards", &other.model, &report.model, &look)?;
        equal("the losses afterwards", &other.losses, &report.losses, &look)?;
        equal("the balance afterwards", &other.balance, &report.balance, &look)
    });
}

#[test]
fn training_rows_matter() {
    for_all("rows, seed", (rows(), any::seed())).cases(16).holds(|(rows, seed)| {
        let report = ran(&text(rows), &recipe(*seed, 3))?;
        let other = ran(&text(&disturbed(rows, &report.parts[0][..1])), &recipe(*seed, 3))?;
        ensure(other.model.weights != report.model.weights && other.scales != report.scales, || {
            let got = format!("the same model after row {} of the training was changed", report.parts[0][0]);
            Broken::answer(got, "another one", "Are `parts` the training rows and the test rows?")
        })
    });
}

#[test]
fn is_reproducible() {
    for_all("rows, seed", (rows(), any::seed())).cases(16).holds(|(rows, seed)| {
        let first = ran(&text(rows), &recipe(*seed, 2))?;
        for _ in 0..3 {
            let again = ran(&text(rows), &recipe(*seed, 2))?;
            equal(
                "the report, once more",
                again,
                first.clone(),
                "Do clock, threads or hash maps differ from run to run?",
            )?;
        }
        Ok(())
    });
}

#[test]
fn scales_come_from_the_training_set() {
    for_all("rows, seed", (rows(), any::seed())).cases(48).holds(|(rows, seed)| {
        let report = ran(&text(rows), &recipe(*seed, 0))?;
        let train = &report.parts[0];
        let mean = train.iter().map(|&i| rows[i].0).sum::<f64>() / train.len() as f64;
        let names: Vec<&str> = report.scales.iter().map(|scale| scale.column.as_str()).collect();
        equal("columns of the scales", names[0], "number", "One scale for each numeric column, in order.")?;
        close(
            "the mean of `number`",
            report.scales[0].mean,
            mean,
            1e-12,
            "The mean over the training rows only.",
        )
    });
}

#[test]
fn trains_on_the_training_set() {
    // Rates above 1 amplify rounding more with each step.
    let rates = prop_oneof![
        3 => (0..6_usize, select(vec![0.25, 0.125, 0.75])),
        1 => (0..3_usize, select(vec![1.5, 3.0, 8.0])),
    ];
    let inputs = (rows(), any::seed(), rates);
    for_all("rows, seed, (steps, η)", inputs).cases(48).holds(|(rows, seed, (steps, rate))| {
        let report = ran(&text(rows), &Recipe { learning_rate: *rate, ..recipe(*seed, *steps) })?;
        let [train, test] = &report.parts;
        let want = descent(&features(rows, train, train), &labels(rows, train), *rate, *steps);
        // Features are at most √16 in size, the curvature of the loss is below 20: six steps amplify rounding no further than this.
        let tolerance = 1e-9;
        let look = "Training rows only, standardized by their own scale, missing values 0, words one-hot \
            encoded; then `steps` steps from zero.";
        close_entries("W", &report.model.weights, &want.weights, |_, _| tolerance, look)?;
        close("b", &report.model.intercepts[..], &want.intercepts[..], tolerance, look)?;
        equal("number of losses", report.losses.len(), steps + 1, "Before each step, and after the last.")?;
        let x = features(rows, train, test);
        for (k, &label) in labels(rows, test).iter().enumerate() {
            let p = want.probabilities(x.row(k));
            // On the decision boundary rounding decides.
            let (predicted, confusion) = (usize::from(p[1] > p[0]), &report.evaluations[1].confusion);
            if (p[0] - p[1]).abs() > 1e-9 && confusion[label][predicted] == 0 {
                let got = format!("confusion of the test rows {confusion:?}");
                let want = format!("test row {} of class {label} is predicted as {predicted}", test[k]);
                return Err(Broken::answer(
                    got,
                    want,
                    "Test rows are scaled by the scales of the training \
                    rows, not by their own.",
                ));
            }
        }
        Ok(())
    });
}

#[test]
fn counts_add_up() {
    for_all("rows, seed", (rows(), any::seed())).cases(48).holds(|(rows, seed)| {
        let mut file = text(rows) + "99,1,red,\n98,NA,,cat\n";
        file += text(&rows[..1]).lines().nth(1).unwrap_or_default();
        let mut recipe = recipe(*seed, 1);
        recipe.ranges = vec![("mass".to_owned(), [-4.0, 4.0])];
        let report = ran(&file, &recipe)?;
        let cleaning = &report.cleaning;
        equal("came", cleaning.came, rows.len() + 3, "Every line after the header is a row.")?;
        let dropped = (cleaning.without_target, cleaning.too_empty, cleaning.repeated);
        equal(
            "without a class, too empty, repeated",
            dropped,
            (1, 1, 1),
            "One of each was added to the file.",
        )?;
        equal("kept", cleaning.kept, rows.len(), "All rows minus the dropped ones.")?;
        let far = rows.iter().filter(|row| row.1.is_some_and(|x| x.abs() > 4.0)).count();
        let twice = usize::from(rows[0].1.is_some_and(|x| x.abs() > 4.0));
        equal(
            "out of range",
            cleaning.out_of_range,
            far + twice,
            "The recipe's ranges are applied in cleaning.",
        )?;
        let [train, test] = report.parts.each_ref().map(Vec::len);
        equal("rows of both parts", train + test, cleaning.kept, "Every row kept is in one part.")?;
        equal(
            "sum of the balance",
            report.balance.iter().sum::<usize>(),
            train,
            "The training rows, class by class.",
        )?;
        for (part, size) in [(0, train), (1, test)] {
            let counted: usize = report.evaluations[part].confusion.iter().flatten().sum();
            equal(
                &format!("rows in confusion {part}"),
                counted,
                size,
                "0 is the training set, 1 the test set.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn split_is_stratified_with_the_given_fraction() {
    let shares = select(vec![0.125, 0.25, 0.5, 0.625]);
    for_all("rows, seed, s", (rows(), any::seed(), shares)).cases(48).holds(|(rows, seed, share)| {
        // Two leading rows that cleaning drops: indices are those among the rows that are kept.
        let file = text(rows).replacen('\n', "\n99,1,red,\n98,NA,,cat\n", 1);
        let report = ran(&file, &Recipe { test_share: *share, ..recipe(*seed, 0) })?;
        let mut all = report.parts.concat();
        all.sort_unstable();
        let look = "The parts are indices of rows after cleaning, from 0.";
        equal("the rows of both parts, sorted", all, (0..rows.len()).collect(), look)?;
        for class in 0..2 {
            let n =
                labels(rows, &(0..rows.len()).collect::<Vec<_>>()).iter().filter(|it| **it == class).count();
            let got = labels(rows, &report.parts[1]).iter().filter(|it| **it == class).count();
            let want = ((share * n as f64 + 0.5).floor() as usize).min(n - 1);
            let look = "Of a class with n rows ⌊s·n + ½⌋ are for the test, with the s of the recipe.";
            equal(&format!("test rows of class {class}, of {n}"), got, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn handles_many_rows_features_and_classes() {
    let shape = sizes([20..=30, 1..=4, 2..=4, 1..=5], [301, 65, 33, 61]);
    for_all("n, d, k, steps, seed", (shape, any::seed()))
        .cases(24)
        .holds(|&(shape, seed)| every_row_column_class_and_step_counts(shape, seed));
}

#[test]
fn baseline_is_the_majority_class() {
    for_all("rows, seed", (rows(), any::seed())).cases(48).holds(|(rows, seed)| {
        let report = ran(&text(rows), &recipe(*seed, 0))?;
        let [train, test] = report.parts.each_ref().map(|part| labels(rows, part));
        let dogs = train.iter().sum::<usize>();
        let majority = usize::from(dogs > train.len() - dogs);
        let want = test.iter().filter(|label| **label == majority).count() as f64 / test.len() as f64;
        equal(
            "balance",
            report.balance.clone(),
            vec![train.len() - dogs, dogs],
            "Training rows of cat, then of dog.",
        )?;
        close(
            "baseline",
            report.baseline,
            want,
            1e-15,
            "The majority class is that of the training set; the accuracy is that on the test set.",
        )
    });
}

#[test]
fn classifies_the_penguins() {
    example(|| {
        let mut recipe = recipe(3, 60);
        recipe.target = "species".to_owned();
        recipe.ignored = vec!["year".to_owned()];
        let report = ran(kit::data::PENGUINS_CSV, &recipe)?;
        equal("rows kept", report.cleaning.kept, 342, "Two penguins were not measured at all.")?;
        equal("features", report.features.len(), 9, "Four measures, three islands, two sexes.")?;
        let accuracy = report.evaluations[1].accuracy;
        // Of 40 seeds the worst reaches 95 %.
        ensure(accuracy > 0.9, || {
            let look = "The species are far apart once every measure has the same scale: body mass is in \
                thousands of grams.";
            Broken::answer(format!("{accuracy:.3} of the test rows right"), "more than 0.9", look)
        })
    });
}

#[test]
fn classifies_images() {
    example(|| {
        let pixels: Vec<String> = (0..64).map(|k| format!("p{k}")).collect();
        let rows: String = kit::data::DIGITS_CSV.lines().take(120).map(|line| format!("{line}\n")).collect();
        let mut recipe = recipe(1, 12);
        (recipe.target, recipe.test_share) = ("digit".to_owned(), 0.25);
        let report = ran(&format!("{},digit\n{rows}", pixels.join(",")), &recipe)?;
        equal(
            "classes",
            report.model.classes.len(),
            10,
            "The target is categorical, even if its words are 0 to 9.",
        )?;
        let accuracy = report.evaluations[1].accuracy;
        // Of 4,000 splits the worst reaches 79 %, and each image less is several times as rare.
        ensure(accuracy > 0.5 && report.baseline < 0.2, || {
            let look = "A table of 64 columns like any other. Pixels that are always 0 have no deviation to \
                divide by.";
            Broken::answer(
                format!("{accuracy:.3} of the test rows right"),
                "more than 0.5, where guessing gives 0.1",
                look,
            )
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::run::run;
        use kit::pipeline::Recipe;
        let recipe = Recipe {
            target: "species".to_owned(),
            ignored: vec!["year".to_owned()],
            words: vec![],
            ranges: vec![("body_mass_g".to_owned(), [500.0, 50_000.0])],
            test_share: 0.25,
            seed: 1,
            learning_rate: 0.5,
            steps: 20,
        };
        let report = run(kit::data::PENGUINS_CSV, &recipe)?;
        assert_eq!((report.cleaning.came, report.cleaning.too_empty, report.cleaning.kept), (344, 2, 342));
        assert!(report.evaluations[1].accuracy > 0.9 && report.baseline < 0.5);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn uses_all_bits_of_the_seed() {
        example(|| {
            let rows: Vec<Row> =
                (0..32).map(|i| (f64::from(i), None, "red", ["cat", "dog"][i as usize % 2])).collect();
            let parts = |seed| Ok(ran(&text(&rows), &recipe(seed, 1))?.parts);
            // One of more than 10⁷ splits comes up four times in a row with a chance below 10⁻²¹.
            let first = parts(1)?;
            let high = [1 + (1 << 32), 1 + (1 << 40), 1 + (1 << 63)];
            for (which, seeds) in [("1 to 4", [2, 3, 4]), ("1, 2³² + 1, 2⁴⁰ + 1 and 2⁶³ + 1", high)]
            {
                let others = seeds.into_iter().map(parts).collect::<Result<Vec<_>, Broken>>()?;
                ensure(others.iter().any(|parts| *parts != first), || {
                    let look = "Is the recipe's seed passed to the split, with all of its 64 bits?";
                    Broken::answer(format!("the seeds {which} give one split"), "others", look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn applies_every_range() {
        for_all("rows, seed", (rows(), any::seed())).cases(16).holds(|(rows, seed)| {
            let mut recipe = recipe(*seed, 0);
            recipe.ranges = vec![("mass".to_owned(), [-4.0, 4.0]), ("number".to_owned(), [0.125, 9.0])];
            let report = ran(&text(rows), &recipe)?;
            // The first number is 0. A row that is dropped for its missing values counts as well.
            let want = 1 + rows.iter().filter(|row| row.1.is_some_and(|x| x.abs() > 4.0)).count();
            let look = "The recipe may have several ranges: numbers out of each become missing values.";
            equal("out of range", report.cleaning.out_of_range, want, look)
        });
    }

    #[test]
    fn counts_unseen_categories() {
        for_all("rows, seed", (rows(), any::seed())).cases(32).holds(|(rows, seed)| {
            let before = ran(&text(rows), &recipe(*seed, 1))?;
            let mut others = rows.clone();
            before.parts[1][..2].iter().for_each(|&i| others[i].2 = "violet");
            let report = ran(&text(&others), &recipe(*seed, 1))?;
            let trained: Vec<&str> = before.parts[0].iter().map(|&i| rows[i].2).collect();
            let unknown = before.parts[1][2..].iter().filter(|&&i| !trained.contains(&rows[i].2)).count();
            equal(
                "unseen",
                report.unseen,
                2 + unknown,
                "Words in the test rows that no training row contains.",
            )
        });
    }

    #[test]
    fn all_columns_in_words_are_categorical() {
        for_all("seed", any::seed()).cases(16).holds(|seed| {
            // Each class has four rows of each year, and so of each month: five of its eight train, and show both.
            let line =
                |i: usize| format!("{i},{},{},{}\n", 2007 + i % 2, 5 + i % 2, ["cat", "dog"][i / 2 % 2]);
            let file = "number,year,month,kind\n".to_owned() + &(0..16).map(line).collect::<String>();
            let mut recipe = recipe(*seed, 0);
            recipe.words = vec!["year".to_owned(), "month".to_owned()];
            let got = ran(&file, &recipe)?.features;
            let want =
                ["number", "year=2007", "year=2008", "month=5", "month=6"].map(ToOwned::to_owned).to_vec();
            equal(
                "features, with the words year and month",
                got,
                want,
                "All of the recipe's `words` are passed to `load`.",
            )
        });
    }

    #[test]
    fn ignores_any_columns_in_any_order() {
        for_all("how many, seed", (0..=7_usize, any::seed())).cases(32).holds(|&(m, seed)| {
            let mut generator = Generator::from_seed(seed);
            let mut names: Vec<String> = (0..8).map(|j| format!("c{j}")).collect();
            let cells = |i: usize| (0..8).map(|j| (10 * i + j).to_string()).collect::<Vec<_>>().join(",");
            let line = |i: usize| format!("{},{}\n", cells(i), ["cat", "dog"][i % 2]);
            let file = names.join(",") + ",kind\n" + &(0..16).map(line).collect::<String>();
            generator.shuffle(&mut names);
            let mut recipe = recipe(seed, 1);
            // Some stand there twice.
            recipe.ignored = [&names[..m], &names[..m / 3]].concat();
            let got = ran(&file, &recipe)?.features;
            let mut want = names[m..].to_vec();
            want.sort_unstable();
            let look = "Each name in `ignored` leaves out its column, however many there are, also one that \
                        stands there twice.";
            equal(&format!("features without {:?}", recipe.ignored), got, want, look)?;
            let unknown = |wanted| InputError::NoColumn { got: "c8".to_owned(), wanted };
            let mut more = recipe.clone();
            more.ignored.push("c8".to_owned());
            let look = "Every name must be a column, the last one as well.";
            rejected("run, an unknown column ignored", run(&file, &more), unknown("words or numbers"), look)?;
            recipe.words.push("c8".to_owned());
            rejected("run, an unknown column in `words`", run(&file, &recipe), unknown("words"), look)
        });
    }

    #[test]
    fn counts_missing_values_of_every_kind() {
        let missing = judge::any::vec(proptest::prelude::any::<bool>(), 16);
        for_all("rows, words missing, seed", (rows(), missing, any::seed())).cases(32).holds(
            |(rows, missing, seed)| {
                let mut rows = rows.clone();
                rows.iter_mut().zip(missing).skip(3).for_each(|(row, is_missing)| {
                    if *is_missing {
                        row.2 = "";
                    }
                });
                let missing = |row: &Row| usize::from(row.1.is_none()) + usize::from(row.2.is_empty());
                let want = rows.iter().map(missing).filter(|n| *n < 2).sum::<usize>();
                let got = ran(&text(&rows), &recipe(*seed, 0))?.cleaning.gaps;
                let look = "Missing numbers and missing words, in the rows left: those with one of three \
                            features missing.";
                equal("gaps", got, want, look)
            },
        );
    }

    #[test]
    fn ignored_columns_have_no_effect() {
        for_all("rows, seed", (rows(), any::seed())).cases(16).holds(|(rows, seed)| {
            let plain = ran(&text(rows), &recipe(*seed, 2))?;
            let lines = text(rows);
            let more = lines
                .lines()
                .enumerate()
                .map(|(i, line)| if i == 0 { format!("id,{line}\n") } else { format!("{i},{line}\n") });
            let mut recipe = recipe(*seed, 2);
            recipe.ignored = vec!["id".to_owned()];
            let more = more.collect::<String>();
            let report = ran(&more, &recipe)?;
            equal(
                "the report with an ignored column",
                report,
                plain,
                "Leave it out before cleaning: it is no feature, and rows are duplicates without it.",
            )?;
            recipe.ignored = vec!["id".to_owned(), "hue".to_owned()];
            let got = ran(&more, &recipe)?.features;
            let want = vec!["number".to_owned(), "mass".to_owned()];
            equal(
                "features with id and hue ignored",
                got,
                want,
                "There may be several: leave out all of them.",
            )?;
            recipe.ranges = vec![("id".to_owned(), [0.0, 1.0])];
            let want = InputError::NoColumn { got: "id".to_owned(), wanted: "numbers" };
            let look = "An ignored column no longer exists when the ranges are applied.";
            rejected("run(…) with a range for an ignored column", run(&more, &recipe), want, look)
        });
    }

    #[test]
    fn rejects_invalid_files_and_recipes() {
        example(|| rejects_what_a_stage_rejects(&recipe(1, 1)));
    }

    #[test]
    fn handles_many_steps_and_fine_learning_rates() {
        let rates = select(vec![0.1, 0.3, 1e-4, 1e-10]);
        for_all("rows, seed, steps, η", (rows(), any::seed(), select(vec![1, 60, 602]), rates))
            .cases(16)
            .holds(|(rows, seed, steps, rate)| {
                let report = ran(&text(rows), &Recipe { learning_rate: *rate, ..recipe(*seed, *steps) })?;
                let [train, _] = &report.parts;
                let want = descent(&features(rows, train, train), &labels(rows, train), *rate, *steps);
                equal(
                    "number of losses",
                    report.losses.len(),
                    steps + 1,
                    "Before each step, and after the last.",
                )?;
                // η is below 2 over the curvature of the loss, so rounding errors only add up.
                let tolerance = rounding(4096 * steps, 4.0 * rate);
                let look = "The learning rate and the number of steps are those of the recipe.";
                close_entries("W", &report.model.weights, &want.weights, |_, _| tolerance, look)?;
                close("b", &report.model.intercepts[..], &want.intercepts[..], tolerance, look)?;
                let (_, losses) =
                    descent_of(&features(rows, train, train), &labels(rows, train), 2, *rate, *steps);
                close("the losses", &report.losses[..], &losses[..], 1e-9, look)
            });
    }

    #[test]
    fn handles_many_ranges() {
        let counts = select(vec![1_usize, 2, 3, 17, 129, 257]);
        for_all("count, k, most", (counts, 1..=9_usize, select(vec![5e6, 5e150]))).cases(24).holds(
            |(count, k, most)| {
                let rows: Vec<Row> = (0..20)
                    .map(|i| (f64::from(i), Some(f64::from(i) * 2e5), "red", ["cat", "dog"][i as usize % 2]))
                    .collect();
                let mut recipe = recipe(1, 0);
                // The last range is the narrowest.
                let limits = |i: usize| if i + 1 == *count { [0.0, *k as f64 * 2e5] } else { [-most, *most] };
                recipe.ranges = (0..*count).map(|i| ("mass".to_owned(), limits(i))).collect();
                let report = ran(&text(&rows), &recipe)?;
                let look = "All ranges of the recipe hold, the last one as well.";
                equal("out of range", report.cleaning.out_of_range, 19 - k, look)?;
                let look = "Two classes and weights of 0: ln 2.";
                close("the loss at the start", &report.losses[..], &[2.0_f64.ln()][..], 1e-12, look)
            },
        );
    }

    #[test]
    fn accepts_small_fractions_and_learning_rates() {
        example(|| {
            // ⌊9.9·10⁻⁴·520 + ½⌋ = 1.
            let kind = |i: u32| if i < 520 { "cat" } else { "dog" };
            let rows: Vec<Row> =
                (0..530).map(|i| (f64::from(i), Some(f64::from(i % 7)), "red", kind(i))).collect();
            let recipe = Recipe { learning_rate: 1e-4, test_share: 9.9e-4, ..recipe(1, 1) };
            let report = ran(&text(&rows), &recipe)?;
            let look = "One of 520 rows is for the test.";
            equal("rows kept", report.cleaning.kept, 530, look)?;
            equal("rows to train and to test", report.parts.map(|part| part.len()), [529, 1], look)
        });
    }

    #[test]
    fn rejects_nonfinite_hyperparameters() {
        for_all("rows, bad", (rows(), any::not_finite())).cases(12).holds(|(rows, bad)| {
            let look = "Both hyperparameters are finite numbers.";
            let want = InputError::NotFinite { name: "learning_rate", index: 0 };
            let with = Recipe { learning_rate: *bad, ..recipe(1, 1) };
            rejected(&format!("run(text, learning_rate: {bad})"), run(&text(rows), &with), want, look)?;
            let want = InputError::NotFinite { name: "test_share", index: 0 };
            let with = Recipe { test_share: *bad, ..recipe(1, 1) };
            rejected(&format!("run(text, test_share: {bad})"), run(&text(rows), &with), want, look)
        });
    }
}
