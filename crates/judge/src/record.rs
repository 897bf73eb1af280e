use std::path::Path;
use std::{env, fmt, fs};

use serde_json::{Value, json};

use crate::broken::{Broken, Columns};
use crate::inside;

/// How a law ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Held,
    Broken,
    Todo,
    Timeout,
    Crashed,
    Unjudged,
}

/// The verdict of one law, for a person and for a program.
pub(crate) struct Record {
    /// `m01_linear_algebra::vectors::dot::is_symmetric`.
    pub id: &'static str,
    pub status: Status,
    /// The smallest input that breaks the law, one value a line.
    pub with: String,
    /// How many inputs were drawn.
    pub cases: u32,
    /// The largest error seen, as a share of its tolerance (in coarse steps).
    pub closest: f64,
    pub broken: Option<Broken>,
}

impl Record {
    fn kata(&self) -> String {
        let (kata, _) = self.id.rsplit_once("::").unwrap_or((self.id, ""));
        kata.replace("::", "/")
    }

    fn law(&self) -> String {
        let law = self.id.rsplit("::").next().unwrap_or(self.id);
        law.trim_start_matches("r#").replace('_', " ")
    }

    /// Tells the verdict to whoever listens outside, and leaves it as JSON in the folder that `KATAS_VERDICTS` names,
    /// for whoever asked for it.
    pub(crate) fn write(&self) {
        let record = self.to_json();
        inside::tell(&record);
        let Some(folder) = env::var_os("KATAS_VERDICTS") else { return };
        let name = format!("{}.json", self.id.replace("::", "."));
        // A reader never sees half a record: it appears under its name when it is whole.
        let (half, whole) = (Path::new(&folder).join(format!("{name}.half")), Path::new(&folder).join(name));
        let written = fs::write(&half, record.to_string()).and_then(|()| fs::rename(&half, &whole));
        if let Err(error) = written {
            eprintln!("cannot write the verdict {}: {error}", whole.display());
        }
    }

    fn to_json(&self) -> Value {
        let status = match self.status {
            Status::Held => "held",
            Status::Broken => "broken",
            Status::Todo => "todo",
            Status::Timeout => "timeout",
            Status::Crashed => "crashed",
            Status::Unjudged => "unjudged",
        };
        let words = |of: fn(&Broken) -> &String| self.broken.as_ref().map(of);
        json!({
            "kata": self.kata(),
            "law": self.law(),
            "test": self.id,
            "status": status,
            "with": self.with,
            "got": words(|b| &b.got),
            "want": words(|b| &b.want),
            "look": words(|b| &b.look),
            "cases": self.cases,
            "closest": self.closest,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(broken) = &self.broken else { return Ok(()) };
        let (law, hint) = (self.law(), format!("cargo kata hint {}", self.kata()));
        let lines = [
            ("law", law.as_str()),
            ("with", &self.with),
            ("got", &broken.got),
            ("want", &broken.want),
            ("look", &broken.look),
            ("hint", &hint),
        ];
        write!(f, "\n{}", Columns(&lines))
    }
}
