//! What a person reads is kept as text in `snapshots/` and compared with it.

use std::path::PathBuf;
use std::{env, fs};

use insta::{Settings, assert_snapshot};
use kit::Figure;

use crate::attempt::attempt;
use crate::broken::{Broken, Verdict};
use crate::check::ensure;

/// The figure is the one kept under this name, as `milestone/file/name`, to four decimals. It can be looked at, too:
/// [`figure_shows`].
///
/// # Errors
///
/// [`Broken`] with the first line that differs.
pub fn figure_reads_as(name: &str, figure: &Figure, look: &str) -> Verdict {
    figure_shows(name, figure);
    reads_as(name, &format!("{figure:.4}"), look)
}

/// Leaves the figure, with every digit, in the folder that `KATAS_FIGURES` names, where it names one, for anyone who draws it.
///
/// By itself this is for pictures whose text no one reads, such as photographs: other laws say what is right in them.
pub fn figure_shows(name: &str, figure: &Figure) {
    let Some(folder) = env::var_os("KATAS_FIGURES") else { return };
    let path = PathBuf::from(folder).join(format!("{}.figure", name.replace('/', ".")));
    if let Err(error) = fs::write(&path, figure.to_string()) {
        eprintln!("cannot write the figure {}: {error}", path.display());
    }
}

/// The text is the one kept under this name, as `milestone/file/name`; numbers may differ by one in the last place
/// printed, because two right answers may fall on either side of where rounding turns.
///
/// What is kept changes only where `KATAS_BLESS` is set, as `cargo kata author check --bless` does: an `INSTA_UPDATE` or
/// `INSTA_FORCE_PASS` that somebody exported makes no wrong text right.
///
/// # Errors
///
/// [`Broken`] with the first line that differs.
pub fn reads_as(name: &str, text: &str, look: &str) -> Verdict {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let folder = root().join("snapshots").join(folder);
    let path = folder.join(format!("{file}.snap"));
    let text = text.trim_end();
    if env::var_os("KATAS_BLESS").is_some() {
        return compare_by_insta(folder, file, text, look);
    }
    let Ok(kept) = fs::read_to_string(&path) else {
        let got = format!("{} cannot be read", path.display());
        let look = "This is no fault of the kata. `git restore snapshots` brings the file back.";
        return Err(Broken::answer(got, "the picture to compare with", look));
    };
    let kept = kept.splitn(3, "---\n").nth(2).unwrap_or_default().trim_end();
    ensure(same_but_for_rounding(text, kept), || first_difference(name, text, kept, look))?;
    // Insta reads it once more, as long as it has no mind to write.
    if env::var("INSTA_UPDATE").is_ok_and(|update| update == "no") {
        return compare_by_insta(folder, file, kept, look);
    }
    Ok(())
}

/// Lets insta compare, and where it is asked to, write down what is kept from now on.
fn compare_by_insta(folder: PathBuf, file: &str, text: &str, look: &str) -> Verdict {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let agrees = attempt(|| {
        settings.bind(|| assert_snapshot!(file, text));
        Ok(())
    });
    ensure(agrees.is_ok(), || Broken::answer("another text than insta reads", "the text that is kept", look))
}

/// The repository: as the environment says, since a folder may have been moved after it was built.
fn root() -> PathBuf {
    let named = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let is_root = |folder: &PathBuf| folder.join("snapshots").is_dir();
    named.filter(is_root).unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")))
}

fn first_difference(name: &str, text: &str, kept: &str, look: &str) -> Broken {
    let (got, want): (Vec<_>, Vec<_>) = (text.lines().collect(), kept.lines().collect());
    let differs = |k: &usize| got.get(*k) != want.get(*k);
    let number = (0..got.len().max(want.len())).find(differs).unwrap_or(0);
    let shown =
        |lines: &[&str]| lines.get(number).map_or("(nothing)".to_owned(), |line| line.trim().to_owned());
    let what = match want.first().and_then(|line| line.strip_prefix("figure ")) {
        Some(title) => format!("the figure “{title}”, {}", place_in_figure(&got, &want, number)),
        None => format!("{}, line {}", name.rsplit('/').next().unwrap_or(name).replace('_', " "), number + 1),
    };
    Broken::answer(format!("{what}: {}", shown(&got)), shown(&want), look)
}

