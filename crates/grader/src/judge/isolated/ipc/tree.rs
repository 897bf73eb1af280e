use super::outlined::OutlinedFile;

/// The proxies of all these files, to be included in a module `chosen`.
#[must_use]
pub fn tree(files: &[OutlinedFile]) -> String {
    let head = "// Printed by the grader: the proxies that the laws link.\n";
    printed(head, files, |file| format!("{}{}", file.proxies, file.impls))
}

/// The mutants of all these files, to be included in a module `chosen`.
#[must_use]
pub fn mutants(files: &[OutlinedFile]) -> String {
    let head = "// Printed by the grader: the mutants that the laws shall reject.\n";
    printed(head, files, |file| file.mutants.clone())
}

fn printed(head: &str, files: &[OutlinedFile], text: impl Fn(&OutlinedFile) -> String) -> String {
    let mut out = head.to_owned();
    for (milestone, file, last) in nested(files) {
        let (folder, name) = file.id.split_once('/').unwrap_or(("", &file.id));
        if milestone {
            out += &format!("pub mod {folder} {{\n");
        }
        out += &format!("pub mod {name} {{\n{}}}\n", text(file));
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
