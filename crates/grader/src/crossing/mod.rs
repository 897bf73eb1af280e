//! Which katas can be asked in another process, and the code that asks them.
//!
//! Everything follows from the signatures in `solutions/`: [`types`] tells how a type is spelled and lent, [`signature`]
//! puts a function together, [`proxy`] prints what the laws link, [`dispatch`] what the worker answers with. What
//! cannot cross says why, and is judged in process.

pub mod dispatch;
pub mod function;
pub mod lend;
pub mod proxy;
pub mod signature;
pub mod types;

// Shared with the build script of `wire`, which does the same for the kit's types.
#[path = "../../../wire/derive.rs"]
mod derive;

use std::collections::BTreeMap;
use std::fs;

use engine::catalogue::Catalogue;
use engine::outline::outline;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;
use syn::Item;

pub use signature::Signature;
pub use types::{Scope, Why};

/// A file of katas as the laws see it: its outline, and how each kata crosses.
pub struct Outlined {
    /// `m01_linear_algebra/vectors`.
    pub id: String,
    /// The functions by name.
    pub functions: BTreeMap<String, Result<Signature, Why>>,
    /// The proxies: what the laws link in place of the file.
    pub proxies: String,
    /// `impl Put` and `impl Take` for the plain types of this file.
    pub impls: String,
}

/// Reads the outlines of all files of these milestones (all, where none is named).
///
/// # Errors
///
/// [`Problem::File`] if a solution cannot be read.
pub fn outlines(
    workspace: &Workspace,
    catalogue: &Catalogue,
    features: &[String],
) -> Result<Vec<Outlined>, Problem> {
    let mut files = Vec::new();
    for milestone in catalogue.milestones.iter().filter(|it| features.contains(&it.feature)) {
        // What needs a library of the system is not built here, and none of it crosses.
        for file in milestone.files.iter().filter(|file| file.feature.as_deref() != Some("opencv")) {
            let path = workspace.path(format!("solutions/{}.rs", file.id));
            let text = fs::read_to_string(&path).doing("read", &path)?;
            // A file that this parser cannot read crosses in no part.
            let items = syn::parse_file(&outline(&text)).map(|file| file.items).unwrap_or_default();
            files.push((file.id.clone(), items));
        }
    }
    let scopes = types::scopes(&files);
    Ok(files.iter().zip(&scopes).map(|((id, items), scope)| Outlined::of(id, items, scope)).collect())
}

impl Outlined {
    /// Sorts out what crosses.
    fn of(id: &str, items: &[Item], scope: &Scope) -> Self {
        let functions = items.iter().filter_map(|item| match item {
            Item::Fn(function) if signature::is_public(&function.vis) => {
                Some((function.sig.ident.to_string(), Signature::of(&function.sig, scope)))
            }
            _ => None,
        });
        let functions: BTreeMap<_, _> = functions.collect();
        let plain = |item: &&Item| derive::name(item).is_some_and(|name| scope.is_plain(&name));
        let path = |item: &Item| format!("{}::{}", module(id), derive::name(item).unwrap_or_default());
        let impls =
            items.iter().filter(plain).filter_map(|it| derive::impls(it, &path(it), "::wire")).collect();
        let proxies = proxy::module(id, items, &functions);
        Self { id: id.to_owned(), functions, proxies, impls }
    }

    /// Why a kata of this file cannot cross, if it cannot.
    #[must_use]
    pub fn stays(&self, item: &str) -> Option<Why> {
        match self.functions.get(item) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why.clone()),
            None => Some(Why::new("it is a type with methods")),
        }
    }
}

/// `crate::chosen::m01_linear_algebra::vectors`.
fn module(id: &str) -> String {
    format!("crate::chosen::{}", id.replace('/', "::"))
}
