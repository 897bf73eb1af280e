//! What a run leaves: pictures, the table where it was normalized, and the notebook.

use std::fs;
use std::path::{Path, PathBuf};

use katas::m10_pipeline::report::write_notebook;
use kit::Figure;
use kit::pipeline::{Origin, Report};
use programs::output::Output;
use programs::{ProgramError, unwritten};

use crate::arguments::Arguments;
use crate::intake::Taken;

/// Writes everything into the output directory and prints the names.
pub(crate) fn write(
    arguments: &Arguments,
    table: &Taken,
    report: &Report,
    figures: &[Figure],
    output: &mut Output,
) -> Result<(), ProgramError> {
    let out = &arguments.out;
    fs::create_dir_all(out).map_err(|error| failed(out, &error))?;
    output.print("\n")?;
    let mut save = |name: &str, bytes: &[u8]| {
        let path = out.join(name);
        fs::write(&path, bytes).map_err(|error| failed(&path, &error))?;
        output.print(&format!("{}\n", path.display()))
    };
    let drawn = |error: draw::DrawError| ProgramError::Environment(error.to_string());
    let mut pictures = Vec::new();
    for (figure, name) in figures.iter().zip(["balance", "descent", "confusion"]) {
        let svg = draw::svg(figure).map_err(drawn)?;
        save(&format!("{name}.svg"), svg.as_bytes())?;
        save(&format!("{name}.png"), &draw::png(figure).map_err(drawn)?)?;
        pictures.push(svg);
    }
    let mut file = arguments.file.clone();
    if arguments.digits || table.normalized {
        // The notebook reads what the pipeline read.
        let name = free_name(out, &file, if arguments.digits { "digits" } else { "clean" });
        save(&name, table.text.as_bytes())?;
        file = out.join(name);
    }
    let file = fs::canonicalize(&file).map_err(|error| failed(&file, &error))?;
    let origin = Origin {
        title: arguments.title.clone(),
        file: file.display().to_string(),
        repository: arguments.repository.display().to_string(),
        solutions: cfg!(feature = "solutions"),
    };
    let notebook = unwritten::run(|| write_notebook(report, &arguments.recipe, &origin, &pictures))?;
    save("notebook.ipynb", notebook.as_bytes())
}

/// A name in the output directory that is not the file's own: that one belongs to the user.
fn free_name(out: &Path, file: &Path, name: &str) -> String {
    let same = |path: PathBuf| {
        fs::canonicalize(path).ok().is_some_and(|path| fs::canonicalize(file).ok() == Some(path))
    };
    let names = (1..).map(|k| if k == 1 { format!("{name}.csv") } else { format!("{name}-{k}.csv") });
    names.into_iter().find(|name| !same(out.join(name))).unwrap_or_else(|| name.to_owned())
}

fn failed(path: &Path, error: &std::io::Error) -> ProgramError {
    ProgramError::Environment(format!(
        "cannot write {}: {error}. --out takes another directory",
        path.display()
    ))
}
