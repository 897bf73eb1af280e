use std::collections::{BTreeMap, BTreeSet};

use super::plain::{PlainToken, plain};
use super::tokens::{Token, end, tokens};

/// Where published files lie: a milestone's folder stands below.
const TREES: [&str; 2] = ["solutions", "specimens"];

/// Behind these a name is declared.
const DECLARES: [&str; 5] = ["fn", "struct", "enum", "type", "trait"];

/// The body of a function, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// The id of its file: `m01_linear_algebra/vectors`.
    pub file: String,
    /// The milestone of that file.
    pub milestone: String,
    /// Its name.
    pub name: String,
    /// Its first line, from 1.
    pub line: usize,
    /// Its text, line by line, from that line on.
    pub text: Vec<String>,
    pub(super) tokens: Vec<PlainToken>,
}

/// Somebody's texts, ready to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Whose.
    pub name: String,
    /// The functions that are written; stubs are not among them.
    pub functions: Vec<Function>,
    /// The files that are no Rust.
    pub unreadable: Vec<String>,
}

impl Work {
    /// Of these files, by their ids.
    #[must_use]
    pub fn new(name: &str, files: &BTreeMap<String, String>) -> Self {
        let mut work = Self { name: name.to_owned(), ..Self::default() };
        for (id, text) in files {
            match tokens(text) {
                Some(tokens) => work.functions.extend(functions(id, text, &tokens)),
                None => work.unreadable.push(id.clone()),
            }
        }
        work
    }

    /// Of a file of specimens: each wheat counts for itself, and each function that wheats share.
    #[must_use]
    pub fn of_specimens(name: &str, id: &str, text: &str) -> Self {
        let mut work = Self { name: name.to_owned(), ..Self::default() };
        let Some(tokens) = tokens(text) else { return work };
        let kata = id.rsplit('/').next().unwrap_or_default();
        let mut functions = functions(id, text, &tokens);
        functions.retain(|it| it.name != kata);
        let own = declared(&tokens);
        for at in (0..tokens.len()).filter(|it| tokens[*it].word() == Some("wheat")) {
            if tokens.get(at + 1).is_some_and(|it| it.opens('(')) {
                functions.push(function(id, text, kata, &tokens, at, at + 1, &own));
            }
        }
        work.functions = functions;
        work
    }
}

/// The functions of a text whose bodies are more than `todo!()`, those in implementations too.
fn functions(id: &str, text: &str, tokens: &[Token]) -> Vec<Function> {
    let own = declared(tokens);
    let (mut found, mut at) = (Vec::new(), 0);
    while at + 1 < tokens.len() {
        let name = tokens[at + 1].word().filter(|_| tokens[at].word() == Some("fn"));
        let depth = tokens[at].depth;
        let ends = |it: &usize| {
            tokens[*it].depth == depth && (tokens[*it].opens('{') || tokens[*it].is(';'))
                || tokens[*it].depth < depth
        };
        let body = name.and_then(|_| (at + 2..tokens.len()).find(ends));
        let (Some(name), Some(open)) = (name, body.filter(|it| tokens[*it].opens('{'))) else {
            at += 1;
            continue;
        };
        let function = function(id, text, name, tokens, at, open, &own);
        if !is_stub(&tokens[open..=end(tokens, open)]) {
            found.push(function);
        }
        at = end(tokens, open) + 1;
    }
    found
}

fn function(
    id: &str,
    text: &str,
    name: &str,
    tokens: &[Token],
    at: usize,
    open: usize,
    own: &BTreeSet<String>,
) -> Function {
    let close = end(tokens, open);
    let (first, last) = (tokens[at].line, tokens[close].line);
    let lines = text.lines().skip(first - 1).take(last + 1 - first);
    Function {
        file: id.to_owned(),
        milestone: id.split('/').find(|it| !TREES.contains(it)).unwrap_or_default().to_owned(),
        name: name.to_owned(),
        line: first,
        text: lines.map(ToOwned::to_owned).collect(),
        tokens: plain(&tokens[open + 1..close.max(open + 1)], own),
    }
}

fn is_stub(body: &[Token]) -> bool {
    body.len() <= 6 && body.iter().any(|it| it.word() == Some("todo"))
}

/// The functions and types that a text declares.
fn declared(tokens: &[Token]) -> BTreeSet<String> {
    let declares = |it: &Token| it.word().is_some_and(|word| DECLARES.contains(&word));
    let pairs = tokens.windows(2).filter(|pair| declares(&pair[0]));
    pairs.filter_map(|pair| pair[1].word().map(ToOwned::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! A.\nuse kit::InputError;\n\n/// B.\npub fn dot(x: &[f64]) -> f64 {\n\
                        \x20   helper(x)\n}\npub fn norm(x: &[f64]) -> f64 {\n    todo!()\n}\n\
                        impl A {\n    fn helper(&self) {\n    1;\n    }\n}\n";

    #[test]
    fn functions_are_found_and_stubs_are_not() {
        let work = Work::new("ada", &BTreeMap::from([("m/f".to_owned(), TEXT.to_owned())]));
        let found: Vec<_> =
            work.functions.iter().map(|it| (it.name.as_str(), it.line, it.text.len())).collect();
        assert_eq!(found, [("dot", 5, 3), ("helper", 12, 3)]);
        assert_eq!(work.functions[0].text[1], "    helper(x)");
        let broken = Work::new("ada", &BTreeMap::from([("m/f".to_owned(), "fn a( {".to_owned())]));
        assert_eq!(broken.unreadable, ["m/f"]);
    }

    #[test]
    fn each_wheat_counts_for_itself() {
        let text = "pub fn dot(x: &[f64]) -> f64 { answering::<Dot>(module_path!(), &[\
                    wheat(\"a\", \"b\", |x| f(x)), chaff(\"c\", \"d\", |x| 0.0), \
                    wheat(\"e\", \"f\", |x| x[0])]) }\nfn f(x: &[f64]) -> f64 { x[0] }";
        let work = Work::of_specimens("dot", "m/f/dot", text);
        let found: Vec<_> = work.functions.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(found, ["f", "dot", "dot"]);
    }
}
