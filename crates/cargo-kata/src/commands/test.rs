use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use super::context::Watching;
use super::{Context, Entry, draws};
use crate::show::{self, Style};
use engine::catalog::Kata;
use engine::judging::{Conditions, Judged};
use engine::problem::{Exit, Problem};
use protocol::{State, Tier};

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
        .arg(
            Arg::new("core")
                .long("core")
                .action(ArgAction::SetTrue)
                .conflicts_with("robust")
                .help("Only the core laws: the mathematics on ordinary inputs, one star"),
        )
        .arg(
            Arg::new("robust")
                .long("robust")
                .action(ArgAction::SetTrue)
                .help("Only the robust laws: rejected inputs, extremes and ties, the second star"),
        )
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help("Also the laws that take minutes"))
        .args(draws())
        .arg(
            Arg::new("memory")
                .long("memory")
                .value_name("MIB")
                .value_parser(value_parser!(u64))
                .help("Let a kata use this much memory instead of 2048 MiB; 0 is no limit"),
        )
        .after_help(
            "A call may take ten seconds, and a kata may hold 2 GiB of memory and write 256 MiB (on Linux; \
             macOS and Windows have no such limits for memory and output). Variables that other tools read, \
             such as PROPTEST_CASES, change nothing here.\n\nExamples:\n  cargo kata test dot\n  cargo kata \
             test vectors\n  cargo kata test m01 --json\n  cargo kata test m07 --all\n  cargo kata test m01 \
             --core\n  cargo kata test dot \
             --cases 100000 --seeds 5",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let mut katas: Vec<&Kata> = Vec::new();
    for asked in matches.get_many::<String>("id").unwrap_or_default() {
        for kata in context.catalog.find(asked)?.katas() {
            if katas.iter().all(|other| other.id != kata.id) {
                katas.push(kata);
            }
        }
    }
    if matches.get_many::<String>("id").is_none() {
        match context.next() {
            Some(next) => katas.push(next),
            None => katas.extend(context.catalog.katas()),
        }
    }
    let of_tier: Vec<Kata> = match tier(matches) {
        Some(tier) => katas.iter().map(|kata| kata.of_tier(tier)).collect(),
        None => Vec::new(),
    };
    if tier(matches).is_some() {
        katas = of_tier.iter().filter(|kata| !kata.laws.is_empty()).collect();
        if katas.is_empty() {
            return Err(Problem::Usage {
                what: "there are no such laws for what was asked".to_owned(),
                remedy: "`cargo kata explain ID` lists the laws of a kata.".to_owned(),
            });
        }
    }
    let judged = judge(context, &katas, matches)?;
    if context.json {
        context.print(&(to_json(context, &judged) + "\n"));
    } else {
        context.print(&in_words(context, &katas, &judged));
    }
    Ok(exit(&judged))
}

/// The tier that was asked for.
fn tier(matches: &ArgMatches) -> Option<Tier> {
    match (matches.get_flag("core"), matches.get_flag("robust")) {
        (true, _) => Some(Tier::Core),
        (_, true) => Some(Tier::Robust),
        _ => None,
    }
}

/// Judges with one seed after the other, up to the first that breaks a law.
fn judge(context: &Context, katas: &[&Kata], matches: &ArgMatches) -> Result<Judged, Problem> {
    let number = |name: &str| matches.get_one::<u32>(name).copied();
    let cases = number("cases").map(|cases| cases.to_string());
    let memory = matches.get_one::<u64>("memory").map(ToString::to_string);
    let mut judged = Judged::default();
    for seed in 1..=number("seeds").unwrap_or(1) {
        let seed = seed.to_string();
        let mut variables = vec![("PROPTEST_RNG_SEED", seed.as_str())];
        variables.extend(cases.as_deref().map(|cases| ("PROPTEST_CASES", cases)));
        variables.extend(memory.as_deref().map(|memory| ("KATAS_MEMORY", memory)));
        let conditions =
            Conditions { slow: matches.get_flag("all"), variables: &variables, ..Conditions::default() };
        judged = context.judge_as(katas, &conditions)?;
        if judged.verdicts.iter().any(protocol::KataVerdict::is_unfinished) {
            break;
        }
    }
    Ok(judged)
}

