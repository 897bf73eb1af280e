use std::fs;
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use super::Context;
use super::templates::{FUNCTION, HEAD, HINTS, LAWS, SPECIMENS};
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;

pub(super) fn describe() -> Command {
    Command::new("new")
        .about("Lay out the files of a new kata; nothing that is there is touched")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .required(true)
                .help("Its id, such as m01_linear_algebra/vectors/cross"),
        )
        .after_help("Example:\n  cargo kata author new m01_linear_algebra/vectors/cross")
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let id = matches.get_one::<String>("id").map_or("", String::as_str);
    let [milestone, file, kata] = parts(id)?;
    let print = |what: &str, path: &str| context.print(&format!("{what:8} {path}\n"));
    let add = |path: &str, text: &str| -> Result<(), Problem> {
        let added = append(&context.workspace.path(path), text)?;
        print(if added { "written" } else { "is there" }, path);
        Ok(())
    };
    let folder = context.workspace.path(format!("solutions/{milestone}"));
    if !folder.is_dir() {
        let remedy =
            "A milestone is laid out by hand, since it is a cargo feature too: CONTRIBUTING.md says how.";
        return Err(Problem::Usage {
            what: format!("there is no milestone `{milestone}`"),
            remedy: remedy.to_owned(),
        });
    }
    let solution = format!("solutions/{milestone}/{file}.rs");
    let path = context.workspace.path(&solution);
    if path.is_file() {
        let text = fs::read_to_string(&path).doing("read", &path)?;
        if text.contains(&format!("pub fn {kata}(")) {
            print("is there", &solution);
        } else {
            // At the end: katas stand in the order in which they are best taken, and the author knows better.
            let added = format!("{}\n\n{}", text.trim_end(), FUNCTION.replace("KATA", kata));
            write_whole(&path, added.as_bytes()).doing("write", &path)?;
            print("added to", &solution);
        }
    } else {
        add(&solution, &format!("{HEAD}{}", FUNCTION.replace("KATA", kata)))?;
    }
    let module = format!("{milestone}::{file}");
    add(&format!("tests/{id}.rs"), &LAWS.replace("KATA", kata).replace("MODULE", &module))?;
    add(&format!("specimens/{id}.rs"), &SPECIMENS.replace("KATA", kata).replace("MODULE", &module))?;
    for Declaration { path, line, new } in declarations(milestone, file, kata) {
        print(
            if declare(&context.workspace.path(&path), &line, &new)? { "added to" } else { "is there" },
            &path,
        );
    }
    let hints = format!("katas/{milestone}/{file}.md");
    print(if add_hints(context, &hints, kata)? { "added to" } else { "is there" }, &hints);
    context.print(&format!(
        "\nNext: write the reference in {solution}, the laws and the specimens, then\n  \
         cargo kata author stub {milestone}/{file}\n  cargo kata author check {id} --texts\n\
         A kata belongs where it is best taken: move function and hints to their place.\n\
         CONTRIBUTING.md shows the way.\n"
    ));
    Ok(Exit::Fine)
}

/// Adds the three headings of a kata's hints at the end, as its function stands at the end; whether they were not there.
fn add_hints(context: &Context, hints: &str, kata: &str) -> Result<bool, Problem> {
    let path = context.workspace.path(hints);
    let known = fs::read_to_string(&path).unwrap_or_default();
    if known.lines().any(|line| line == format!("# {kata}")) {
        return Ok(false);
    }
    let before = if known.is_empty() { String::new() } else { format!("{}\n\n", known.trim_end()) };
    folder_of(&path)?;
    write_whole(&path, format!("{before}{}", HINTS.replace("KATA", kata)).as_bytes())
        .doing("write", &path)?;
    Ok(true)
}

/// A line that leads from a folder to a module in it.
struct Declaration {
    path: String,
    line: String,
    /// What stands in the file where there is none yet.
    new: String,
}

/// The lines that lead to a kata's function, laws and specimens.
fn declarations(milestone: &str, file: &str, kata: &str) -> Vec<Declaration> {
    let declaration = |path: String, line: String, new: &str| Declaration { path, line, new: new.to_owned() };
    let specimens = format!("//! Specimens of `{file}`.\n\n");
    vec![
        declaration(format!("solutions/{milestone}/mod.rs"), format!("pub mod {file};"), ""),
        declaration(format!("katas/{milestone}/mod.rs"), format!("pub mod {file};"), ""),
        declaration(format!("tests/{milestone}/mod.rs"), format!("mod {file};"), ""),
        declaration(format!("tests/{milestone}/{file}/mod.rs"), format!("mod {kata};"), ""),
        declaration(format!("specimens/{milestone}/mod.rs"), format!("pub mod {file};"), ""),
        declaration(format!("specimens/{milestone}/{file}/mod.rs"), format!("mod {kata};"), &specimens),
        declaration(
            format!("specimens/{milestone}/{file}/mod.rs"),
            format!("pub use {kata}::{kata};"),
            &specimens,
        ),
    ]
}

/// Adds a line behind the last one of its kind; whether it was not there.
fn declare(path: &Path, line: &str, new: &str) -> Result<bool, Problem> {
    folder_of(path)?;
    let text = if path.is_file() { fs::read_to_string(path).doing("read", path)? } else { new.to_owned() };
    let is_there = text.lines().any(|it| {
        let is_visible = |before: &str| before.is_empty() || before.starts_with("pub");
        it.trim().strip_suffix(line).is_some_and(is_visible)
    });
    if is_there {
        return Ok(false);
    }
    let first_word = line.split(' ').take(line.split(' ').count() - 1).collect::<Vec<_>>().join(" ");
    let is_alike = |it: &&str| it.starts_with(&format!("{first_word} "));
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().rposition(is_alike).map_or(lines.len(), |last| last + 1);
    lines.insert(at, line);
    write_whole(path, format!("{}\n", lines.join("\n")).as_bytes()).doing("write", path)?;
    Ok(true)
}

fn parts(id: &str) -> Result<[&str; 3], Problem> {
    let is_name = |part: &&str| {
        part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && part.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let parts: Vec<&str> = id.split('/').collect();
    match parts[..] {
        [milestone, file, kata] if [milestone, file, kata].iter().all(is_name) => Ok([milestone, file, kata]),
        _ => Err(Problem::Usage {
            what: format!("`{id}` is not the id of a kata"),
            remedy: "Wanted: milestone/file/kata in lower case, such as m01_linear_algebra/vectors/cross."
                .to_owned(),
        }),
    }
}

/// Writes a file that is not there; whether it was written.
fn append(path: &Path, text: &str) -> Result<bool, Problem> {
    if path.exists() {
        return Ok(false);
    }
    folder_of(path)?;
    write_whole(path, text.as_bytes()).doing("write", path)?;
    Ok(true)
}

fn folder_of(path: &Path) -> Result<(), Problem> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).doing("make the folder", folder),
        None => Ok(()),
    }
}
