use super::differences::Quotient;
use super::loss::Block;

/// What the wrong entries have in common, in words; `None` if nothing.
pub(super) fn pattern(blocks: &[Block], quotients: &[Vec<Quotient>], samples: usize) -> Option<String> {
    let pairs = blocks.iter().zip(quotients.iter().map(Vec::as_slice));
    // Of a block without entries there is nothing to say.
    let pairs = pairs.filter(|(_, quotients)| !quotients.is_empty());
    let (right, wrong): (Vec<_>, Vec<_>) = pairs.partition(|&(block, s)| times(1.0, block.got, s));
    let names =
        |of: &[(&Block, &[Quotient])]| of.iter().map(|(b, _)| b.name).collect::<Vec<_>>().join(" and ");
    let mut lines = Vec::new();
    if !right.is_empty() {
        lines.push(format!("The gradient for {} is right, for {} it is not.", names(&right), names(&wrong)));
    }
    let factor = factor(&wrong, samples).map(|reading| {
        let one = wrong.iter().map(|(block, _)| block.got.len()).sum::<usize>() == 1;
        let subject = if one { "It" } else { "Each entry there" };
        format!("{} is {reading}", if right.is_empty() && !one { "Every entry" } else { subject })
    });
    let no_factor = factor.is_none();
    lines.extend(factor);
    if no_factor {
        lines.extend(wrong.iter().filter(|(block, quotients)| is_transposed(block, quotients)).map(
            |(block, _)| {
                let ([rows, cols], name) = (block.shape, block.name);
                format!(
                    "∂L/∂{name} came out transposed: wanted {rows}×{cols}, row after row, like {name} itself."
                )
            },
        ));
    }
    if lines.is_empty() { None } else { Some(lines.join("\n")) }
}

/// One factor by which all entries of these blocks are off, and what usually causes it.
fn factor(wrong: &[(&Block, &[Quotient])], samples: usize) -> Option<String> {
    let all_are = |c: f64| wrong.iter().all(|(block, quotients)| times(c, block.got, quotients));
    let n = samples as f64;
    let causes = [
        (n, format!("{n} times too large, and there are {n} samples: is the mean taken, or only the sum?")),
        (
            1.0 / n,
            format!("{n} times too small, and there are {n} samples: is it divided by their number twice?"),
        ),
        (2.0, "doubled: is a factor of 2 there twice, or one too many?".to_owned()),
        (0.5, "halved: where is the 2 that comes down from the square?".to_owned()),
        (0.0, "zero: is this part of the gradient never filled in?".to_owned()),
        (-1.0, "of the other sign: prediction minus truth, or truth minus prediction?".to_owned()),
        (-n, format!("of the other sign and {n} times too large: the sign, and the mean over {n} samples.")),
        (-2.0, "of the other sign and doubled.".to_owned()),
        (-0.5, "of the other sign and halved.".to_owned()),
    ];
    // With one sample the mean cannot be what is missing; with two it could be, so both readings are given.
    let fits = causes
        .iter()
        .enumerate()
        .filter(|(i, (c, _))| (samples > 1 || ![0, 1, 6].contains(i)) && all_are(*c));
    let readings: Vec<&str> = fits.map(|(_, (_, cause))| cause.as_str()).collect();
    if readings.is_empty() { None } else { Some(readings.join("\nOr ")) }
}

/// Whether got = c·quotient in every entry, which is no accident of zeros unless c is 1.
fn times(c: f64, got: &[f64], quotients: &[Quotient]) -> bool {
    let near = |got: f64, s: &Quotient| (got - c * s.value).abs() <= c.abs().max(1.0) * s.error;
    let distinguished = |s: &Quotient| ((c - 1.0) * s.value).abs() > 2.0 * c.abs().max(1.0) * s.error;
    got.len() == quotients.len()
        && got.iter().zip(quotients).all(|(got, s)| near(*got, s))
        && (c == 1.0 || quotients.iter().any(distinguished))
}

fn is_transposed(block: &Block, quotients: &[Quotient]) -> bool {
    let [rows, cols] = block.shape;
    if rows < 2 || cols < 2 {
        return false;
    }
    // Entry (i, j) was put where a cols×rows matrix has its entry (j, i).
    let turned: Vec<f64> = (0..rows * cols).map(|k| block.got[(k % cols) * rows + k / cols]).collect();
    times(1.0, &turned, quotients)
}
