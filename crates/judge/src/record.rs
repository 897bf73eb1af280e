use std::path::Path;
use std::{env, fmt, fs};

use protocol::{LawVerdict, Status, kata_of};

use crate::broken::{Broken, Columns, Kind};
use crate::inside;

/// The verdict of one law, for a person and for a program.
pub(crate) struct Record(LawVerdict);

impl Record {
    /// A law that held, or was broken like this. `with` is the smallest input that breaks it, one value per line.
    pub(crate) fn new(id: &str, with: String, cases: u32, closest: f64, broken: Option<Broken>) -> Self {
        let status = match broken.as_ref().map(|broken| broken.kind) {
            None => Status::Held,
            Some(Kind::Todo) => Status::Todo,
            Some(Kind::Timeout) => Status::Timeout,
            Some(Kind::Died | Kind::Memory | Kind::Output) => Status::Crashed,
            Some(Kind::Unreachable | Kind::Given) => Status::Unjudged,
            Some(Kind::Answer | Kind::Panic | Kind::Unsteady) => Status::Broken,
        };
        let mut verdict = LawVerdict { with, cases: cases.into(), closest, ..LawVerdict::bare(id, status) };
        if let Some(Broken { got, want, look, place, .. }) = broken {
            (verdict.got, verdict.want, verdict.look, verdict.place) = (got, want, look, place);
        }
        Self(verdict)
    }

    /// Whether the law does not hold.
    pub(crate) fn is_broken(&self) -> bool {
        self.0.status != Status::Held
    }

    /// Whether a call did not come back.
    pub(crate) fn is_endless(&self) -> bool {
        self.0.status == Status::Timeout
    }

    /// Whether the kata is not begun: then four lines would say no more than one.
    pub(crate) fn is_unwritten(&self) -> bool {
        self.0.status == Status::Todo && self.0.with.is_empty()
    }

    /// What is to be said of a kata that is not begun.
    pub(crate) fn in_one_line(&self) -> String {
        let place = self.0.place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        format!("not written yet:{place}\n")
    }

    /// Reports the verdict to anyone who listens outside, and leaves it as JSON in the folder that `KATAS_VERDICTS` names.
    pub(crate) fn write(&self) {
        let record = self.0.to_json();
        inside::tell(&record);
        let Some(folder) = env::var_os("KATAS_VERDICTS") else { return };
        let name = format!("{}.json", self.0.test.replace("::", "."));
        // A reader never sees half a record: it appears under its name when it is whole.
        let (half, whole) = (Path::new(&folder).join(format!("{name}.half")), Path::new(&folder).join(name));
        let written = fs::write(&half, record.to_string()).and_then(|()| fs::rename(&half, &whole));
        if let Err(error) = written {
            eprintln!("cannot write the verdict {}: {error}", whole.display());
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LawVerdict { test, law, with, got, want, look, .. } = &self.0;
        let hint = format!("cargo kata hint {}", kata_of(test));
        let lines =
            [("law", law), ("with", with), ("got", got), ("want", want), ("look", look), ("hint", &hint)];
        write!(f, "\n{}", Columns(&lines.map(|(word, text)| (word, text.as_str()))))
    }
}
