//! What the learner's own katas draw.

use std::fs;

use crate::commands::Context;
use crate::show::Progress;
use engine::catalog::Kata;
use engine::plotting::{self, Plotted};
use engine::problem::{Doing, Problem};

/// A picture that a kata draws.
pub(super) struct Picture {
    /// The kata's id.
    pub(super) kata: String,
    /// What the figure calls itself.
    pub(super) title: String,
    /// The picture as SVG.
    pub(super) svg: String,
}

/// The pictures of all these katas that draw some.
pub(super) fn of(
    context: &Context,
    katas: &[&Kata],
    progress: &mut Progress,
) -> Result<Vec<Picture>, Problem> {
    let mut pictures = Vec::new();
    let drawing: Vec<&&Kata> = katas.iter().filter(|kata| kata.shows_figure()).collect();
    for (number, kata) in drawing.iter().enumerate() {
        progress.stage(&format!("{} of {}: {}", number + 1, drawing.len(), kata.name()));
        let plotted = plotting::figures(&context.workspace, kata, false, false, progress)?;
        let Plotted::Drawn(drawn) = plotted else { continue };
        if drawn.figures.is_empty() {
            continue;
        }
        let folder = context.workspace.target().join("kata").join("report");
        let _there_was_none = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        plotting::write(&context.workspace, "svg", &folder.join("picture.svg"), &drawn, progress)?;
        let mut files: Vec<_> =
            fs::read_dir(&folder).doing("read", &folder)?.flatten().map(|it| it.path()).collect();
        files.sort();
        for (file, (_, figure)) in files.iter().zip(&drawn.figures) {
            let title =
                figure.lines().next().and_then(|line| line.strip_prefix("figure ")).unwrap_or(kata.name());
            let svg = fs::read_to_string(file).doing("read", file)?;
            pictures.push(Picture { kata: kata.id.clone(), title: title.to_owned(), svg });
        }
    }
    Ok(pictures)
}
