mod derivative;
mod descent;
mod expression;
mod laws;
mod optimizers;
mod pictures;
mod rejection;
mod walker;
