//! What the learner's own katas draw.

use std::fs;

use crate::commands::Context;
use crate::show::Progress;
use engine::catalog::Kata;
use engine::plotting::{self, Plotted};
use engine::problem::{Doing, Problem};

/// A picture that a kata draws, or that a training left.
pub(super) struct Picture {
    /// The kata's id, or the command.
    pub(super) from: String,
    /// What the figure calls itself.
    pub(super) title: String,
    /// `image/svg+xml` or `image/png`.
    pub(super) kind: &'static str,
    /// The file.
    pub(super) bytes: Vec<u8>,
}

/// The curves and feature maps of networks that were trained with `cargo kata train`.
pub(super) fn of_trainings(context: &Context) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for milestone in ["m07", "m09"] {
        for (name, title) in [("curves", "Training curves"), ("features", "Feature maps")] {
            let path = context.workspace.path(format!("training/{milestone}/{name}.png"));
            if let Ok(bytes) = fs::read(path) {
                let from = format!("cargo kata train {milestone}");
                pictures.push(Picture { from, title: title.to_owned(), kind: "image/png", bytes });
            }
        }
    }
    pictures
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
            let bytes = fs::read(file).doing("read", file)?;
            let (from, title) = (kata.id.clone(), title.to_owned());
            pictures.push(Picture { from, title, kind: "image/svg+xml", bytes });
        }
    }
    Ok(pictures)
}
