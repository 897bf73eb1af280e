//! A function that a kata is given: it stays with the laws, and the worker asks it.

use syn::{GenericArgument, ParenthesizedGenericArguments, PathArguments, ReturnType, Type, TypeParamBound};

use super::lend::{Lend, is_str, lent, spelled};
use super::types::{Obstacle, Scope};

/// A function that stays where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// Its arguments.
    pub arguments: Vec<CallbackArgument>,
    /// What it returns, spelled in full.
    pub returns: String,
    /// How the kata gets the one that asks.
    pub kind: CallbackKind,
}

/// One argument of such a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackArgument {
    /// Its type, spelled in full.
    pub spelled: String,
    /// How it is sent.
    pub form: CallbackArgumentForm,
}

/// How such an argument is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackArgumentForm {
    /// A copy of it is sent.
    Value {
        /// What holds the copy.
        owned: String,
        /// How the copy is lent.
        lend: Lend,
    },
    /// It stays with the kata and is asked from the laws.
    Function(Box<Callback>),
}

/// How a kata is given a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackKind {
    /// `&dyn Fn`
    Shared,
    /// `&mut dyn FnMut`
    Changed,
    /// `impl Fn`
    Whole,
    /// `Box<dyn Fn>`
    Boxed,
    /// `fn`, which captures nothing.
    Pointer,
}

impl Callback {
    /// The type of a reference to it, spelled in full.
    #[must_use]
    pub fn spelled(&self) -> String {
        let arguments: Vec<&str> = self.arguments.iter().map(|it| it.spelled.as_str()).collect();
        format!("&dyn Fn({}) -> {}", arguments.join(", "), self.returns)
    }

    /// Named candidates: `&[(&str, &dyn Fn(A) -> B)]`, or with an alias for the function.
    pub(super) fn of_candidates(ty: &Type, scope: &Scope) -> Option<Result<Self, Obstacle>> {
        let Type::Reference(reference) = ty else { return None };
        let Type::Slice(slice) = &*reference.elem else { return None };
        let Type::Tuple(pair) = &*slice.elem else { return None };
        let (Some(name), Some(function), 2) = (pair.elems.first(), pair.elems.last(), pair.elems.len())
        else {
            return None;
        };
        let function = Self::of(function, scope)?;
        let is_shared = function.as_ref().is_ok_and(|it| it.kind == CallbackKind::Shared);
        (is_str(name) && is_shared && reference.mutability.is_none()).then_some(function)
    }

    /// The function that this type is, if it is one.
    pub(super) fn of(ty: &Type, scope: &Scope) -> Option<Result<Self, Obstacle>> {
        match ty {
            Type::Paren(inner) => Self::of(&inner.elem, scope),
            Type::Group(inner) => Self::of(&inner.elem, scope),
            Type::Reference(reference) => {
                let kind =
                    if reference.mutability.is_some() { CallbackKind::Changed } else { CallbackKind::Shared };
                let call = of_object(&reference.elem, scope)?;
                Some(Self::of_call(&call, kind, scope))
            }
            Type::ImplTrait(implied) => {
                let call = of_bounds(implied.bounds.iter())?;
                Some(Self::of_call(&call, CallbackKind::Whole, scope))
            }
            Type::FnPtr(bare) => {
                let asked = bare.inputs.iter().map(|input| input.ty.clone());
                Some(Self::put_together(asked, &bare.output, CallbackKind::Pointer, scope))
            }
            Type::Path(path) if path.path.segments.last().is_some_and(|it| it.ident == "Box") => {
                let PathArguments::AngleBracketed(list) = &path.path.segments.last()?.arguments else {
                    return None;
                };
                let Some(GenericArgument::Type(inner)) = list.args.first() else { return None };
                let call = of_object(inner, scope)?;
                Some(Self::of_call(&call, CallbackKind::Boxed, scope))
            }
            Type::Path(path) => {
                let alias = scope.aliases.get(&path.path.segments.last()?.ident.to_string())?;
                matches!(alias, Type::FnPtr(_) | Type::Reference(_)).then(|| Self::of(alias, scope))?
            }
            _ => None,
        }
    }

    fn of_call(
        call: &ParenthesizedGenericArguments,
        kind: CallbackKind,
        scope: &Scope,
    ) -> Result<Self, Obstacle> {
        Self::put_together(call.inputs.iter().map(|input| input.ty.clone()), &call.output, kind, scope)
    }

    fn put_together(
        asked: impl Iterator<Item = Type>,
        output: &ReturnType,
        kind: CallbackKind,
        scope: &Scope,
    ) -> Result<Self, Obstacle> {
        let one = |ty: Type| {
            if let Some(function) = Self::of(&ty, scope) {
                let function = function?;
                if function.kind != CallbackKind::Shared || kind != CallbackKind::Pointer {
                    return Err(Obstacle::new("a function takes a function that may change"));
                }
                let spelled = function.spelled();
                return Ok(CallbackArgument {
                    spelled,
                    form: CallbackArgumentForm::Function(Box::new(function)),
                });
            }
            let (owned, lend) = lent(&ty, scope)?;
            if lend == Lend::ChangedView {
                return Err(Obstacle::new("a function changes a view"));
            }
            Ok(CallbackArgument {
                spelled: spelled(&ty, scope)?,
                form: CallbackArgumentForm::Value { owned, lend },
            })
        };
        let returns = match output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, ty) => scope.owned(ty)?,
        };
        Ok(Self { arguments: asked.map(one).collect::<Result<_, _>>()?, returns, kind })
    }
}

/// `dyn Fn(A) -> B`, or an alias for it.
fn of_object(ty: &Type, scope: &Scope) -> Option<ParenthesizedGenericArguments> {
    match ty {
        Type::Paren(inner) => of_object(&inner.elem, scope),
        Type::TraitObject(object) => of_bounds(object.bounds.iter()),
        Type::Path(path) => {
            let alias = scope.aliases.get(&path.path.segments.last()?.ident.to_string())?;
            matches!(alias, Type::TraitObject(_)).then(|| of_object(alias, scope))?
        }
        _ => None,
    }
}

fn of_bounds<'a>(bounds: impl Iterator<Item = &'a TypeParamBound>) -> Option<ParenthesizedGenericArguments> {
    let mut bounds = bounds.filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last(),
        _ => None,
    });
    bounds.find_map(|segment| match &segment.arguments {
        PathArguments::Parenthesized(call) if segment.ident.to_string().starts_with("Fn") => {
            Some(call.clone())
        }
        _ => None,
    })
}
