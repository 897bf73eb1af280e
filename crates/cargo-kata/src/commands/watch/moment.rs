//! The moment in which a kata is solved: what was achieved, how far the milestone is, what can be run now.

use crate::commands::{Context, list};
use engine::catalog::Kata;
use protocol::KataVerdict;

/// The programs that a milestone's katas become.
const PROGRAMS: [(&str, &str, &str); 4] = [
    ("m07", "cargo kata train m07", "train your network on real digits"),
    ("m09", "cargo kata train m09", "train your convolutional network"),
    ("m10", "cargo kata pipeline", "run your pipeline on a table"),
    ("boss", "cargo kata serve", "serve your model over HTTP"),
];

/// What there is to say when the verdict has more stars than before; nothing where it has not.
pub(super) fn of(context: &Context, kata: &Kata, before: u8, verdict: &KataVerdict) -> String {
    let stars = verdict.stars();
    if stars <= before {
        return String::new();
    }
    let style = context.style;
    let what = match stars {
        1 => format!("{} is solved.", kata.name()),
        _ => format!("{} is mastered: every law holds.", kata.name()),
    };
    let mut out =
        format!("\n  {}  {}\n", style.good(if stars == 1 { "★" } else { "★★" }), style.strong(&what));
    let Some(milestone) = context.catalog.milestones.iter().find(|it| it.id == kata.milestone_id()) else {
        return out;
    };
    let katas: Vec<&Kata> = milestone.katas().filter(|kata| !kata.laws.is_empty()).collect();
    let list::MilestoneProgress { solved, mastered, all } = list::progress(milestone, &context.known(&katas));
    out += &format!("  {}: {solved} of {all} katas solved, {mastered} with two stars\n", milestone.id);
    let mut lines = Vec::new();
    if kata.shows_figure() {
        lines.push((context.command("plot", kata), "see what your code draws".to_owned()));
    }
    if stars == 2 {
        lines.push((context.command("solution", kata), "compare with the reference".to_owned()));
    }
    if solved == all {
        out += &format!("  {}\n", style.good("The milestone is complete."));
        let programs = PROGRAMS.iter().filter(|(feature, ..)| *feature == milestone.feature);
        lines.extend(programs.map(|(_, command, what)| (style.command(command), (*what).to_owned())));
    }
    out + &crate::commands::context::table(&lines)
}
