//! Numbers as people write them: with currency, percent and unit, grouped digits, and a comma for the point.

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
}

/// What stands around a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Around {
    Nothing,
    Percent,
    Currency(String),
    Unit(String),
}

/// A cell that may be a number: its sign, its digits with all marks, and what stands around them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written<'a> {
    negative: bool,
    digits: &'a str,
    pub around: Around,
}

const CURRENCIES: [&str; 20] = [
    "US$", "R$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "zł", "USD", "EUR", "GBP", "CHF", "JPY", "CNY",
    "INR", "SEK", "NOK",
];
const SIGNS: [char; 3] = ['-', '−', '+'];
/// Blanks, narrow and not to be broken, and apostrophes group digits in some countries.
const GROUPS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Takes off what stands around the digits; `None` where there are none.
pub(super) fn written(cell: &str) -> Option<Written<'_>> {
    // Bookkeepers put negative amounts in parentheses.
    let inner = cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')'));
    let (mut negative, mut rest) = (inner.is_some(), inner.unwrap_or(cell).trim());
    let mut around = Around::Nothing;
    for _ in 0..2 {
        if let Some(sign) = rest.chars().next().filter(|c| SIGNS.contains(c)) {
            negative ^= sign != '+';
            rest = rest[sign.len_utf8()..].trim_start();
        }
        if let Some(currency) = CURRENCIES.iter().find(|currency| rest.starts_with(**currency)) {
            around = Around::Currency((*currency).to_owned());
            rest = rest[currency.len()..].trim_start();
        }
    }
    let end = rest.rfind(|c: char| c.is_ascii_digit() || c == '.')? + 1;
    let (digits, behind) = (&rest[..end], rest[end..].trim());
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    if !behind.is_empty() {
        let letters = |c: char| c.is_alphabetic() || matches!(c, '°' | '/' | '²' | '³' | 'µ');
        around = match behind {
            _ if around != Around::Nothing => return None,
            "%" => Around::Percent,
            _ if CURRENCIES.contains(&behind) => Around::Currency(behind.to_owned()),
            _ if behind.chars().count() <= 5 && behind.chars().all(letters) => {
                Around::Unit(behind.to_owned())
            }
            _ => return None,
        };
    }
    Some(Written { negative, digits, around })
}

impl Written<'_> {
    /// The number as Rust parses it, if its marks are these; the digits stay as they are.
    pub(super) fn number(&self, mark: Mark) -> Option<String> {
        let (point, group) = match mark {
            Mark::Point => ('.', ','),
            Mark::Comma => (',', '.'),
        };
        let (mantissa, exponent) = match self.digits.find(['e', 'E']) {
            Some(at) => self.digits.split_at(at),
            None => (self.digits, ""),
        };
        let (whole, decimals) = mantissa.split_once(point).unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let whole = if is_digits(whole) { whole.to_owned() } else { grouped(whole, group)? };
        if !is_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        let decimals = if decimals.is_empty() { String::new() } else { format!(".{decimals}") };
        let number = format!("{sign}{whole}{decimals}{exponent}");
        number.parse().is_ok_and(f64::is_finite).then_some(number)
    }
}

/// Digits in groups: one to three, not beginning with 0, then three each behind the same mark; in India two each, and
/// three at the end.
fn grouped(text: &str, usual: char) -> Option<String> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| *c == usual || GROUPS.contains(c))?;
    let groups: Vec<&str> = text.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let all_of = |n: usize| middle.iter().all(|group| group.len() == n);
    let fits = all_of(3) || (all_of(2) && first.len() < 3);
    let fine = matches!(first.len(), 1..=3) && !first.starts_with('0') && fits && last.len() == 3;
    let digits = groups.concat();
    (fine && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// Infinity, written out or too large to be held: no quantity that can be learned from.
pub(super) fn is_infinite(cell: &str) -> bool {
    let bare = cell.trim_start_matches(SIGNS).to_ascii_lowercase();
    matches!(bare.as_str(), "inf" | "infinity" | "∞")
        || (bare.starts_with(|c: char| c.is_ascii_digit()) && bare.parse().is_ok_and(f64::is_infinite))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(cell: &str, mark: Mark) -> Option<String> {
        written(cell).and_then(|written| written.number(mark))
    }

    #[test]
    fn marks_are_taken_off_and_digits_stay() {
        for (cell, want) in [
            ("1,234.50", "1234.50"),
            ("$1,234.50", "1234.50"),
            ("-$ 5", "-5"),
            ("($5.00)", "-5.00"),
            ("−2.5 %", "-2.5"),
            ("1'234'567", "1234567"),
            ("₹1,23,45,678.50", "12345678.50"),
            ("1e-5", "1e-5"),
            (".5", ".5"),
            ("+3", "3"),
            ("72 kg", "72"),
            ("5 km/h", "5"),
        ] {
            assert_eq!(number(cell, Mark::Point).as_deref(), Some(want), "{cell}");
        }
        for (cell, want) in
            [("1.234,50 €", "1234.50"), ("0,134", "0.134"), ("1 234,5", "1234.5"), ("12", "12")]
        {
            assert_eq!(number(cell, Mark::Comma).as_deref(), Some(want), "{cell}");
        }
    }

    #[test]
    fn what_is_no_number_stays_a_word() {
        for cell in [
            "A/5 1014",
            "2024-01-05",
            "12:30",
            "1,23",
            "0,134",
            "01,234",
            "1.2.3",
            "D",
            "$",
            "-",
            "€5 kg",
            "e5",
        ] {
            assert_eq!(number(cell, Mark::Point), None, "{cell}");
        }
        for cell in ["0.134", "1.23", "1,234,567"] {
            assert_eq!(number(cell, Mark::Comma), None, "{cell}");
        }
    }

    #[test]
    fn infinity_is_distinguished_from_words() {
        assert!(["inf", "-Inf", "1e400", "-∞"].into_iter().all(is_infinite));
        assert!(!["info", "1e4", "", "infinite"].into_iter().any(is_infinite));
    }
}
