//! What the laws link: each kata's name and signature, with a body that asks the worker.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Item, ItemFn};

use super::lend::Lend;
use super::signature::{Form, is_public};
use super::{Outlined, Signature, Why};

/// The modules of all these files, to be included in a module `chosen`.
#[must_use]
pub fn tree(files: &[Outlined]) -> String {
    let mut out = "// Printed by the grader: the proxies that the laws link.\n".to_owned();
    for (milestone, file, last) in nested(files) {
        let (folder, name) = file.id.split_once('/').unwrap_or(("", &file.id));
        if milestone {
            out += &format!("pub mod {folder} {{\n");
        }
        out += &format!("pub mod {name} {{\n{}{}}}\n", file.proxies, file.impls);
        if last {
            out += "}\n";
        }
    }
    out
}

/// Each file, and whether it is the first and the last of its milestone.
fn nested(files: &[Outlined]) -> impl Iterator<Item = (bool, &Outlined, bool)> {
    let milestone = |file: &Outlined| file.id.split('/').next().unwrap_or_default().to_owned();
    files.iter().enumerate().map(move |(k, file)| {
        let same = |other: Option<&Outlined>| other.is_some_and(|it| milestone(it) == milestone(file));
        (!same(k.checked_sub(1).and_then(|k| files.get(k))), file, !same(files.get(k + 1)))
    })
}

/// The items of a file, with a body for each function that crosses.
pub(super) fn module(
    id: &str,
    items: &[Item],
    functions: &BTreeMap<String, Result<Signature, Why>>,
) -> String {
    let mut out = String::new();
    for item in items {
        match item {
            Item::Fn(function) if is_public(&function.vis) => {
                let name = function.sig.ident.to_string();
                out += &match functions.get(&name) {
                    Some(Ok(signature)) => asks(function, &format!("{id}/{name}"), signature),
                    _ => format!("{}\n", item.to_token_stream()),
                };
            }
            _ => out += &format!("{}\n", item.to_token_stream()),
        }
    }
    out
}

/// The kata of this id, asked from afar.
fn asks(function: &ItemFn, id: &str, signature: &Signature) -> String {
    let (mut puts, mut functions, mut backs) = (String::new(), String::new(), String::new());
    for argument in &signature.arguments {
        let name = &argument.name;
        match &argument.form {
            Form::Value { lend, .. } => {
                puts += &format!("    ::wire::Put::put(&{name}, &mut wire_call);\n");
                backs += &match lend {
                    Lend::Changed => format!("        ::wire::Back::back({name}, wire_from)?;\n"),
                    Lend::ChangedView => format!("        ::wire::back_into_view({name}, wire_from)?;\n"),
                    _ => String::new(),
                };
            }
            Form::Function(it) => functions += &answers(name, it),
        }
    }
    let head = function.sig.to_token_stream();
    format!(
        "pub {head} {{\n    let mut wire_call = ::wire::proxy::begin({id:?});\n{puts}    ::wire::proxy::call({id:?}, \
         wire_call, &mut [{functions}], |wire_from| {{\n{backs}        wire_from.take()\n    }})\n}}\n"
    )
}

/// Answers what the worker asks the function of this name.
fn answers(name: &str, function: &super::function::Function) -> String {
    let (mut takes, mut call, mut backs) = (String::new(), Vec::new(), String::new());
    for (k, asked) in function.asked.iter().enumerate() {
        let variable = format!("wire_{k}");
        takes += &format!("let mut {variable}: {} = wire_from.take()?; ", asked.owned);
        call.push(asked.lend.of(&variable));
        if asked.lend.comes_back() {
            backs += &format!("::wire::Put::put(&{variable}, wire_out); ");
        }
    }
    format!(
        "&mut |wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>| {{ {takes}let wire_told: {} = {name}({}); \
         {backs}::wire::Put::put(&wire_told, wire_out); Ok(()) }}, ",
        function.told,
        call.join(", ")
    )
}
