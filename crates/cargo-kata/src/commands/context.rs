use crate::show::Progress;
use crate::show::{self, Style};
use engine::catalog::{Catalog, Kata};
use engine::edit;
use engine::fingerprints::beliefs;
use engine::judging::{Conditions, Judged, judge, skipped};
use engine::problem::Problem;
use engine::state::{Hasher, Memory, text_of};
use engine::workspace::Workspace;
use protocol::{KataVerdict, LawVerdict, State, Status};

use std::fs;

/// What every command works with.
pub(crate) struct Context {
    pub(crate) workspace: Workspace,
    pub(crate) catalog: Catalog,
    pub(crate) memory: Memory,
    pub(crate) style: Style,
    pub(crate) json: bool,
}

impl Context {
    pub(crate) fn new(style: Style, json: bool) -> Result<Self, Problem> {
        let workspace = Workspace::find()?;
        let catalog = Catalog::read(&workspace)?;
        let memory = Memory::of(&workspace);
        // A program that reads JSON wants no color in rustc's texts.
        let style = if json { Style { color: false, ..style } } else { style };
        Ok(Self { workspace, catalog, memory, style, json })
    }

    /// Prints to standard output.
    pub(crate) fn print(&self, text: &str) {
        show::print(text);
    }

    /// The learner's file of a kata.
    pub(crate) fn learners_text(&self, kata: &Kata) -> String {
        fs::read_to_string(self.workspace.path(kata.path())).unwrap_or_default()
    }

    /// The place of a kata, to be clicked on.
    fn link(&self, kata: &Kata) -> String {
        self.style.link(&self.place(kata), &self.workspace.path(kata.path()))
    }

    /// Where the learner writes a kata: `katas/m01_linear_algebra/vectors.rs:69`.
    pub(crate) fn place(&self, kata: &Kata) -> String {
        let line = edit::line(&self.learners_text(kata), kata).unwrap_or(1);
        format!("{}:{line}", kata.path().display())
    }

    pub(crate) fn is_unwritten(&self, kata: &Kata) -> bool {
        edit::is_unwritten(&self.learners_text(kata), kata)
    }

    /// Judges katas now, and remembers the verdicts.
    pub(crate) fn judge(&self, katas: &[&Kata]) -> Result<Judged, Problem> {
        self.judge_as(katas, &Conditions::default())
    }

    /// As [`Context::judge`], under these conditions.
    pub(crate) fn judge_as(&self, katas: &[&Kata], conditions: &Conditions<'_>) -> Result<Judged, Problem> {
        let texts: Vec<_> = katas.iter().map(|kata| text_of(&self.workspace, kata)).collect();
        let conditions = Conditions { color: self.style.color, ..*conditions };
        let judged = judge(&self.workspace, katas, &conditions, &mut Progress::new(self.style))?;
        let hasher = Hasher::new(&self.workspace);
        let found =
            judged.verdicts.iter().filter(|it| !matches!(it.state(), State::Unknown | State::Skipped));
        let known = found.filter_map(|verdict| {
            let place = katas.iter().position(|kata| kata.id == verdict.kata)?;
            // Half of the laws are no verdict to remember.
            self.catalog.kata(&verdict.kata).filter(|kata| kata.laws.len() == verdict.laws.len())?;
            let stamp = hasher.of(katas[place]);
            // Who saves while the laws run is judged again; no one knows which text this verdict is about.
            (texts[place] == stamp.text).then_some((verdict, stamp))
        });
        self.memory.remember_verdicts(known);
        Ok(judged)
    }

