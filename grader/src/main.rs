//! The grader.

fn main() {
    let Ok(workspace) = cargo_kata::workspace::Workspace::find() else { return };
    let Ok(catalogue) = cargo_kata::catalogue::Catalogue::read(&workspace) else { return };
    let features: Vec<_> = catalogue.milestones.iter().map(|it| it.feature.clone()).collect();
    let Ok(files) = grader::crossing::outlines(&workspace, &catalogue, &features) else { return };
    for file in &files {
        for (kata, signature) in &file.functions {
            if let Err(why) = signature {
                println!("{}/{kata}: {why}", file.id);
            }
        }
    }
    let out = std::env::args().nth(1).unwrap_or_default();
    let _ = std::fs::write(format!("{out}/proxy.rs"), grader::crossing::proxy::tree(&files));
}
