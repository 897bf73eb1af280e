//! Which module imports from which, read from the `use` declarations and the paths of a crate's sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use engine::source::{ItemKind, Source};

/// A module by its path from the crate's root: `judging::build`.
type Module = Vec<String>;

/// The groups of modules that import each other, in words.
pub fn cycles(source: &Path) -> Vec<String> {
    let texts = modules(source);
    let exports: BTreeMap<&Module, Vec<Module>> =
        texts.iter().map(|(module, text)| (module, exported(module, text))).collect();
    let mut edges: BTreeMap<&Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, text) in &texts {
        let from = |path: Module| owner(&texts, &exports, path).filter(|owner| owner != module);
        edges.insert(module, imported(module, text, &texts).into_iter().filter_map(from).collect());
    }
    let reaches = |start: &Module| -> BTreeSet<Module> {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![start.clone()]);
        while let Some(at) = waiting.pop() {
            for next in edges.get(&at).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    waiting.push(next.clone());
                }
            }
        }
        seen
    };
    let of: BTreeMap<&Module, BTreeSet<Module>> =
        texts.keys().map(|module| (module, reaches(module))).collect();
    let name = |module: &Module| if module.is_empty() { "the root".to_owned() } else { module.join("::") };
    let mut groups = BTreeSet::new();
    for module in texts.keys().filter(|module| of[module].contains(*module)) {
        let group: Vec<String> =
            texts.keys().filter(|it| of[module].contains(*it) && of[it].contains(module)).map(name).collect();
        groups.insert(format!("{}: {}", source.display(), group.join(", ")));
    }
    groups.into_iter().collect()
}

/// The text of each module, without its tests.
fn modules(source: &Path) -> BTreeMap<Module, String> {
    let mut found = BTreeMap::new();
    for path in super::files(source) {
        let below = path.strip_prefix(source).unwrap().with_extension("");
        let mut module: Module = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
            module.pop();
        }
        let text = fs::read_to_string(&path).unwrap();
        found.entry(module).or_insert_with(String::new).push_str(&without_tests(&text));
    }
    found
}

fn without_tests(text: &str) -> String {
    let source = Source::new(text);
    let is_test = |start: usize, head: usize| {
        source.text(start..head).contains("#[cfg(test)]")
            || source.text(start..head).contains("#[cfg(all(test")
    };
    let kept = source
        .items
        .iter()
        .filter(|item| !(item.kind == ItemKind::Mod && is_test(item.span.start, item.head)));
    kept.map(|item| format!("{}\n", source.text(item.head..item.span.end))).collect()
}

/// What a module hands on from others: `pub use child::Type;`, as the paths of the types.
fn exported(module: &Module, text: &str) -> Vec<Module> {
    let declarations = uses(text).filter(|(visibility, _)| !visibility.is_empty());
    declarations.flat_map(|(_, tree)| expanded(&tree)).filter_map(|path| absolute(module, path)).collect()
}

/// The paths that a module names: in its `use` declarations, and in its code where they begin with `crate` or `super`.
fn imported(module: &Module, text: &str, all: &BTreeMap<Module, String>) -> Vec<Module> {
    let declared = uses(text).flat_map(|(_, tree)| expanded(&tree)).filter_map(|path| {
        let is_child = || all.contains_key(&[&module[..], &path[..1]].concat());
        let is_ours = matches!(path.first()?.as_str(), "crate" | "super" | "self") || is_child();
        if is_ours { absolute(module, path) } else { None }
    });
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let words = code.split(|c: char| !(c.is_alphanumeric() || "_:".contains(c)));
    // A path that ends with its colons stands in a text, not in code.
    let is_path =
        |word: &&str| (word.starts_with("crate::") || word.starts_with("super::")) && !word.ends_with(':');
    let paths = words.filter(is_path);
    let named = paths.filter_map(|word| absolute(module, word.split("::").map(ToOwned::to_owned).collect()));
    declared.chain(named).collect()
}

/// The `use` declarations: visibility, and what stands behind `use`.
fn uses(text: &str) -> impl Iterator<Item = (String, String)> {
    let source = Source::new(text);
    let declarations = source.items.iter().filter(|item| item.kind == ItemKind::Use);
    let all: Vec<_> =
        declarations.map(|item| source.text(item.head..item.span.end).replace('\n', " ")).collect();
    all.into_iter().filter_map(|declaration| {
        let (visibility, tree) = declaration.split_once("use ")?;
        Some((visibility.trim().to_owned(), tree.trim_end_matches(';').to_owned()))
    })
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expanded(tree: &str) -> Vec<Module> {
    let Some((before, inner)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![
            path.split("::").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
        ];
    };
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inner.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(c),
        }
    }
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(&format!("{before}{}", part.trim()))).collect()
}

/// A path from the crate's root.
fn absolute(module: &Module, path: Module) -> Option<Module> {
    let mut at = module.clone();
    let mut rest = path.into_iter().peekable();
    if rest.peek()? == "crate" {
        (at, _) = (Module::new(), rest.next());
    }
    while let Some(word) = rest.next_if(|word| word == "super" || word == "self") {
        if word == "super" {
            at.pop()?;
        }
    }
    at.extend(rest);
    Some(at)
}

/// The module in which what a path names is written, also where another one hands it on.
fn owner(
    all: &BTreeMap<Module, String>,
    exports: &BTreeMap<&Module, Vec<Module>>,
    mut path: Module,
) -> Option<Module> {
    for _ in 0..8 {
        let length = (0..=path.len()).rev().find(|length| all.contains_key(&path[..*length]))?;
        let (module, rest) = (path[..length].to_vec(), path[length..].to_vec());
        let passed_on = exports[&module].iter().find(|it| it.last() == rest.first() && **it != path);
        match passed_on {
            Some(original) if !rest.is_empty() => path = [&original[..], &rest[1..]].concat(),
            _ => return Some(module),
        }
    }
    None
}
