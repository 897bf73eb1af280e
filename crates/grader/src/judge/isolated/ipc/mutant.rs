//! Systematic mutants: each kata's name and signature, with a body that copies the arguments, calls the reference and copies
//! the answer, so that `wire::mutants` can touch them on the way. Where no mutant is asked for, the call goes straight on:
//! one build serves the specimens as well.

use quote::ToTokens;
use syn::{Item, ItemFn};

use super::lend::Lend;
use super::module::answers;
use super::signature::{ArgumentForm, PartialSignature, is_public};
use super::types::Scope;

/// The modules of a file. What no message carries is the reference itself.
pub(super) fn mutants(id: &str, items: &[Item], scope: &Scope) -> String {
    let mut out = format!("#[allow(unused_imports)]\npub use {}::*;\n", answers(id));
    for item in items {
        match item {
            Item::Use(item) => out += &format!("#[allow(unused_imports)]\n{}\n", item.to_token_stream()),
            Item::Fn(function) if is_public(&function.vis) => {
                let signature = PartialSignature::of(&function.sig, scope);
                out += &signature.map_or(String::new(), |it| mutant(function, id, &it));
            }
            _ => {}
        }
    }
    out
}

fn mutant(function: &ItemFn, id: &str, signature: &PartialSignature) -> String {
    let (mut copies, mut backs, mut call, mut straight) =
        (String::new(), String::new(), Vec::new(), Vec::new());
    for (k, (name, form)) in signature.arguments.iter().enumerate() {
        let copy = format!("wire_{k}");
        straight.push(name.clone());
        let Some(ArgumentForm::Value { owned, lend }) = form else {
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
    let (head, path, item) = (function.sig.to_token_stream(), answers(id), &function.sig.ident);
    let kata = format!("{id}/{item}");
    let [call, straight] = [call, straight].map(|it| format!("{path}::{item}({})", it.join(", ")));
    let answered = match &signature.returns {
        Some(returns) => {
            format!("    let wire_answer: {returns} = {call};\n{backs}    wire_call.answer(wire_answer)\n")
        }
        None => format!("    let wire_answer = {call};\n{backs}    wire_call.opaque(wire_answer)\n"),
    };
    format!(
        "pub {head} {{\n    if !::wire::mutants::is_asked() {{\n        return {straight};\n    }}\n    \
         let mut wire_call = ::wire::mutants::Call::of({kata:?});\n{copies}{answered}}}\n"
    )
}
