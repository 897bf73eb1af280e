//! What the laws may rely on: that each function which they call has the types of its outline, and no others.
//!
//! A law that runs in one process with the learner's code calls it directly. A function that returned a type of its author's own could
//! bring its own idea of equality along; so a module of ours stands next to each file, in which every function, method
//! and alias must have exactly the type of the outline, or the compiler rejects the file.

use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ImplItem, Item, ItemImpl, Pat, ReceiverKind, ReturnType, Signature, Type, Visibility};

/// The module that stands next to a file of this name; `outline` is what the file was before a learner wrote in it.
///
/// # Errors
///
/// The reason, if it has something whose type cannot be held in place.
pub(super) fn pins(name: &str, outline: &str) -> Result<String, String> {
    let file = syn::parse_file(outline).map_err(|error| format!("its outline is no Rust: {error}"))?;
    let own = format_ident!("{name}");
    let mut out = "// Printed by the grader: what the laws rely on.\n#![allow(warnings)]\n".to_owned();
    for (number, item) in file.items.iter().enumerate() {
        let pin = format_ident!("pin_{number}");
        let tokens = match item {
            Item::Use(_) => item.to_token_stream(),
            Item::Struct(it) if is_public(&it.vis) => imported(&own, &it.ident),
            Item::Enum(it) if is_public(&it.vis) => imported(&own, &it.ident),
            Item::Type(it) if is_public(&it.vis) => {
                let (alias, generics) = (&it.ident, &it.generics);
                quote! {
                    #item
                    fn #pin #generics(it: Box<super::#own::#alias #generics>) -> [Box<#alias #generics>; 1] {
                        let it = [it];
                        it
                    }
                }
            }
            Item::Fn(it) if is_public(&it.vis) => {
                let called = &it.sig.ident;
                pinned(&it.sig, &pin, &quote! { super::#own::#called }, None)?
            }
            Item::Impl(it) if it.trait_.is_none() => methods(it, number)?,
            _ => continue,
        };
        out += &format!("{tokens}\n");
    }
    Ok(out)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn imported(own: &syn::Ident, name: &syn::Ident) -> proc_macro2::TokenStream {
    quote! { use super::#own::#name; }
}

/// The methods of a type, each as a function of its own.
fn methods(item: &ItemImpl, number: usize) -> Result<proc_macro2::TokenStream, String> {
    if !item.generics.params.is_empty() {
        return Err("it is a generic type".to_owned());
    }
    let ty = &item.self_ty;
    let mut all = proc_macro2::TokenStream::new();
    for (method, item) in item.items.iter().enumerate() {
        if let ImplItem::Fn(it) = item
            && is_public(&it.vis)
        {
            let (pin, called) = (format_ident!("pin_{number}_{method}"), &it.sig.ident);
            all.extend(pinned(&it.sig, &pin, &quote! { <#ty>::#called }, Some(ty))?);
        }
    }
    Ok(all)
}

/// A function that calls `path` and has the signature that `path` must have. What it calls is put into an array first:
/// an element of an array is not converted to the type that is wanted, as a plain answer would be.
fn pinned(
    signature: &Signature,
    pin: &syn::Ident,
    path: &proc_macro2::TokenStream,
    of: Option<&Type>,
) -> Result<proc_macro2::TokenStream, String> {
    let (mut arguments, mut call) = (Vec::new(), Vec::new());
    for (number, input) in signature.inputs.iter().enumerate() {
        let name = format_ident!("pin_{number}");
        let ty = match input {
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Value => quote! { Self },
                ReceiverKind::Reference(_, lifetime, mutable) => quote! { & #lifetime #mutable Self },
                ReceiverKind::Typed(_, ty) => ty.to_token_stream(),
                _ => return Err("a method has an unusual receiver".to_owned()),
            },
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(_) => argument.ty.to_token_stream(),
                _ => return Err("an argument has no name".to_owned()),
            },
        };
        let ty = with_self(ty, of);
        arguments.push(quote! { #name: #ty });
        call.push(name);
    }
    let returns = match &signature.output {
        ReturnType::Default => quote! { () },
        ReturnType::Type(_, ty) => with_self(ty.to_token_stream(), of),
    };
    let (generics, condition) = (&signature.generics, &signature.generics.where_clause);
    let (is_async, wait) = match signature.asyncness {
        Some(_) => (quote! { async }, quote! { .await }),
        None => (quote! {}, quote! {}),
    };
    Ok(quote! {
        #is_async fn #pin #generics(#(#arguments),*) -> #returns #condition {
            let pin = [#path(#(#call),*)#wait];
            let pin: [#returns; 1] = pin;
            let [pin] = pin;
            pin
        }
    })
}

/// `Self` means nothing outside of an `impl`.
fn with_self(tokens: proc_macro2::TokenStream, of: Option<&Type>) -> proc_macro2::TokenStream {
    let Some(ty) = of else { return tokens };
    let one = |tree: proc_macro2::TokenTree| match tree {
        proc_macro2::TokenTree::Ident(word) if word == "Self" => ty.to_token_stream(),
        proc_macro2::TokenTree::Group(group) => {
            let inner = with_self(group.stream(), of);
            proc_macro2::TokenTree::from(proc_macro2::Group::new(group.delimiter(), inner)).into()
        }
        other => other.into(),
    };
    tokens.into_iter().flat_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_this_repository_can_be_held_in_place() {
        let workspace = engine::workspace::Workspace::find().unwrap();
        let catalog = engine::catalog::Catalog::read(&workspace).unwrap();
        for file in catalog.files() {
            let text = std::fs::read_to_string(workspace.path(format!("solutions/{}.rs", file.id))).unwrap();
            let pins = pins("file", &engine::outline::outline(&text));
            assert!(pins.is_ok(), "{}: {}", file.id, pins.unwrap_err());
        }
    }

    #[test]
    fn each_function_and_method_has_a_pin() {
        let outline = "use a::B;\npub struct C;\nimpl C {\n    pub fn new(x: &B) -> Self { todo!() }\n    \
            pub fn of(&self) -> &B { todo!() }\n}\npub fn f(b: &B) -> Result<C, B> { todo!() }\n";
        let pins = pins("file", outline).unwrap().replace(char::is_whitespace, "");
        assert!(pins.contains("usea::B;") && pins.contains("usesuper::file::C;"));
        assert!(pins.contains("fnpin_2_0(pin_0:&B)->C{letpin=[<C>::new(pin_0)];"));
        assert!(pins.contains("fnpin_2_1(pin_0:&C)->&B{"));
        assert!(pins.contains("letpin=[super::file::f(pin_0)];letpin:[Result<C,B>;1]=pin;"));
    }
}
