use judge::{Answer, equal, example, for_all, rejected};
use katas::m07_deep_learning::mlp::parameter_count;
use kit::InputError;
use proptest::collection::vec;

#[test]
fn one_layer_has_a_weight_a_pair_and_a_bias_an_output() {
    for_all("inputs, outputs", (1..=9_usize, 1..=9_usize)).holds(|&(inputs, outputs)| {
        let got = parameter_count(&[inputs, outputs]).accepted("parameter_count(&[inputs, outputs])")?;
        let look = "Draw it: a line from each input to each output, and one number more at each output.";
        equal("parameter_count(&[inputs, outputs])", got, inputs * outputs + outputs, look)
    });
}

#[test]
fn layers_add_up() {
    for_all("front, back", (vec(1..=9_usize, 2..=4), vec(1..=9_usize, 1..=3))).holds(|(front, back)| {
        let count = |widths: &[usize]| parameter_count(widths).accepted("parameter_count(widths)");
        let last = &front[front.len() - 1..];
        let whole = count(&[&front[..], back].concat())?;
        let look = "A deep network is two shorter ones in a row, which share a layer: it has no parameters \
            of its own.";
        equal("of the whole", whole, count(front)? + count(&[last, back].concat())?, look)
    });
}

#[test]
fn the_network_of_the_chapter_has_101_770() {
    example(|| {
        let got = parameter_count(&[784, 128, 10]).accepted("parameter_count(&[784, 128, 10])")?;
        equal("parameter_count(&[784, 128, 10])", got, 101_770, "785·128 + 129·10.")
    });
}

#[test]
fn too_few_widths_and_a_width_of_nothing_are_rejected() {
    example(|| {
        for widths in [&[][..], &[3], &[0]] {
            let want = InputError::TooFew { got: widths.len(), wanted: 2 };
            let look = "Something goes in and something comes out: two widths at least.";
            rejected(&format!("parameter_count({widths:?})"), parameter_count(widths), want, look)?;
        }
        for widths in [&[0, 3][..], &[3, 0, 2], &[3, 0], &[3, 2, 0], &[3, 2, 0, 1]] {
            let want = InputError::OutOfRange { name: "widths", got: 0.0, wanted: "at least 1" };
            let look = "Nothing gets through a layer without numbers.";
            rejected(&format!("parameter_count({widths:?})"), parameter_count(widths), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::mlp::parameter_count;
        assert_eq!(parameter_count(&[784, 128, 10]), Ok(101_770));
        Ok::<(), kit::InputError>(())
    });
}
