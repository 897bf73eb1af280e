//! Formulas of the book, as MathML.

use site::formula::{block, line};

/// Without attributes, which say how it looks and not what it is.
fn bare(markup: &str) -> String {
    let mut out = String::new();
    for part in markup.split('<') {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        if !tag.is_empty() {
            let (name, end) =
                (tag.split(' ').next().unwrap_or(tag), if tag.ends_with('/') { "/" } else { "" });
            out += &format!("<{}{}>", name.trim_end_matches('/'), end);
        }
        out += text;
    }
    out
}

fn of(text: &str) -> String {
    bare(&line(text))
}

#[test]
fn scripts_stand_on_what_they_follow() {
    assert_eq!(of("xᵢⱼ"), "<msub><mi>x</mi><mrow><mi>i</mi><mo>\u{2063}</mo><mi>j</mi></mrow></msub>");
    assert_eq!(of("x₁²"), "<msubsup><mi>x</mi><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></msubsup>");
    assert_eq!(of("p_label"), "<msub><mi>p</mi><mrow><mtext>label</mtext></mrow></msub>");
    assert_eq!(of("m̂ₖ"), "<msub><mover><mi>m</mi><mo>^</mo></mover><mrow><mi>k</mi></mrow></msub>");
}

#[test]
fn a_close_slash_takes_what_stands_close_and_a_wide_one_the_product() {
    let half = "<mfrac><mrow><mi>h</mi></mrow><mrow><mn>2</mn></mrow></mfrac>";
    assert_eq!(of("h/2·f"), format!("{half}<mo>⋅</mo><mi>f</mi>"));
    let both = "<mfrac><mrow><mi>a</mi><mo>⋅</mo><mi>b</mi></mrow><mrow><mn>2</mn><mi>m</mi></mrow></mfrac>";
    assert_eq!(of("1 − a·b / 2m"), format!("<mn>1</mn><mo>−</mo>{both}"));
    assert_eq!(
        of("∂L/∂x"),
        "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mrow><mi>∂</mi><mi>x</mi></mrow></mfrac>"
    );
}

#[test]
fn brackets_around_a_whole_side_of_a_fraction_or_root_are_dropped() {
    let sum = "<mi>a</mi><mo>+</mo><mi>b</mi>";
    assert_eq!(of("(a + b) / (a + b)"), format!("<mfrac><mrow>{sum}</mrow><mrow>{sum}</mrow></mfrac>"));
    assert_eq!(of("√(a + b)"), format!("<msqrt>{sum}</msqrt>"));
    assert_eq!(of("√2π"), "<msqrt><mn>2</mn><mi>π</mi></msqrt>");
}

#[test]
fn bars_come_in_pairs() {
    let norm = |x: &str| format!("<mrow><mo>‖</mo><mi>{x}</mi><mo>‖</mo></mrow>");
    assert_eq!(of("‖x‖‖y‖"), norm("x") + &norm("y"));
    assert!(of("|{i : x < 1}| / n").starts_with("<mfrac><mrow><mrow><mo>|</mo>"));
}

#[test]
fn names_words_and_products_of_letters_are_distinguished() {
    assert_eq!(of("ln p"), "<mi>ln</mi><mspace/><mi>p</mi>");
    assert_eq!(of("ad"), "<mi>a</mi><mi>d</mi>");
    assert_eq!(of("x with y"), "<mi>x</mi><mtext>\u{a0}with\u{a0}</mtext><mi>y</mi>");
}

#[test]
fn columns_stay_columns_and_plain_language_stays_text() {
    let block = bare(&block("a = b      the error\nc = d      the input\n"));
    assert!(block.contains("<td>the error</td></tr><tr><td><math>"), "{block}");
}

#[test]
fn drawn_matrices_are_tables() {
    let drawn = "[1 2]   [5]   [1·5 + 2·6]\n[3 4] · [6] = [3·5 + 4·6]\n";
    let markup = bare(&block(drawn));
    assert_eq!(markup.matches("<mtable>").count(), 3, "{markup}");
    assert!(markup.contains("<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr>"), "{markup}");
    assert!(markup.find('⋅') < markup.find('='), "{markup}");
}

#[test]
fn whatever_is_written_is_balanced_markup() {
    for text in
        ["", "(", "a)", "|x", "‖", "√", "a / ", "/ b", "_x", "^", "xᵢ′²", "[1, 2)", "{x | y}", "\u{302}"]
    {
        let markup = line(text);
        let (opened, closed) = (markup.matches('<').count(), markup.matches("</").count());
        let alone = markup.matches("/>").count();
        assert_eq!(opened, 2 * closed + alone, "{text:?}: {markup}");
    }
}
