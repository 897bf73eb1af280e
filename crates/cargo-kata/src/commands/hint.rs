use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, id_argument};
use crate::show::markdown;
use engine::catalog::Hints;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("hint")
        .about("One more hint each time")
        .arg(id_argument())
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help("All hints at once"))
        .after_help("Examples:\n  cargo kata hint\n  cargo kata hint dot --all")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let kata = match matches.get_one::<String>("id") {
        Some(asked) => context.catalog.find_kata(asked, "hint")?,
        None => context.next().ok_or_else(super::prompt::all_done)?,
    };
    context.print(&next_hint(context, kata, matches.get_flag("all"))?);
    Ok(Exit::Fine)
}

/// The hints shown so far and one more, which is remembered.
pub(super) fn next_hint(
    context: &Context,
    kata: &engine::catalog::Kata,
    all: bool,
) -> Result<String, Problem> {
    let style = context.style;
    let hints = Hints::read(&context.workspace.path(kata.hints_path()))?;
    let hints = hints.of(kata.name());
    let before = context.memory.hints_shown(kata).min(hints.len());
    let shown = if all { hints.len() } else { (before + 1).min(hints.len()) };
    if shown > before {
        context.memory.remember_hints(kata, shown);
    }
    if context.json {
        let one = |hint: &engine::catalog::Hint| json!({ "heading": hint.heading, "text": hint.text });
        let texts: Vec<_> = hints[..shown].iter().map(one).collect();
        let answer = json!({ "kata": kata.id, "hints": texts, "left": hints.len() - shown });
        return Ok(format!("{answer:#}\n"));
    }
    if hints.is_empty() {
        return Ok(format!("There are no hints for {} yet.\n", kata.id));
    }
    let mut out = format!("\n{}\n", style.strong(&kata.id));
    for (i, hint) in hints[..shown].iter().enumerate() {
        let heading = format!("{} of {}  {}", i + 1, hints.len(), hint.heading);
        out += &format!("\n  {}\n\n{}\n", style.warm(&heading), markdown(&hint.text, style, "  "));
    }
    let more = match hints.len() - shown {
        0 => format!("That was the last one. {} shows the reference.", context.command("solution", kata)),
        _ => format!("{} shows the next one.", context.command("hint", kata)),
    };
    Ok(out + &format!("\n{more}\n"))
}
