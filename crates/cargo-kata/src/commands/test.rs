use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry};
use crate::show;
use engine::catalogue::Kata;
use engine::judging::Judged;
use engine::problem::{Exit, Problem};
use protocol::State;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("test")
        .about("Which laws hold, and the first broken one in plain words")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .num_args(0..)
                .help("Katas, files or milestones [default: the next unfinished kata]"),
        )
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help("Also the laws that take minutes"))
        .after_help(
            "Examples:\n  cargo kata test dot\n  cargo kata test vectors\n  cargo kata test m01 --json\n  \
             cargo kata test m07 --all",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let mut katas: Vec<&Kata> = Vec::new();
    for asked in matches.get_many::<String>("id").unwrap_or_default() {
        for kata in context.catalogue.find(asked)?.katas() {
            if katas.iter().all(|other| other.id != kata.id) {
                katas.push(kata);
            }
        }
    }
    if matches.get_many::<String>("id").is_none() {
        match context.next() {
            Some(next) => katas.push(next),
            None => katas.extend(context.catalogue.katas()),
        }
    }
    let judged = context.judge_as(&katas, matches.get_flag("all"))?;
    if context.json {
        context.print(&(to_json(&judged) + "\n"));
    } else {
        context.print(&told(context, &katas, &judged));
    }
    Ok(exit(&judged))
}

pub(super) fn exit(judged: &Judged) -> Exit {
    if judged.verdicts.iter().any(protocol::KataVerdict::is_unfinished) {
        return Exit::Broken;
    }
    // Whoever asked for nothing but what is skipped shall not take that for a pass.
    let skipped = judged.verdicts.iter().filter(|verdict| verdict.state() == State::Skipped).count();
    if skipped > 0 && skipped == judged.verdicts.len() { Exit::Environment } else { Exit::Fine }
}

pub(super) fn to_json(judged: &Judged) -> String {
    let refused = judged.refused.iter().map(|it| {
        let signatures = it.signatures.iter().map(|changed| {
            json!({ "item": changed.item, "written": changed.written, "must_be": changed.must_be })
        });
        json!({ "path": it.path, "diagnostics": it.diagnostics, "signatures": signatures.collect::<Vec<_>>() })
    });
    let katas: Vec<_> = judged.verdicts.iter().map(protocol::KataVerdict::to_json).collect();
    format!("{:#}", json!({ "katas": katas, "refused": refused.collect::<Vec<_>>(), "notes": judged.notes }))
}

/// One kata at length; of several a line each, and the first that is not done at length.
pub(super) fn told(context: &Context, katas: &[&Kata], judged: &Judged) -> String {
    let style = context.style;
    let mut out = String::from("\n");
    for refused in &judged.refused {
        out += &show::refused(refused, style);
        out.push('\n');
    }
    let verdicts: Vec<_> = katas.iter().copied().zip(&judged.verdicts).collect();
    if verdicts.len() > 1 {
        for (kata, verdict) in &verdicts {
            let (mark, words) = super::list::mark(Some(verdict.state()), style);
            let words = match (verdict.state(), verdict.why_skipped()) {
                (State::Holds, _) => String::new(),
                (_, Some(why)) => style.faint(&format!("skipped: {why}")),
                _ => match context.waits_for(kata, verdict) {
                    Some(other) => style.faint(&format!("waits for {}", other.name())),
                    None => style.faint(words),
                },
            };
            out += format!("{mark} {}  {words}", kata.id).trim_end();
            out.push('\n');
        }
        let held = verdicts.iter().filter(|(_, verdict)| verdict.state() == State::Holds).count();
        out += &format!("\n{held} of {} katas hold\n\n", verdicts.len());
    }
    let unfinished = |(_, verdict): &&(&Kata, &_)| protocol::KataVerdict::is_unfinished(verdict);
    let shown =
        verdicts.iter().find(unfinished).or(if verdicts.len() == 1 { verdicts.first() } else { None });
    if let Some((kata, verdict)) = shown {
        out += &context.show(kata, verdict);
        out.push('\n');
        out += &context.what_next(kata, verdict.state());
    }
    for note in &judged.notes {
        out += &format!("\n{}\n", style.faint(&show::wrap(note, "", style.width)));
    }
    out
}
