use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use super::{Context, Entry};
use engine::problem::{Doing, Exit, Problem};
use engine::state::{Backup, write_whole};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("restore")
        .about("List the texts that were kept before they were replaced, or put one back")
        .arg(
            Arg::new("number")
                .value_name("NUMBER")
                .value_parser(value_parser!(usize))
                .help("Which of the list to put back; the text that is there now is kept first"),
        )
        .after_help("Examples:\n  cargo kata restore\n  cargo kata restore 1")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let backups: Vec<(PathBuf, Backup)> = context
        .memory
        .backups()
        .into_iter()
        .filter_map(|backup| Some((place(context, &backup.name)?, backup)))
        .collect();
    match matches.get_one::<usize>("number") {
        Some(number) => put_back(context, &backups, *number),
        None => Ok(list(context, &backups)),
    }
}

/// The file that a backup with this name is of.
fn place(context: &Context, name: &str) -> Option<PathBuf> {
    let paths = context.catalog.files().map(|file| format!("katas/{}.rs", file.id));
    paths.into_iter().find(|path| path.replace('/', ".") == name).map(PathBuf::from)
}

fn list(context: &Context, backups: &[(PathBuf, Backup)]) -> Exit {
    if context.json {
        let one = |(number, (path, backup)): (usize, &(PathBuf, Backup))| {
            let (time, kept) = (&backup.time, &backup.path);
            json!({ "number": number + 1, "path": path, "time": time, "kept": kept })
        };
        let all: Vec<_> = backups.iter().enumerate().map(one).collect();
        context.print(&format!("{:#}\n", json!({ "backups": all })));
        return Exit::Fine;
    }
    if backups.is_empty() {
        context.print("Nothing was replaced yet, so nothing is kept.\n");
        return Exit::Fine;
    }
    let rows: Vec<(String, String)> = backups
        .iter()
        .enumerate()
        .map(|(number, (path, backup))| {
            // 2026-11-23T07-01-05Z, as people write it.
            let (day, time) = backup.time.split_once('T').unwrap_or((&backup.time, ""));
            let time = time.trim_end_matches('Z').replace('-', ":");
            (format!("{:>3}  {day} {time} UTC", number + 1), path.display().to_string())
        })
        .collect();
    let command = context.style.command("cargo kata restore NUMBER");
    context.print(&format!("\n{}\n{command} puts one back.\n", super::context::table(&rows)));
    Exit::Fine
}

fn put_back(context: &Context, backups: &[(PathBuf, Backup)], number: usize) -> Result<Exit, Problem> {
    let Some((path, backup)) = number.checked_sub(1).and_then(|at| backups.get(at)) else {
        return Err(Problem::Usage {
            what: format!("there is no backup {number}"),
            remedy: "`cargo kata restore` lists them.".to_owned(),
        });
    };
    let (whole, text) = (context.workspace.path(path), fs::read(&backup.path).doing("read", &backup.path)?);
    let now = match fs::read(&whole) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        now => Some(now.doing("read", &whole)?),
    };
    let kept = match now {
        Some(now) if now != text => Some(context.memory.keep(&path.to_string_lossy(), &now)?),
        _ => None,
    };
    write_whole(&whole, &text).doing("write", &whole)?;
    if context.json {
        context.print(&format!("{:#}\n", json!({ "restored": path, "from": backup.path, "kept": kept })));
    } else {
        context.print(&format!("{} {} is back\n", context.style.good("✓"), path.display()));
        if kept.is_some() {
            context.print("  The text that was there is kept: it is number 1 of the list now.\n");
        }
    }
    Ok(Exit::Fine)
}
