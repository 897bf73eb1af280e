//! What the worker answers with: for each kata a function that reads the arguments, calls the learner's code and writes
//! its answer.

use super::function::{Callback, CallbackArgumentForm, CallbackKind};
use super::module::module;
use super::outlined::OutlinedFile;
use super::proxy::answers as answers_of;
use super::signature::{ArgumentForm, ReturnForm, Signature};
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
        let flat = flat_name(&file.id);
        out += &format!("#[path = \"answers/{flat}.rs\"]\nmod wire_{flat};\n");
        for called in called(file) {
            arms += &format!(
                "        {:?} => ::core::option::Option::Some(crate::wire_{flat}::{}),\n",
                called.id, called.name
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

/// A function or a method that is called over IPC.
struct Called<'a> {
    /// By this id,
    id: String,
    /// answered by the function of this name,
    name: String,
    /// which calls this one.
    path: String,
    signature: &'a Signature,
    /// The type that a method belongs to.
    object: String,
}

fn called(file: &OutlinedFile) -> Vec<Called<'_>> {
    let module = module(&file.id);
    let functions = file.functions.iter().filter_map(|(name, it)| {
        let (id, path) = (format!("{}/{name}", file.id), format!("{module}::{name}"));
        Some(Called { id, name: name.clone(), path, signature: it.as_ref().ok()?, object: String::new() })
    });
    let methods = file.types.values().filter_map(|it| it.as_ref().ok()).flat_map(|ty| {
        let object = format!("{module}::{}", ty.name);
        ty.methods.iter().map(move |(method, signature)| Called {
            id: format!("{}/{}::{method}", file.id, ty.name),
            name: format!("wire_{}_{method}", ty.name.to_lowercase()),
            path: format!("{object}::{method}"),
            signature,
            object: object.clone(),
        })
    });
    functions.chain(methods).collect()
}

/// The answers of one file.
#[must_use]
pub fn answers(file: &OutlinedFile) -> String {
    let head = format!("// Printed by the grader: the answers of {}.\n\n", file.id);
    let all: String = called(file).iter().map(answer).collect();
    head + &all + &file.impls
}

fn answer(called: &Called<'_>) -> String {
    let (mut takes, mut call, mut backs, mut functions) = (String::new(), Vec::new(), String::new(), 0);
    for (k, argument) in called.signature.arguments.iter().enumerate() {
        let variable = format!("wire_{k}");
        match &argument.form {
            ArgumentForm::Value { owned, lend } => {
                takes += &format!("    let mut {variable}: {owned} = wire_from.decode()?;\n");
                call.push(lend.of(&variable));
                if lend.comes_back() {
                    backs += &format!("    ::wire::Encode::encode(&{variable}, wire_out);\n");
                }
            }
            ArgumentForm::Object => {
                let object = &called.object;
                takes += &format!(
                    "    let ({variable}, {variable}_number) = ::wire::object::<{object}>(wire_from)?;\n"
                );
                call.push(format!("&{variable}"));
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
            ArgumentForm::Candidates(function) => {
                takes += &candidates(&variable, functions, function);
                call.push(format!("&{variable}"));
                functions += 1;
            }
            ArgumentForm::Optimizer => {
                takes += &format!("    let mut {variable} = ::wire::GivenOptimizer::new({functions});\n");
                call.push(format!("&mut {variable}"));
                functions += 1;
            }
        }
    }
    let call = format!("{}({})", called.path, call.join(", "));
    format!(
        "pub fn {}(wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>) \
         -> Result<(), ::wire::Malformed> {{\n{takes}{}    Ok(())\n}}\n\n",
        called.name,
        said(&call, &called.object, &called.signature.returns, &backs)
    )
}

/// Calls the kata and writes down what it says.
fn said(call: &str, object: &str, returns: &ReturnForm, backs: &str) -> String {
    let answered = match returns {
        ReturnForm::Value(ty) => format!("    let wire_answer: {ty} = {call};\n"),
        ReturnForm::Object => {
            format!("    let wire_made: {object} = {call};\n    let wire_answer = ::wire::keep(wire_made);\n")
        }
        ReturnForm::ResultOfObject(reason) => format!(
            "    let wire_made: ::core::result::Result<{object}, {reason}> = {call};\n    \
             let wire_answer = wire_made.map(::wire::keep);\n"
        ),
        ReturnForm::Variables => {
            return format!(
                "    let wire_answer: &::candle_nn::VarMap = {call};\n    \
                 ::wire::put_own_variables(wire_0_number, wire_answer, wire_out)?;\n"
            );
        }
    };
    format!("{answered}{backs}    ::wire::Encode::encode(&wire_answer, wire_out);\n")
}

/// Named functions, each of which asks the laws for itself.
fn candidates(variable: &str, number: usize, function: &Callback) -> String {
    let (arguments, body) =
        asking(number, function, "::wire::Encode::encode(&wire_which, &mut wire_asked); ");
    let (spelled, returns) = (function.spelled(), &function.returns);
    format!(
        "    let {variable}_names: Vec<String> = wire_from.decode()?;\n    \
         let {variable}_functions: Vec<_> = (0..{variable}_names.len()).map(|wire_which: usize| \
         move |{arguments}| -> {returns} {{ {body} }}).collect();\n    \
         let {variable}: Vec<(&str, {spelled})> = {variable}_names.iter().zip(&{variable}_functions)\
         .map(|(name, function)| (name.as_str(), function as {spelled})).collect();\n"
    )
}

/// A function of this name that asks the laws.
fn asks(name: &str, number: usize, function: &Callback) -> String {
    let (arguments, body) = asking(number, function, "");
    let returns = &function.returns;
    match function.kind {
        // A pointer captures nothing: the number is part of the text.
        CallbackKind::Pointer => format!("    fn {name}({arguments}) -> {returns} {{ {body} }}\n"),
        _ => format!("    let mut {name} = |{arguments}| -> {returns} {{ {body} }};\n"),
    }
}

/// The arguments and the body of such a function.
fn asking(number: usize, function: &Callback, before: &str) -> (String, String) {
    let (mut arguments, mut puts, mut backs) = (Vec::new(), String::new(), String::new());
    let mut own = Vec::new();
    for (k, asked) in function.arguments.iter().enumerate() {
        arguments.push(format!("asked_{k}: {}", asked.spelled));
        match &asked.form {
            CallbackArgumentForm::Value { lend, .. } => {
                puts += &format!("::wire::Encode::encode(&asked_{k}, &mut wire_asked); ");
                if lend.comes_back() {
                    backs += &format!("::wire::WriteBack::write_back(asked_{k}, wire_from)?; ");
                }
            }
            CallbackArgumentForm::Function(it) => own.push(answers_of(&format!("asked_{k}"), it)),
        }
    }
    let body = format!(
        "let mut wire_asked = ::wire::worker::question({number}); {before}{puts}\
         ::wire::worker::ask_with(wire_asked, &mut [{}], |wire_from: &mut ::wire::Reader<'_>| {{ \
         {backs}wire_from.decode() }})",
        own.join(", ")
    );
    (arguments.join(", "), body)
}
