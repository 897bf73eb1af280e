//! A function that crosses: what is sent, how it is lent on the other side, and what comes back.

use syn::{FnArg, GenericParam, Pat, ReturnType, Type, Visibility};

use super::function::Function;
use super::lend::{Lend, lent};
use super::types::{Scope, Why};

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
