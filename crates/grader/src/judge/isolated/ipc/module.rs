/// The module of a file of katas: `crate::chosen::m01_linear_algebra::vectors`.
pub(super) fn module(id: &str) -> String {
    format!("crate::chosen::{}", id.replace('/', "::"))
}

/// The module of the answers to such a file, which mutants pass on: `crate::specimens::m01_linear_algebra::vectors`, where the
/// reference answers as long as no specimen is asked for.
pub(super) fn answers(id: &str) -> String {
    format!("crate::specimens::{}", id.replace('/', "::"))
}
