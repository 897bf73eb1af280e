use std::ops::Deref;

use crate::show::Progress;
use crate::show::{self, Style};
use engine::catalog::Kata;
use engine::course::Course;
use engine::edit;
use engine::fingerprints::beliefs;
use engine::judging::{Conditions, Judged};
use engine::problem::Problem;
use protocol::{KataVerdict, State, Status};

/// What every command works with: the course, and how it speaks.
pub(crate) struct Context {
    pub(crate) course: Course,
    pub(crate) style: Style,
    pub(crate) json: bool,
}

impl Deref for Context {
    type Target = Course;

    fn deref(&self) -> &Course {
        &self.course
    }
}

impl Context {
    pub(crate) fn new(style: Style, json: bool) -> Result<Self, Problem> {
        // A program that reads JSON wants no color in rustc's texts.
        let style = if json { Style { color: false, ..style } } else { style };
        Ok(Self { course: Course::here()?, style, json })
    }

    /// Prints to standard output.
    pub(crate) fn print(&self, text: &str) {
        show::print(text);
    }

    /// The place of a kata, to be clicked on.
    fn link(&self, kata: &Kata) -> String {
        self.style.link(&self.place(kata), &self.workspace.path(kata.path()))
    }

    /// Judges katas now, and remembers the verdicts.
    pub(crate) fn judge(&self, katas: &[&Kata]) -> Result<Judged, Problem> {
        self.judge_as(katas, &Conditions::default())
    }

    /// As [`Context::judge`], under these conditions.
    pub(crate) fn judge_as(&self, katas: &[&Kata], conditions: &Conditions<'_>) -> Result<Judged, Problem> {
        let conditions = Conditions { color: self.style.color, ..*conditions };
        self.course.judge(katas, &conditions, &mut Progress::new(self.style))
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
