//! Types with methods: their objects stay with the worker, and each method is called over IPC.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, ItemImpl, ItemStruct, Type};

use super::signature::{ReturnForm, Signature, is_public};
use super::types::{Obstacle, Scope};

/// A type of a file whose objects stay with the worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectType {
    /// Its name.
    pub name: String,
    /// Its public methods.
    pub methods: BTreeMap<String, Signature>,
}

/// The structs of a file that have methods, by their names; why, where one cannot be called over IPC. `is_plain` says which
/// are copied instead.
pub(super) fn types(
    items: &[Item],
    scope: &Scope,
    is_plain: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, Result<ObjectType, Obstacle>> {
    let mut types = BTreeMap::new();
    for item in items {
        let Item::Struct(item) = item else { continue };
        let name = item.ident.to_string();
        let methods: Vec<_> = items.iter().filter_map(|it| methods_of(it, &name)).flatten().collect();
        if methods.is_empty() || !is_public(&item.vis) || is_plain(&name) || !scope.libraries {
            continue;
        }
        let signature = |it: &&syn::ImplItemFn| {
            let signature = Signature::of_method(&it.sig, &name, scope);
            signature.map(|signature| (it.sig.ident.to_string(), signature))
        };
        let methods = methods.iter().map(signature).collect::<Result<_, _>>();
        let is_generic = !item.generics.params.is_empty();
        let object = methods.map(|methods| ObjectType { name: name.clone(), methods });
        let generic = Obstacle::new("it is a generic type");
        types.insert(name, if is_generic { Err(generic) } else { object });
    }
    types
}

/// The public methods in an `impl` of this type.
fn methods_of<'a>(item: &'a Item, name: &str) -> Option<Vec<&'a syn::ImplItemFn>> {
    let Item::Impl(item) = item else { return None };
    let functions = item.items.iter().filter_map(|it| match it {
        ImplItem::Fn(it) if is_public(&it.vis) => Some(it),
        _ => None,
    });
    is_of(item, name).then(|| functions.collect())
}

/// Whether this is an `impl` of the type itself.
pub(super) fn is_of(item: &ItemImpl, name: &str) -> bool {
    item.trait_.is_none() && matches!(&*item.self_ty, Type::Path(path) if path.path.is_ident(name))
}

impl ObjectType {
    /// The method that gives the variables out, if there is one.
    pub(super) fn variables(&self) -> Option<&str> {
        let mut methods = self.methods.iter();
        methods.find_map(|(name, it)| (it.returns == ReturnForm::Variables).then_some(name.as_str()))
    }

    /// The type as the laws see it: a number, and the variables once they were asked for.
    pub(super) fn proxy(&self, item: &ItemStruct) -> String {
        let is_derived = |it: &&Attribute| it.path().is_ident("derive");
        let derives: String =
            item.attrs.iter().filter(is_derived).map(|it| it.to_token_stream().to_string()).collect();
        let (field, start) = match self.variables() {
            Some(_) => (
                ", wire_variables: ::std::cell::OnceCell<::candle_nn::VarMap>",
                ", wire_variables: ::std::cell::OnceCell::new()",
            ),
            None => ("", ""),
        };
        let name = &self.name;
        format!(
            "{derives}\npub struct {name} {{ wire: ::wire::Object{field} }}\n\nimpl {name} {{\n    \
             fn wire_of(wire: ::wire::Object) -> Self {{\n        Self {{ wire{start} }}\n    }}\n}}\n"
        )
    }
}
