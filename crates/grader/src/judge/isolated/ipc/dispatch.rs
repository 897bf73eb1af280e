//! What the worker answers with: for each kata a function that reads the arguments, calls the learner's code and writes
//! its answer.

use super::function::{Callback, CallbackKind};
use super::module::module;
use super::outlined::OutlinedFile;
use super::signature::{ArgumentForm, Signature};
use crate::intake::flat_name;

/// The root of the worker. `chosen` is the module with the katas.
#[must_use]
pub fn root(files: &[OutlinedFile], chosen: &str) -> String {
    let mut out = format!(
        "//! The worker: the learner's katas behind a socket.\n#![allow(warnings)]\n\n{chosen}\n\n\
         pub use chosen::*;\n\n"
    );
    let mut arms = String::new();
    for file in files {
        out += &format!("#[path = \"answers/{0}.rs\"]\nmod wire_{0};\n", flat_name(&file.id));
        for (kata, _) in file.functions.iter().filter(|(_, it)| it.is_ok()) {
            let id = format!("{}/{kata}", file.id);
            arms += &format!(
                "        {id:?} => ::core::option::Option::Some(crate::wire_{}::{kata}),\n",
                flat_name(&file.id)
            );
        }
    }
    out += &format!(
        "\nfn find(kata: &::core::primitive::str) \
         -> ::core::option::Option<::wire::worker::KataAnswer> {{\n    match kata {{\n{arms}        \
         _ => ::core::option::Option::None,\n    }}\n}}\n\n\
         fn main() {{\n    let _ = ::wire::worker::serve(find);\n}}\n"
    );
    out
}

/// The answers of one file.
#[must_use]
pub fn answers(file: &OutlinedFile) -> String {
    let mut out = format!("// Printed by the grader: the answers of {}.\n\n", file.id);
    for (kata, signature) in &file.functions {
        if let Ok(signature) = signature {
            out += &answer(kata, &format!("{}::{kata}", module(&file.id)), signature);
        }
    }
    out + &file.impls
}

fn answer(kata: &str, path: &str, signature: &Signature) -> String {
    let (mut takes, mut call, mut backs, mut functions) = (String::new(), Vec::new(), String::new(), 0);
    for (k, argument) in signature.arguments.iter().enumerate() {
        let variable = format!("wire_{k}");
        match &argument.form {
            ArgumentForm::Value { owned, lend } => {
                takes += &format!("    let mut {variable}: {owned} = wire_from.decode()?;\n");
                call.push(lend.of(&variable));
                if lend.comes_back() {
                    backs += &format!("    ::wire::Encode::encode(&{variable}, wire_out);\n");
                }
            }
            ArgumentForm::Callback(function) => {
                takes += &asks(&variable, functions, function);
                call.push(match function.kind {
                    CallbackKind::Shared => format!("&{variable}"),
                    CallbackKind::Changed => format!("&mut {variable}"),
                    CallbackKind::Whole | CallbackKind::Pointer => variable,
                    CallbackKind::Boxed => format!("Box::new({variable})"),
                });
                functions += 1;
            }
        }
    }
    format!(
        "pub fn {kata}(wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>) \
         -> Result<(), ::wire::Malformed> {{\n\
         {takes}    let wire_answer: {} = {path}({});\n{backs}    \
         ::wire::Encode::encode(&wire_answer, wire_out);\n    Ok(())\n}}\n\n",
        signature.returns,
        call.join(", ")
    )
}

/// A function of this name that asks the laws.
fn asks(name: &str, number: usize, function: &Callback) -> String {
    let (mut arguments, mut puts, mut backs) = (Vec::new(), String::new(), String::new());
    for (k, asked) in function.arguments.iter().enumerate() {
        arguments.push(format!("asked_{k}: {}", asked.spelled));
        puts += &format!("::wire::Encode::encode(&asked_{k}, &mut wire_asked); ");
        if asked.lend.comes_back() {
            backs += &format!("::wire::WriteBack::write_back(asked_{k}, wire_from)?; ");
        }
    }
    let body = format!(
        "let mut wire_asked = ::wire::worker::question({number}); {puts}\
         ::wire::worker::ask(wire_asked, |wire_from: &mut ::wire::Reader<'_>| {{ \
         {backs}wire_from.decode() }})"
    );
    let (arguments, returns) = (arguments.join(", "), &function.returns);
    match function.kind {
        // A pointer captures nothing: the number is part of the text.
        CallbackKind::Pointer => format!("    fn {name}({arguments}) -> {returns} {{ {body} }}\n"),
        _ => format!("    let mut {name} = |{}| -> {returns} {{ {body} }};\n", arguments),
    }
}
