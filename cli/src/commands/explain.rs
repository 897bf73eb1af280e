use clap::{ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, id_argument, prompt};
use crate::catalogue::Kata;
use crate::problem::{Exit, Problem};
use crate::show::{markdown, wrap};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("explain")
        .about("What a kata asks for, and its laws")
        .arg(id_argument())
        .after_help("Examples:\n  cargo kata explain\n  cargo kata explain vectors/dot")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let kata = match matches.get_one::<String>("id") {
        Some(asked) => context.catalogue.find_kata(asked, "explain")?,
        None => context.next().ok_or_else(prompt::all_done)?,
    };
    let chapter = chapter(context, kata);
    if context.json {
        let laws: Vec<_> = kata.laws.iter().map(|law| &law.sentence).collect();
        let answer = json!({
            "kata": kata.id, "signature": kata.signature, "documentation": kata.docs, "laws": laws,
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
    for law in &kata.laws {
        out += &wrap(&law.sentence, "  · ", style.width);
        out.push('\n');
    }
    let mut lines = vec![("yours".to_owned(), context.place(kata))];
    lines.extend(chapter.map(|path| ("chapter".to_owned(), path)));
    out += &format!("\n{}", super::context::table(&lines));
    context.print(&out);
    Ok(Exit::Fine)
}

/// The chapter of the book that leads to the kata, where it is written.
fn chapter(context: &Context, kata: &Kata) -> Option<String> {
    let milestone = context.catalogue.milestones.iter().find(|it| it.id == kata.milestone_id())?;
    let chapter = milestone.chapter();
    context.workspace.path(&chapter).is_file().then(|| chapter.display().to_string())
}
