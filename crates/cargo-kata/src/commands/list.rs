use clap::{Arg, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry};
use crate::show::{self, Style, columns};
use engine::catalog::{Kata, Milestone};
use engine::problem::{Exit, Problem};
use protocol::{KataVerdict, State, Tier};

pub(super) const ENTRY: Entry = Entry { describe, run };

/// Names all milestones that come after the boss.
const EXTRA: &str = "x";

fn describe() -> Command {
    Command::new("list")
        .about("All katas and how they stand; nothing is built")
        .arg(Arg::new("id").value_name("ID").help("Only this milestone or file; `x` for all after the boss"))
        .after_help("Examples:\n  cargo kata list\n  cargo kata list m01 --json\n  cargo kata list x")
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let extra = || context.catalog.milestones.iter().filter(|it| it.is_extra());
    let katas: Vec<&Kata> = match matches.get_one::<String>("id") {
        Some(asked) if asked == EXTRA && extra().next().is_some() => {
            extra().flat_map(Milestone::katas).collect()
        }
        Some(asked) => context.catalog.find(asked)?.katas(),
        None => context.catalog.katas().collect(),
    };
    let known = context.known(&katas);
    if context.json {
        let one = |(kata, verdict): &(&Kata, Option<KataVerdict>)| {
            let state = verdict.as_ref().map(|it| it.state().words());
            let stars = verdict.as_ref().map(KataVerdict::stars);
            let laws: Vec<_> = kata.laws.iter().map(|law| &law.sentence).collect();
            let robust = show::laws_of(kata, Tier::Robust);
            let skipped = verdict.as_ref().and_then(KataVerdict::why_skipped);
            let (task, path) = (kata.task(), context.place(kata));
            json!({
                "id": kata.id, "state": state, "stars": stars, "skipped": skipped, "task": task, "path": path,
                "laws": laws, "robust": robust,
            })
        };
        let all: Vec<_> = known.iter().map(one).collect();
        context.print(&format!("{:#}\n", json!({ "katas": all })));
        return Ok(Exit::Fine);
    }
    let mut out = String::new();
    let widest = katas.iter().map(|kata| kata.name().len()).max().unwrap_or(0);
    let (mut milestone, mut file) = ("", "");
    for (kata, verdict) in &known {
        if kata.milestone_id() != milestone {
            milestone = kata.milestone_id();
            out += &format!("\n{}\n", context.style.strong(milestone));
            if let Some(extra) = extra().find(|it| it.id == milestone) {
                let (about, builds_on) = extra_words(extra);
                out += &format!("  {about}\n  {}\n", context.style.faint(&builds_on));
            }
        }
        if kata.file_id() != file {
            file = kata.file_id();
            out += &format!("  {}\n", file.rsplit('/').next().unwrap_or(file));
        }
        let (mark, _) = mark(verdict.as_ref(), context.style);
        let room = context.style.width.saturating_sub(widest + 10);
        let task = context.style.faint(&shortened(&kata.task_in_words(), room));
        out += &format!("    {mark} {:<widest$}  {task}\n", kata.name());
    }
    out += &format!("\n{}\n", legend(context.style));
    let earlier = context.held_earlier(&katas);
    if earlier > 0 {
        out += &format!(
            "\n{earlier} of them held with an earlier version of the laws; `cargo kata test` with their id \
             judges again\n"
        );
    }
    let mut reasons: Vec<_> = known.iter().filter_map(|(_, it)| it.as_ref()?.why_skipped()).collect();
    reasons.dedup();
    out.extend(reasons.iter().map(|reason| format!("\nskipped: {reason}\n")));
    context.print(&out);
    Ok(Exit::Fine)
}

/// What a milestone after the boss is about, and what it builds on.
pub(super) fn extra_words(milestone: &Milestone) -> (String, String) {
    let about = milestone.title.split_once(": ").map_or(milestone.title.as_str(), |(_, about)| about);
    let mut letters = about.chars();
    let about: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    (about, milestone.builds_on.clone().unwrap_or_default())
}

/// Two columns for a verdict, and its words.
pub(super) fn mark(verdict: Option<&KataVerdict>, style: Style) -> (String, &'static str) {
    match verdict {
        Some(it) if it.stars() > 0 => mark_of_stars(it.stars(), style),
        other => mark_of(other.map(KataVerdict::state), style),
    }
}

fn mark_of_stars(stars: u8, style: Style) -> (String, &'static str) {
    match stars {
        1 => (style.good("★") + &style.faint("☆"), "core laws hold"),
        _ => (style.good("★★"), "all laws hold"),
    }
}

fn mark_of(state: Option<State>, style: Style) -> (String, &'static str) {
    let mark = match state {
        Some(State::Holds) => return mark_of_stars(2, style),
        Some(State::Broken) => style.bad("✗"),
        Some(State::NotWritten) => style.faint("○"),
        Some(State::DoesNotCompile) => style.bad("!"),
        Some(State::Skipped) => style.faint("–"),
        Some(State::Unknown) | None => style.warm("?"),
    };
    (mark + " ", state.map_or("changed since it was judged", State::words))
}

fn legend(style: Style) -> String {
    let states = [State::Broken, State::NotWritten, State::DoesNotCompile, State::Skipped].map(Some);
    let stars = [2, 1].map(|stars| mark_of_stars(stars, style));
    let marks = stars.into_iter().chain(states.into_iter().chain([None]).map(|state| mark_of(state, style)));
    let all: Vec<_> = marks
        .map(|(mark, words)| format!("{mark}{}{words}", if mark.ends_with(' ') { "" } else { " " }))
        .collect();
    let one_line = all.join("   ");
    if columns(&one_line) <= style.width { one_line } else { all.join("\n") }
}

fn shortened(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let cut: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// How far a milestone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MilestoneProgress {
    /// Katas whose core laws hold.
    pub(super) solved: usize,
    /// Of these, the ones whose laws all hold.
    pub(super) mastered: usize,
    /// All katas.
    pub(super) all: usize,
}

/// How many katas of a milestone are solved.
pub(super) fn progress(milestone: &Milestone, known: &[(&Kata, Option<KataVerdict>)]) -> MilestoneProgress {
    let ours = || known.iter().filter(|(kata, _)| kata.milestone_id() == milestone.id);
    let with = |least| ours().filter(|(_, it)| it.as_ref().is_some_and(|it| it.stars() >= least)).count();
    MilestoneProgress { solved: with(1), mastered: with(2), all: ours().count() }
}
