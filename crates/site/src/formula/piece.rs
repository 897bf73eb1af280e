//! What a row consists of, before it is put together.

/// A piece of a row.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) markup: String,
    pub(super) role: Role,
    pub(super) spaced: bool,
    /// The same without its brackets, which a fraction or a root makes superfluous.
    pub(super) bare: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Operand,
    /// Binds as products do.
    Times,
    Slash,
    /// Ends a product: sums, relations, commas.
    Other,
    Word,
}

/// A piece that ends a product.
pub(super) fn other(markup: String, spaced: bool) -> Piece {
    Piece { markup, role: Role::Other, spaced, bare: None }
}
