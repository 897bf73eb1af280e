//! What the laws link: each kata's name and signature, with a body that calls the worker.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl};

use super::function::{Callback, CallbackArgumentForm};
use super::objects::{ObjectType, is_of};
use super::signature::{ArgumentForm, ReturnForm, Signature, is_public};
use super::types::Obstacle;

/// The items of a file, with a body for each function that is called over IPC.
pub(super) fn module(
    id: &str,
    items: &[Item],
    functions: &BTreeMap<String, Result<Signature, Obstacle>>,
    types: &BTreeMap<String, Result<ObjectType, Obstacle>>,
) -> String {
    let mut out = String::new();
    let objects: Vec<&ObjectType> = types.values().filter_map(|it| it.as_ref().ok()).collect();
    for item in items {
        out += &match item {
            Item::Fn(function) if is_public(&function.vis) => {
                let name = function.sig.ident.to_string();
                match functions.get(&name) {
                    Some(Ok(signature)) => asks(&function.sig, &format!("{id}/{name}"), signature, ""),
                    _ => format!("{}\n", item.to_token_stream()),
                }
            }
            Item::Struct(it) if objects.iter().any(|object| it.ident == object.name) => {
                let of = |object: &&ObjectType| (it.ident == object.name).then(|| object.proxy(it));
                objects.iter().filter_map(of).collect()
            }
            Item::Impl(it) if objects.iter().any(|object| is_of(it, &object.name)) => {
                let object = objects.iter().find(|object| is_of(it, &object.name));
                object.map_or(String::new(), |object| methods(it, id, object))
            }
            _ => format!("{}\n", item.to_token_stream()),
        };
    }
    out
}

/// The methods of a type whose objects stay with the worker.
fn methods(item: &ItemImpl, id: &str, object: &ObjectType) -> String {
    let name = &object.name;
    let one = |it: &ImplItem| match it {
        ImplItem::Fn(it) => {
            let method = it.sig.ident.to_string();
            let signature = object.methods.get(&method)?;
            let first = if it.sig.receiver().is_some() { variables_first(object, signature) } else { None };
            Some(asks(&it.sig, &format!("{id}/{name}::{method}"), signature, &first.unwrap_or_default()))
        }
        _ => None,
    };
    format!("impl {name} {{\n{}}}\n", item.items.iter().filter_map(one).collect::<String>())
}

/// What a tensor depends on has to be known when it comes, so the variables are asked for before any other method: a law may
/// ask for them afterwards. Where they cannot be had, that method goes without.
fn variables_first(object: &ObjectType, signature: &Signature) -> Option<String> {
    let variables = object.variables().filter(|_| signature.returns != ReturnForm::Variables)?;
    Some(format!(
        "let _ = ::std::panic::catch_unwind(::std::panic::AssertUnwindSafe(|| {{ \
         let _ = self.{variables}(); }}));\n    "
    ))
}

