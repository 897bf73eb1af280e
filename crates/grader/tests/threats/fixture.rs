use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use engine::source::Source;
use grader::intake::Submission;
use grader::judge::Assignment;
use grader::scan::Mode;
use serde_json::Value;

/// The variable that names the attacks to try, in every mode of the scan.
pub const ONLY: &str = "KATAS_ATTACK";

/// Where fixtures lie, and the kata that they replace where they name none.
const FOLDERS: [(&str, &str); 5] = [
    ("attacks", "m01_linear_algebra/vectors/dot"),
    ("attacks_laws", "m01_linear_algebra/laws/accepts_dot_product"),
    ("attacks_channel", "m07_deep_learning/loss/cross_entropy"),
    ("attacks_in_process", "m07_deep_learning/loss/cross_entropy"),
    ("attacks_serve", "boss/serve/app"),
];

/// What somebody tries: code in place of a kata.
pub struct Fixture {
    pub name: String,
    pub kata: String,
    /// What the scan sees is rejected: the kata, or its file.
    enforced: Option<String>,
    state: String,
    /// The state of the other katas of its file; `any` where an attack may cost its own submission other katas.
    others: String,
    code: String,
    /// It takes long, or needs what takes long to build, and is tried when it is named.
    is_slow: bool,
}

/// The attacks to try: those that are named, and without a name all that do not take long.
pub fn fixtures() -> Vec<Fixture> {
    let only = env::var(ONLY).ok();
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut all = Vec::new();
    for (folder, kata) in FOLDERS {
        let entries = fs::read_dir(tests.join(folder)).expect("a folder of attacks");
        let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("a file's name").path()).collect();
        paths.sort();
        all.extend(paths.iter().filter(|it| it.extension().is_some_and(|it| it == "rs")).filter_map(
            |path| {
                let is_named = only.as_ref().is_none_or(|only| path.to_string_lossy().contains(only));
                Some(Fixture::read(path, kata)).filter(|it| is_named && !(it.is_slow && only.is_none()))
            },
        ));
    }
    all
}

impl Fixture {
    fn read(path: &Path, kata: &str) -> Self {
        let text = fs::read_to_string(path).expect("text");
        let line = |word: &str| {
            let start = format!("//! {word}: ");
            text.lines().find_map(|line| line.strip_prefix(&start)).map(ToOwned::to_owned)
        };
        let state = line("state").or_else(|| line("dot")).or_else(|| line("channel"));
        let code = text.lines().skip_while(|it| it.starts_with("//!")).map(|it| format!("{it}\n")).collect();
        Self {
            name: path.file_stem().expect("a file").to_string_lossy().into_owned(),
            kata: line("kata").unwrap_or_else(|| kata.to_owned()),
            enforced: line("enforced"),
            state: state.expect("a fixture says what is expected"),
            others: line("others").unwrap_or_else(|| "holds".to_owned()),
            code,
            is_slow: text.lines().any(|line| line == "//! slow"),
        }
    }

    pub fn milestone(&self) -> &str {
        self.kata.split('/').next().unwrap_or_default()
    }

    pub fn file(&self) -> &str {
        self.kata.rsplit_once('/').map_or("", |(file, _)| file)
    }

    /// Whether it is rejected in this mode: of a kata that shares a process with its laws, in every one.
    fn is_rejected(&self, mode: Mode) -> bool {
        self.enforced.is_some() && (mode == Mode::Enforce || self.shares_a_process())
    }

    fn shares_a_process(&self) -> bool {
        self.kata == "boss/serve/app"
    }

    /// Whether the scan finds something in it.
    pub fn is_seen(&self) -> bool {
        self.enforced.is_some()
    }

    /// Whether nothing of its file may be compiled.
    pub fn is_rejected_whole(&self, mode: Mode) -> bool {
        self.is_rejected(mode) && self.enforced.as_deref() == Some("the file") && !self.shares_a_process()
    }

    /// What must come of a kata of its milestone; `any` where its own katas may be lost.
    pub fn expected(&self, kata: &str, mode: Mode) -> &str {
        let is_its_file = kata.rsplit_once('/').is_some_and(|(file, _)| file == self.file());
        match (self.is_rejected(mode), self.enforced.as_deref()) {
            (true, Some("the file")) if is_its_file => "against the rules",
            (true, _) if kata == self.kata => "against the rules",
            // What is rejected runs nowhere.
            (true, Some("the file")) => "holds",
            _ if kata == self.kata => &self.state,
            // A file that does not compile costs no other.
            _ if !is_its_file && self.others != "any" => "holds",
            _ => &self.others,
        }
    }

    /// The references of its file and of these neighbors', or where it replaces another kata than most, of its milestone; with
    /// this code in place of its kata. What that was is there as `honest`.
    pub fn submission(&self, assignment: &Assignment, neighbors: &[&str]) -> Submission {
        let mut files = references(assignment, self.milestone());
        // What the others cost is paid where they are needed.
        let is_usual = FOLDERS.iter().any(|(_, kata)| *kata == self.kata);
        files.retain(|id, _| !is_usual || id == self.file() || neighbors.iter().any(|it| it.starts_with(id)));
        let item = self.kata.rsplit('/').next().unwrap_or_default();
        let text = files.get_mut(self.file()).expect("a file of the assignment");
        let source = Source::new(text);
        let span = source.function(item).expect("the kata is a function").span.clone();
        let was = match self.code.contains("honest(") {
            true => text[span.clone()].replace(&format!("pub fn {item}"), "pub fn honest") + "\n",
            false => String::new(),
        };
        let code = self.code.replace("VERDICTS", &held(assignment));
        *text = format!("{}{was}{code}{}", &text[..span.start], &text[span.end..]);
        Submission { files, ..Submission::default() }
    }
}

/// The references of a milestone's files, as far as they are graded.
pub fn references(assignment: &Assignment, milestone: &str) -> BTreeMap<String, String> {
    let read = |id: &String| {
        let path = assignment.workspace().path(format!("solutions/{id}.rs"));
        (id.clone(), fs::read_to_string(path).expect("the reference is there"))
    };
    let its = assignment.stubs().keys().filter(|id| id.starts_with(milestone));
    its.map(read).collect()
}

/// For an attack that forges them: a verdict for each law of a kata that shares a process with its laws.
fn held(assignment: &Assignment) -> String {
    let known = fs::read_to_string(assignment.folder().join("inside/reference.json")).unwrap_or_default();
    let known: Value = serde_json::from_str(&known).unwrap_or_default();
    let laws = known["drawn"].as_object().into_iter().flatten();
    let laws = laws.filter(|(law, _)| law.contains("::app::"));
    let held =
        |(law, cases)| format!("{{\"test\":\"{law}\",\"law\":\"\",\"status\":\"held\",\"cases\":{cases}}}");
    format!("{:?}", laws.map(held).collect::<Vec<String>>())
}
