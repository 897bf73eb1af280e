//! `cargo kata` alone: how far, and what next.

use serde_json::json;

use super::{Context, list, test};
use crate::show::{Style, columns};
use engine::catalog::{Kata, Milestone};
use engine::course::first_open;
use engine::judging::Judged;
use engine::problem::{Exit, Problem};
use protocol::KataVerdict;

/// Judges what changed since last time, and the next kata.
pub(super) fn run(context: &Context) -> Result<Exit, Problem> {
    let katas: Vec<&Kata> = context.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
    let mut known = context.known(&katas);
    let changed: Vec<&Kata> = known.iter().filter(|(_, it)| it.is_none()).map(|(kata, _)| *kata).collect();
    let mut judged = if changed.is_empty() { Judged::default() } else { context.judge(&changed)? };
    take_in(&mut known, &judged);
    let next = first_open(&known);
    // The next one is judged in any case: the first verdict of all shall be a real one.
    if let Some(next) = next
        && judged.verdicts.iter().all(|verdict| verdict.kata != next.id)
    {
        let further = context.judge(&[next])?;
        take_in(&mut known, &further);
        judged.notes.extend(further.notes);
        judged.rejected.extend(further.rejected);
    }
    if context.json {
        let states: Vec<_> = known
            .iter()
            .map(|(kata, it)| {
                let (state, stars) =
                    (it.as_ref().map(|it| it.state().words()), it.as_ref().map(KataVerdict::stars));
                json!({ "id": kata.id, "state": state, "stars": stars })
            })
            .collect();
        let next = next.map(|kata| &kata.id);
        context.print(&format!("{:#}\n", json!({ "katas": states, "next": next })));
    } else {
        context.print(&shown(context, &known, next, &judged));
    }
    Ok(if next.is_none() { Exit::Fine } else { Exit::Broken })
}

fn take_in(known: &mut [(&Kata, Option<KataVerdict>)], judged: &Judged) {
    for (kata, verdict) in known {
        if let Some(new) = judged.verdicts.iter().find(|it| it.kata == kata.id) {
            *verdict = Some(new.clone());
        }
    }
}

fn shown(
    context: &Context,
    known: &[(&Kata, Option<KataVerdict>)],
    next: Option<&Kata>,
    judged: &Judged,
) -> String {
    let style = context.style;
    let mut out = String::from("\n");
    let (extra, course): (Vec<&Milestone>, Vec<&Milestone>) =
        context.catalog.milestones.iter().partition(|it| it.is_extra());
    let is_of = |kata: &Kata| extra.iter().any(|it| it.id == kata.milestone_id());
    let is_begun = known.iter().any(|(kata, it)| is_of(kata) && it.as_ref().is_some_and(|it| it.stars() > 0));
    // Before the end of the course they are one line.
    let is_shown = is_begun || next.is_none_or(is_of);
    for milestone in course.iter().chain(extra.iter().filter(|_| is_shown)) {
        let at_work = next.is_some_and(|next| next.milestone_id() == milestone.id);
        out += &milestone_lines(milestone, known, at_work, style);
    }
    if !is_shown && !extra.is_empty() {
        let names: Vec<&str> = extra.iter().map(|it| it.feature.as_str()).collect();
        let names = names.join(", ");
        out += &format!("{}\n", style.faint(&format!("after the boss: {names} (`cargo kata list x`)")));
    }
    let skipped = known.iter().filter_map(|(_, it)| it.as_ref()?.why_skipped());
    let mut reasons: Vec<&str> = skipped.clone().collect();
    reasons.dedup();
    for reason in reasons {
        let count = skipped.clone().filter(|it| *it == reason).count();
        out += &format!("{}\n", style.faint(&format!("{count} katas skipped: {reason}")));
    }
    let Some(next) = next else {
        let words = if skipped.count() > 0 {
            "Every law of every kata holds, but for those that are skipped."
        } else {
            "Every law of every kata holds. That is all there is: well done."
        };
        return out + &format!("\n{}\n", style.good(words));
    };
    let verdict = known.iter().find(|(kata, _)| kata.id == next.id).and_then(|(_, it)| it.clone());
    let judged = Judged {
        verdicts: verdict.into_iter().collect(),
        rejected: judged.rejected.clone(),
        warnings: judged.warnings.clone(),
        notes: judged.notes.clone(),
        ..Judged::default()
    };
    if is_of(next) && !is_begun {
        out += &offer(&extra, style);
    }
    out + &test::in_words(context, &[next], &judged)
}

/// What comes after the course.
fn offer(extra: &[&Milestone], style: Style) -> String {
    let solved = "The core laws of every kata of the course hold: well done.";
    let mut out = format!("\n{} There is more, in any order:\n\n", style.good(solved));
    let widest = extra.iter().map(|it| columns(&it.feature)).max().unwrap_or(0);
    for milestone in extra {
        let (about, builds_on) = list::extra_words(milestone);
        out += &format!("  {:<widest$}  {about}\n", milestone.feature);
        out += &format!("  {:<widest$}  {}\n", "", style.faint(&builds_on));
    }
    out + "\n  `cargo kata list` shows where a second star is left. The first of the new ones:\n"
}

/// A bar for the milestone; for the one at work also its files, a mark per kata.
fn milestone_lines(
    milestone: &Milestone,
    known: &[(&Kata, Option<KataVerdict>)],
    at_work: bool,
    style: Style,
) -> String {
    let list::MilestoneProgress { solved, mastered, all } = list::progress(milestone, known);
    let filled = (20 * solved).checked_div(all).unwrap_or(0);
    // Without color the two parts must differ in form.
    let rest = if style.color { "━" } else { "·" };
    let bar = format!("{}{}", style.good(&"━".repeat(filled)), style.faint(&rest.repeat(20 - filled)));
    let both = match mastered {
        0 => String::new(),
        _ => style.faint(&format!(", {mastered} with two stars")),
    };
    let mut out = format!("{}  {bar}  {solved} of {all} katas{both}\n", style.strong(&milestone.id));
    if !at_work {
        return out;
    }
    let widest = milestone.files.iter().map(|file| columns(name(&file.id))).max().unwrap_or(0);
    for file in &milestone.files {
        let ours = known.iter().filter(|(kata, _)| kata.file_id() == file.id);
        let marks: Vec<_> = ours.map(|(_, it)| list::mark(it.as_ref(), style).0).collect();
        out += &format!("  {:<widest$}  {}\n", name(&file.id), marks.join(" ").trim_end());
    }
    out
}

fn name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