/// The kata of this id, called over IPC after `first`.
fn asks(head: &syn::Signature, id: &str, signature: &Signature, first: &str) -> String {
    let (mut puts, mut functions, mut backs) = (String::new(), String::new(), String::new());
    for argument in &signature.arguments {
        let name = &argument.name;
        match &argument.form {
            ArgumentForm::Value { lend, .. } => {
                puts += &format!("    {}\n", lend.put(name));
                backs += &format!("        {}\n", lend.take_back(name));
            }
            ArgumentForm::Object => {
                puts += &format!("    ::wire::Encode::encode(&{name}.wire, &mut wire_call);\n");
            }
            ArgumentForm::Callback(it) => functions += &format!("{}, ", answers(name, it)),
            ArgumentForm::Candidates(it) => {
                puts += &format!(
                    "    ::wire::Encode::encode(&{name}.iter().map(|it| it.0).collect::<Vec<_>>(), \
                     &mut wire_call);\n"
                );
                let chosen = format!(
                    "let wire_which: usize = wire_from.decode()?; \
                     let wire_chosen = {name}.get(wire_which).ok_or(::wire::Malformed)?.1; "
                );
                functions += &format!("{}, ", answering(&chosen, "wire_chosen", it));
            }
            ArgumentForm::Optimizer => {
                functions += &format!(
                    "&mut |wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>| \
                     ::wire::optimize(&mut *{name}, wire_from, wire_out), "
                );
            }
        }
    }
    let reads = match &signature.returns {
        ReturnForm::Value(_) => "wire_from.decode()".to_owned(),
        ReturnForm::Object => "Ok(Self::wire_of(wire_from.decode()?))".to_owned(),
        ReturnForm::ResultOfObject(reason) => format!(
            "let wire_made: ::core::result::Result<::wire::Object, {reason}> = wire_from.decode()?; \
             Ok(wire_made.map(Self::wire_of))"
        ),
        ReturnForm::Variables => "::wire::own_variables(&self.wire, wire_from)".to_owned(),
    };
    let call = format!(
        "let mut wire_call = ::wire::proxy::begin({id:?});\n{puts}    \
         ::wire::proxy::call({id:?}, wire_call, &mut [{functions}], |wire_from| {{\n{backs}        \
         {reads}\n    }})"
    );
    let body = match &signature.returns {
        ReturnForm::Variables => format!("self.wire_variables.get_or_init(|| {{\n    {call}\n    }})"),
        _ => call,
    };
    format!("pub {} {{\n    {first}{body}\n}}\n", head.to_token_stream())
}

/// Answers what the other end asks the function of this name.
pub(super) fn answers(name: &str, function: &Callback) -> String {
    answering("", name, function)
}

fn answering(before: &str, name: &str, function: &Callback) -> String {
    let (mut takes, mut call, mut backs, mut inner) = (String::new(), Vec::new(), String::new(), 0);
    for (k, asked) in function.arguments.iter().enumerate() {
        let variable = format!("wire_{k}");
        match &asked.form {
            CallbackArgumentForm::Value { owned, lend } => {
                takes += &format!("let mut {variable}: {owned} = wire_from.decode()?; ");
                call.push(lend.of(&variable));
                if lend.comes_back() {
                    backs += &format!("::wire::Encode::encode(&{variable}, wire_out); ");
                }
            }
            CallbackArgumentForm::Function(it) => {
                takes += &asks_back(&variable, inner, it);
                call.push(format!("&{variable}"));
                inner += 1;
            }
        }
    }
    format!(
        "&mut |wire_from: &mut ::wire::Reader<'_>, wire_out: &mut Vec<u8>| {{ {before}{takes}\
         let wire_said: {} = {name}({}); {backs}::wire::Encode::encode(&wire_said, wire_out); Ok(()) }}",
        function.returns,
        call.join(", ")
    )
}

/// A function that asks one of the kata's own, which it gave to a function of the laws.
fn asks_back(variable: &str, number: usize, function: &Callback) -> String {
    let (mut arguments, mut puts, mut backs) = (Vec::new(), String::new(), String::new());
    for (k, asked) in function.arguments.iter().enumerate() {
        let name = format!("asked_{k}");
        arguments.push(format!("{name}: {}", asked.spelled));
        if let CallbackArgumentForm::Value { lend, .. } = &asked.form {
            puts += &format!("{} ", lend.put(&name));
            backs += &format!("{} ", lend.take_back(&name));
        }
    }
    format!(
        "let {variable} = |{}| -> {} {{ let mut wire_call = ::wire::proxy::begin(::wire::FUNCTION); \
         ::wire::Encode::encode(&{number}_usize, &mut wire_call); {puts}\
         ::wire::proxy::call(::wire::FUNCTION, wire_call, &mut [], \
         |wire_from: &mut ::wire::Reader<'_>| {{ {backs}wire_from.decode() }}) }}; ",
        arguments.join(", "),
        function.returns
    )
}
