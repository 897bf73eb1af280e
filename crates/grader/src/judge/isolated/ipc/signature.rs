//! A function that is called over IPC: what is sent, how it is lent on the other side, and what comes back.

use quote::ToTokens;
use syn::{
    FnArg, GenericArgument, GenericParam, Pat, PathArguments, ReceiverKind, ReturnType, Type, TypeParamBound,
    Visibility,
};

use super::function::Callback;
use super::lend::{Lend, lent};
use super::types::{Obstacle, Scope};

/// A function that is called over IPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// What it returns.
    pub returns: ReturnForm,
}

/// What a function returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReturnForm {
    /// A value of this type, spelled in full: a copy of it is sent.
    Value(String),
    /// An object of the type that the method belongs to: it stays with the worker.
    Object,
    /// The same, or a reason of this type.
    ResultOfObject(String),
    /// The variables of an object, which both ends have from then on.
    Variables,
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
    /// Several of these, each with a name.
    Candidates(Callback),
    /// An optimizer of candle: it stays here and is asked to step.
    Optimizer,
    /// An object that stays with the worker.
    Object,
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl Signature {
    pub(super) fn of(signature: &syn::Signature, scope: &Scope) -> Result<Self, Obstacle> {
        let optimizer = generic_optimizer(signature, scope)?;
        let arguments = signature.inputs.iter().map(|input| {
            let FnArg::Typed(input) = input else { return Err(Obstacle::new("it is a method")) };
            let form = match &*input.ty {
                Type::Reference(it) if is_name(&it.elem, optimizer.as_ref()) => Ok(ArgumentForm::Optimizer),
                ty => ArgumentForm::of(ty, scope),
            };
            named(input, form?)
        });
        let returns = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => scope.owned(ty)?,
        };
        Ok(Self { arguments: arguments.collect::<Result<_, _>>()?, returns: ReturnForm::Value(returns) })
    }

    /// A method of the type of this name, whose objects stay with the worker.
    pub(super) fn of_method(signature: &syn::Signature, own: &str, scope: &Scope) -> Result<Self, Obstacle> {
        generic_optimizer(signature, scope)?;
        let is_own = |ty: &Type| is_name(ty, Some(&own.to_owned())) || is_name(ty, Some(&"Self".to_owned()));
        let arguments = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(it) if matches!(it.kind, ReceiverKind::Reference(_, _, None)) => {
                Ok(Argument { name: "self".to_owned(), form: ArgumentForm::Object })
            }
            FnArg::Receiver(_) => Err(Obstacle::new("a method takes or changes its object")),
            FnArg::Typed(input) => match &*input.ty {
                Type::Reference(it) if is_own(&it.elem) && it.mutability.is_none() => {
                    named(input, ArgumentForm::Object)
                }
                ty => named(input, ArgumentForm::of(ty, scope)?),
            },
        });
        let returns = match &signature.output {
            ReturnType::Default => ReturnForm::Value("()".to_owned()),
            ReturnType::Type(_, ty) if is_own(ty) => ReturnForm::Object,
            ReturnType::Type(_, ty) => match (&**ty, result_of(ty)) {
                (_, Some((object, reason))) if is_own(object) => {
                    ReturnForm::ResultOfObject(scope.owned(reason)?)
                }
                (Type::Reference(it), _) if is_variables(&it.elem, scope) => ReturnForm::Variables,
                (ty, _) => ReturnForm::Value(scope.owned(ty)?),
            },
        };
        Ok(Self { arguments: arguments.collect::<Result<_, _>>()?, returns })
    }

    /// Whether it returns yes or no, perhaps with a reason why there is neither.
    #[must_use]
    pub fn says_yes_or_no(&self) -> bool {
        matches!(&self.returns, ReturnForm::Value(ty) if ty.contains("bool"))
    }

    /// Whether it is given a function by the laws.
    #[must_use]
    pub fn calls_back(&self) -> bool {
        use ArgumentForm::{Callback, Candidates, Optimizer};
        self.arguments.iter().any(|it| matches!(it.form, Callback(_) | Candidates(_) | Optimizer))
    }
}

fn named(input: &syn::PatType, form: ArgumentForm) -> Result<Argument, Obstacle> {
    let Pat::Ident(name) = &*input.pat else { return Err(Obstacle::new("an argument has no name")) };
    Ok(Argument { name: name.ident.to_string(), form })
}

/// The name of the only type that a function is generic over, if that is an optimizer of candle.
fn generic_optimizer(signature: &syn::Signature, scope: &Scope) -> Result<Option<String>, Obstacle> {
    if signature.asyncness.is_some() {
        return Err(Obstacle::new("it is asynchronous"));
    }
    let is_optimizer = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(it) => scope.libraries && scope.full(&it.path) == "::candle_nn::Optimizer",
        _ => false,
    };
    let mut optimizer = None;
    for parameter in &signature.generics.params {
        match parameter {
            GenericParam::Lifetime(_) => {}
            GenericParam::Type(it) if it.bounds.iter().all(is_optimizer) && !it.bounds.is_empty() => {
                optimizer = Some(it.ident.to_string());
            }
            other => return Err(Obstacle::new(format!("it is generic over {}", other.to_token_stream()))),
        }
    }
    Ok(optimizer)
}

fn is_name(ty: &Type, name: Option<&String>) -> bool {
    matches!(ty, Type::Path(path) if name.is_some_and(|name| path.path.is_ident(name)))
}

fn is_variables(ty: &Type, scope: &Scope) -> bool {
    matches!(ty, Type::Path(path) if scope.libraries && scope.full(&path.path) == "::candle_nn::VarMap")
}

/// The two types of a `Result<A, B>`.
fn result_of(ty: &Type) -> Option<(&Type, &Type)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|it| it.ident == "Result")?;
    let PathArguments::AngleBracketed(list) = &last.arguments else { return None };
    let mut types = list.args.iter().filter_map(|it| match it {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some((types.next()?, types.next()?))
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
        if let Some(function) = Callback::of_candidates(ty, scope).filter(|_| scope.libraries) {
            return function.map(Self::Candidates);
        }
        let (owned, lend) = lent(ty, scope)?;
        Ok(Self::Value { owned, lend })
    }
}
