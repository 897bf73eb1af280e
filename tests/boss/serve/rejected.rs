//! Requests that must be rejected.

/// Bodies, with the status for each.
pub const BODIES: [(&str, u16); 14] = [
    ("{\"sample\": [1, 2, 3]}", 422),
    ("{\"sample\": [1]}", 422),
    ("{\"sample\": [\"NaN\", 1]}", 422),
    ("{\"sample\": [null, 1]}", 422),
    ("{\"sample\": [[1], 1]}", 422),
    ("{\"samples\": []}", 422),
    ("{}", 422),
    ("{\"samples\": [[1, 2], [3]]}", 422),
    ("{\"samples\": [[1,2],[1,2],[1,2],[1,2]]}", 422),
    ("[1, 2]", 422),
    ("", 400),
    ("{\"sample\": [1, 2", 400),
    ("{\"sample\": [NaN, 1]}", 400),
    ("sample=1", 400),
];

/// Methods that a path does not take, with one that it does.
pub const METHODS: [(&str, &str, &str); 7] = [
    ("GET", "/predict", "POST"),
    ("DELETE", "/predict", "POST"),
    ("PUT", "/predict", "POST"),
    ("PATCH", "/predict", "POST"),
    ("POST", "/health", "GET"),
    ("DELETE", "/health", "GET"),
    ("POST", "/openapi.json", "GET"),
];

/// Content types of something else than JSON.
pub const KINDS: [&str; 7] = [
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/jsonx",
    "application/problem+json",
    "application/json-patch+json",
    "text/html; a=application/json",
];

/// What bodies are put together from.
pub const PIECES: [&str; 15] =
    ["{", "}", "[", "]", "\"sample\"", "\"samples\"", ":", ",", "1", "-2e9", "null", "\"", "é", " ", "1e308"];
