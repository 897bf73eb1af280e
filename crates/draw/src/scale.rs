//! From a number to its place on an axis, and the ticks along it.

/// A range of numbers laid along an axis. `lo < hi`, both finite; positive where `logarithmic`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub lo: f64,
    pub hi: f64,
    pub logarithmic: bool,
}

/// A mark on an axis: where, from 0 to 1, and what is written there (nothing at a small mark).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub at: f64,
    pub label: String,
}

impl Scale {
    /// Where the number lies: 0 at the beginning of the axis, 1 at its end. Nothing for what has no place there.
    pub(crate) fn at(&self, v: f64) -> Option<f64> {
        if !v.is_finite() {
            return None;
        }
        if self.logarithmic {
            return (v > 0.0).then(|| (v.log10() - self.lo.log10()) / (self.hi.log10() - self.lo.log10()));
        }
        // Halves, because the whole range of f64 has a length that f64 does not hold.
        Some((v / 2.0 - self.lo / 2.0) / (self.hi / 2.0 - self.lo / 2.0))
    }

    /// The number at a place from 0 to 1.
    pub(crate) fn value(&self, at: f64) -> f64 {
        if self.logarithmic {
            let (lo, hi) = (self.lo.log10(), self.hi.log10());
            return 10_f64.powf(lo + (hi - lo) * at);
        }
        self.lo * (1.0 - at) + self.hi * at
    }

    /// About `wanted` ticks at round numbers.
    pub(crate) fn ticks(&self, wanted: usize) -> Vec<Tick> {
        let decades = if self.logarithmic { self.decades(wanted) } else { Vec::new() };
        let values = if decades.len() < 2 { self.steps(wanted) } else { decades };
        // One number alone does not tell a scale.
        let values = if values.len() < 2 { self.steps(2 * wanted) } else { values };
        let labels = labels(&values);
        let tick = |(v, label): (f64, String)| Some(Tick { at: self.at(v)?, label });
        values.iter().copied().zip(labels).filter_map(tick).collect()
    }

    /// The places of 2, 3, … 9 within each power of ten, for small marks; none on a linear or a long axis.
    #[cfg(feature = "files")]
    pub(crate) fn small_ticks(&self) -> Vec<f64> {
        if !self.logarithmic || (self.hi / self.lo).log10() > 8.0 {
            return Vec::new();
        }
        let (first, last) = (self.lo.log10().floor() as i32, self.hi.log10().ceil() as i32);
        let all = (first..last).flat_map(|k| (2..10).map(move |m| f64::from(m) * 10_f64.powi(k)));
        all.filter_map(|v| self.at(v)).filter(|at| (0.0..=1.0).contains(at)).collect()
    }

    fn steps(&self, wanted: usize) -> Vec<f64> {
        let step = round_step(self.hi / 2.0 - self.lo / 2.0, wanted.max(1) as f64 / 2.0);
        let (first, last) = ((self.lo / step - 1e-9).ceil(), (self.hi / step + 1e-9).floor());
        let count = (last - first).clamp(0.0, 50.0) as usize;
        // Adding 0 turns −0 into 0.
        (0..=count).map(|k| (first + k as f64) * step + 0.0).filter(|v| v.is_finite()).collect()
    }

    fn decades(&self, wanted: usize) -> Vec<f64> {
        let (lo, hi) = (self.lo.log10(), self.hi.log10());
        let (first, last) = ((lo - 1e-9).ceil() as i32, (hi + 1e-9).floor() as i32);
        let within: &[f64] = if hi - lo < 1.8 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let stride = usize::try_from((last - first).max(0)).unwrap_or(0) / wanted.max(1) + 1;
        let powers = (first - 1..=last).skip_while(|k| within.len() == 1 && *k < first).step_by(stride);
        let all = powers.flat_map(|k| within.iter().map(move |m| m * 10_f64.powi(k)));
        all.filter(|v| *v >= self.lo * (1.0 - 1e-9) && *v <= self.hi * (1.0 + 1e-9)).collect()
    }
}

/// The round step (1, 2 or 5 times a power of ten) that cuts a length into about `parts`.
fn round_step(length: f64, parts: f64) -> f64 {
    let rough = (length / parts).max(f64::MIN_POSITIVE);
    let power = 10_f64.powi(rough.log10().floor() as i32).max(f64::MIN_POSITIVE);
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= rough * 0.8).unwrap_or(10.0);
    factor * power
}

