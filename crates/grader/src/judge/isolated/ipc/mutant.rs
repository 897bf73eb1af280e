//! Systematic mutants: each kata's name and signature, with a body that copies the arguments, calls the reference and copies
//! the answer, so that `wire::mutants` can touch them on the way.

use quote::ToTokens;
use syn::{Item, ItemFn};

use super::lend::Lend;
use super::module::reference;
use super::signature::{ArgumentForm, Signature, is_public};

/// The modules of a file. What no message carries is the reference itself.
pub(super) fn mutants(id: &str, items: &[Item], signature: impl Fn(&str) -> Option<Signature>) -> String {
    let mut out = format!("#[allow(unused_imports)]\npub use {}::*;\n", reference(id));
    for item in items {
        match item {
            Item::Use(item) => out += &format!("#[allow(unused_imports)]\n{}\n", item.to_token_stream()),
            Item::Fn(function) if is_public(&function.vis) => {
                let name = function.sig.ident.to_string();
                out += &signature(&name).map_or(String::new(), |it| mutant(function, id, &it));
            }
            _ => {}
        }
    }
    out
}

fn mutant(function: &ItemFn, id: &str, signature: &Signature) -> String {
    let (mut copies, mut backs, mut call) = (String::new(), String::new(), Vec::new());
    for (k, argument) in signature.arguments.iter().enumerate() {
        let (name, copy) = (&argument.name, format!("wire_{k}"));
        let ArgumentForm::Value { owned, lend } = &argument.form else {
            call.push(name.clone());
            continue;
        };
        let is_generator = owned == "::kit::Generator" && *lend == Lend::Changed;
        copies += &match is_generator {
            true => format!("    let mut {copy} = wire_call.generator({name});\n"),
            false => format!("    let mut {copy}: {owned} = wire_call.argument(&{name});\n"),
        };
        backs += &match lend {
            Lend::Changed if is_generator => format!("    wire_call.generator_after({name}, {copy});\n"),
            Lend::Changed => format!("    ::wire::mutants::write_back({name}, &{copy});\n"),
            Lend::ChangedView => format!("    ::wire::mutants::write_back_into_view({name}, &{copy});\n"),
            _ => String::new(),
        };
        call.push(lend.of(&copy));
    }
    let (head, path) = (function.sig.to_token_stream(), reference(id));
    let (kata, item) = (format!("{id}/{}", function.sig.ident), &function.sig.ident);
    format!(
        "pub {head} {{\n    let mut wire_call = ::wire::mutants::Call::of({kata:?});\n{copies}    \
         let wire_answer: {} = {path}::{item}({});\n{backs}    wire_call.answer(wire_answer)\n}}\n",
        signature.returns,
        call.join(", ")
    )
}