pub(super) fn exit(judged: &Judged) -> Exit {
    if judged.verdicts.iter().any(protocol::KataVerdict::is_unfinished) {
        return Exit::Broken;
    }
    // If every kata that was asked for is skipped, that is no pass.
    let skipped = judged.verdicts.iter().filter(|verdict| verdict.state() == State::Skipped).count();
    if skipped > 0 && skipped == judged.verdicts.len() { Exit::Environment } else { Exit::Fine }
}

pub(super) fn to_json(context: &Context, judged: &Judged) -> String {
    let rejected = judged.rejected.iter().map(|it| {
        let signatures = it.signatures.iter().map(
            |changed| json!({ "item": changed.item, "written": changed.written, "must_be": changed.must_be }),
        );
        let signatures: Vec<_> = signatures.collect();
        json!({ "path": it.path, "diagnostics": it.diagnostics, "signatures": signatures })
    });
    let warnings: Vec<_> = judged.warnings.iter().map(|it| &it.rendered).collect();
    let katas = judged.verdicts.iter().map(|verdict| {
        let mut katas = context.catalog.katas();
        let kata = katas.find(|kata| kata.id == verdict.kata);
        let other = kata.and_then(|kata| context.waits_for(kata, verdict)).map(|kata| &kata.id);
        let mut all = verdict.to_json();
        all["waits_for"] = json!(other);
        all
    });
    let katas: Vec<_> = katas.collect();
    let rejected: Vec<_> = rejected.collect();
    let [build, laws] = judged.spent.map(|it| (it.as_secs_f64() * 1e3).round() / 1e3);
    let all = json!({
        "katas": katas,
        "rejected": rejected,
        "warnings": warnings,
        "notes": &judged.notes,
        "seconds": { "build": build, "laws": laws },
    });
    format!("{all:#}")
}

/// How many of rustc's warnings are shown.
const WARNINGS: usize = 3;

/// What rustc warns of in the learner's files.
fn warnings(judged: &Judged, style: Style) -> String {
    let shown = judged.warnings.iter().take(WARNINGS).map(|it| format!("\n{}\n", it.rendered.trim_end()));
    let mut out: String = shown.collect();
    if judged.warnings.len() > WARNINGS {
        let more = format!(
            "and {} more warnings; `cargo check -p katas` shows all",
            judged.warnings.len() - WARNINGS
        );
        out += &format!("\n{}\n", style.faint(&more));
    }
    out
}

/// One kata at length; of several a line each, and the first that is not done at length.
pub(super) fn in_words(context: &Context, katas: &[&Kata], judged: &Judged) -> String {
    in_words_while(Watching::No, context, katas, judged)
}

/// As [`in_words`].
pub(super) fn in_words_while(
    watching: Watching,
    context: &Context,
    katas: &[&Kata],
    judged: &Judged,
) -> String {
    let style = context.style;
    let mut out = String::from("\n");
    for rejected in &judged.rejected {
        out += &show::rejected(rejected, style);
        out.push('\n');
    }
    let verdicts: Vec<_> = katas.iter().copied().zip(&judged.verdicts).collect();
    if verdicts.len() > 1 {
        for (kata, verdict) in &verdicts {
            let (mark, words) = super::list::mark(Some(verdict), style);
            let words = match (verdict.state(), verdict.why_skipped()) {
                (State::Holds, _) => String::new(),
                _ if verdict.stars() == 1 => style.faint("core laws hold"),
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
        out += &context.what_next(kata, verdict, watching);
    }
    out += &warnings(judged, style);
    for note in &judged.notes {
        out += &format!("\n{}\n", style.faint(&show::wrap(note, "", style.width)));
    }
    out
}
