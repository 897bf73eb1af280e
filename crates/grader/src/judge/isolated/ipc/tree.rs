use super::outlined::OutlinedFile;

/// The modules of all these files, to be included in a module `chosen`.
#[must_use]
pub fn tree(files: &[OutlinedFile]) -> String {
    let mut out = "// Printed by the grader: the proxies that the laws link.\n".to_owned();
    for (milestone, file, last) in nested(files) {
        let (folder, name) = file.id.split_once('/').unwrap_or(("", &file.id));
        if milestone {
            out += &format!("pub mod {folder} {{\n");
        }
        out += &format!("pub mod {name} {{\n{}{}}}\n", file.proxies, file.impls);
        if last {
            out += "}\n";
        }
    }
    out
}

/// Each file, and whether it is the first and the last of its milestone.
fn nested(files: &[OutlinedFile]) -> impl Iterator<Item = (bool, &OutlinedFile, bool)> {
    let milestone = |file: &OutlinedFile| file.id.split('/').next().unwrap_or_default().to_owned();
    files.iter().enumerate().map(move |(k, file)| {
        let same = |other: Option<&OutlinedFile>| other.is_some_and(|it| milestone(it) == milestone(file));
        (!same(k.checked_sub(1).and_then(|k| files.get(k))), file, !same(files.get(k + 1)))
    })
}
