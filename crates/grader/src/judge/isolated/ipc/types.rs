//! How a type of a signature is spelled where nothing is imported, and what holds a value of it that arrived.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use quote::ToTokens;
use syn::{Fields, GenericArgument, Item, PathArguments, Type, UseTree};

use super::derived;
use super::module::module;

/// Why a kata cannot be called over IPC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle(String);

impl Obstacle {
    /// For this reason.
    #[must_use]
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }

    /// A type that no message carries.
    pub(super) fn of(ty: &Type) -> Self {
        Self(format!("no message carries `{}`", ty.to_token_stream().to_string().replace(' ', "")))
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const PRIMITIVES: [&str; 17] = [
    "f64", "f32", "bool", "char", "usize", "isize", "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32",
    "i64", "i128", "String",
];
/// Types that hold others, from the prelude.
const CONTAINERS: [&str; 4] = ["Vec", "Option", "Result", "Box"];
/// Of the kit, in addition to its plain types: what keeps its insides to itself, and a second name.
const KIT: [&str; 4] = ["::kit::Matrix", "::kit::Generator", "::kit::Figure", "::kit::Tree"];

/// Of other libraries. Between the laws and a worker these have codes of their own; nothing else copies them.
const LIBRARIES: [&str; 5] = [
    "::candle_core::DType",
    "::candle_core::Tensor",
    "::candle_core::Var",
    "::opencv::core::Mat",
    "::opencv::core::Rect",
];

/// What the names in a file mean.
#[derive(Debug, Default)]
pub struct Scope {
    /// Imported names with their full paths.
    imported: BTreeMap<String, String>,
    /// `type A = …;`
    pub(super) aliases: BTreeMap<String, Type>,
    /// Structs and enums of the file, with the types of their fields; `None` where one is private.
    own: BTreeMap<String, Option<Vec<Type>>>,
    module: String,
    /// Whether values of other libraries are carried.
    pub(super) libraries: bool,
    /// The types of other files that a message carries, by their full paths.
    others: BTreeSet<String>,
}

/// The scopes of files that may name each other's types.
pub(super) fn scopes(files: &[(String, Vec<Item>)], libraries: bool) -> Vec<Scope> {
    let of = |(id, items): &(String, Vec<Item>)| Scope { libraries, ..Scope::of(id, items) };
    let mut scopes: Vec<Scope> = files.iter().map(of).collect();
    let aliases: BTreeMap<String, (Type, BTreeMap<String, String>)> = scopes
        .iter()
        .flat_map(|scope| {
            let path = |name: &String| format!("{}::{name}", scope.module);
            scope.aliases.iter().map(move |(name, ty)| (path(name), (ty.clone(), scope.imported.clone())))
        })
        .collect();
    for scope in &mut scopes {
        for (name, path) in scope.imported.clone() {
            if let Some((ty, names)) = aliases.get(&path) {
                scope.aliases.insert(name, ty.clone());
                // The names in it mean what they mean where it was written.
                names.iter().for_each(|(name, path)| {
                    scope.imported.entry(name.clone()).or_insert_with(|| path.clone());
                });
            }
        }
    }
    // A type may hold one of another file, which may hold one of a third.
    loop {
        let plain: BTreeSet<String> = scopes.iter().flat_map(Scope::plain).collect();
        if scopes.iter().all(|scope| scope.others == plain) {
            return scopes;
        }
        scopes.iter_mut().for_each(|scope| scope.others = plain.clone());
    }
}

impl Scope {
    pub(super) fn of(id: &str, items: &[Item]) -> Self {
        let module = module(id);
        let mut scope = Self { module, ..Self::default() };
        for item in items {
            match item {
                Item::Use(item) => scope.import(&item.tree, String::new()),
                Item::Type(item) => {
                    scope.aliases.insert(item.ident.to_string(), (*item.ty).clone());
                }
                Item::Struct(item) => {
                    let name = item.ident.to_string();
                    // A generic one would need bounds; no kata has one.
                    let plain = item.generics.params.is_empty().then(|| public(&item.fields)).flatten();
                    scope.own.insert(name, plain);
                }
                Item::Enum(item) => {
                    let fields = item.variants.iter().flat_map(|it| it.fields.iter().map(|it| it.ty.clone()));
                    let plain = item.generics.params.is_empty().then(|| fields.collect());
                    scope.own.insert(item.ident.to_string(), plain);
                }
                _ => {}
            }
        }
        scope
    }

    fn import(&mut self, tree: &UseTree, before: String) {
        match tree {
            UseTree::Path(path) if before.is_empty() && path.ident == "super" => {
                let above = self.module.rsplit_once("::").map_or("", |(above, _)| above).to_owned();
                self.import(&path.tree, above);
            }
            UseTree::Path(path) => self.import(&path.tree, format!("{before}::{}", path.ident)),
            UseTree::Name(name) if name.ident == "self" => {
                let own = before.rsplit("::").next().unwrap_or_default().to_owned();
                self.imported.insert(own, before);
            }
            UseTree::Name(name) => {
                self.imported.insert(name.ident.to_string(), format!("{before}::{}", name.ident));
            }
            UseTree::Rename(rename) => {
                self.imported.insert(rename.rename.to_string(), format!("{before}::{}", rename.ident));
            }
            UseTree::Group(group) => group.items.iter().for_each(|it| self.import(it, before.clone())),
            UseTree::Glob(_) => {}
        }
    }

    /// The types of this file that a message carries, by their full paths.
    fn plain(&self) -> impl Iterator<Item = String> {
        self.own.keys().filter(|name| self.is_plain(name)).map(|name| format!("{}::{name}", self.module))
    }

    /// Whether the file has a type of this name that a message carries: all it holds is public and carried too.
    pub(super) fn is_plain(&self, name: &str) -> bool {
        let fields = self.own.get(name).and_then(Option::as_ref);
        fields.is_some_and(|fields| fields.iter().all(|it| self.owned(it).is_ok()))
    }

    /// A type that owns its value, spelled in full.
    ///
    /// # Errors
    ///
    /// [`Obstacle`] if no message carries such a value.
    pub fn owned(&self, ty: &Type) -> Result<String, Obstacle> {
        match ty {
            Type::Paren(inner) => self.owned(&inner.elem),
            Type::Group(inner) => self.owned(&inner.elem),
            Type::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(|it| self.owned(it)).collect::<Result<Vec<_>, _>>()?;
                Ok(format!("({})", parts.iter().map(|it| format!("{it}, ")).collect::<String>()))
            }
            Type::Array(array) => {
                Ok(format!("[{}; {}]", self.owned(&array.elem)?, array.len.to_token_stream()))
            }
            Type::Path(path) if path.qself.is_none() => self.owned_path(ty, &path.path),
            _ => Err(Obstacle::of(ty)),
        }
    }

    fn owned_path(&self, ty: &Type, path: &syn::Path) -> Result<String, Obstacle> {
        if let Some(alias) = path.get_ident().and_then(|name| self.aliases.get(&name.to_string())) {
            return self.owned(alias);
        }
        let full = self.full(path);
        let arguments = path.segments.last().map(|last| &last.arguments);
        let arguments = match arguments {
            Some(PathArguments::AngleBracketed(list)) => list.args.iter().collect(),
            _ => Vec::new(),
        };
        let mut inner = Vec::new();
        for argument in arguments {
            match argument {
                GenericArgument::Type(ty) => inner.push(self.owned(ty)?),
                GenericArgument::Const(number) => inner.push(number.to_token_stream().to_string()),
                _ => return Err(Obstacle::of(ty)),
            }
        }
        let name = full.rsplit("::").next().unwrap_or_default();
        let own = full.strip_prefix(&self.module).is_some_and(|rest| rest == format!("::{name}"));
        let known = PRIMITIVES.contains(&full.as_str())
            || CONTAINERS.contains(&full.as_str())
            || KIT.contains(&full.as_str())
            || self.libraries && LIBRARIES.contains(&full.as_str())
            || derived::KIT.iter().any(|(_, path)| full.strip_prefix("::") == Some(path))
            || own && self.is_plain(name)
            || self.others.contains(&full)
            || full.starts_with("::nalgebra::") && is_small_matrix(name)
            || full.starts_with("::ndarray::Array") && dimensions(name, "Array").is_some();
        match (known, inner.is_empty()) {
            (false, _) => Err(Obstacle::of(ty)),
            (true, true) => Ok(full),
            (true, false) => Ok(format!("{full}<{}>", inner.join(", "))),
        }
    }

    /// A path from the root: imports are followed, names of the file stand below its module.
    pub(super) fn full(&self, path: &syn::Path) -> String {
        let mut names = path.segments.iter().map(|segment| segment.ident.to_string());
        let first = names.next().unwrap_or_default();
        let rest: String = names.map(|name| format!("::{name}")).collect();
        if let Some(imported) = self.imported.get(&first) {
            return imported.clone() + &rest;
        }
        if rest.is_empty() && self.own.contains_key(&first) {
            return format!("{}::{first}", self.module);
        }
        if rest.is_empty() { first } else { format!("::{first}{rest}") }
    }
}

fn public(fields: &Fields) -> Option<Vec<Type>> {
    let one = |field: &syn::Field| matches!(field.vis, syn::Visibility::Public(_)).then(|| field.ty.clone());
    fields.iter().map(one).collect()
}

fn is_small_matrix(name: &str) -> bool {
    ["Matrix", "Vector", "RowVector", "DMatrix", "DVector"].iter().any(|known| {
        name.strip_prefix(known).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == 'x'))
    }) && name != "Matrix"
        && name != "Vector"
}

/// The 2 of `ArrayView2`.
pub(super) fn dimensions(name: &str, kind: &str) -> Option<u8> {
    name.strip_prefix(kind)?.parse().ok().filter(|n| *n <= 6)
}
