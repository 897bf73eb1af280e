//! The verdict of a kata, for the learner.

use std::fmt::Write;

use super::wrap::wrap;
use super::{Style, markdown};
use engine::catalog::Kata;
use engine::judging::{Extent, Rejected, file_id};
use protocol::{KataVerdict, LawVerdict, State, Status, Tier};

/// Which laws hold, and the first broken one in plain words. `beliefs` are what somebody with the same verdict may believe.
#[must_use]
pub fn verdict(kata: &Kata, verdict: &KataVerdict, place: &str, beliefs: &[String], style: Style) -> String {
    let held = verdict.laws.iter().filter(|law| law.status == Status::Held).count();
    let skipped = verdict.laws.iter().filter(|law| law.status == Status::Skipped).count();
    let all = verdict.laws.len() - skipped;
    let tiers = tiers(verdict);
    let has_both = tiers.len() == 2;
    let (mark, count) = match (verdict.state(), tiers.len()) {
        // A verdict about one tier only earns no stars.
        (State::Holds, 1) => (style.good("✓"), format!("all {all} laws hold")),
        (State::Holds, _) => (style.good("★★"), format!("all {all} laws hold")),
        (_, 2) if verdict.stars() == 1 => {
            let mark = style.good("★") + &style.faint("☆");
            (mark, format!("solved: the core laws hold; {held} of {all} in all"))
        }
        _ => (style.bad("✗"), format!("{held} of {all} laws hold")),
    };
    let mut out = format!("{mark} {}  {}\n", style.strong(&kata.id), style.faint(&count));
    for (tier, laws) in &tiers {
        let about = match tier {
            Tier::Core => "core: the mathematics, on ordinary inputs",
            Tier::Robust => "robust: rejected inputs, extremes, ties",
        };
        out += &if has_both { format!("\n  {}\n", style.faint(about)) } else { "\n".to_owned() };
        laws.iter().for_each(|law| out += &law_line(law, style));
    }
    if let Some(law) = verdict.first_broken() {
        let _in_memory = write!(out, "\n{}", broken_law(law, style));
        if !law.printed.is_empty() {
            let _in_memory = write!(out, "\n  {}\n", style.faint("printed by your code for this input"));
            for line in law.printed.lines() {
                out += &wrap(line, "  │ ", style.width);
                out.push('\n');
            }
        }
        out += &possible_cause(beliefs, style);
        let _in_memory = writeln!(out, "\n  {}", style.faint(&format!("yours: {place}")));
    }
    out
}

/// The laws of each tier that was judged.
fn tiers(verdict: &KataVerdict) -> Vec<(Tier, Vec<&LawVerdict>)> {
    let of = |tier| (tier, verdict.laws.iter().filter(|law| law.tier() == tier).collect::<Vec<_>>());
    [Tier::Core, Tier::Robust].map(of).into_iter().filter(|(_, laws)| !laws.is_empty()).collect()
}

/// The laws of a kata, by tier.
#[must_use]
pub fn laws(kata: &Kata, style: Style) -> String {
    let mut out = String::new();
    for tier in [Tier::Core, Tier::Robust] {
        let mut ours = kata.laws.iter().filter(|law| law.tier() == tier).peekable();
        if ours.peek().is_some() && tier == Tier::Robust {
            let _in_memory = writeln!(out, "  {}", style.faint("robust, for the second star"));
        }
        ours.for_each(|law| out += &(wrap(&law.sentence, "  · ", style.width) + "\n"));
    }
    out
}

/// The laws of one tier of a kata, for a program.
#[must_use]
pub fn laws_of(kata: &Kata, tier: Tier) -> Vec<&str> {
    kata.laws.iter().filter(|law| law.tier() == tier).map(|law| law.sentence.as_str()).collect()
}

/// A kata that is still `todo!()`: what it asks for and what will judge it.
#[must_use]
pub fn not_written(kata: &Kata, place: &str, style: Style) -> String {
    let mut out =
        format!("{} {}  {}\n\n", style.warm("○"), style.strong(&kata.id), style.faint("not written yet"));
    out += &markdown(&kata.task(), style, "  ");
    let open = format!("Open {} and replace {}.", style.command(place), style.command("todo!()"));
    let laws = match kata.laws.len() {
        1 => "One law will judge it:".to_owned(),
        n => format!("{n} laws will judge it:"),
    };
    let _in_memory = write!(out, "\n\n{}\n  {laws}\n\n", wrap(&open, "  ", style.width));
    out + &self::laws(kata, style)
}

