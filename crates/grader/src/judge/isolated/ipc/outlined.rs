use std::collections::BTreeMap;

use engine::catalog::Catalog;
use engine::problem::Problem;
use engine::workspace::Workspace;
use syn::Item;

use super::derived;
use super::module::module;
use super::mutant;
use super::proxy;
use super::signature::{Argument, ArgumentForm, Signature, is_public};
use super::types::{Obstacle, Scope, scopes};
use crate::intake::GivenFile;

/// A file of katas as the laws see it: its outline, and how each kata is called over IPC.
#[derive(Debug, Clone)]
pub struct OutlinedFile {
    /// `m01_linear_algebra/vectors`.
    pub id: String,
    /// The functions by name.
    pub functions: BTreeMap<String, Result<Signature, Obstacle>>,
    /// The proxies: what the laws link in place of the file.
    pub proxies: String,
    /// The mutants: what the laws link to be judged themselves.
    pub mutants: String,
    /// `impl Encode` and `impl Decode` for the plain types of this file.
    pub impls: String,
}

/// Reads the outlines of all files of these milestones (all, where none is named).
///
/// # Errors
///
/// [`Problem::File`] if a solution cannot be read.
pub fn outlines(
    workspace: &Workspace,
    catalog: &Catalog,
    features: &[String],
) -> Result<Vec<OutlinedFile>, Problem> {
    let mut files = Vec::new();
    for milestone in catalog.milestones.iter().filter(|it| features.contains(&it.feature)) {
        // What needs a library of the system is not built here, and none of it is called over IPC.
        for file in milestone.files.iter().filter(|file| file.feature.as_deref() != Some("opencv")) {
            let stub = GivenFile::read(workspace, &file.id)?.stub;
            // Of a file that this parser cannot read, no kata is called over IPC.
            let items = syn::parse_file(&stub).map(|file| file.items).unwrap_or_default();
            files.push((file.id.clone(), items));
        }
    }
    let scopes = scopes(&files);
    Ok(files.iter().zip(&scopes).map(|((id, items), scope)| OutlinedFile::of(id, items, scope)).collect())
}

impl OutlinedFile {
    /// Sorts out what can be called over IPC.
    fn of(id: &str, items: &[Item], scope: &Scope) -> Self {
        let functions = items.iter().filter_map(|item| match item {
            Item::Fn(function) if is_public(&function.vis) => {
                Some((function.sig.ident.to_string(), Signature::of(&function.sig, scope)))
            }
            _ => None,
        });
        let functions: BTreeMap<_, _> = functions.collect();
        let plain = |item: &&Item| derived::name(item).is_some_and(|name| scope.is_plain(&name));
        let path = |item: &Item| format!("{}::{}", module(id), derived::name(item).unwrap_or_default());
        let impls =
            items.iter().filter(plain).filter_map(|it| derived::impls(it, &path(it), "::wire")).collect();
        let proxies = proxy::module(id, items, &functions);
        let mutants = mutant::mutants(id, items, scope);
        Self { id: id.to_owned(), functions, proxies, mutants, impls }
    }

    /// Whether a kata of this file is given a function, which stays with the laws and is called back, and says yes or no to
    /// it. All others give what the laws can check.
    #[must_use]
    pub fn judges_candidates(&self, item: &str) -> bool {
        let is_callback = |it: &Argument| matches!(it.form, ArgumentForm::Callback(_));
        let signature = self.functions.get(item).and_then(|it| it.as_ref().ok());
        signature.is_some_and(|it| it.arguments.iter().any(is_callback) && it.returns.contains("bool"))
    }

    /// Whether a kata of this file has mutants.
    #[must_use]
    pub fn has_mutants(&self, item: &str) -> bool {
        self.mutants.contains(&format!("Call::of(\"{}/{item}\")", self.id))
    }

    /// Why a kata of this file cannot be called over IPC, if it cannot.
    #[must_use]
    pub fn obstacle(&self, item: &str) -> Option<Obstacle> {
        match self.functions.get(item) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why.clone()),
            None => Some(Obstacle::new("it is a type with methods")),
        }
    }
}
