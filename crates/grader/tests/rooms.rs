//! Data flows one way: each room imports only rooms that stand before it, and no module one that imports it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The rooms in the order in which a submission goes through them.
const ROOMS: [&str; 10] =
    ["intake", "sandbox", "scan", "rules", "roster", "judge", "report", "similarity", "register", "class"];

/// A module by its names: `judge`, `isolated`, `ask`.
type Module = Vec<String>;

/// Every module and its file.
fn modules() -> BTreeMap<Module, PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut modules, mut waiting) = (BTreeMap::new(), vec![root.clone()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()) {
            let below = entry.strip_prefix(&root).expect("it lies there").with_extension("");
            let mut module: Module =
                below.components().map(|it| it.as_os_str().to_string_lossy().into_owned()).collect();
            // A program imports the library from outside, and the harness belongs to another program.
            if ["bin", "main", "lib"].contains(&module[0].as_str()) || below.ends_with("harness") {
                continue;
            }
            if entry.is_dir() {
                waiting.push(entry);
            } else if entry.extension().is_some_and(|it| it == "rs") {
                module.pop_if(|last| last == "mod");
                modules.insert(module, entry);
            }
        }
    }
    modules
}

/// The paths in these tokens that begin with `crate` or `super`, each name by name; of a group in braces, each of its own.
fn paths(tokens: TokenStream, before: &[String], found: &mut BTreeSet<Vec<String>>) {
    let (mut path, mut tokens) = (before.to_vec(), tokens.into_iter().peekable());
    while let Some(token) = tokens.next() {
        let leads_on = matches!(tokens.peek(), Some(TokenTree::Punct(it)) if it.as_char() == ':');
        match token {
            TokenTree::Ident(name) if !path.is_empty() || name == "crate" || name == "super" => {
                path.push(name.to_string());
                if leads_on {
                    continue;
                }
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' && path.len() > before.len() => continue,
            TokenTree::Punct(mark) if mark.as_char() == ':' => continue,
            TokenTree::Group(group) => paths(group.stream(), &path, found),
            _ => {}
        }
        if path.len() > before.len() {
            found.insert(path);
        }
        path = before.to_vec();
    }
}

/// The modules that a module imports, and that is not itself.
fn imports(module: &Module, file: &Path, modules: &BTreeMap<Module, PathBuf>) -> BTreeSet<Module> {
    let text = fs::read_to_string(file).expect("text");
    // Its tests may look at anything.
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut found = BTreeSet::new();
    paths(code.parse().expect("tokens"), &[], &mut found);
    let own = |path: Vec<String>| {
        let up = path.iter().take_while(|it| *it == "super").count();
        let base = if up == 0 { &[][..] } else { &module[..module.len() - up.min(module.len())] };
        let mut full: Module = base.iter().chain(path.iter().skip(up.max(1))).cloned().collect();
        while !full.is_empty() && !modules.contains_key(&full) {
            full.pop();
        }
        (!full.is_empty() && full != *module && path.len() > up).then_some(full)
    };
    found.into_iter().filter_map(own).collect()
}

#[test]
fn data_flows_one_way() {
    let modules = modules();
    let edges: BTreeMap<&Module, BTreeSet<Module>> =
        modules.iter().map(|(module, file)| (module, imports(module, file, &modules))).collect();
    let room = |module: &Module| ROOMS.iter().position(|room| *room == module[0]);
    for (from, to) in edges.iter().flat_map(|(from, all)| all.iter().map(move |to| (*from, to))) {
        assert!(room(from).is_some() && room(to) <= room(from), "{from:?} imports {to:?}");
    }
    // Modules of which all imports are decided are decided; what is left in the end imports itself.
    let mut open: BTreeSet<&Module> = modules.keys().collect();
    loop {
        let blocked = |it: &&Module| edges[*it].iter().any(|to| open.contains(to));
        let left: BTreeSet<&Module> = open.iter().copied().filter(|it| blocked(it)).collect();
        if left.len() == open.len() {
            break;
        }
        open = left;
    }
    assert!(open.is_empty(), "these import each other: {open:?}");
    assert!(
        edges.values().map(BTreeSet::len).sum::<usize>() > 150,
        "is this still looking at the right thing?"
    );
}