/// A kata that calls another one, which is not there yet.
#[must_use]
pub fn waiting(kata: &Kata, other: &Kata, place: &str, style: Style) -> String {
    let head = style.faint(&format!("waits for {}", other.id));
    let why = format!(
        "It calls {}, which is not written or does not compile. Open {} first.",
        style.command(other.name()),
        style.command(place)
    );
    format!("{} {}  {head}\n\n{}\n", style.warm("○"), style.strong(&kata.id), wrap(&why, "  ", style.width))
}

/// A file that does not compile, as rustc shows it, and the signatures that the laws cannot call.
#[must_use]
pub fn rejected(rejected: &Rejected, style: Style) -> String {
    let mut out = String::new();
    let katas = match &rejected.extent {
        Extent::Katas(katas) => format!(": {}", katas.join(", ")),
        Extent::File => String::new(),
    };
    if rejected.signatures.is_empty() {
        out += rejected.diagnostics.trim_end();
        out.push('\n');
    }
    if let Some(why) = &rejected.unreadable {
        let (mark, path) = (style.bad("✗"), style.strong(&rejected.path.display().to_string()));
        return format!(
            "\n{}\n",
            wrap(
                &format!("{path} {}", why.in_words(&file_id(&rejected.path))),
                &format!("{mark} "),
                style.width
            )
        );
    }
    let does_not = if rejected.signatures.is_empty() {
        "does not compile"
    } else {
        "compiles, but the laws cannot call it"
    };
    let _in_memory = writeln!(
        out,
        "\n{} {} {does_not}{katas}",
        style.bad("✗"),
        style.strong(&rejected.path.display().to_string())
    );
    for changed in &rejected.signatures {
        let written = changed.written.as_deref().unwrap_or("nothing: it is missing");
        let _in_memory = writeln!(out, "\n  {}", style.strong(&changed.item));
        out += &column("is", written, style);
        out += &column("must be", &changed.must_be, style);
    }
    out
}

fn law_line(law: &LawVerdict, style: Style) -> String {
    let (mark, note) = match law.status {
        Status::Held => (style.good("✓"), String::new()),
        Status::Broken => (style.bad("✗"), String::new()),
        Status::Todo => (style.warm("○"), String::new()),
        Status::Timeout => (style.bad("✗"), " (no end)".to_owned()),
        Status::Crashed => (style.bad("✗"), " (the process died)".to_owned()),
        Status::Unjudged => (style.faint("·"), " (not judged)".to_owned()),
        Status::Skipped => (style.faint("–"), format!(" (skipped: {})", law.look)),
    };
    wrap(&format!("{}{note}", law.law), &format!("  {mark} "), style.width) + "\n"
}

/// What may have led to the verdict; nothing where more than two beliefs would explain it.
fn possible_cause(beliefs: &[String], style: Style) -> String {
    let beliefs = if beliefs.len() > 2 { &[] } else { beliefs };
    let lines = beliefs.iter().enumerate().map(|(k, belief)| {
        let word = if k == 0 { "possible cause" } else { "or" };
        format!("  {}\n{}\n", style.faint(word), wrap(belief, "    ", style.width))
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

/// The law in four lines, the words in a column of their own.
fn broken_law(law: &LawVerdict, style: Style) -> String {
    if law.status == Status::Unjudged {
        let why = "Something ended the runner of the laws before they had a verdict: does the kata end \
                   processes? Else try again.";
        return wrap(why, "  ", style.width) + "\n";
    }
    let mut out = column("law", &style.strong(&law.law), style);
    for (word, text) in [("with", &law.with), ("got", &law.got), ("want", &law.want), ("look", &law.look)] {
        out += &column(word, text, style);
    }
    out
}

fn column(word: &str, text: &str, style: Style) -> String {
    let mut out = String::new();
    for (i, line) in text.lines().enumerate() {
        let word = if i == 0 { format!("{word:<6}") } else { " ".repeat(6.max(word.len())) };
        out += &wrap(line, &format!("  {} ", style.faint(&word)), style.width);
        out.push('\n');
    }
    out
}