/// Where a line stands in the text of a figure: its title, an axis, or the entry of a layer.
fn place_in_figure(got: &[&str], want: &[&str], number: usize) -> String {
    let lines = if number < want.len() { want } else { got };
    let is_entry = |line: &&str| line.starts_with("  ");
    let line = lines.get(number).copied().unwrap_or_default();
    if is_entry(&line) {
        let heading = lines[..number].iter().rposition(|line| !is_entry(line)).unwrap_or(0);
        return format!("layer “{}”, entry {}", lines[heading], number - heading);
    }
    match line.split(' ').next() {
        Some("figure") => "its title".to_owned(),
        Some(axis @ ("x" | "y")) => format!("the {axis} axis"),
        _ => "the heading of a layer".to_owned(),
    }
}

fn same_but_for_rounding(text: &str, kept: &str) -> bool {
    let (text, kept): (Vec<_>, Vec<_>) = (text.lines().collect(), kept.lines().collect());
    let same_words = |a: &str, b: &str| {
        let (a, b): (Vec<_>, Vec<_>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| same_word(a, b))
    };
    text.len() == kept.len() && text.iter().zip(&kept).all(|(a, b)| same_words(a, b))
}

fn same_word(got: &str, kept: &str) -> bool {
    if got == kept {
        return true;
    }
    let bare = |word: &str| word.trim_matches(|c| "[](),".contains(c)).parse::<f64>();
    let (Ok(a), Ok(b)) = (bare(got), bare(kept)) else { return false };
    let decimals =
        |word: &str| word.split_once('.').map_or(0, |(_, d)| d.trim_end_matches([']', ')', ',']).len());
    // A trailing zero is not printed, so the longer of the two shows the last place.
    let place = decimals(got).max(decimals(kept));
    place > 0 && (a - b).abs() <= 1.001 * 10_f64.powi(-i32::try_from(place).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_differ_by_one_in_the_last_place_and_words_not_at_all() {
        assert!(same_but_for_rounding("a [0.1235, 2]", "a [0.1234, 2]"));
        assert!(same_but_for_rounding("  0.12 0.3", "  0.1199 0.3"));
        assert!(!same_but_for_rounding("a 0.1236", "a 0.1234"));
        assert!(!same_but_for_rounding("a 2", "a 3"));
        assert!(!same_but_for_rounding("b 0.1234", "a 0.1234"));
        assert!(!same_but_for_rounding("a 0.1234 1", "a 0.1234"));
    }

    #[test]
    fn the_first_line_that_differs_is_named() {
        let broken = first_difference("f/the_steps", "a\nb", "a\nc\nd", "");
        assert_eq!((broken.got.as_str(), broken.want.as_str()), ("the steps, line 2: b", "c"));
        let broken = first_difference("f/the_steps", "a", "a\nd", "");
        assert_eq!(broken.got, "the steps, line 2: (nothing)");
    }

    #[test]
    fn a_figure_is_named_with_layer_and_entry() {
        let kept = "figure Descent\nx step\ny loss\nline training rows\n  0 1.0986\n  1 0.7324";
        let got = |text: &str| first_difference("m/f/descent", text, kept, "").got;
        let entry = got("figure Descent\nx step\ny loss\nline training rows\n  0 1.0986\n  1 0.8");
        assert_eq!(entry, "the figure “Descent”, layer “line training rows”, entry 2: 1 0.8");
        assert_eq!(got("figure Descent\nx steps"), "the figure “Descent”, the x axis: x steps");
        assert_eq!(got("figure Down"), "the figure “Descent”, its title: figure Down");
    }
}
