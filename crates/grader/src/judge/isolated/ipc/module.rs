/// The module of a file of katas: `crate::chosen::m01_linear_algebra::vectors`.
pub(super) fn module(id: &str) -> String {
    format!("crate::chosen::{}", id.replace('/', "::"))
}

/// The module of the reference of such a file: `crate::reference::m01_linear_algebra::vectors`.
pub(super) fn reference(id: &str) -> String {
    format!("crate::reference::{}", id.replace('/', "::"))
}
