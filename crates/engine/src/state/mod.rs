//! What `cargo kata` remembers between two calls, as plain text in `.kata/`: hints shown, verdicts, replaced texts.
//!
//! Nothing here is needed to go on: where the folder cannot be written, one line says so.

mod atomic;
mod backup;
mod hasher;

pub use atomic::write_whole;
pub use backup::Backup;
pub use hasher::{Hasher, Stamp, text_of};

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::catalog::Kata;
use crate::hash::Hash;
use crate::problem::Problem;
use crate::workspace::Workspace;
use protocol::{KataVerdict, State};

/// What is remembered of a kata.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// What the laws said.
    pub verdict: KataVerdict,
    /// Whether these laws would say it; else it held with an earlier version of them.
    pub is_current: bool,
}

/// The folder `.kata`.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    /// `verdicts.json` as it was last read or written: it is large, and asked for once a kata.
    verdicts: RefCell<Option<Value>>,
    warned: Cell<bool>,
}

impl Memory {
    /// The memory of this repository.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        Self { folder: workspace.path(".kata"), verdicts: RefCell::new(None), warned: Cell::new(false) }
    }

    /// How many hints of a kata were shown.
    #[must_use]
    pub fn hints_shown(&self, kata: &Kata) -> usize {
        let shown = self.read("hints.json");
        shown[&kata.id].as_u64().and_then(|shown| usize::try_from(shown).ok()).unwrap_or(0)
    }

    /// Remembers that so many hints of a kata were shown.
    pub fn remember_hints(&self, kata: &Kata, shown: usize) {
        self.change("hints.json", |hints| {
            hints.insert(kata.id.clone(), json!(shown));
        });
    }

    /// Whether the solution of a kata was asked for before; from now on it was.
    #[must_use]
    pub fn asked_before(&self, kata: &Kata) -> bool {
        let before = self.read("asked.json")[&kata.id] == true;
        self.change("asked.json", |asked| {
            asked.insert(kata.id.clone(), json!(true));
        });
        before
    }

    /// What is remembered of a kata, if its text is the one that was judged.
    #[must_use]
    pub fn verdict(&self, kata: &Kata, stamp: Stamp) -> Option<Remembered> {
        let mut verdicts = self.verdicts.borrow_mut();
        let kept = &verdicts.get_or_insert_with(|| self.read("verdicts.json"))[&kata.id];
        let verdict = KataVerdict::from_json(&kept["verdict"])?;
        let is = |key: &str, hash: Hash| kept[key].as_str().map(|kept| kept == hash.to_string());
        match (is("text", stamp.text), is("suite", stamp.suite)) {
            (Some(true), Some(true)) => Some(Remembered { verdict, is_current: true }),
            // Before texts had a hash of their own: what was solved stays so until it is judged again.
            (Some(true) | None, _) if verdict.state() == State::Holds => {
                Some(Remembered { verdict, is_current: false })
            }
            _ => None,
        }
    }

    /// What the laws last said of a kata, whatever its text says by now.
    #[must_use]
    pub fn last(&self, kata: &Kata) -> Option<KataVerdict> {
        let mut verdicts = self.verdicts.borrow_mut();
        let kept = verdicts.get_or_insert_with(|| self.read("verdicts.json"));
        KataVerdict::from_json(&kept[&kata.id]["verdict"])
    }

    /// Remembers verdicts, each with the stamp of what was judged.
    pub fn remember_verdicts<'a>(&self, verdicts: impl Iterator<Item = (&'a KataVerdict, Stamp)>) {
        self.verdicts.replace(None);
        self.change("verdicts.json", |kept| {
            for (verdict, Stamp { text, suite }) in verdicts {
                let entry = json!({
                    "text": text.to_string(), "suite": suite.to_string(), "verdict": verdict.to_json(),
                });
                kept.insert(verdict.kata.clone(), entry);
            }
        });
    }

    /// Keeps a text that is about to be replaced, and returns where.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be kept: then it must not be replaced.
    pub fn keep(&self, name: &str, text: &[u8]) -> Result<PathBuf, Problem> {
        self.make_folder();
        backup::keep(&self.folder.join("backups"), name, text)
    }

    /// All texts that were kept, the newest first.
    #[must_use]
    pub fn backups(&self) -> Vec<Backup> {
        backup::all(&self.folder.join("backups"))
    }

    fn read(&self, file: &str) -> Value {
        let text = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn change(&self, file: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let mut map = match self.read(file) {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        change(&mut map);
        self.make_folder();
        let path = self.folder.join(file);
        let mut text = format!("{:#}", Value::Object(map));
        text.push('\n');
        if let Err(error) = write_whole(&path, text.as_bytes())
            && !self.warned.replace(true)
        {
            eprintln!("cargo kata cannot remember this: {}: {error}", path.display());
        }
    }

    fn make_folder(&self) {
        if fs::create_dir_all(&self.folder).is_ok() {
            // A repository of another kind may not ignore the folder yet.
            let ignore = self.folder.join(".gitignore");
            if !ignore.exists() {
                let _it_is_ignored_by_the_root = fs::write(ignore, "*\n");
            }
        }
    }
}
