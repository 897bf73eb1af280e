//! The figures of a kata: its laws leave them as text, and `draw` makes pictures of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use crate::Progress;
use crate::catalog::Kata;
use crate::judging::build::cargo;
use crate::judging::{Conditions, Next, Rejected, hand_over, judge, run_program};
use crate::problem::{Doing, Problem};
use crate::workspace::Workspace;
use protocol::KataVerdict;

/// What came of asking a kata for its figures.
pub enum Plotted {
    /// The laws ran.
    Drawn(Drawn),
    /// The learner's file does not compile.
    Rejected(Rejected),
}

/// The figures that a kata's laws left, and their verdict.
pub struct Drawn {
    /// Name and text of each, in the order of the names.
    pub figures: Vec<(String, String)>,
    /// What the laws say.
    pub verdict: KataVerdict,
    folder: Folder,
}

/// A fresh folder for the figures of one run; gone with this value.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone_already = fs::remove_dir_all(&self.0);
    }
}

/// Runs the kata's laws and collects the figures that they left; a figure is there even if its law is broken.
///
/// # Errors
///
/// A [`Problem`] if the laws cannot be built or run; a learner's file that does not compile is an answer.
pub fn figures(
    workspace: &Workspace,
    kata: &Kata,
    solutions: bool,
    color: bool,
    progress: &mut dyn Progress,
) -> Result<Plotted, Problem> {
    let folder = workspace.target().join("kata").join("figures").join(process::id().to_string());
    let _there_was_none = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    let folder = Folder(folder);
    let place = folder.0.to_string_lossy().into_owned();
    let feature = solutions.then_some("solutions");
    let conditions =
        Conditions { feature, color, variables: &[("KATAS_FIGURES", &place)], ..Conditions::default() };
    let judged = judge(workspace, &[kata], &conditions, progress)?;
    if let Some(rejected) = judged.rejected.into_iter().find(|it| it.covers(kata)) {
        return Ok(Plotted::Rejected(rejected));
    }
    let figures = read(&folder.0)?;
    let missing = || Problem::NoVerdict { kata: kata.id.clone() };
    let verdict = judged.verdicts.into_iter().next().ok_or_else(missing)?;
    Ok(Plotted::Drawn(Drawn { figures, verdict, folder }))
}

/// The figures that laws left in a folder, by name.
///
/// # Errors
///
/// [`Problem::File`] if the folder or a file in it cannot be read.
pub fn read(folder: &Path) -> Result<Vec<(String, String)>, Problem> {
    let mut figures = Vec::new();
    for entry in fs::read_dir(folder).doing("read", folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = name.strip_suffix(".figure") else { continue };
        let text = fs::read_to_string(entry.path()).doing("read", &entry.path())?;
        figures.push((name.to_owned(), text));
    }
    figures.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(figures)
}

/// Draws the figures in the terminal, straight to standard output.
///
/// # Errors
///
/// [`Problem::Drawing`] if the program that draws cannot be built.
pub fn show(
    workspace: &Workspace,
    drawn: &Drawn,
    width: usize,
    progress: &mut dyn Progress,
) -> Result<(), Problem> {
    // Without what writes files: the terminal does not wait for plotters.
    let lean = ["--no-default-features"];
    build(workspace, &lean, progress)?;
    progress.clear();
    let mut command = draw("run", workspace, &lean);
    command.args(["--", "--width", &width.to_string()]).args(drawn.files());
    if hand_over(&mut command)?.success() {
        Ok(())
    } else {
        Err(failed("the picture could not be drawn", "It says above why."))
    }
}

/// Writes the figures into a file, or several with a number each; says their names.
///
/// # Errors
///
/// [`Problem::Drawing`] with the program's words if it cannot be built or the file not written.
pub fn write(
    workspace: &Workspace,
    kind: &str,
    file: &Path,
    drawn: &Drawn,
    progress: &mut dyn Progress,
) -> Result<Vec<String>, Problem> {
    if file == Path::new("-") {
        let remedy = "Name a file, as in `--svg picture.svg`; `--json` prints the figure's numbers.";
        return Err(Problem::Usage {
            what: "a picture goes into a file".to_owned(),
            remedy: remedy.to_owned(),
        });
    }
    build(workspace, &[], progress)?;
    // Relative to the folder from which we were called, which is the program's own as well.
    let mut command = draw("run", workspace, &[]);
    command.args(["--", &format!("--{kind}")]).arg(file).args(drawn.files());
    progress.say("drawing");
    let finished = run_program(&mut command, |_| {
        progress.tick();
        Next::On
    })?;
    if !finished.status.success() {
        let what = finished.stderr.trim().trim_start_matches("draw: ");
        return Err(failed(what, "Name a file in a folder that is there and yours to write."));
    }
    Ok(finished.stderr.lines().map(ToOwned::to_owned).collect())
}

impl Drawn {
    fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.figures.iter().map(|(name, _)| self.folder.0.join(format!("{name}.figure")))
    }
}

/// The program that draws is built on its first use, so that no one waits for it before.
fn build(workspace: &Workspace, features: &[&str], progress: &mut dyn Progress) -> Result<(), Problem> {
    progress.say("building the program that draws (once)");
    let built = run_program(&mut draw("build", workspace, features), |_| {
        progress.tick();
        Next::On
    })?;
    let remedy = "The first time, libraries may be fetched: is this machine online?";
    if built.status.success() { Ok(()) } else { Err(failed(&built.stderr, remedy)) }
}

fn draw(verb: &str, workspace: &Workspace, features: &[&str]) -> Command {
    let mut command = cargo();
    command.args([verb, "--quiet", "--package", "draw", "--manifest-path"]).arg(workspace.path("Cargo.toml"));
    // The two versions would take each other's place, and be built anew each time.
    let target = workspace.target();
    let target = if features.is_empty() { target } else { target.join("kata").join("draw") };
    command.args(features).env("CARGO_TARGET_DIR", target);
    command
}

fn failed(what: &str, remedy: &str) -> Problem {
    Problem::Drawing { what: what.trim().to_owned(), remedy: remedy.to_owned() }
}
