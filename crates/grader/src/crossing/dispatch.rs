//! What the worker answers with: for each kata a function that reads the arguments, calls the learner's code and writes
//! its answer.

use super::function::{Function, Kind};
use super::signature::Form;
use super::{Outlined, Signature};

/// The name of a file's module and file: `m01_linear_algebra_vectors`.
#[must_use]
pub fn name(file: &str) -> String {
    file.replace('/', "_")
}

/// The root of the worker. `chosen` is the module with the katas.
#[must_use]
pub fn root(files: &[Outlined], chosen: &str) -> String {
    let mut out = format!(
        "//! The worker: the learner's katas behind a socket.\n#![allow(warnings)]\n\n{chosen}\n\n\
         pub use chosen::*;\n\n"
    );
    let mut arms = String::new();
    for file in files {
        out += &format!("#[path = \"answers/{0}.rs\"]\nmod wire_{0};\n", name(&file.id));
        for (kata, _) in file.functions.iter().filter(|(_, it)| it.is_ok()) {
            let id = format!("{}/{kata}", file.id);
            arms += &format!(
                "        {id:?} => ::core::option::Option::Some(crate::wire_{}::{kata}),\n",
                name(&file.id)
            );
        }
    }
    out += &format!(
        "\nfn find(kata: &::core::primitive::str) -> ::core::option::Option<::wire::worker::Answer> {{\n    \
         match kata {{\n{arms}        _ => ::core::option::Option::None,\n    }}\n}}\n\n\
         fn main() {{\n    let _the_laws_hung_up = ::wire::worker::serve(find);\n}}\n"
    );
    out
}

/// The answers of one file.
#[must_use]
pub fn answers(file: &Outlined) -> String {
    let mut out = format!("// Printed by the grader: the answers of {}.\n\n", file.id);
    for (kata, signature) in &file.functions {
        if let Ok(signature) = signature {
            out += &answer(kata, &format!("{}::{kata}", super::module(&file.id)), signature);
        }
    }
    out + &file.impls
}

fn answer(kata: &str, path: &str, signature: &Signature) -> String {
    let (mut takes, mut call, mut backs, mut functions) = (String::new(), Vec::new(), String::new(), 0);
    for (k, argument) in signature.arguments.iter().enumerate() {
        let variable = format!("wire_{k}");
        match &argument.form {
            Form::Value { owned, lend } => {
                takes += &format!("    let mut {variable}: {owned} = wire_from.take()?;\n");
                call.push(lend.of(&variable));
                if lend.comes_back() {
                    backs += &format!("    ::wire::Put::put(&{variable}, wire_out);\n");
                }
            }
            Form::Function(function) => {
                takes += &asks(&variable, functions, function);
                call.push(match function.kind {
                    Kind::Shared => format!("&{variable}"),
                    Kind::Changed => format!("&mut {variable}"),
                    Kind::Whole | Kind::Pointer => variable,
                    Kind::Boxed => format!("Box::new({variable})"),
                });
                functions += 1;
            }
        }
    }
    format!(
        "pub fn {kata}(wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>) -> Result<(), ::wire::Malformed> {{\n\
         {takes}    let wire_answer: {} = {path}({});\n{backs}    ::wire::Put::put(&wire_answer, wire_out);\n    \
         Ok(())\n}}\n\n",
        signature.returns,
        call.join(", ")
    )
}

/// A function of this name that asks the laws.
fn asks(name: &str, number: usize, function: &Function) -> String {
    let (mut arguments, mut puts, mut backs) = (Vec::new(), String::new(), String::new());
    for (k, asked) in function.asked.iter().enumerate() {
        arguments.push(format!("asked_{k}: {}", asked.spelled));
        puts += &format!("::wire::Put::put(&asked_{k}, &mut wire_asked); ");
        if asked.lend.comes_back() {
            backs += &format!("::wire::Back::back(asked_{k}, wire_from)?; ");
        }
    }
    let body = format!(
        "let mut wire_asked = ::wire::worker::question({number}); {puts}::wire::worker::ask(wire_asked, |wire_from: \
         &mut ::wire::Reader<'_>| {{ {backs}wire_from.take() }})"
    );
    let (arguments, told) = (arguments.join(", "), &function.told);
    match function.kind {
        // A pointer captures nothing: the number is part of the text.
        Kind::Pointer => format!("    fn {name}({arguments}) -> {told} {{ {body} }}\n"),
        _ => format!("    let mut {name} = |{}| -> {told} {{ {body} }};\n", arguments),
    }
}
