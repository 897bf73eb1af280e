//! Specimens of `figures`.

mod attention_figure;
mod explain_attention;

pub use attention_figure::attention_figure;
pub use explain_attention::explain_attention;
