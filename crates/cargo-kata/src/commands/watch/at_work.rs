//! What happens at a key and at a save.

use std::collections::BTreeMap;

use super::editor::Editor;
use super::keys::{Key, Keys};
use super::{moment, picker};
use crate::commands::context::Watching;
use crate::commands::open::{self, Follower};
use crate::commands::{Context, complain, dashboard, hint, reset, solution, test};
use engine::catalog::Kata;
use engine::edit;
use engine::judging::interrupt;
use engine::problem::Problem;
use engine::saves;
use protocol::{KataVerdict, State};

/// Whether to go on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    On,
    Quit,
}

/// A learner at work.
pub(super) struct Watch<'a> {
    pub(super) context: &'a Context,
    /// What the learner works on.
    pub(super) kata: Option<&'a Kata>,
    /// Where keys come from, where there is a terminal.
    pub(super) keys: Option<Keys>,
    /// The editor, where one is known.
    pub(super) editor: Option<Editor>,
    /// What each kata said when it was last looked at.
    pub(super) texts: BTreeMap<String, Vec<String>>,
    /// What is to be said below the next verdict.
    pub(super) note: String,
    /// The page that shows the same, where it is wanted.
    pub(super) page: Option<Follower>,
}

impl<'a> Watch<'a> {
    pub(super) fn press(&mut self, key: Key) -> Next {
        match key {
            Key::Char('q' | 'Q') | Key::End => return Next::Quit,
            Key::Enter => self.judge(),
            Key::Char('n' | 'N') => self.step(1),
            Key::Char('p' | 'P') => self.step(-1),
            Key::Char('l' | 'L') => self.choose(),
            Key::Char('h' | 'H') => self.with_kata(|context, kata| hint::next_hint(context, kata, false)),
            Key::Char('s' | 'S') => self.with_kata(solution::when_it_holds),
            Key::Char('x' | 'X') => self.reset(),
            Key::Char('c' | 'C') => self.check_all(),
            Key::Char('e' | 'E') => self.open(),
            Key::Char('o' | 'O') => self.open_page(),
            _ => {}
        }
        Next::On
    }

    /// A file was saved: whatever was edited is what the learner works on.
    pub(super) fn saved(&mut self) {
        let new = saves::texts(self.context);
        let edited = self.context.catalog.katas().find(|kata| self.texts.get(&kata.id) != new.get(&kata.id));
        let before = self.kata.map(|kata| &kata.id);
        let unfinished = self.kata.filter(|kata| !is_passed(self.context, kata));
        let kata = edited.or(unfinished).or_else(|| self.context.next());
        let moved = kata.map(|kata| &kata.id) != before;
        (self.kata, self.texts) = (kata, new);
        if moved && edited.is_none() {
            self.open_by_itself();
        }
        self.judge();
        self.context.print(&std::mem::take(&mut self.note));
    }

    pub(super) fn judge(&self) {
        let Some(kata) = self.kata else {
            let words = self.context.style.good("Every law of every kata holds.");
            return self.context.print(&format!("\n{words}\n"));
        };
        if self.context.style.terminal {
            self.context.print("\x1b[H\x1b[2J");
        }
        let before = known_stars(self.context, kata);
        match self.context.judge(&[kata]) {
            Ok(judged) => {
                self.context.print(&test::in_words_while(Watching::Yes, self.context, &[kata], &judged));
                if let Some(verdict) = judged.verdicts.first() {
                    self.context.print(&moment::of(self.context, kata, before, verdict));
                }
            }
            Err(problem) => complain(&problem, self.context.style),
        }
        self.footer();
    }

    fn footer(&self) {
        let keys = if self.keys.is_some() {
            "watching katas/ · Enter again · n next · p previous · l list · h hint · e editor · o page · \
             q quit"
        } else {
            "watching katas/ · Ctrl-C ends"
        };
        self.context.print(&format!("\n{}\n", self.context.style.faint(keys)));
        if let Some(page) = &self.page {
            self.context.print(&format!("{}\n", self.context.style.faint(&page.address)));
        }
    }

    /// The kata so many places further on the path.
    fn step(&mut self, by: isize) {
        let katas: Vec<&Kata> = self.context.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
        let here = katas.iter().position(|it| self.kata.is_some_and(|kata| kata.id == it.id));
        let there = here.map_or(Some(0), |here| here.checked_add_signed(by));
        if let Some(kata) = there.and_then(|there| katas.get(there)) {
            self.kata = Some(kata);
            self.open_by_itself();
            self.judge();
        }
    }

    fn choose(&mut self) {
        let Some(keys) = &self.keys else { return };
        let chosen = keys.typing(|keys| picker::choose(self.context, self.kata, keys));
        if chosen.is_some() {
            self.kata = chosen;
            self.open_by_itself();
        }
        self.judge();
    }

    fn with_kata(&self, say: impl FnOnce(&Context, &Kata) -> Result<String, Problem>) {
        let Some(kata) = self.kata else { return };
        match say(self.context, kata) {
            Ok(text) => self.context.print(&text),
            Err(problem) => complain(&problem, self.context.style),
        }
    }

    fn reset(&mut self) {
        let (Some(kata), Some(keys)) = (self.kata, &self.keys) else { return };
        let question = format!("\nReset {} to its stub? The old text is kept. [y/N] ", kata.name());
        self.context.print(&question);
        let answer = loop {
            if interrupt::asked() {
                return;
            }
            if let Some(key) = keys.next() {
                break key;
            }
        };
        if matches!(answer, Key::Char('y' | 'Y')) {
            // The verdict that follows the change would wipe it off.
            match reset::one(self.context, kata) {
                Ok(note) => self.note = note,
                Err(problem) => complain(&problem, self.context.style),
            }
        } else {
            self.context.print("nothing changed\n");
        }
    }

    fn check_all(&self) {
        if let Err(problem) = dashboard::run(self.context) {
            complain(&problem, self.context.style);
        }
        self.footer();
    }

    /// Opens the kata where the editor stands next to the terminal.
    pub(super) fn open_by_itself(&self) {
        if self.editor.as_ref().is_some_and(|editor| editor.is_next_to_it) {
            self.open();
        }
    }

    /// Opens the page that shows the same.
    fn open_page(&mut self) {
        if let Some(page) = &self.page {
            return self.context.print(&format!("{}\n", page.address));
        }
        match open::follower(self.context) {
            Ok(page) => self.page = page,
            Err(problem) => return complain(&problem, self.context.style),
        }
        self.footer();
    }

    fn open(&self) {
        let Some(kata) = self.kata else { return };
        let line = edit::line(&self.context.learners_text(kata), kata).unwrap_or(1);
        let opened = match &self.editor {
            Some(editor) => editor.open(&self.context.workspace.path(kata.path()), line),
            None => Err("no editor is known here; --edit-cmd names one".to_owned()),
        };
        if let Err(why) = opened {
            self.context.print(&format!("{why}\n"));
        }
    }
}

fn is_passed(context: &Context, kata: &Kata) -> bool {
    let known = context.known(&[kata]);
    known.iter().any(|(_, verdict)| verdict.as_ref().is_some_and(KataVerdict::is_passed))
}

/// The stars that the kata had when it was last judged, whatever was edited since.
fn known_stars(context: &Context, kata: &Kata) -> u8 {
    match context.memory.last(kata) {
        Some(verdict) if verdict.state() != State::Skipped => verdict.stars(),
        _ => 0,
    }
}
