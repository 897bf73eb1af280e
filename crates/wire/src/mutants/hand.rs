//! What touches the values of a call while they are copied.

use super::outline::Outline;
use super::seen::note;

/// Touches the values of one argument or one answer, as the kind of the mutant wants it.
#[derive(Debug)]
pub struct Hand {
    kind: &'static str,
    answer: bool,
    /// The index and the length on each axis, from the outermost.
    path: Vec<(usize, usize)>,
    /// Whether a value was changed.
    pub(super) acted: bool,
    /// What is seen of the value on the way.
    pub(super) outline: Outline,
    /// Whether whatever is read is to be made wrong.
    spoils: bool,
    /// Whether it is a reason that is read, and no answer.
    in_reason: bool,
}

impl Hand {
    pub(super) fn of_argument(kind: &'static str) -> Self {
        Self::new(kind, false, false)
    }

    pub(super) fn of_answer(kind: &'static str, spoils: bool) -> Self {
        Self::new(kind, true, spoils)
    }

    fn new(kind: &'static str, answer: bool, spoils: bool) -> Self {
        Self {
            kind,
            answer,
            path: Vec::new(),
            acted: false,
            outline: Outline::default(),
            spoils,
            in_reason: false,
        }
    }

    /// Whether the numbers of a reason are of interest.
    pub(crate) fn is_about_reasons(&self) -> bool {
        self.answer && matches!(self.kind, "probe" | "reason_number_off")
    }

    pub(crate) fn enter_reason(&mut self) {
        self.in_reason = true;
    }

    pub(crate) fn leave_reason(&mut self) {
        self.in_reason = false;
    }

    /// A number of a reason, of which the kind that is about them adds 1.
    fn is_off_in_reason(&mut self) -> bool {
        if self.kind == "probe" {
            note("reason number");
        }
        let is_off = self.kind == "reason_number_off";
        self.acted |= is_off;
        is_off
    }

    pub(crate) fn enter(&mut self, index: usize, of: usize) {
        self.path.push((index, of));
        self.outline.enter(index, of);
        if self.kind == "probe" && self.path.len() <= 3 {
            note(&format!("{}axis {}", self.side(), self.path.len() - 1));
        }
    }

    pub(crate) fn leave(&mut self) {
        self.path.pop();
    }

    pub(crate) fn number(&mut self, number: f64) -> f64 {
        if self.in_reason {
            return if self.is_off_in_reason() { number + 1.0 } else { number };
        }
        self.outline.number(number.abs(), number.to_bits());
        self.see("number");
        match number.abs() {
            _ if !self.answer => {}
            size if size.is_nan() => self.see("NaN"),
            f64::INFINITY => self.see("infinity"),
            size if size > 1e6 => self.see("large"),
            size if size > 0.0 && size < 1e-9 => self.see("tiny"),
            size if f64::from(size as f32) != size => self.see("fraction"),
            _ => {}
        }
        let touched = if self.is_dropped() { 0.0 } else { self.touched(number) };
        let touched = if self.is_spoiled() { off(touched) } else { touched };
        self.acted |= touched.to_bits() != number.to_bits() && !(touched.is_nan() && number.is_nan());
        touched
    }

    pub(crate) fn whole(&mut self, whole: usize) -> usize {
        if self.in_reason {
            return if self.is_off_in_reason() { whole.wrapping_add(1) } else { whole };
        }
        self.outline.number(0.0, whole as u64);
        self.see("whole");
        if self.path.is_empty() {
            self.see("scalar");
            self.outline.enter(0, whole);
        }
        let clips = self.kind == "count_clipped" && !self.answer && self.path.is_empty();
        let touched = match () {
            () if clips => whole.min(50),
            () if self.is_dropped() => 0,
            () if self.is_spoiled() => whole.wrapping_add(1),
            () => whole,
        };
        self.acted |= touched != whole;
        touched
    }

