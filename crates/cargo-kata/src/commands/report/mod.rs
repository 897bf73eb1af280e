//! `cargo kata report`: what was learned, as one page to show to others.

mod content;
mod page;
mod pictures;

use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::{Value, json};

use self::content::{Report, stars};
use super::{Context, Entry, list};
use crate::show::Progress;
use engine::Progress as _;
use engine::catalog::{Glossary, Kata, Term};
use engine::problem::{Doing, Exit, Problem};
use protocol::KataVerdict;

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("report")
        .about("Write a page about what you have learned: stars, your own pictures, the terms you met")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .default_value("report.html")
                .help("Where to write the page"),
        )
        .arg(Arg::new("name").long("name").value_name("NAME").help("Your name, for the heading"))
        .after_help(
            "The page is one file without links to other hosts. Curves of `train` and tables of `compare` \
             are on it where you have made some. What changed since it was judged is judged \
             first, and solved katas that draw figures are run once more. With --json the same is printed \
             instead.\n\n\
             Examples:\n  cargo kata report\n  cargo kata report --out ada.html --name 'Ada Lovelace'",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let out = matches.get_one::<PathBuf>("out").cloned().unwrap_or_default();
    let katas: Vec<&Kata> = context.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
    let unknown: Vec<&Kata> =
        context.known(&katas).into_iter().filter_map(|(kata, it)| it.is_none().then_some(kata)).collect();
    if !unknown.is_empty() {
        context.judge(&unknown)?;
    }
    let katas = context.known(&katas);
    let solved: Vec<&Kata> =
        katas.iter().filter(|(_, it)| stars(it.as_ref()) > 0).map(|(kata, _)| *kata).collect();
    let mut progress = Progress::new(context.style);
    // The page is drawn only where it is written: JSON has the figures' numbers by `plot --json`.
    let mut pictures = if context.json { Vec::new() } else { pictures::of(context, &solved, &mut progress)? };
    pictures.extend(pictures::of_trainings(context));
    let comparisons = comparisons(context, &solved);
    progress.clear();
    let glossary = Glossary::read(context.workspace.root())?;
    let is_met = |term: &Term| solved.iter().any(|kata| term.text.contains(&format!("`{}`", kata.id)));
    let terms = glossary.terms.into_iter().filter(is_met).collect();
    let name = matches.get_one("name").cloned();
    let report = Report { name, katas, pictures, comparisons, terms };
    if context.json {
        context.print(&format!("{:#}\n", in_json(context, &report)));
        return Ok(Exit::Fine);
    }
    fs::write(&out, page::html(context, &report)).doing("write the page", &out)?;
    context.print(&format!("{} {}\n", context.style.good("✓"), out.display()));
    Ok(Exit::Fine)
}

/// What `compare` said last of these katas.
fn comparisons(context: &Context, katas: &[&Kata]) -> Vec<(String, String)> {
    let kept = |kata: &&Kata| {
        let name = format!(".kata/comparisons/{}.txt", kata.id.replace('/', "."));
        Some((kata.id.clone(), fs::read_to_string(context.workspace.path(name)).ok()?))
    };
    katas.iter().filter_map(kept).collect()
}

fn in_json(context: &Context, report: &Report<'_>) -> Value {
    let milestone = |it: &engine::catalog::Milestone| {
        let list::MilestoneProgress { solved, mastered, all } = list::progress(it, &report.katas);
        json!({ "id": it.id, "title": it.title, "solved": solved, "mastered": mastered, "katas": all })
    };
    let kata = |(kata, verdict): &(&Kata, Option<KataVerdict>)| {
        let state = verdict.as_ref().map(|it| it.state().words());
        json!({ "id": kata.id, "task": kata.task(), "state": state, "stars": stars(verdict.as_ref()) })
    };
    let terms: Vec<&str> = report.terms.iter().map(|term| term.name.as_str()).collect();
    let comparisons: Vec<_> =
        report.comparisons.iter().map(|(kata, text)| json!({ "kata": kata, "text": text })).collect();
    let milestones: Vec<_> = context.catalog.milestones.iter().map(milestone).collect();
    let katas: Vec<_> = report.katas.iter().map(kata).collect();
    json!({
        "name": report.name,
        "milestones": milestones,
        "katas": katas,
        "terms": terms,
        "comparisons": comparisons,
    })
}
