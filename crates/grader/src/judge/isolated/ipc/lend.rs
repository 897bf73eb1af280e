//! How an argument is held on the other side, and lent to the kata.

use syn::{PathArguments, Type};

use super::types::{Obstacle, Scope, dimensions};

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
    /// `&[(&str, &[T])]` and the like, of pairs that own what they hold.
    Pairs([PairPart; 2]),
    /// `(&T, &[U])` of a pair that owns what it holds.
    Pair([PairPart; 2]),
    /// `&Path`, of a path that came with what lies there; that is sent back.
    Place,
    /// `&[PathBuf]`, each with what lies there.
    Places,
    /// `&VarMap`, whose variables are changed through it.
    Variables,
}

/// How one of a pair is lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairPart {
    /// `x.clone()`
    Whole,
    /// `&x`
    Shared,
    /// `&str` of a `String`
    Word,
    /// `&[T]` of a `Vec<T>`
    Slice,
}

impl PairPart {
    /// Of a variable.
    fn of_own(self, name: &str) -> String {
        match self {
            Self::Shared => format!("&{name}"),
            _ => self.of(name),
        }
    }

    /// Of a reference.
    fn of(self, name: &str) -> String {
        match self {
            Self::Whole => format!("{name}.clone()"),
            Self::Shared => name.to_owned(),
            Self::Word => format!("{name}.as_str()"),
            Self::Slice => format!("{name}.as_slice()"),
        }
    }

    /// What holds a copy of one of a pair, and how it is lent.
    fn lent(ty: &Type, scope: &Scope) -> Result<(String, Self), Obstacle> {
        match ty {
            Type::Reference(it) if it.mutability.is_some() => Err(Obstacle::of(ty)),
            Type::Reference(it) => match &*it.elem {
                Type::Slice(slice) => Ok((format!("Vec<{}>", scope.owned(&slice.elem)?), Self::Slice)),
                _ if is_str(ty) => Ok(("String".to_owned(), Self::Word)),
                other => Ok((scope.owned(other)?, Self::Shared)),
            },
            _ => Ok((scope.owned(ty)?, Self::Whole)),
        }
    }
}

impl Lend {
    /// The expression that hands over the variable of this name.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::Whole => name.to_owned(),
            Self::Shared | Self::Variables => format!("&{name}"),
            Self::Pair([a, b]) => {
                format!("({}, {})", a.of_own(&format!("{name}.0")), b.of_own(&format!("{name}.1")))
            }
            Self::Place => format!("{name}.path()"),
            Self::Places => format!("{name}.paths()"),
            Self::Changed => format!("&mut {name}"),
            Self::View => format!("{name}.view()"),
            Self::ChangedView => format!("{name}.view_mut()"),
            Self::Words => format!("&{name}.iter().map(String::as_str).collect::<Vec<_>>()"),
            Self::Pairs([a, b]) => {
                format!("&{name}.iter().map(|(a, b)| ({}, {})).collect::<Vec<_>>()", a.of("a"), b.of("b"))
            }
        }
    }

    /// What the laws write to send the argument of this name, where that is more than its value.
    #[must_use]
    pub fn put(self, name: &str) -> String {
        match self {
            Self::Place => format!("::wire::put_place({name}, &mut wire_call);"),
            Self::Places => format!("::wire::put_places({name}, &mut wire_call);"),
            _ => format!("::wire::Encode::encode(&{name}, &mut wire_call);"),
        }
    }

    /// What the laws write to read what became of it.
    #[must_use]
    pub fn take_back(self, name: &str) -> String {
        match self {
            Self::Changed | Self::Variables => format!("::wire::WriteBack::write_back({name}, wire_from)?;"),
            Self::ChangedView => format!("::wire::write_back_into_view({name}, wire_from)?;"),
            Self::Place => format!("::wire::take_place({name}, wire_from)?;"),
            _ => String::new(),
        }
    }

    /// Whether it is sent back.
    #[must_use]
    pub fn comes_back(self) -> bool {
        matches!(self, Self::Changed | Self::ChangedView | Self::Place | Self::Variables)
    }
}

