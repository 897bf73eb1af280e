use std::fs;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, glossary, id_argument, prompt};
use crate::show::{self, markdown};
use engine::catalog::{File, Kata, Selection};
use engine::problem::{Doing, Exit, Problem};
use protocol::Tier;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("explain")
        .about("What a kata asks for, and its laws; a chapter of the book; or a term of the field")
        .arg(id_argument().num_args(0..))
        .arg(
            Arg::new("glossary")
                .long("glossary")
                .action(ArgAction::SetTrue)
                .help("Look for a term of the glossary only; without one, list all"),
        )
        .after_help(
            "A kata is explained by its documentation, a file by its section of the book, a milestone by \
             its chapter, a term of the field by the glossary. On a terminal, what is long is shown by the \
             pager that PAGER names (less).\n\nExamples:\n  cargo kata explain\n  \
             cargo kata explain vectors/dot\n  cargo kata explain vectors\n  \
             cargo kata explain m01 | less\n  cargo kata explain overfitting\n  \
             cargo kata explain --glossary",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let words: Vec<&str> = matches.get_many::<String>("id").unwrap_or_default().map(String::as_str).collect();
    if matches.get_flag("glossary") {
        return glossary::look_up(context, &words.join(" "));
    }
    let kata = match &words[..] {
        [asked] => match context.catalog.find(asked) {
            Ok(Selection::Kata(kata)) => kata,
            Ok(several) => return read_chapter(context, several),
            Err(problem) => return glossary::instead(context, asked, problem),
        },
        [] => context.next().ok_or_else(prompt::all_done)?,
        words => return glossary::look_up(context, &words.join(" ")),
    };
    let chapter = chapter(context, kata);
    if context.json {
        let laws: Vec<_> = kata.laws.iter().map(|law| &law.sentence).collect();
        let robust = show::laws_of(kata, Tier::Robust);
        let answer = json!({
            "kata": kata.id, "signature": kata.signature, "documentation": kata.docs,
            "laws": laws, "robust": robust,
            "path": context.place(kata), "chapter": chapter,
        });
        context.print(&format!("{answer:#}\n"));
        return Ok(Exit::Fine);
    }
    let style = context.style;
    let mut out = format!("\n{}\n\n", style.strong(&kata.id));
    for line in kata.signature.lines() {
        out += &format!("  {}\n", style.command(line));
    }
    out += &format!("\n{}\n", markdown(&kata.docs, style, "  "));
    out += &format!("\n  {}\n", style.strong("Its laws"));
    out += &show::laws(kata, style);
    let mut lines = vec![("yours".to_owned(), context.place(kata))];
    lines.extend(chapter.map(|path| ("chapter".to_owned(), path)));
    out += &format!("\n{}", super::context::table(&lines));
    show::page(&out);
    Ok(Exit::Fine)
}

/// The chapter of the book that leads to the kata, where it is written.
fn chapter(context: &Context, kata: &Kata) -> Option<String> {
    let milestone = context.catalog.milestones.iter().find(|it| it.id == kata.milestone_id())?;
    let chapter = milestone.chapter();
    context.workspace.path(&chapter).is_file().then(|| chapter.display().to_string())
}

/// The whole chapter of a milestone; of a file the sections that name its katas.
fn read_chapter(context: &Context, selection: Selection<'_>) -> Result<Exit, Problem> {
    let katas = selection.katas();
    let written = katas.first().and_then(|kata| chapter(context, kata));
    let Some(path) = written else {
        return Err(Problem::NotOneKata { asked: selection.id().to_owned(), command: "explain" });
    };
    let whole = context.workspace.path(&path);
    let whole = fs::read_to_string(&whole).doing("read", &whole)?;
    let text = match selection {
        Selection::File(file) => sections(&whole, file),
        _ => whole,
    };
    if context.json {
        let answer = json!({ "id": selection.id(), "chapter": path, "text": text });
        context.print(&format!("{answer:#}\n"));
        return Ok(Exit::Fine);
    }
    let text = text.replace("](pictures/", "](book/src/pictures/");
    let mut out = format!("\n{}\n\n", markdown(&text, context.style, "  "));
    let mut lines = vec![("chapter".to_owned(), path)];
    if let (Selection::File(_), [first, ..]) = (selection, &katas[..]) {
        lines.push(("next".to_owned(), context.command("explain", first)));
    }
    out += &super::context::table(&lines);
    show::page(&out);
    Ok(Exit::Fine)
}

/// The section of a chapter that is about the file: the one whose heading names it, else those in which its katas are named
/// first; the whole chapter where there is none.
fn sections(chapter: &str, file: &File) -> String {
    let starts = chapter.match_indices("\n## ").map(|(at, _)| at + 1);
    let ends = starts.clone().skip(1).chain([chapter.len()]);
    let sections: Vec<&str> = starts.zip(ends).map(|(from, to)| &chapter[from..to]).collect();
    let name = file.id.rsplit('/').next().unwrap_or(&file.id);
    let is_headed = |section: &str| {
        let heading = section.lines().next().unwrap_or_default();
        heading.split(|c: char| c != '_' && !c.is_alphanumeric()).any(|word| word == name)
    };
    let first_named = |kata: &Kata| sections.iter().position(|it| it.contains(&format!("`{}`", kata.item)));
    let mut places: Vec<usize> = (0..sections.len()).filter(|at| is_headed(sections[*at])).collect();
    if places.is_empty() {
        places = file.katas.iter().filter_map(first_named).collect();
        places.sort_unstable();
        places.dedup();
    }
    if places.is_empty() { chapter.to_owned() } else { places.into_iter().map(|at| sections[at]).collect() }
}
