//! What the laws link: each kata's name and signature, with a body that calls the worker.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Item, ItemFn};

use super::function::Callback;
use super::lend::Lend;
use super::signature::{ArgumentForm, Signature, is_public};
use super::types::Obstacle;

/// The items of a file, with a body for each function that is called over IPC.
pub(super) fn module(
    id: &str,
    items: &[Item],
    functions: &BTreeMap<String, Result<Signature, Obstacle>>,
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

/// The kata of this id, called over IPC.
fn asks(function: &ItemFn, id: &str, signature: &Signature) -> String {
    let (mut puts, mut functions, mut backs) = (String::new(), String::new(), String::new());
    for argument in &signature.arguments {
        let name = &argument.name;
        match &argument.form {
            ArgumentForm::Value { lend, .. } => {
                puts += &format!("    ::wire::Encode::encode(&{name}, &mut wire_call);\n");
                backs += &match lend {
                    Lend::Changed => format!("        ::wire::WriteBack::write_back({name}, wire_from)?;\n"),
                    Lend::ChangedView => {
                        format!("        ::wire::write_back_into_view({name}, wire_from)?;\n")
                    }
                    _ => String::new(),
                };
            }
            ArgumentForm::Callback(it) => functions += &answers(name, it),
        }
    }
    let head = function.sig.to_token_stream();
    format!(
        "pub {head} {{\n    let mut wire_call = ::wire::proxy::begin({id:?});\n{puts}    \
         ::wire::proxy::call({id:?}, wire_call, &mut [{functions}], |wire_from| {{\n{backs}        \
         wire_from.decode()\n    }})\n}}\n"
    )
}

/// Answers what the worker asks the function of this name.
fn answers(name: &str, function: &Callback) -> String {
    let (mut takes, mut call, mut backs) = (String::new(), Vec::new(), String::new());
    for (k, asked) in function.arguments.iter().enumerate() {
        let variable = format!("wire_{k}");
        takes += &format!("let mut {variable}: {} = wire_from.decode()?; ", asked.owned);
        call.push(asked.lend.of(&variable));
        if asked.lend.comes_back() {
            backs += &format!("::wire::Encode::encode(&{variable}, wire_out); ");
        }
    }
    format!(
        "&mut |wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>| {{ {takes}\
         let wire_said: {} = {name}({}); {backs}::wire::Encode::encode(&wire_said, wire_out); Ok(()) }}, ",
        function.returns,
        call.join(", ")
    )
}
