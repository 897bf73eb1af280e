use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry, id_argument, prompt};
use engine::catalog::Kata;
use engine::edit;
use engine::problem::{Doing, Exit, Problem};
use protocol::{KataVerdict, State};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("solution")
        .about("The reference: when its laws hold, or when asked twice")
        .arg(id_argument())
        .arg(
            Arg::new("anyway")
                .long("anyway")
                .action(ArgAction::SetTrue)
                .help("Show it although a law is broken"),
        )
        .arg(
            Arg::new("tuned")
                .long("tuned")
                .action(ArgAction::SetTrue)
                .help("The version that is tuned for speed, where there is one"),
        )
        .after_help(
            "Examples:\n  cargo kata solution dot\n  cargo kata solution dot --anyway\n  \
             cargo kata solution dot --tuned",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let kata = match matches.get_one::<String>("id") {
        Some(asked) => context.catalog.find_kata(asked, "solution")?,
        None => context.next().ok_or_else(prompt::all_done)?,
    };
    let verdict = verdict(context, kata)?;
    let holds = verdict.state() == State::Holds;
    if !matches.get_flag("anyway") && !holds && !context.memory.asked_before(kata) {
        let ask_again =
            format!("Ask once more, or add {}, to see it all the same.", context.style.command("--anyway"));
        context.print(&format!(
            "{} does not hold yet; the reference would take the fun away.\n{ask_again}\n\n{}",
            context.style.strong(&kata.id),
            context.what_next(kata, &verdict, super::context::Watching::No),
        ));
        return Ok(Exit::Broken);
    }
    let (below, text, parts) =
        if matches.get_flag("tuned") { tuned(context, kata)? } else { simple(context, kata)? };
    if context.json {
        let answer = json!({ "kata": kata.id, "path": below, "source": parts.join("\n\n") });
        context.print(&format!("{answer:#}\n"));
    } else {
        context.print(&(heading(context, kata, &below, &text) + &parts.join("\n\n") + "\n"));
    }
    Ok(Exit::Fine)
}

/// The reference, if every law holds; else what is left to do.
pub(super) fn when_it_holds(context: &Context, kata: &Kata) -> Result<String, Problem> {
    if verdict(context, kata)?.state() != State::Holds {
        let anyway = context.command("solution", kata) + &context.style.command(" --anyway");
        return Ok(format!("\n{} does not hold yet; {anyway} shows the reference.\n", kata.name()));
    }
    let (below, text, parts) = simple(context, kata)?;
    Ok(heading(context, kata, &below, &text) + &parts.join("\n\n") + "\n")
}

/// The kata and the place of what follows.
fn heading(context: &Context, kata: &Kata, below: &Path, text: &str) -> String {
    let place = format!("{}:{}", below.display(), edit::line(text, kata).unwrap_or(1));
    format!("\n{}  {}\n\n", context.style.strong(&kata.id), context.style.faint(&place))
}

/// A file, its text, and what in it belongs to the kata.
type Source = (PathBuf, String, Vec<String>);

/// The reference: the version that stands on the board.
fn simple(context: &Context, kata: &Kata) -> Result<Source, Problem> {
    let below = kata.solution_path();
    let path = context.workspace.path(&below);
    let text = fs::read_to_string(&path).doing("read", &path)?;
    let parts = edit::with_what_it_needs(&text, kata);
    Ok((below, text, parts))
}

/// The version that is tuned for speed.
fn tuned(context: &Context, kata: &Kata) -> Result<Source, Problem> {
    let below = kata.tuned_path();
    let text = fs::read_to_string(context.workspace.path(&below)).unwrap_or_default();
    let mut parts = edit::with_what_it_needs(&text, kata);
    let source = engine::source::Source::new(&text);
    if let Some(docs) = source.function(&kata.item).map(|item| source.docs(item)) {
        // What makes it fast stands above it.
        parts.insert(0, docs.lines().map(|line| format!("// {line}").trim_end().to_owned() + "\n").collect());
    }
    let parts = parts;
    if parts.is_empty() {
        let is_tuned = |it: &&Kata| {
            let text = fs::read_to_string(context.workspace.path(it.tuned_path())).unwrap_or_default();
            edit::line(&text, it).is_some()
        };
        let names: Vec<_> =
            context.catalog.katas().filter(is_tuned).map(|it| context.catalog.short(it)).collect();
        return Err(Problem::Usage {
            what: format!("{} has no version that is tuned for speed", kata.id),
            remedy: format!("These have one: {}.", names.join(", ")),
        });
    }
    Ok((below, text, parts))
}

/// The verdict of the learner's kata; judged now if it is not known.
fn verdict(context: &Context, kata: &Kata) -> Result<KataVerdict, Problem> {
    let known = context.known(&[kata]).into_iter().find_map(|(_, verdict)| verdict);
    let unknown = || KataVerdict { kata: kata.id.clone(), laws: Vec::new(), compiles: true };
    Ok(match known {
        Some(verdict) => verdict,
        None => context.judge(&[kata])?.verdicts.into_iter().next().unwrap_or_else(unknown),
    })
}
