//! Numbers that the book quotes, computed again: the chapter must contain what comes out.

#[cfg(feature = "x4")]
mod attention;
mod classifiers;
#[cfg(feature = "x2")]
mod clusters;
mod descent;
mod digits;
mod libraries;
#[cfg(all(feature = "m04", feature = "m06"))]
mod moons;
#[cfg(feature = "x3")]
mod regularization;
mod small;
#[cfg(feature = "x1")]
mod trees;

/// Fails unless the chapter contains the sentence, however its lines are broken.
fn says(chapter: &str, sentence: &str) {
    let words = |text: &str| text.split_whitespace().filter(|w| *w != ">").collect::<Vec<_>>().join(" ");
    let path = format!("{}/../../book/src/{chapter}.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("a chapter");
    assert!(words(&text).contains(&words(sentence)), "{chapter}.md does not say: {sentence}");
}
