//! Characters that stand for others, raised, lowered, or with a mark.

/// What a superscript character raises.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁴' as u32 + 4, 10)?,
        '⁺' => '+',
        '⁻' => '−',
        '⁽' => '(',
        '⁾' => ')',
        'ᵀ' => 'T',
        'ⁿ' => 'n',
        'ⁱ' => 'i',
        'ᵏ' => 'k',
        'ᵗ' => 't',
        'ᶻ' => 'z',
        'ᶜ' => 'c',
        'ᵈ' => 'd',
        'ˣ' => 'x',
        'ʲ' => 'j',
        'ᵐ' => 'm',
        _ => return None,
    })
}

/// What a subscript character lowers.
pub(super) fn lowered(c: char) -> Option<char> {
    Some(match c {
        '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10)?,
        '₊' => '+',
        '₋' => '−',
        '₌' => '=',
        '₍' => '(',
        '₎' => ')',
        'ₐ' => 'a',
        'ₑ' => 'e',
        'ᵢ' => 'i',
        'ⱼ' => 'j',
        'ₖ' => 'k',
        'ₗ' => 'l',
        'ₘ' => 'm',
        'ₙ' => 'n',
        'ₒ' => 'o',
        'ₚ' => 'p',
        'ᵣ' => 'r',
        'ₛ' => 's',
        'ₜ' => 't',
        'ᵤ' => 'u',
        'ᵥ' => 'v',
        'ₓ' => 'x',
        '꜀' => 'c',
        _ => return None,
    })
}

/// The letter below a mark, and the mark: a precomposed ŷ is y and ^.
pub(super) fn marked(c: char) -> Option<(char, char)> {
    Some(match c {
        'ŷ' => ('y', '^'),
        'ŵ' => ('w', '^'),
        'ẑ' => ('z', '^'),
        'ĝ' => ('g', '^'),
        'ȳ' => ('y', '¯'),
        'ḡ' => ('g', '¯'),
        _ => return None,
    })
}

/// The mark that a combining character puts on the letter before it.
pub(super) fn combining(c: char) -> Option<char> {
    Some(match c {
        '\u{302}' => '^',
        '\u{303}' => '~',
        '\u{304}' | '\u{305}' => '¯',
        '\u{307}' => '˙',
        _ => return None,
    })
}
