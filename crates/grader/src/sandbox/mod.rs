//! Where untrusted programs run: namespaces of their own, nothing of this machine but what they need, and limits.
//!
//! [`Sandbox`] is made by bubblewrap, and a supervisor stands in it before anything untrusted ([`launch`]). A sandbox
//! that does not pass its preflight runs nothing. [`Rustc`] is the one way in which a learner's text is compiled.

mod bubblewrap;
mod diagnostics;
mod folder;
pub mod launch;
mod limits;
mod lock;
mod mounts;
mod preflight;
mod process;
mod rustc;
mod slot;
pub mod syscalls;
mod users;

pub use bubblewrap::Sandbox;
pub use diagnostics::{Compilation, CompilerError, Diagnostics, shortened};
pub use folder::{copy, recreate};
pub use limits::{COMPILER, IN_PROCESS, LARGE_WORKER, ResourceLimits, WORKER};
pub use lock::RepositoryLock;
pub use mounts::{Mounts, OF_THE_SYSTEM};
pub use process::GuardedProcess;
pub use rustc::{CrateSource, Rustc};
pub use slot::on_one_core;