/// What holds a copy of an argument, and how it is lent.
pub(super) fn lent(ty: &Type, scope: &Scope) -> Result<(String, Lend), Obstacle> {
    match ty {
        Type::Paren(inner) => lent(&inner.elem, scope),
        Type::Group(inner) => lent(&inner.elem, scope),
        Type::Reference(reference) => {
            let lend = if reference.mutability.is_some() { Lend::Changed } else { Lend::Shared };
            if let Some(special) = of_a_library(&reference.elem, scope).filter(|_| lend == Lend::Shared) {
                return Ok(special);
            }
            let owned = match &*reference.elem {
                Type::Slice(slice) if is_str(&slice.elem) && lend == Lend::Shared => {
                    return Ok(("Vec<String>".to_owned(), Lend::Words));
                }
                Type::Slice(slice) => match &*slice.elem {
                    Type::Tuple(pair) if lend == Lend::Shared && scope.owned(&slice.elem).is_err() => {
                        return pairs(pair, scope);
                    }
                    entry => format!("Vec<{}>", scope.owned(entry)?),
                },
                Type::Path(path) if path.path.is_ident("str") => "String".to_owned(),
                other => scope.owned(other)?,
            };
            Ok((owned, lend))
        }
        Type::Path(path) => {
            let alias = path.path.get_ident().and_then(|name| scope.aliases.get(&name.to_string()));
            if let Some(Type::Tuple(pair)) = alias
                && scope.libraries
                && scope.owned(ty).is_err()
            {
                let (owned, parts) = parts_of_a_pair(pair, scope)?;
                return Ok((owned, Lend::Pair(parts)));
            }
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
            let entry = scope.owned(entry.ok_or_else(|| Obstacle::of(ty))?)?;
            Ok((format!("::wire::Strided<{entry}, ::ndarray::Ix{dimensions}>"), lend))
        }
        _ => Ok((scope.owned(ty)?, Lend::Whole)),
    }
}

/// Pairs that borrow what they hold.
fn pairs(pair: &syn::TypeTuple, scope: &Scope) -> Result<(String, Lend), Obstacle> {
    let (owned, parts) = parts_of_a_pair(pair, scope)?;
    Ok((format!("Vec<{owned}>"), Lend::Pairs(parts)))
}

fn parts_of_a_pair(pair: &syn::TypeTuple, scope: &Scope) -> Result<(String, [PairPart; 2]), Obstacle> {
    let parts = pair.elems.iter().map(|ty| PairPart::lent(ty, scope)).collect::<Result<Vec<_>, _>>()?;
    match &parts[..] {
        [(a, how_a), (b, how_b)] => Ok((format!("({a}, {b})"), [*how_a, *how_b])),
        _ => Err(Obstacle::new("no message carries what such a tuple borrows")),
    }
}

/// What a reference lends that no message carries as it is.
fn of_a_library(ty: &Type, scope: &Scope) -> Option<(String, Lend)> {
    let (place, paths) = ("::std::path::Path", "::std::path::PathBuf");
    let full = |ty: &Type| match ty {
        Type::Path(path) => Some(scope.full(&path.path)),
        _ => None,
    };
    let (owned, lend) = match ty {
        Type::Slice(slice) if full(&slice.elem)? == paths => ("::wire::LentPaths", Lend::Places),
        _ if full(ty)? == place => ("::wire::LentPath", Lend::Place),
        _ if full(ty)? == "::candle_nn::VarMap" => ("::candle_nn::VarMap", Lend::Variables),
        _ => return None,
    };
    scope.libraries.then(|| (owned.to_owned(), lend))
}

/// `&str`
pub(super) fn is_str(ty: &Type) -> bool {
    matches!(ty, Type::Reference(it) if matches!(&*it.elem, Type::Path(path) if path.path.is_ident("str")))
}

/// How the type of a function's argument is spelled in full.
pub(super) fn spelled(ty: &Type, scope: &Scope) -> Result<String, Obstacle> {
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