    pub(crate) fn truth(&mut self, truth: bool) -> bool {
        if self.in_reason {
            return truth;
        }
        self.see("truth");
        let touched = (truth && !self.is_dropped()) ^ self.is_spoiled();
        self.acted |= touched != truth;
        touched
    }

    /// Touches a byte of an image, or another number that is no measure.
    pub(crate) fn touch(&mut self, number: &mut [u8]) {
        if self.in_reason {
            return;
        }
        self.see("byte");
        let before = number.to_vec();
        if self.is_dropped() {
            number.fill(0);
        }
        if self.is_spoiled() {
            number[0] ^= 1;
        }
        self.acted |= *number != *before;
    }

    fn see(&self, what: &str) {
        if self.kind == "probe" {
            if self.answer {
                // There is something in it that can be made wrong.
                note("answer");
            }
            note(&format!("{}{what}", self.side()));
        }
    }

    fn side(&self) -> &'static str {
        if self.answer { "answer " } else { "" }
    }

    /// Whether this entry of an argument counts as 0.
    fn is_dropped(&self) -> bool {
        let is = |axis: usize, dropped: fn(usize, usize) -> bool| {
            self.path.get(axis).is_some_and(|&(index, of)| dropped(index, of))
        };
        !self.answer
            && match self.kind {
                "rows_beyond_16" => is(0, |i, _| i >= 16),
                "rows_beyond_100" => is(0, |i, _| i >= 100),
                "rows_beyond_250" => is(0, |i, _| i >= 250),
                "columns_beyond_8" => is(1, |i, _| i >= 8),
                "columns_beyond_32" => is(1, |i, _| i >= 32),
                "columns_beyond_60" => is(1, |i, _| i >= 60),
                "depth_beyond_6" => is(2, |i, _| i >= 6),
                "last_row_dropped" => is(0, |i, n| i + 1 == n),
                "first_row_dropped" => is(0, |i, _| i == 0),
                "last_column_dropped" => is(1, |i, n| i + 1 == n),
                "first_column_dropped" => is(1, |i, _| i == 0),
                _ => false,
            }
    }

    /// Whether this entry of an answer is to be wrong.
    fn is_spoiled(&self) -> bool {
        let outer = self.path.first().copied();
        self.answer
            && (self.spoils
                || match self.kind {
                    "answer_last_off" => outer.is_some_and(|(i, n)| i + 1 == n),
                    "answer_first_off" => outer.is_some_and(|(i, _)| i == 0),
                    "answer_beyond_16" => outer.is_some_and(|(i, _)| i >= 16),
                    "answer_beyond_100" => outer.is_some_and(|(i, _)| i >= 100),
                    "answer_beyond_250" => outer.is_some_and(|(i, _)| i >= 250),
                    "answer_columns_beyond_8" => self.path.get(1).is_some_and(|&(i, _)| i >= 8),
                    "answer_columns_beyond_60" => self.path.get(1).is_some_and(|&(i, _)| i >= 60),
                    _ => false,
                })
    }

    fn touched(&self, x: f64) -> f64 {
        let kind = match (self.kind.strip_prefix("answer_"), self.answer) {
            (Some(kind), true) => kind,
            (None, false) => self.kind,
            _ => return x,
        };
        match kind {
            // What f32 cannot hold at all would be seen at once.
            "single_precision" | "single" if (1e-30..1e30).contains(&x.abs()) => f64::from(x as f32),
            "tiny_dropped" if x.abs() < 1e-9 => 0.0 * x,
            "clipped" if x.is_finite() => x.clamp(-1e6, 1e6),
            "nan_replaced" if x.is_nan() => 0.0,
            "infinity_replaced" if x.is_infinite() => f64::MAX.copysign(x),
            _ => x,
        }
    }
}

/// A number that is wrong by a thousandth.
fn off(x: f64) -> f64 {
    if x.is_finite() { x + 1e-3 * (1.0 + x.abs()) } else { 0.0 }
}

#[cfg(test)]
mod tests;
