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
    todo!()
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
    todo!()
}
