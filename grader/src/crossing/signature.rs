//! A function that crosses: what is sent, how it is lent on the other side, and what comes back.

use syn::{FnArg, GenericParam, Pat, PathArguments, ReturnType, Type, Visibility};

use super::function::Function;
use super::types::{Scope, Why, dimensions};

/// A function that crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// What it returns, spelled in full.
    pub returns: String,
}

/// An argument: its name and how it crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// As the signature has it.
    pub name: String,
    /// How it crosses.
    pub form: Form,
}

/// How an argument crosses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A copy of it is sent, and lent on the other side.
    Value {
        /// What holds the copy.
        owned: String,
        /// How the kata gets it.
        lend: Lend,
    },
    /// It stays here and is asked from there.
    Function(Function),
}

/// How a copy is handed to a kata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lend {
    /// `x`
    Whole,
    /// `&x`
    Shared,
    /// `&mut x`, and it is sent back.
    Changed,
    /// `x.view()`
    View,
    /// `x.view_mut()`, and it is sent back.
    ChangedView,
    /// `&[&str]` of a `Vec<String>`.
    Words,
}

impl Lend {
    /// The expression that hands over the variable of this name.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::Whole => name.to_owned(),
            Self::Shared => format!("&{name}"),
            Self::Changed => format!("&mut {name}"),
            Self::View => format!("{name}.view()"),
            Self::ChangedView => format!("{name}.view_mut()"),
            Self::Words => format!("&{name}.iter().map(String::as_str).collect::<Vec<_>>()"),
        }
    }

    /// Whether it is sent back.
    #[must_use]
    pub fn comes_back(self) -> bool {
        matches!(self, Self::Changed | Self::ChangedView)
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl Signature {
    pub(super) fn of(signature: &syn::Signature, scope: &Scope) -> Result<Self, Why> {
        if signature.asyncness.is_some() {
            return Err(Why::new("it is asynchronous"));
        }
        let types = |it: &&GenericParam| !matches!(it, GenericParam::Lifetime(_));
        if let Some(parameter) = signature.generics.params.iter().find(types) {
            use quote::ToTokens;
            return Err(Why::new(format!("it is generic over {}", parameter.to_token_stream())));
        }
        let arguments = signature.inputs.iter().map(|input| {
            let FnArg::Typed(input) = input else { return Err(Why::new("it is a method")) };
            let Pat::Ident(name) = &*input.pat else { return Err(Why::new("an argument has no name")) };
            Ok(Argument { name: name.ident.to_string(), form: Form::of(&input.ty, scope)? })
        });
        let returns = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => scope.owned(ty)?,
        };
        Ok(Self { arguments: arguments.collect::<Result<_, _>>()?, returns })
    }
}

impl Form {
    fn of(ty: &Type, scope: &Scope) -> Result<Self, Why> {
        if let Some(function) = Function::of(ty, scope) {
            return function.map(Self::Function);
        }
        let (owned, lend) = lent(ty, scope)?;
        Ok(Self::Value { owned, lend })
    }
}

/// What holds a copy of an argument, and how it is lent.
pub(super) fn lent(ty: &Type, scope: &Scope) -> Result<(String, Lend), Why> {
    match ty {
        Type::Paren(inner) => lent(&inner.elem, scope),
        Type::Group(inner) => lent(&inner.elem, scope),
        Type::Reference(reference) => {
            let lend = if reference.mutability.is_some() { Lend::Changed } else { Lend::Shared };
            let owned = match &*reference.elem {
                Type::Slice(slice) if is_str(&slice.elem) && lend == Lend::Shared => {
                    return Ok(("Vec<String>".to_owned(), Lend::Words));
                }
                Type::Slice(slice) => format!("Vec<{}>", scope.owned(&slice.elem)?),
                Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
                other => scope.owned(other)?,
            };
            Ok((owned, lend))
        }
        Type::Path(path) => {
            let full = scope.full(&path.path);
            let name = full.strip_prefix("::ndarray::").unwrap_or_default();
            let views = [("ArrayView", Lend::View), ("ArrayViewMut", Lend::ChangedView)];
            let view = views.into_iter().find_map(|(kind, lend)| Some((dimensions(name, kind)?, lend)));
            let Some((dimensions, lend)) = view else { return Ok((scope.owned(ty)?, Lend::Whole)) };
            let entry = path.path.segments.last().and_then(|last| match &last.arguments {
                PathArguments::AngleBracketed(list) => list.args.iter().find_map(|it| match it {
                    syn::GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                }),
                _ => None,
            });
            let entry = scope.owned(entry.ok_or_else(|| Why::of(ty))?)?;
            Ok((format!("::wire::Strided<{entry}, ::ndarray::Ix{dimensions}>"), lend))
        }
        _ => Ok((scope.owned(ty)?, Lend::Whole)),
    }
}

/// `&str`
fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Reference(it) if matches!(&*it.elem, Type::Path(path) if path.path.is_ident("str")))
}

/// How the type of a function's argument is spelled in full.
pub(super) fn spelled(ty: &Type, scope: &Scope) -> Result<String, Why> {
    let Type::Reference(reference) = ty else {
        let (owned, lend) = lent(ty, scope)?;
        let inner = owned.trim_start_matches("::wire::Strided<").trim_end_matches('>');
        return Ok(match (lend, inner.rsplit_once(", ::ndarray::Ix")) {
            (Lend::View, Some((entry, dimensions))) => {
                format!("::ndarray::ArrayView{dimensions}<'_, {entry}>")
            }
            _ => owned,
        });
    };
    let mutable = if reference.mutability.is_some() { "mut " } else { "" };
    let inner = match &*reference.elem {
        Type::Slice(slice) => format!("[{}]", scope.owned(&slice.elem)?),
        Type::Path(path) if path.path.is_ident("str") => "str".to_owned(),
        other => scope.owned(other)?,
    };
    Ok(format!("&{mutable}{inner}"))
}
