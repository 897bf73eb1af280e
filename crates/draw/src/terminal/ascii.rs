//! What stands for what where only ASCII arrives.

use kit::figure::{Figure, Layer};

/// A character that looks like these braille dots.
pub(crate) fn stroke(dots: u8) -> char {
    let rows: Vec<usize> = (0..4).filter(|&k| dots & (ROWS[k]) != 0).collect();
    let (left, right) = (dots & 0x47, dots & 0xB8);
    match rows[..] {
        [] => ' ',
        [0] => '\'',
        [3] => {
            if left != 0 && right != 0 {
                '_'
            } else {
                '.'
            }
        }
        [_] | [1, 2] if left != 0 && right != 0 => '-',
        [1] => '\'',
        [2] => '.',
        _ if left == 0 || right == 0 => '|',
        _ => slope(left, right),
    }
}

/// The dots of each row.
const ROWS: [u8; 4] = [0x09, 0x12, 0x24, 0xC0];

fn slope(left: u8, right: u8) -> char {
    let height = |half: u8| {
        let rows: Vec<f64> = (0..4).filter(|&k| half & ROWS[k] != 0).map(|k| k as f64).collect();
        rows.iter().sum::<f64>() / rows.len() as f64
    };
    match height(left) - height(right) {
        d if d > 0.4 => '/',
        d if d < -0.4 => '\\',
        _ => '|',
    }
}

/// The same figure with all its words in ASCII, so that their length is known before it is drawn.
pub(crate) fn figure(figure: &Figure) -> Figure {
    let mut figure = figure.clone();
    for words in [&mut figure.title, &mut figure.x.label, &mut figure.y.label] {
        *words = plain(words);
    }
    for layer in &mut figure.layers {
        match layer {
            Layer::Points { label, .. }
            | Layer::Line { label, .. }
            | Layer::Arrows { label, .. }
            | Layer::Bars { label, .. }
            | Layer::Field { label, .. }
            | Layer::Image { label, .. }
            | Layer::Note { text: label, .. } => *label = plain(label),
            Layer::Table { label, rows, cols, .. } => {
                [label].into_iter().chain(rows).chain(cols).for_each(|words| *words = plain(words));
            }
        }
    }
    figure
}

/// The same words in ASCII: Greek letters by name, signs by what looks like them.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { transcribed(c) }).collect()
}

fn transcribed(c: char) -> String {
    const GREEK: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda",
        "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi",
        "omega",
    ];
    if let Some(name) = usize::try_from(u32::from(c).wrapping_sub(0x3B1)).ok().and_then(|k| GREEK.get(k)) {
        return (*name).to_owned();
    }
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c);
    let lowered = "₀₁₂₃₄₅₆₇₈₉".chars().position(|d| d == c);
    match c {
        _ if raised.is_some() => format!("^{}", raised.unwrap_or(0)),
        _ if lowered.is_some() => format!("_{}", lowered.unwrap_or(0)),
        '−' | '–' | '—' | '─' => "-".to_owned(),
        '⁻' => "^-".to_owned(),
        '×' => "x".to_owned(),
        '·' => "*".to_owned(),
        '…' => "..".to_owned(),
        '°' => " deg".to_owned(),
        '½' => "1/2".to_owned(),
        '“' | '”' => "\"".to_owned(),
        '∞' => "inf".to_owned(),
        '≤' => "<=".to_owned(),
        '≥' => ">=".to_owned(),
        'Σ' => "Sum".to_owned(),
        'Δ' => "Delta".to_owned(),
        '∇' => "grad ".to_owned(),
        '√' => "sqrt".to_owned(),
        '→' => "->".to_owned(),
        '‖' | '│' => "|".to_owned(),
        '’' | '‘' | '′' => "'".to_owned(),
        _ => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(plain("−2.5×10⁶ π, ‖x‖ ≤ σ₁²"), "-2.5x10^6 pi, |x| <= sigma_1^2");
    }

    #[test]
    fn strokes_look_like_their_dots() {
        let drawn: String =
            [0x00, 0x09, 0xC0, 0x47, 0x1C, 0xE1 & 0x78 | 0x46, 0x21].into_iter().map(stroke).collect();
        assert_eq!(&drawn[..4], " '_|");
    }
}
