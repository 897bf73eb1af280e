use std::collections::BTreeMap;

use engine::catalog::Catalog;
use engine::problem::Problem;
use engine::workspace::Workspace;
use syn::Item;

use super::derived;
use super::module::module;
use super::mutant;
use super::objects::{self, ObjectType};
use super::proxy;
use super::signature::{Signature, is_public};
use super::types::{Obstacle, Scope, scopes};
use crate::intake::GivenFile;

/// A file of katas as the laws see it: its outline, and how each kata is called over IPC.
#[derive(Debug, Clone)]
pub struct OutlinedFile {
    /// `m01_linear_algebra/vectors`.
    pub id: String,
    /// The functions by name.
    pub functions: BTreeMap<String, Result<Signature, Obstacle>>,
    /// The types with methods by name.
    pub types: BTreeMap<String, Result<ObjectType, Obstacle>>,
    /// The proxies: what the laws link in place of the file.
    pub proxies: String,
    /// The mutants, with what copies their types: what the laws link to be judged themselves.
    pub mutants: String,
    /// `impl Encode` and `impl Decode` for the plain types of this file.
    pub impls: String,
}

/// Reads the outlines of all files of these milestones; with the feature `opencv` also of those that call it.
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
        let is_here = |it: &String| it != "opencv" || features.contains(it);
        for file in milestone.files.iter().filter(|file| file.feature.as_ref().is_none_or(is_here)) {
            let stub = GivenFile::read(workspace, &file.id)?.stub;
            // Of a file that this parser cannot read, no kata is called over IPC.
            let items = syn::parse_file(&stub).map(|file| file.items).unwrap_or_default();
            files.push((file.id.clone(), items));
        }
    }
    // What a mutant copies has no other end that could answer for it.
    let (all, copied) = (scopes(&files, true), scopes(&files, false));
    let scopes = all.iter().zip(&copied);
    Ok(files.iter().zip(scopes).map(|((id, items), it)| OutlinedFile::of(id, items, it)).collect())
}

impl OutlinedFile {
    /// Sorts out what can be called over IPC.
    fn of(id: &str, items: &[Item], (scope, copied): (&Scope, &Scope)) -> Self {
        let functions = items.iter().filter_map(|item| match item {
            Item::Fn(function) if is_public(&function.vis) => {
                Some((function.sig.ident.to_string(), Signature::of(&function.sig, scope)))
            }
            _ => None,
        });
        let functions: BTreeMap<_, _> = functions.collect();
        let types = objects::types(items, scope, &|name| scope.is_plain(name));
        let proxies = proxy::module(id, items, &functions, &types);
        let mutants = mutant::mutants(id, items, copied) + &impls(id, items, copied);
        let impls = impls(id, items, scope);
        Self { id: id.to_owned(), functions, types, proxies, mutants, impls }
    }

    /// Whether a kata of this file is given a function, which stays with the laws and is called back, and says yes or no to
    /// it. All others give what the laws can check.
    #[must_use]
    pub fn judges_candidates(&self, item: &str) -> bool {
        let signature = self.functions.get(item).and_then(|it| it.as_ref().ok());
        signature.is_some_and(|it| it.calls_back() && it.says_yes_or_no())
    }

    /// Whether a kata of this file has mutants.
    #[must_use]
    pub fn has_mutants(&self, item: &str) -> bool {
        self.mutants.contains(&format!("Call::of(\"{}/{item}\")", self.id))
    }

    /// Why a kata of this file cannot be called over IPC, if it cannot.
    #[must_use]
    pub fn obstacle(&self, item: &str) -> Option<Obstacle> {
        match (self.functions.get(item), self.types.get(item)) {
            (Some(Ok(_)), _) | (None, Some(Ok(_))) => None,
            (Some(Err(why)), _) | (None, Some(Err(why))) => Some(why.clone()),
            (None, None) => Some(Obstacle::new("it is a type with methods")),
        }
    }
}

/// `impl Encode` and `impl Decode` for the types that are copied.
fn impls(id: &str, items: &[Item], scope: &Scope) -> String {
    let plain = |item: &&Item| derived::name(item).is_some_and(|name| scope.is_plain(&name));
    let path = |item: &Item| format!("{}::{}", module(id), derived::name(item).unwrap_or_default());
    items.iter().filter(plain).filter_map(|it| derived::impls(it, &path(it), "::wire")).collect()
}
