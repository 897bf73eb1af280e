//! Reports: figures, and a notebook that can be run again.

use kit::Matrix;
use kit::figure::{Figure, Layer};
use kit::pipeline::{Origin, Recipe, Report};
use serde_json::{Value, json};

/// Three figures of a report: class balance, learning curve and confusion matrix.
///
/// 1. `Class balance of the training set`, no label along x, `rows` along y: **bars** without a label, for class c
///    from c − 0.4 to c + 0.4 and as high as it has training rows; then for each class a **note** with its name, in
///    the middle of its bar.
/// 2. `Learning curve`, axes `step` and `mean cross-entropy`: a **line** `training set` through (step, loss) from
///    step 0 on.
/// 3. `Confusion matrix of the test set`, axes `predicted class` and `true class`: a **table** without a label,
///    with the names of the classes next to rows and columns and the confusion matrix of the test set.
///
/// * `report`: one whose parts fit together, as the pipeline makes them.
/// * Returns the three figures in this order.
///
/// ```no_run
/// # use katas::m10_pipeline::{report::figures, run::run};
/// # let recipe: kit::pipeline::Recipe = todo!();
/// let report = run(kit::data::PENGUINS_CSV, &recipe)?;
/// assert_eq!(figures(&report)[1].title, "Learning curve");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.bar(…)`, `matplotlib.pyplot.plot(losses)`,
/// `sklearn.metrics.ConfusionMatrixDisplay(confusion, display_labels=classes).plot()`.
///
/// Source: Wilke, *Fundamentals of Data Visualization*, chapter 6 (amounts).
pub fn figures(report: &Report) -> Vec<Figure> {
    let classes = &report.model.classes;
    let bars =
        report.balance.iter().enumerate().map(|(c, &rows)| [c as f64 - 0.4, c as f64 + 0.4, rows as f64]);
    let mut balance = Figure::new("Class balance of the training set", "", "rows")
        .with(Layer::Bars { label: String::new(), bars: bars.collect() });
    for (c, class) in classes.iter().enumerate() {
        let at = [c as f64, report.balance[c] as f64 / 2.0];
        balance = balance.with(Layer::Note { at, text: class.clone() });
    }
    let through = report.losses.iter().enumerate().map(|(step, loss)| [step as f64, *loss]).collect();
    let curve = Figure::new("Learning curve", "step", "mean cross-entropy")
        .with(Layer::Line { label: "training set".to_owned(), through });
    let counts = &report.evaluations[1].confusion;
    let table = Layer::Table {
        label: String::new(),
        rows: classes.clone(),
        cols: classes.clone(),
        values: Matrix::from_fn(classes.len(), classes.len(), |i, j| counts[i][j] as f64),
    };
    let confusion =
        Figure::new("Confusion matrix of the test set", "predicted class", "true class").with(table);
    vec![balance, curve, confusion]
}