    /// What is known about these katas without judging them: remembered, or seen from a `todo!()`.
    pub(crate) fn known<'a>(&self, katas: &[&'a Kata]) -> Vec<(&'a Kata, Option<KataVerdict>)> {
        let hasher = Hasher::new(&self.workspace);
        let known = |kata: &Kata| {
            if let Some(need) = kata.unmet() {
                return Some(skipped(kata, need));
            }
            if self.is_unwritten(kata) {
                let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Todo)).collect();
                return Some(KataVerdict { kata: kata.id.clone(), laws, compiles: true });
            }
            self.memory.verdict(kata, hasher.of(kata)).map(|it| it.verdict)
        };
        katas.iter().map(|kata| (*kata, known(kata))).collect()
    }

    /// How many of these katas held with an earlier version of the laws, and were not judged since.
    pub(crate) fn held_earlier(&self, katas: &[&Kata]) -> usize {
        let hasher = Hasher::new(&self.workspace);
        let is_earlier = |kata: &&&Kata| {
            !self.is_unwritten(kata)
                && self.memory.verdict(kata, hasher.of(kata)).is_some_and(|it| !it.is_current)
        };
        katas.iter().filter(is_earlier).count()
    }

    /// The first kata without a star as far as is known, then the first without two; `None` when all are done.
    pub(crate) fn next(&self) -> Option<&Kata> {
        let katas: Vec<_> = self.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
        first_open(&self.known(&katas))
    }

    /// The verdict of a kata as the learner reads it.
    pub(crate) fn show(&self, kata: &Kata, verdict: &KataVerdict) -> String {
        let place = self.link(kata);
        match verdict.state() {
            State::NotWritten if self.is_unwritten(kata) => show::not_written(kata, &place, self.style),
            State::NotWritten if self.waits_for(kata, verdict).is_some() => {
                let other = self.waits_for(kata, verdict).unwrap_or(kata);
                show::waiting(kata, other, &self.link(other), self.style)
            }
            State::DoesNotCompile => String::new(),
            State::Skipped => {
                let why = verdict.why_skipped().unwrap_or_default();
                format!("{} {}\n\n  skipped: {why}\n", self.style.faint("–"), kata.id)
            }
            _ => {
                // Without the specimens nothing is lost but a guess.
                let beliefs = beliefs(&self.workspace, kata, verdict).unwrap_or_default();
                show::verdict(kata, verdict, &place, &beliefs, self.style)
            }
        }
    }

    /// The kata whose `todo!()` was met when this one was judged: it is called, and not written or does not compile.
    pub(crate) fn waits_for(&self, kata: &Kata, verdict: &KataVerdict) -> Option<&Kata> {
        if verdict.state() != State::NotWritten || self.is_unwritten(kata) {
            return None;
        }
        let todo = verdict.laws.iter().find(|law| law.status == Status::Todo)?;
        let place = todo.place.as_ref()?;
        let other = self.catalog.katas().find(|it| {
            let is_met =
                || edit::at_line(&self.learners_text(it), place.line).is_some_and(|item| item == it.item);
            place.is_in(&it.path()) && is_met()
        })?;
        (other.id != kata.id).then_some(other)
    }

    /// The command for a kata, as it is typed.
    pub(crate) fn command(&self, command: &str, kata: &Kata) -> String {
        self.style.command(&format!("cargo kata {command} {}", self.catalog.short(kata)))
    }

    /// The last word on an unfinished kata: what to type next.
    pub(crate) fn what_next(&self, kata: &Kata, verdict: &KataVerdict, watching: Watching) -> String {
        let hints = self.hint_line(kata);
        let mut lines = Vec::new();
        let state = verdict.state();
        match state {
            _ if verdict.stars() == 1 => {
                lines.push((self.style.command("cargo kata"), "the next kata".to_owned()));
                lines.push((
                    self.command("test", kata) + &self.style.command(" --robust"),
                    "the second star".to_owned(),
                ));
                lines.extend(hints.map(|what| (self.command("hint", kata), what)));
            }
            State::Skipped => {
                lines.push((
                    self.style.command("cargo kata setup"),
                    "what is missing on this machine".to_owned(),
                ));
                lines.push((self.command("explain", kata), "definition, formula, errors, source".to_owned()));
            }
            State::Holds => {
                lines.push((self.style.command("cargo kata"), "the next one".to_owned()));
                lines.push((self.command("solution", kata), "compare with the reference".to_owned()));
            }
            _ => {
                if watching == Watching::No {
                    lines.push((self.style.command("cargo kata watch"), "judge it at each save".to_owned()));
                }
                lines.push((self.command("explain", kata), "definition, formula, errors, source".to_owned()));
                lines.extend(self.section_line(kata, state));
                lines.extend(hints.map(|what| (self.command("hint", kata), what)));
            }
        }
        table(&lines)
    }

    /// Who begins a file is pointed to the book, where there is a chapter.
    fn section_line(&self, kata: &Kata, state: State) -> Option<(String, String)> {
        let milestone = self.catalog.milestones.iter().find(|it| it.id == kata.milestone_id())?;
        let file = milestone.files.iter().find(|it| it.id == kata.file_id())?;
        let begins =
            state == State::NotWritten && file.katas.first().is_some_and(|first| first.id == kata.id);
        if !begins || !self.workspace.path(milestone.chapter()).is_file() {
            return None;
        }
        let command = format!("cargo kata explain {}", self.catalog.short_file(file));
        Some((self.style.command(&command), "what the book says about it".to_owned()))
    }

    fn hint_line(&self, kata: &Kata) -> Option<String> {
        let hints = engine::catalog::Hints::read(&self.workspace.path(kata.hints_path())).ok()?;
        let (shown, all) = (self.memory.hints_shown(kata), hints.of(kata.name()).len());
        match all {
            0 => None,
            _ if shown >= all => Some("the hints once more".to_owned()),
            _ => Some(format!("hint {} of {all}", shown + 1)),
        }
    }
}

/// The first kata without a star; where all have one, the first without two.
pub(super) fn first_open<'a>(known: &[(&'a Kata, Option<KataVerdict>)]) -> Option<&'a Kata> {
    let first = |is_done: fn(&KataVerdict) -> bool| {
        known.iter().find(|(_, it)| !it.as_ref().is_some_and(is_done)).map(|(kata, _)| *kata)
    };
    first(KataVerdict::is_passed).or_else(|| first(|it| !it.is_unfinished()))
}

/// Whether the learner has `watch` already, which needs no word about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Watching {
    Yes,
    No,
}

/// Two columns, the first as wide as its longest text.
pub(crate) fn table(lines: &[(String, String)]) -> String {
    let widest = lines.iter().map(|(left, _)| show::columns(left)).max().unwrap_or(0);
    let mut out = String::new();
    for (left, right) in lines {
        let blanks = " ".repeat(widest - show::columns(left));
        out += &format!("  {left}{blanks}  {right}\n");
    }
    out
}
