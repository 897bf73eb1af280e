//! A figure written as text is read back unchanged.

use kit::Matrix;
use kit::figure::{Figure, Layer};

fn one_of_each() -> Figure {
    let label = || "a label".to_owned();
    let values = Matrix::from_rows([[0.1, -0.25, 1e-300], [f64::INFINITY, 3.0, 1e17]]);
    let mut figure = Figure::new("Everything, from 0 to π", "x", "")
        .with_equal_axes()
        .with(Layer::Points { label: label(), at: vec![[0.1 + 0.2, 1.0 / 3.0]] })
        .with(Layer::Line { label: String::new(), through: vec![] })
        .with(Layer::Arrows { label: label(), arrows: vec![[[0.0, 1.0], [2.0, 3.0]]] })
        .with(Layer::Bars { label: label(), bars: vec![[0.0, 1.0, 7.0]] })
        .with(Layer::Field {
            label: label(),
            x: [0.0, 1.0],
            y: [2.0, 3.0],
            values: values.clone(),
            contours: true,
        })
        .with(Layer::Table {
            label: label(),
            rows: vec!["Iris setosa".to_owned(), "row".to_owned()],
            cols: vec!["1".to_owned(), String::new(), "3".to_owned()],
            values: values.clone(),
        })
        .with(Layer::Image { label: label(), at: [0.0, 0.0], size: [3.0, 2.0], pixels: values, color: false })
        .with(Layer::Note { at: [1.0, 2.0], text: "a few words".to_owned() });
    figure.y.logarithmic = true;
    figure
}

#[test]
fn every_digit_and_every_word_comes_back() {
    let figure = one_of_each();
    assert_eq!(figure.to_string().parse(), Ok(figure));
}

#[test]
fn for_a_person_numbers_are_short_and_zero_has_no_sign() {
    let figure = Figure::new("Short", "x", "y")
        .with(Layer::Points { label: String::new(), at: vec![[-0.000_01, 2.0 / 3.0], [10.0, 100.0]] });
    assert_eq!(format!("{figure:.4}"), "figure Short\nx x\ny y\npoints\n  0 0.6667\n  10 100\n");
}

#[test]
fn a_text_that_is_no_figure_is_rejected_with_its_line() {
    let rejected = "figure A\npoints\n  1 2\n  1 b\n".parse::<Figure>().expect_err("b is no number");
    assert_eq!(rejected.to_string(), "line 4 of the figure: wanted a number, got \"b\"");
    let rejected = "figure A\nsquiggles\n".parse::<Figure>().expect_err("no such layer");
    assert_eq!(rejected.line, 2);
}