/// Jupyter notebook of a pipeline: explains what was done, shows the results, and reproduces them when it is run.
///
/// It has, in this order and with as many cells as you like: the title as a heading, alone in the first line (`#
/// Penguins`), and the approach in words, which name the target; a code cell with the libraries (`:dep` lines); the
/// recipe; the call of `run`, which prints the report; the figures. All markdown cells together have at least 40
/// words. Code is for the kernel evcxr: it runs from top to bottom without an error, and every `let` at its
/// outermost level writes its type out, because the kernel cannot always infer one.
///
/// * `report`: the result of the pipeline. Its text, as `Display` gives it, is the output of the cell that calls
///   `run`, under the name `stdout`.
/// * `recipe`: written into the code as one literal `Recipe { target: …, … }`, with strings and decimal numbers in
///   place, so that the same report comes out again. An infinity is `f64::INFINITY`, `f64::NEG_INFINITY` or a
///   quotient.
/// * `origin`: the title, a line; the file, which the code reads by `read_to_string`; the folder of the repository,
///   in which the code finds `katas` (without default features, with `m10`, and with `solutions` if asked for),
///   `kit` in `crates/kit/`, `draw` in `crates/draw/`: each a line `:dep katas = { path = …, … }`, whose right side
///   is TOML. Paths and names of columns may hold any character: quotes, backslashes, line breaks.
/// * `pictures`: the figures drawn as SVG, in order. Each is an output `display_data` of type `image/svg+xml`, in a
///   cell of its own: the kernel keeps one picture per cell. This cell's code takes the figure by its number in
///   brackets (`[0]` for the first picture), draws it by `draw::svg`, and prints it after a line
///   `EVCXR_BEGIN_CONTENT image/svg+xml`.
/// * Returns the file's text: JSON, nbformat 4.5. Each cell has an `id` of its own of 1 to 64 characters of A–Z,
///   a–z, 0–9, `-` and `_`; a cell's execution count is null, or larger than those above it, as in a notebook that
///   was run from top to bottom; the kernel is named `rust`, and so is its language. The same arguments give the
///   same text.
///
/// ```no_run
/// # use katas::m10_pipeline::report::write_notebook;
/// # let (report, recipe, origin) = todo!();
/// let notebook = write_notebook(&report, &recipe, &origin, &["<svg/>".to_owned()]);
/// std::fs::write("penguins.ipynb", notebook)?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// In Python: `nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(…), nbformat.v4.new_code_cell(…)])` and
/// `nbformat.writes(notebook)`.
///
/// Source: *The Notebook file format*, nbformat's documentation, version 4.5.
pub fn write_notebook(report: &Report, recipe: &Recipe, origin: &Origin, pictures: &[String]) -> String {
    let said = json!({ "output_type": "stream", "name": "stdout", "text": report.to_string() });
    let drawn = |picture: &String| {
        let data = json!({ "image/svg+xml": picture });
        json!({ "output_type": "display_data", "data": data, "metadata": {} })
    };
    let cells = [
        markdown(approach(report, origin)),
        code(1, libraries(origin), vec![]),
        markdown("## The recipe\n\nAll settings. Change a line and run everything below again.".to_owned()),
        code(2, ingredients(recipe, origin), vec![]),
        markdown("## The report\n\nWhat was done to how many rows, and the scores of the model.".to_owned()),
        code(3, "let report: Report = run(&text, &recipe)?;\nprint!(\"{report}\");".to_owned(), vec![said]),
        markdown("## Figures".to_owned()),
        code(4, "let drawn: Vec<Figure> = figures(&report);".to_owned(), vec![]),
    ];
    let cells = cells.into_iter().chain(pictures.iter().enumerate().map(|(number, picture)| {
        let draw = format!("let picture: String = draw::svg(&drawn[{number}])?;\n{SHOW}");
        code(5 + number, draw, vec![drawn(picture)])
    }));
    let numbered = |(number, mut cell): (usize, Value)| {
        cell["id"] = json!(format!("cell-{number}"));
        cell
    };
    let cells: Vec<Value> = cells.enumerate().map(numbered).collect();
    let notebook = json!({
        "cells": cells,
        "metadata": {
            "kernelspec": { "display_name": "Rust", "language": "rust", "name": "rust" },
            "language_info": { "file_extension": ".rs", "mimetype": "text/rust", "name": "rust" },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    });
    format!("{notebook:#}\n")
}

/// The marks by which the kernel recognizes that the output is an image.
const SHOW: &str = r#"println!("EVCXR_BEGIN_CONTENT image/svg+xml\n{picture}\nEVCXR_END_CONTENT");"#;

fn markdown(source: String) -> Value {
    json!({ "cell_type": "markdown", "metadata": {}, "source": source })
}

fn code(count: usize, source: String, outputs: Vec<Value>) -> Value {
    json!({
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "source": source,
        "outputs": outputs,
    })
}

fn approach(report: &Report, origin: &Origin) -> String {
    let names = report.model.classes.join(", ");
    format!(
        "# {}\n\nA classification problem: which class does a row belong to, {names}? The column `{}` is the \
         target; it is known for the rows of the file.\n\n1. **Load**: infer whether a column is numeric or \
         categorical, and find missing values.\n2. **Clean**: drop rows without a class, rows that are \
         nearly empty, and duplicates; values out of range become missing. Each decision is counted.\n\
         3. **Split**: hold out a test set, stratified by class. It is not used before the last stage.\n\
         4. **Preprocess**: standardize numeric features, one-hot encode categorical ones, impute missing \
         values with the mean, all as learned from the training set.\n5. **Train**: softmax regression by \
         gradient descent.\n6. **Evaluate**: on the test set, next to the majority-class baseline.",
        origin.title, report.target
    )
}

fn libraries(origin: &Origin) -> String {
    let root = &origin.repository;
    let features = if origin.solutions { "\"m10\", \"solutions\"" } else { "\"m10\"" };
    format!(
        ":dep katas = {{ path = {}, default-features = false, features = [{features}] }}\n\
         :dep kit = {{ path = {} }}\n:dep draw = {{ path = {} }}\n\
         use katas::m10_pipeline::report::figures;\nuse katas::m10_pipeline::run::run;\n\
         use kit::Figure;\nuse kit::pipeline::{{Recipe, Report}};",
        toml(root),
        toml(&format!("{root}/crates/kit")),
        toml(&format!("{root}/crates/draw")),
    )
}

/// A string as TOML writes it: JSON's escapes are among its own, but it wants one for U+007F as well.
fn toml(text: &str) -> String {
    json!(text).to_string().replace('\u{7f}', "\\u007f")
}

fn ingredients(recipe: &Recipe, origin: &Origin) -> String {
    let strings = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}.to_owned()")).collect();
        format!("vec![{}]", quoted.join(", "))
    };
    let range = |(column, [low, high]): &(String, [f64; 2])| {
        format!("({column:?}.to_owned(), [{}, {}])", literal(*low), literal(*high))
    };
    let ranges: Vec<String> = recipe.ranges.iter().map(range).collect();
    format!(
        "let text: String = std::fs::read_to_string({:?})?;\n\
         let recipe: Recipe = Recipe {{\n    target: {:?}.to_owned(),\n    ignored: {},\n    words: {},\n    \
         ranges: vec![{}],\n    test_share: {},\n    seed: {},\n    learning_rate: {},\n    steps: {},\n}};",
        origin.file,
        recipe.target,
        strings(&recipe.ignored),
        strings(&recipe.words),
        ranges.join(", "),
        literal(recipe.test_share),
        recipe.seed,
        literal(recipe.learning_rate),
        recipe.steps,
    )
}

/// A number as Rust writes it.
fn literal(x: f64) -> String {
    match x {
        f64::INFINITY => "f64::INFINITY".to_owned(),
        f64::NEG_INFINITY => "f64::NEG_INFINITY".to_owned(),
        x => format!("{x:?}"),
    }
}
