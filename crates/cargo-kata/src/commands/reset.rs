use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, prompt};
use engine::catalog::{File, Kata, Selection};
use engine::edit;
use engine::judging::decoded;
use engine::outline::outline;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("reset")
        .about("Back to the stub; the old text is kept")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help("A kata, or a file or milestone with all its katas"),
        )
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help("Do not ask before several files are reset"),
        )
        .after_help("Examples:\n  cargo kata reset dot\n  cargo kata reset vectors")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let asked = matches.get_one::<String>("id").map(String::as_str).unwrap_or_default();
    let resets: Vec<Reset> = match context.catalog.find(asked)? {
        Selection::Kata(kata) => vec![of_kata(context, kata)?],
        Selection::File(file) => vec![whole(context, file)?],
        Selection::Milestone(milestone) => {
            milestone.files.iter().map(|file| whole(context, file)).collect::<Result<_, _>>()?
        }
    };
    let changing: Vec<&Reset> =
        resets.iter().filter(|it| it.old.as_deref() != Some(it.new.as_bytes())).collect();
    if changing.len() > 1 && !matches.get_flag("yes") && !sure(changing.len())? {
        return Ok(Exit::Usage);
    }
    context.print(&in_words(context, asked, &apply(context, &changing)?));
    Ok(Exit::Fine)
}

/// Resets one kata and says so.
pub(super) fn one(context: &Context, kata: &Kata) -> Result<String, Problem> {
    let reset = of_kata(context, kata)?;
    let is_changing = reset.old.as_deref() != Some(reset.new.as_bytes());
    let changing: Vec<&Reset> = is_changing.then_some(&reset).into_iter().collect();
    Ok(in_words(context, kata.name(), &apply(context, &changing)?))
}

fn of_kata(context: &Context, kata: &Kata) -> Result<Reset, Problem> {
    let old = read(context, &kata.path())?;
    let solution = text(read(context, &kata.solution_path())?.as_deref());
    let written = text(old.as_deref());
    // Where the file is gone, or nothing of its katas is in it, all of it comes back.
    let new = if edit::has_any_of(&written, &solution) {
        edit::reset(&written, &solution, &kata.item).unwrap_or(written)
    } else {
        outline(&solution)
    };
    Ok(Reset { path: kata.path(), new, old })
}

/// Writes the new texts; gives the paths, and where each old text is kept.
fn apply<'a>(
    context: &Context,
    changing: &[&'a Reset],
) -> Result<Vec<(&'a PathBuf, Option<PathBuf>)>, Problem> {
    let mut kept = Vec::new();
    for Reset { path, old, new } in changing {
        // First the old text is safe, then it is replaced.
        let backup = match old {
            Some(old) => Some(context.memory.keep(&path.to_string_lossy(), old)?),
            None => None,
        };
        let absolute = context.workspace.path(path);
        write_whole(&absolute, new.as_bytes()).doing("write", &absolute)?;
        kept.push((path, backup));
    }
    Ok(kept)
}

/// A file before and after.
struct Reset {
    path: PathBuf,
    old: Option<Vec<u8>>,
    new: String,
}

fn whole(context: &Context, file: &File) -> Result<Reset, Problem> {
    let path = PathBuf::from(format!("katas/{}.rs", file.id));
    let solution = read(context, Path::new(&format!("solutions/{}.rs", file.id)))?;
    let new = outline(&text(solution.as_deref()));
    Ok(Reset { old: read(context, &path)?, path, new })
}

/// The bytes of a file, if it is there.
fn read(context: &Context, below: &Path) -> Result<Option<Vec<u8>>, Problem> {
    let path = context.workspace.path(below);
    match fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        bytes => Ok(Some(bytes.doing("read", &path)?)),
    }
}

/// What they say, whatever they were saved as.
fn text(bytes: Option<&[u8]>) -> String {
    bytes.map(decoded).unwrap_or_default()
}

fn sure(files: usize) -> Result<bool, Problem> {
    if prompt::can_ask() {
        return prompt::yes(&format!("Reset {files} files to their stubs? The old texts are kept."));
    }
    Err(Problem::Usage {
        what: format!("this would reset {files} files"),
        remedy: "Add --yes if that is what you want; the old texts are kept.".into(),
    })
}

fn in_words(context: &Context, asked: &str, kept: &[(&PathBuf, Option<PathBuf>)]) -> String {
    let shown =
        |path: &Path| path.strip_prefix(context.workspace.root()).unwrap_or(path).display().to_string();
    if context.json {
        let all: Vec<_> = kept
            .iter()
            .map(|(path, backup)| json!({ "path": path, "kept": backup.as_deref().map(shown) }))
            .collect();
        return format!("{:#}\n", json!({ "reset": all }));
    }
    if kept.is_empty() {
        return format!("Nothing to do: {asked} is as its stub has it.\n");
    }
    let mut out = String::new();
    for (path, backup) in kept {
        out += &format!("{} {} is back at its stub.\n", context.style.good("✓"), path.display());
        if let Some(backup) = backup {
            out += &format!("  The old text is in {}\n", context.style.command(&shown(backup)));
        }
    }
    out
}
