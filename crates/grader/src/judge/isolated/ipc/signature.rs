//! A function that is called over IPC: what is sent, how it is lent on the other side, and what comes back.

use syn::{FnArg, GenericParam, Pat, ReturnType, Type, Visibility};

use super::function::Callback;
use super::lend::{Lend, lent};
use super::types::{Obstacle, Scope};

/// A function that is called over IPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// What it returns, spelled in full.
    pub returns: String,
}

/// An argument: its name and how it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// As the signature has it.
    pub name: String,
    /// How it is sent.
    pub form: ArgumentForm,
}

/// How an argument is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArgumentForm {
    /// A copy of it is sent, and lent on the other side.
    Value {
        /// What holds the copy.
        owned: String,
        /// How the kata gets it.
        lend: Lend,
    },
    /// It stays here and is asked from there.
    Callback(Callback),
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl Signature {
    pub(super) fn of(signature: &syn::Signature, scope: &Scope) -> Result<Self, Obstacle> {
        if signature.asyncness.is_some() {
            return Err(Obstacle::new("it is asynchronous"));
        }
        let types = |it: &&GenericParam| !matches!(it, GenericParam::Lifetime(_));
        if let Some(parameter) = signature.generics.params.iter().find(types) {
            use quote::ToTokens;
            return Err(Obstacle::new(format!("it is generic over {}", parameter.to_token_stream())));
        }
        let arguments = signature.inputs.iter().map(|input| {
            let FnArg::Typed(input) = input else { return Err(Obstacle::new("it is a method")) };
            let Pat::Ident(name) = &*input.pat else { return Err(Obstacle::new("an argument has no name")) };
            Ok(Argument { name: name.ident.to_string(), form: ArgumentForm::of(&input.ty, scope)? })
        });
        let returns = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => scope.owned(ty)?,
        };
        Ok(Self { arguments: arguments.collect::<Result<_, _>>()?, returns })
    }
}

/// A function of which some values are copied: the others stay what they are, such as a tensor with its graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialSignature {
    /// The name of each argument, and how it is copied, where it is.
    pub arguments: Vec<(String, Option<ArgumentForm>)>,
    /// What it returns, spelled in full, where that is copied.
    pub returns: Option<String>,
}

impl PartialSignature {
    /// `None` if nothing of it can be copied, or if it is generic or asynchronous.
    pub(super) fn of(signature: &syn::Signature, scope: &Scope) -> Option<Self> {
        let is_type = |it: &GenericParam| !matches!(it, GenericParam::Lifetime(_));
        if signature.asyncness.is_some() || signature.generics.params.iter().any(is_type) {
            return None;
        }
        let argument = |input: &FnArg| {
            let FnArg::Typed(input) = input else { return None };
            let Pat::Ident(name) = &*input.pat else { return None };
            Some((name.ident.to_string(), ArgumentForm::of(&input.ty, scope).ok()))
        };
        let arguments = signature.inputs.iter().map(argument).collect::<Option<Vec<_>>>()?;
        let returns = match &signature.output {
            ReturnType::Default => Some("()".to_owned()),
            ReturnType::Type(_, ty) => scope.owned(ty).ok(),
        };
        let is_copied =
            |(_, form): &(_, Option<ArgumentForm>)| matches!(form, Some(ArgumentForm::Value { .. }));
        (returns.is_some() || arguments.iter().any(is_copied)).then_some(Self { arguments, returns })
    }
}

impl ArgumentForm {
    fn of(ty: &Type, scope: &Scope) -> Result<Self, Obstacle> {
        if let Some(function) = Callback::of(ty, scope) {
            return function.map(Self::Callback);
        }
        let (owned, lend) = lent(ty, scope)?;
        Ok(Self::Value { owned, lend })
    }
}
