use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use engine::catalog::Catalog;
use engine::outline::stub_of;
use engine::source::Source;
use engine::workspace::Workspace;
use grader::judge::isolated::ipc::outlines;
use grader::rules::Choice;
use kit::Generator;

/// What must come of a kata.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// This state.
    Is(String),
    /// No point, whatever it is called.
    Unearned,
    /// It calls what is not right, or is called by an attack: anything but a grader error.
    Any,
}

/// Somebody who handed something in.
pub struct Learner {
    pub name: String,
    pub expected: BTreeMap<String, Expected>,
}

/// How a kata was written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Right,
    /// In another way than the reference: by a wheat.
    Tuned,
    NotYet,
    Panics,
    /// The reference's answer, touched.
    Wrong,
}

/// The body of a kata that touches what `honest` answers, where its type has a simple one.
fn wrong(text: &str, span: &Range<usize>, item: &str) -> Option<String> {
    let kata = text[span.clone()].to_owned();
    let at = kata.find(&format!("pub fn {item}("))?;
    let head = &kata[at..kata[at..].find(") -> ").map(|end| at + end)?];
    let parameters = &head[head.find('(')? + 1..];
    // Of a parameter with a comma in its type we know nothing.
    let names: Vec<&str> =
        parameters.split(',').filter_map(|it| it.split_once(':')).map(|it| it.0.trim()).collect();
    let is_simple = names.iter().all(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'));
    let returns = &kata[at + head.len() + ") -> ".len()..];
    let touched = match returns {
        _ if !is_simple || parameters.contains(['(', '<', '\'']) => return None,
        it if it.starts_with("Result<f64, ") => "it + 1.0",
        it if it.starts_with("Result<Vec<f64>, ") => "it.into_iter().map(|it| it + 1.0).collect()",
        _ => return None,
    };
    let honest = kata[at..].replacen(&format!("pub fn {item}("), &format!("fn honest_{item}("), 1);
    let result = &returns[..returns.find('{')?];
    Some(format!(
        "{head}) -> {result}{{\n    honest_{item}({}).map(|it| {touched})\n}}\n\n{honest}",
        names.join(", ")
    ))
}

/// Writes a class: `count` submissions below `class`, of the files that are chosen.
pub fn write(workspace: &Workspace, choice: &Choice, count: usize, class: &Path) -> Vec<Learner> {
    let catalog = Catalog::read(workspace).unwrap();
    let mut outlines = outlines(workspace, &catalog, &choice.milestones).unwrap();
    let is_chosen =
        |id: &str| catalog.files().any(|it| it.id == id && it.katas.iter().any(|it| choice.has(&it.id)));
    outlines.retain(|it| is_chosen(&it.id));
    let attacks = attacks();
    let mut generator = Generator::from_seed(2026);
    let mut learners = Vec::new();
    for number in 0..count {
        let name = format!("learner-{number:03}");
        let mut written: Vec<(String, String, BTreeMap<String, Expected>)> = Vec::new();
        let mut unwritten: Vec<String> = Vec::new();
        let mut poisoned = false;
        let is_best = number % 20 == 0;
        for file in &outlines {
            let (id, katas) = (&file.id, catalog.files().find(|it| it.id == file.id).unwrap());
            let solution = fs::read_to_string(workspace.path(format!("solutions/{id}.rs"))).unwrap();
            let source = Source::new(&solution);
            let chance = if is_best { 0.0 } else { generator.uniform() };
            let (mut text, mut expected) = (solution.clone(), BTreeMap::new());
            let (mut edits, is_mixed) = (Vec::new(), (0.4..0.9).contains(&chance));
            let tuned = fs::read_to_string(workspace.path(format!("specimens/{id}/tuned.rs"))).ok();
            let tuned = tuned.filter(|_| (0.2..0.4).contains(&chance)).unwrap_or_default();
            for kata in &katas.katas {
                let way = match generator.uniform() {
                    _ if chance >= 0.95 => Way::NotYet,
                    draw if is_mixed && draw < 0.15 => Way::Panics,
                    draw if is_mixed && draw < 0.3 => Way::NotYet,
                    draw if is_mixed && draw < 0.5 => Way::Wrong,
                    _ if Source::new(&tuned).function(&kata.item).is_some() => Way::Tuned,
                    _ => Way::Right,
                };
                let function = source.function(&kata.item);
                let answer = function.and_then(|it| wrong(&solution, &it.span, &kata.item));
                // A type stays as it is.
                let way = match function {
                    Some(_) if way != Way::Wrong || answer.is_some() => way,
                    _ => Way::Right,
                };
                let outcome = match way {
                    Way::Right | Way::Tuned => "holds",
                    Way::NotYet => "not written",
                    Way::Panics | Way::Wrong => "broken",
                };
                expected.insert(kata.id.clone(), Expected::Is(outcome.to_owned()));
                if way != Way::Right
                    && let Some(item) = function
                {
                    let stub = stub_of(&source, item);
                    let written = match (way, answer) {
                        (Way::Panics, _) => stub.replace("todo!()", "panic!(\"no\")"),
                        (Way::Wrong, Some(answer)) => answer,
                        (Way::Tuned, _) => format!("pub use tuned::{};\n", kata.item),
                        _ => stub,
                    };
                    edits.push((item.span.clone(), written));
                    if way != Way::Tuned {
                        unwritten.push(kata.item.clone());
                    }
                }
            }
            if edits.iter().any(|(_, text)| text.starts_with("pub use tuned::")) {
                text += &format!("\nmod tuned {{\n{tuned}}}\n");
            }
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            edits.into_iter().for_each(|(span, stub)| text.replace_range(span, &stub));
            if (0.9..0.95).contains(&chance) {
                text += "\nfn unfinished( {\n";
                expected.values_mut().for_each(|it| *it = Expected::Is("does not compile".to_owned()));
                unwritten.extend(katas.katas.iter().map(|kata| kata.item.clone()));
            }
            written.push((id.clone(), text, expected));
        }
        if number % 3 == 1
            && let Some((_, text, expected)) =
                written.iter_mut().find(|(id, ..)| id == "m01_linear_algebra/vectors")
        {
            let (attack, outcome, spares_others) = &attacks[number / 3 % attacks.len()];
            poisoned = !spares_others;
            let solution = fs::read_to_string(workspace.path("solutions/m01_linear_algebra/vectors.rs"));
            let solution = solution.unwrap();
            let span = Source::new(&solution).function("dot").unwrap().span.clone();
            *text = format!("{}{attack}{}", &solution[..span.start], &solution[span.end..]);
            for (kata, expected) in expected.iter_mut() {
                *expected = if kata.ends_with("/dot") { outcome.clone() } else { Expected::Any };
            }
            unwritten.push("dot".to_owned());
        }
        let mut all = BTreeMap::new();
        for (id, text, expected) in written {
            let code: String = text.lines().filter(|it| !it.trim_start().starts_with("//")).collect();
            let calls =
                |name: &String| code.matches(&format!("{name}(")).count() > 1 || code.contains("super::");
            let leans = unwritten.iter().any(calls);
            all.extend(expected.into_iter().map(|(kata, expected)| {
                let is_right = expected == Expected::Is("holds".to_owned());
                let is_wrong = expected == Expected::Is("broken".to_owned());
                (
                    kata,
                    if poisoned && expected != Expected::Unearned || is_right && leans {
                        Expected::Any
                    } else if is_wrong && leans {
                        // What it leans on may be a stub.
                        Expected::Unearned
                    } else {
                        expected
                    },
                )
            }));
            let path = class.join(&name).join(format!("katas/{id}.rs"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        learners.push(Learner { name, expected: all });
    }
    learners
}

/// The fixtures in place of `dot`, what must come of it, and whether the attacker's other katas come through: one that
/// ends every process that holds it loses them all.
fn attacks() -> Vec<(String, Expected, bool)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let mut fixtures: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    fixtures.sort();
    let one = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let outcome = text.lines().find_map(|line| line.strip_prefix("//! dot: ")).unwrap();
        let expected = if outcome == "holds" { Expected::Is("holds".to_owned()) } else { Expected::Unearned };
        let spares_others = text.lines().all(|line| line != "//! others: any");
        let code = text.lines().skip_while(|line| line.starts_with("//!"));
        (code.map(|line| format!("{line}\n")).collect(), expected, spares_others)
    };
    fixtures.iter().map(one).collect()
}
