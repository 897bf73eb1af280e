//! Advice before anything is judged: the lines of a submission that reach outside of a kata, or that call the library
//! which a kata from scratch re-makes.
//!
//! It is advice and policy, never the wall: a call can be hidden from it, and then the sandbox holds. Where a kata shares a
//! process with its laws it is one wall of several, with rules of its own ([`roads_out`]). It looks at tokens, so neither
//! comments nor strings nor a field named `path` count, and what a library's macro expands to is the library's business.

mod finding;
mod inside;
mod mode;
mod policy;
mod rules;
mod table;
mod tokens;
mod types;

pub use finding::Finding;
pub use inside::roads_out;
pub use mode::Mode;
pub use policy::Policy;
