use engine::catalog::Catalog;
use engine::output::print;
use engine::problem::{Exit, Problem};
use engine::workspace::Workspace;

use crate::judge::isolated::ipc::outlines;

/// Lists how katas are judged: in a process of their own, or in one with their laws, and why.
///
/// # Errors
///
/// [`Problem`] if the repository cannot be read.
pub fn crossing() -> Result<Exit, Problem> {
    let workspace = Workspace::find()?;
    let catalog = Catalog::read(&workspace)?;
    let milestones = catalog.milestones.iter().map(|it| it.feature.clone());
    let libraries = catalog.katas().filter(|kata| kata.unmet().is_none()).flat_map(|it| it.features.clone());
    let files = outlines(&workspace, &catalog, &milestones.chain(libraries).collect::<Vec<_>>())?;
    let (mut isolated, mut in_process, mut left) = (0, 0, 0);
    for kata in catalog.katas() {
        let file = files.iter().find(|file| file.id == kata.file_id());
        let why = match file.map(|file| file.obstacle(&kata.item)) {
            Some(None) => {
                isolated += 1;
                continue;
            }
            Some(Some(why)) => why.to_string(),
            None => "it needs a library of the system".to_owned(),
        };
        if let Some(need) = kata.unmet() {
            left += 1;
            print(&format!("{}: not graded: {}\n", kata.id, need.remedy()));
        } else {
            in_process += 1;
            print(&format!("{}: in-process: {why}\n", kata.id));
        }
    }
    let all = isolated + in_process + left;
    print(&format!(
        "{isolated} of {all} katas are run in a separate process, \
         {in_process} in one process with their laws, {left} not graded\n"
    ));
    Ok(Exit::Fine)
}
