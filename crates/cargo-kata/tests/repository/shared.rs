//! One repository for all tests of a program, and what they read from the JSON of a verdict.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;

use super::Repository;

/// Where the stubs of the only file lie.
pub const KATAS: &str = "katas/m01_linear_algebra/numbers.rs";

/// One repository for all tests of a program: what it is built from is built once.
pub fn shared(name: &str) -> MutexGuard<'static, Repository> {
    static REPOSITORY: OnceLock<Mutex<Repository>> = OnceLock::new();
    let repository = REPOSITORY.get_or_init(|| Mutex::new(Repository::new(name)));
    repository.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The states of the katas that were judged.
pub fn states(judged: &Value) -> Vec<&str> {
    judged["katas"].as_array().unwrap().iter().map(|kata| kata["state"].as_str().unwrap()).collect()
}

/// The laws of the first kata.
pub fn laws(judged: &Value) -> &Vec<Value> {
    judged["katas"][0]["laws"].as_array().unwrap()
}

/// One field of a law's verdict.
pub fn text<'a>(law: &'a Value, key: &str) -> &'a str {
    law[key].as_str().unwrap()
}
