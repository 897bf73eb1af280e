//! `cargo kata update`: a newer version of the suite, under what the learner has written.

mod folder;
mod git;
mod plan;

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use self::plan::Plan;
use super::{Context, Entry};
use engine::problem::{Exit, Problem};
use engine::update::Note;
use engine::workspace::Workspace;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("update")
        .about("Bring a newer version of the suite under your katas")
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("A newer version that was downloaded and unpacked [default: what git fetches]"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Only say what would become of your files"),
        )
        .after_help(
            "What you have written stays: bodies, helpers, imports and types are put into the new files, \
             below the new documentation. Where a signature changed or a kata is gone, it is said, and your \
             text is kept. In a clone the result is a merge commit, and your changes must be committed \
             before; with --from the old suite is moved to .kata/backups.\n\n\
             Exit code 1 if something needs your hand.\n\n\
             Examples:\n  git add katas && git commit -m 'My katas' && cargo kata update\n  \
             cargo kata update --from ~/Downloads/katas-main --dry-run",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let is_trial = matches.get_flag("dry-run");
    let plan = match matches.get_one::<PathBuf>("from") {
        Some(from) => {
            let newer = Workspace::around(from)?;
            if newer.root() == context.workspace.root() {
                return Err(Problem::Usage {
                    what: format!("{} is this repository itself", from.display()),
                    remedy: "Name the folder of the newer version.".to_owned(),
                });
            }
            let plan = Plan::of(context, &newer)?;
            if !is_trial {
                folder::apply(context, &newer, &plan)?;
            }
            plan
        }
        None => match git::fetch(context)? {
            Some(fetched) => {
                let plan = Plan::of(context, &fetched.workspace)?;
                if !is_trial {
                    fetched.merge(context, &plan)?;
                }
                plan
            }
            None => {
                context.print("There is nothing newer.\n");
                return Ok(Exit::Fine);
            }
        },
    };
    context.print(&if context.json { in_json(&plan, is_trial) } else { in_words(context, &plan, is_trial) });
    Ok(if plan.notes().next().is_none() { Exit::Fine } else { Exit::Broken })
}

fn in_words(context: &Context, plan: &Plan, is_trial: bool) -> String {
    let style = context.style;
    let carried = plan.carried();
    let verb = if is_trial { "would be" } else { "were" };
    let mut out = format!("{} {carried} katas {verb} carried over\n", style.good("✓"));
    for (path, note) in plan.notes() {
        let words = match note {
            Note::SignatureChanged { kata, was, is } => {
                format!("{kata}: the signature changed.\n    yours  {was}\n    now    {is}")
            }
            Note::TypeChanged { kata } => {
                format!("{kata}: the type changed; yours is a comment at the end of the file")
            }
            Note::Gone { kata } => {
                format!("{kata} is gone or renamed; yours is a comment at the end of the file")
            }
            Note::Unreadable => "braces or merge markers are left over; the file stays as it is".to_owned(),
        };
        out += &format!("{} {path}\n  {words}\n", style.bad("!"));
    }
    if !is_trial {
        out += &format!("\n{} judges what changed\n", style.command("cargo kata"));
    }
    out
}

fn in_json(plan: &Plan, is_trial: bool) -> String {
    let note = |(path, note): (&str, &Note)| {
        let (kind, kata) = match note {
            Note::SignatureChanged { kata, .. } => ("signature changed", kata.as_str()),
            Note::TypeChanged { kata } => ("type changed", kata.as_str()),
            Note::Gone { kata } => ("gone", kata.as_str()),
            Note::Unreadable => ("unreadable", ""),
        };
        json!({ "path": path, "kata": kata, "note": kind })
    };
    let notes: Vec<_> = plan.notes().map(note).collect();
    format!("{:#}\n", json!({ "applied": !is_trial, "carried": plan.carried(), "notes": notes }))
}
