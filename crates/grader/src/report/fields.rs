use serde_json::Value;

use super::text::{clean, line};

/// A text of a result on one line.
pub(super) fn short(value: &Value) -> String {
    line(value.as_str().unwrap_or_default(), 300)
}

/// A text of a result, cut.
pub(super) fn long(value: &Value, most: usize) -> String {
    clean(value.as_str().unwrap_or_default(), most)
}

/// A number of a result.
pub(super) fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
}

/// What a word of a result stands for; a word that is not known stands for `otherwise`.
pub(super) fn read<T>(value: &Value, of: impl Fn(&str) -> Option<T>, otherwise: T) -> T {
    value.as_str().and_then(of).unwrap_or(otherwise)
}