/// About `wanted` round numbers between two others.
pub(crate) fn round_numbers(lo: f64, hi: f64, wanted: usize) -> Vec<f64> {
    Scale { lo, hi, logarithmic: false }.steps(wanted)
}

/// The numbers written with as many digits as tell them apart; with a power of ten where they are huge or tiny.
pub(crate) fn labels(values: &[f64]) -> Vec<String> {
    let largest = values.iter().fold(0.0_f64, |a, v| a.max(v.abs()));
    let smallest = values.iter().filter(|v| **v != 0.0).fold(f64::INFINITY, |a, v| a.min(v.abs()));
    let step = values.windows(2).map(|w| (w[1] - w[0]).abs()).fold(smallest, f64::min);
    if largest == 0.0 {
        return vec!["0".to_owned(); values.len()];
    }
    if largest >= 1e5 || step < 1e-4 {
        return values.iter().map(|&v| with_power(v, step)).collect();
    }
    // Each number of a log axis has its own digits, the numbers of a linear one share theirs.
    let even = values.windows(2).all(|w| ((w[1] - w[0]) / step - 1.0).abs() < 1e-6);
    values.iter().map(|&v| decimals(v, if even { step } else { v.abs() })).collect()
}

fn decimals(v: f64, step: f64) -> String {
    let places = (0..8).find(|&p| is_whole(step * 10_f64.powi(p))).unwrap_or(8);
    minus(&format!("{v:.*}", usize::try_from(places).unwrap_or(0)))
}

fn with_power(v: f64, step: f64) -> String {
    if v == 0.0 {
        return "0".to_owned();
    }
    let power = v.abs().log10().floor() as i32;
    let digits = usize::try_from(power - step.log10().floor() as i32).unwrap_or(0).min(12);
    let text = format!("{v:.digits$e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa =
        if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let raised: String = power.chars().map(superscript).collect();
    match mantissa {
        "1" => format!("10{raised}"),
        "-1" => format!("−10{raised}"),
        _ => format!("{}×10{raised}", minus(mantissa)),
    }
}

/// A number in a cell or a legend: short, with at most three digits behind the point.
pub(crate) fn short(v: f64) -> String {
    if !v.is_finite() {
        let text = if v.is_nan() {
            "NaN"
        } else if v > 0.0 {
            "∞"
        } else {
            "−∞"
        };
        return text.to_owned();
    }
    if v != 0.0 && !(1e-3..1e6).contains(&v.abs()) {
        return with_power(v, v.abs() / 100.0);
    }
    let places = if v.abs() >= 100.0 {
        1
    } else if v.abs() >= 10.0 {
        2
    } else {
        3
    };
    let text = format!("{v:.places$}");
    minus(text.trim_end_matches('0').trim_end_matches('.'))
}

fn is_whole(x: f64) -> bool {
    (x - x.round()).abs() < 1e-6 * x.abs().max(1.0) && x.round() != 0.0
}

fn minus(text: &str) -> String {
    text.strip_prefix('-').map_or_else(|| text.to_owned(), |rest| format!("−{rest}"))
}

fn superscript(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => c.to_digit(10).and_then(|d| char::from_u32(0x2070 + d)).unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels_of(lo: f64, hi: f64, logarithmic: bool) -> Vec<String> {
        Scale { lo, hi, logarithmic }.ticks(5).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(labels_of(-1.04, 1.04, false), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
        assert_eq!(labels_of(0.0, 9.7, false), ["0", "2", "4", "6", "8"]);
        assert_eq!(labels_of(0.0, 1.2e7, false), ["0", "2×10⁶", "4×10⁶", "6×10⁶", "8×10⁶", "10⁷", "1.2×10⁷"]);
        assert_eq!(labels_of(0.01, 100.0, true), ["0.01", "0.1", "1", "10", "100"]);
        assert_eq!(labels_of(1e-12, 1.0, true).first().map(String::as_str), Some("10⁻¹²"));
        assert_eq!(labels_of(0.9, 6.0, true), ["1", "2", "5"]);
    }

    #[test]
    fn the_whole_range_of_f64_has_places_and_ticks() {
        let scale = Scale { lo: -f64::MAX, hi: f64::MAX, logarithmic: false };
        assert_eq!(
            (scale.at(-f64::MAX), scale.at(0.0), scale.at(f64::MAX)),
            (Some(0.0), Some(0.5), Some(1.0))
        );
        assert!(scale.ticks(5).len() > 1);
        assert_eq!(scale.at(f64::NAN), None);
    }
}
