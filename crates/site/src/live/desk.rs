//! The learner's desk: a thread that owns the course, watches the files and judges.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;

use engine::Silent;
use engine::catalog::{Hints, Kata};
use engine::course::Course;
use engine::judging::{Conditions, Judged, interrupt};
use engine::saves;
use engine::state::Memory;
use protocol::KataVerdict;
use tokio::sync::watch;

use super::pictures::{self, Pair};
use super::view::{self, Shown};

/// What a visitor may ask for, each for the kata of this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    /// Show this kata, and judge it.
    Look(String),
    /// Judge it once more.
    Judge(String),
    /// Show one more of its hints.
    Hint(String),
}

/// What there is to see, and the pictures that belong to it.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) version: u64,
    pub(super) json: String,
    pub(super) pictures: Vec<Pair>,
}

/// What is published.
pub(super) type Board = watch::Receiver<Arc<State>>;

/// Opens the desk; gives what it publishes and where to ask. One that `follows` does not judge at a save: it shows what another
/// program, which does, remembers.
pub(super) fn open(course: Course, follows: bool) -> (Board, Sender<Ask>) {
    let (publish, board) = watch::channel(Arc::new(State::default()));
    let (asks, asked) = mpsc::channel();
    interrupt::listen();
    thread::spawn(move || {
        let kata = course.next().or_else(|| course.catalog.katas().next()).map(|kata| kata.id.clone());
        let desk =
            Desk { course, kata, judged: None, pictures: Vec::new(), is_busy: false, version: 0, publish };
        if follows { desk.follow(&asked) } else { desk.work(&asked) }
    });
    (board, asks)
}

struct Desk {
    course: Course,
    /// The id of what lies on it.
    kata: Option<String>,
    /// What came of judging it.
    judged: Option<Shown>,
    pictures: Vec<Pair>,
    is_busy: bool,
    version: u64,
    publish: watch::Sender<Arc<State>>,
}

impl Desk {
    fn work(mut self, asked: &Receiver<Ask>) {
        self.show();
        self.judge();
        let mut times = saves::times(&self.course);
        let mut texts = saves::texts(&self.course);
        while self.attends_to(asked) {
            let mut now = saves::times(&self.course);
            if now == times {
                continue;
            }
            saves::settle(&self.course, &mut now);
            times = now;
            let new = saves::texts(&self.course);
            let is_edited = |kata: &&Kata| texts.get(&kata.id) != new.get(&kata.id);
            let edited = self.course.catalog.katas().find(is_edited).map(|kata| kata.id.clone());
            self.choose(edited.or(self.kata.clone()));
            texts = new;
            self.judge();
        }
    }

    fn follow(mut self, asked: &Receiver<Ask>) {
        let mut known = self.remembered();
        self.judged = self.kata.as_ref().and_then(|id| known.get(id)).map(Shown::remembered);
        self.show();
        while self.attends_to(asked) {
            let now = self.remembered();
            let Some(news) = now.iter().find(|(id, verdict)| known.get(*id) != Some(*verdict)) else {
                continue;
            };
            self.choose(Some(news.0.clone()));
            self.judged = Some(Shown::remembered(news.1));
            // The other program keeps no figures.
            let draws = self.course.catalog.kata(news.0).is_some_and(Kata::shows_figure);
            if draws {
                self.judge()
            } else {
                self.show()
            }
            known = self.remembered();
        }
    }

    /// The verdicts that are remembered now.
    fn remembered(&mut self) -> BTreeMap<String, KataVerdict> {
        self.course.memory = Memory::of(&self.course.workspace);
        let katas = self.course.catalog.katas();
        katas.filter_map(|kata| Some((kata.id.clone(), self.course.memory.last(kata)?))).collect()
    }

    /// Answers a wish, or waits a moment; whether the page is still served.
    fn attends_to(&mut self, asked: &Receiver<Ask>) -> bool {
        if interrupt::asked() {
            std::process::exit(0);
        }
        match asked.recv_timeout(saves::PERIOD) {
            Ok(ask) => self.answer(ask),
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => {}
        }
        true
    }

    fn answer(&mut self, ask: Ask) {
        match ask {
            Ask::Look(id) | Ask::Judge(id) => {
                if self.course.catalog.kata(&id).is_some() {
                    self.choose(Some(id));
                    self.judge();
                }
            }
            Ask::Hint(id) => {
                if let Some(kata) = self.course.catalog.kata(&id) {
                    let hints =
                        Hints::read(&self.course.workspace.path(kata.hints_path())).unwrap_or_default();
                    let shown = self.course.memory.hints_shown(kata) + 1;
                    self.course.memory.remember_hints(kata, shown.min(hints.of(kata.name()).len()));
                }
                self.show();
            }
        }
    }

    /// What was seen of another kata is put away.
    fn choose(&mut self, kata: Option<String>) {
        if kata != self.kata {
            (self.kata, self.judged) = (kata, None);
            self.pictures.clear();
        }
    }

    fn judge(&mut self) {
        let Some(kata) = self.kata.as_deref().and_then(|id| self.course.catalog.kata(id)).cloned() else {
            return self.show();
        };
        self.is_busy = true;
        self.show();
        let folder = self.figures();
        let place = folder.to_string_lossy().into_owned();
        let variables = [("KATAS_FIGURES", place.as_str())];
        // A kata that draws nothing needs no folder.
        let variables = if kata.shows_figure() { &variables[..] } else { &[] };
        let conditions = Conditions { variables, ..Conditions::default() };
        let judged = self.course.judge(&[&kata], &conditions, &mut Silent);
        self.pictures = pictures::of(&self.course, &folder);
        self.judged = Some(match judged {
            Ok(Judged { verdicts, rejected, .. }) => Shown {
                verdict: verdicts.into_iter().find(|verdict| verdict.kata == kata.id),
                rejected: rejected.into_iter().find(|it| it.covers(&kata)).map(|it| it.diagnostics),
                problem: None,
            },
            Err(problem) => Shown { problem: Some(problem.to_string()), ..Shown::default() },
        });
        self.is_busy = false;
        self.show();
    }

    /// A fresh folder for figures.
    fn figures(&self) -> PathBuf {
        let folder = self.course.workspace.target().join("kata/live").join(std::process::id().to_string());
        let _there_was_none = std::fs::remove_dir_all(&folder);
        // Without the folder there are no pictures, and the verdict is the same.
        let _no_pictures_then = std::fs::create_dir_all(&folder);
        folder
    }

    fn show(&mut self) {
        self.version += 1;
        let kata = self.kata.as_deref().and_then(|id| self.course.catalog.kata(id));
        let json =
            view::page(&self.course, kata, self.judged.as_ref(), &self.pictures, self.is_busy, self.version);
        let state = State { version: self.version, json: json.to_string(), pictures: self.pictures.clone() };
        self.publish.send_replace(Arc::new(state));
    }
}
