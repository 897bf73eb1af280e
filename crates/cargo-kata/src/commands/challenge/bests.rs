//! The learner's best figures: a name and a number on each line.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;

pub(super) struct Bests {
    path: PathBuf,
    figures: BTreeMap<String, f64>,
}

impl Bests {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let path = workspace.path(".kata/bests.txt");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let entry = |line: &str| {
            let (name, figure) = line.split_once(' ')?;
            Some((name.to_owned(), figure.trim().parse().ok()?))
        };
        Self { path, figures: text.lines().filter_map(entry).collect() }
    }

    pub(super) fn get(&self, name: &str) -> Option<f64> {
        self.figures.get(name).copied()
    }

    /// Keeps the figure if it is the best; gives the best one before.
    ///
    /// # Errors
    ///
    /// [`Problem`] if it cannot be written.
    pub(super) fn offer(&mut self, name: &str, figure: f64) -> Result<Option<f64>, Problem> {
        let before = self.get(name);
        if before.is_none_or(|best| figure < best) {
            self.figures.insert(name.to_owned(), figure);
            let text: String =
                self.figures.iter().map(|(name, figure)| format!("{name} {figure}\n")).collect();
            let folder = self.path.parent().unwrap_or(&self.path);
            fs::create_dir_all(folder).doing("make the folder", folder)?;
            write_whole(&self.path, text.as_bytes()).doing("write", &self.path)?;
        }
        Ok(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_figure_is_kept() {
        let path = std::env::temp_dir().join(format!("katas-bests-{}.txt", std::process::id()));
        let mut bests = Bests { path: path.clone(), figures: BTreeMap::new() };
        let before = [0.5, 0.25, 0.75].map(|figure| bests.offer("dot", figure).ok().flatten());
        assert_eq!((before, bests.get("dot")), ([None, Some(0.5), Some(0.25)], Some(0.25)));
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("dot 0.25\n"));
        assert!(fs::remove_file(path).is_ok());
    }
}
