//! What a kata draws next to what the reference draws.

use std::fs;
use std::path::Path;

use engine::course::Course;
use engine::plotting;
use kit::Figure;

/// A picture of the learner's kata, and the one that is expected where a snapshot has it.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) title: String,
    pub(super) mine: String,
    pub(super) reference: Option<String>,
}

/// The pictures of the figures that the laws left in this folder.
pub(super) fn of(course: &Course, folder: &Path) -> Vec<Pair> {
    let figures = plotting::read(folder).unwrap_or_default();
    let pair = |(name, text): &(String, String)| {
        let figure: Figure = text.parse().ok()?;
        // A figure's file is named after its snapshot, with dots for slashes.
        let snapshot = course.workspace.path(format!("snapshots/{}.snap", name.replace('.', "/")));
        let expected = fs::read_to_string(snapshot).ok();
        let expected = expected.as_deref().and_then(|text| text.splitn(3, "---\n").nth(2));
        let expected = expected.and_then(|text| text.parse::<Figure>().ok());
        let title = if figure.title.is_empty() { name.clone() } else { figure.title.clone() };
        let reference = expected.and_then(|figure| draw::svg(&figure).ok());
        Some(Pair { title, mine: draw::svg(&figure).ok()?, reference })
    };
    figures.iter().filter_map(pair).collect()
}
