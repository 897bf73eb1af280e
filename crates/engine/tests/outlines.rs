//! Outlines are cut without a parser. Here one looks on, and both trees are compared.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use engine::outline::outline;
use syn::spanned::Spanned;
use syn::{ImplItem, Item, Visibility};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All Rust files below a tree, from its root.
fn files(tree: &str) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root().join(tree)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.insert(path.strip_prefix(root().join(tree)).unwrap().to_owned());
            }
        }
    }
    found
}

/// The outline as a parser sees it: by the spans of the items.
fn parsed_outline(text: &str) -> String {
    let file = syn::parse_file(text).unwrap();
    let private: Vec<String> = file.items.iter().filter_map(private_type).collect();
    let header: Vec<_> =
        text.lines().filter(|line| line.starts_with("//!") || line.starts_with("#!")).collect();
    let mut parts = vec![header.join("\n")];
    let mut last = usize::MAX;
    for item in &file.items {
        let list = matches!(item, Item::Use(_))
            || matches!(item, Item::Mod(it) if it.content.is_none() && public(&it.vis));
        if list {
            let range = item.span().byte_range();
            let together = last < range.start && text[last..range.start].matches('\n').count() < 2;
            match parts.last_mut() {
                Some(group) if together => *group += &format!("\n{}", &text[range.clone()]),
                _ => parts.push(text[range.clone()].to_owned()),
            }
            last = range.end;
        }
    }
    parts.extend(file.items.iter().filter_map(|item| promised(text, item, &private)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn private_type(item: &Item) -> Option<String> {
    let (visibility, name) = match item {
        Item::Struct(it) => (&it.vis, &it.ident),
        Item::Enum(it) => (&it.vis, &it.ident),
        _ => return None,
    };
    (!public(visibility)).then(|| name.to_string())
}

fn promised(text: &str, item: &Item, private: &[String]) -> Option<String> {
    let whole = || text[item.span().byte_range()].to_owned();
    match item {
        Item::Fn(it) => public(&it.vis).then(|| stub(text, item.span(), it.block.span(), "")),
        Item::Impl(it) => {
            let name = type_name(&it.self_ty);
            if private.contains(&name) {
                return None;
            }
            if it.trait_.is_some() {
                return Some(whole());
            }
            let methods = it.items.iter().filter_map(|method| match method {
                ImplItem::Fn(method) if public(&method.vis) => {
                    Some(format!("    {}", stub(text, method.span(), method.block.span(), "    ")))
                }
                ImplItem::Const(it) if public(&it.vis) => {
                    Some(format!("    {}", &text[it.span().byte_range()]))
                }
                _ => None,
            });
            let methods: Vec<_> = methods.collect();
            let open = it.brace_token.span.open().byte_range().end;
            let head = &text[item.span().byte_range().start..open];
            (!methods.is_empty()).then(|| format!("{head}\n{}\n}}", methods.join("\n\n")))
        }
        Item::Struct(it) => public(&it.vis).then(whole),
        Item::Enum(it) => public(&it.vis).then(whole),
        Item::Const(it) => public(&it.vis).then(whole),
        Item::Static(it) => public(&it.vis).then(whole),
        Item::Type(it) => public(&it.vis).then(whole),
        Item::Trait(it) => public(&it.vis).then(whole),
        Item::Mod(it) => (public(&it.vis) && it.content.is_some()).then(whole),
        _ => None,
    }
}

fn stub(text: &str, item: proc_macro2::Span, body: proc_macro2::Span, indent: &str) -> String {
    let head = &text[item.byte_range().start..body.byte_range().start];
    format!("{head}{{\n{indent}    todo!()\n{indent}}}")
}

fn type_name(it: &syn::Type) -> String {
    match it {
        syn::Type::Path(it) => it.path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

#[test]
fn the_outline_is_what_a_parser_sees() {
    for path in files("solutions") {
        let text = fs::read_to_string(root().join("solutions").join(&path)).unwrap();
        assert_eq!(outline(&text), parsed_outline(&text), "solutions/{}", path.display());
    }
}

#[test]
fn stubs_and_solutions_promise_the_same() {
    for path in files("solutions") {
        let text = |tree: &str| fs::read_to_string(root().join(tree).join(&path)).unwrap_or_default();
        let (stub, solution) = (text("katas"), text("solutions"));
        assert_eq!(outline(&stub), outline(&solution), "katas/{}", path.display());
        assert_eq!(stub, outline(&solution), "katas/{0} is not `cargo kata author stub {0}`", path.display());
    }
}

#[test]
fn no_file_is_in_one_tree_alone() {
    let mut stubs = files("katas");
    assert!(stubs.remove(Path::new("lib.rs")), "katas/lib.rs chooses the tree");
    assert_eq!(stubs, files("solutions"));
}
