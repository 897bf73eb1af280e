use judge::any::vec;
use judge::{Answer, equal, example, for_all, rejected};
use katas::m07_deep_learning::mlp::parameter_count;
use kit::InputError;
use proptest::prelude::{Just, Strategy};

use judge::any::sizes;

#[test]
fn one_layer_has_weights_and_biases() {
    for_all("inputs, outputs", (1..=9_usize, 1..=9_usize)).holds(|&(inputs, outputs)| {
        let got = parameter_count(&[inputs, outputs]).accepted("parameter_count(&[inputs, outputs])")?;
        let look = "One weight per pair of input and output, and one bias per output.";
        equal("parameter_count(&[inputs, outputs])", got, inputs * outputs + outputs, look)
    });
}

#[test]
fn is_additive_over_layers() {
    for_all("front, back", (vec(1..=9_usize, 2..=4), vec(1..=9_usize, 1..=3))).holds(|(front, back)| {
        let count = |widths: &[usize]| parameter_count(widths).accepted("parameter_count(widths)");
        let last = &front[front.len() - 1..];
        let whole = count(&[&front[..], back].concat())?;
        let look = "A deep network is two shorter ones in sequence, which share a layer: the parameters add \
            up.";
        equal("of the whole", whole, count(front)? + count(&[last, back].concat())?, look)
    });
}

#[test]
fn a_network_of_784_128_and_10_has_101_770_parameters() {
    example(|| {
        let got = parameter_count(&[784, 128, 10]).accepted("parameter_count(&[784, 128, 10])")?;
        equal("parameter_count(&[784, 128, 10])", got, 101_770, "785·128 + 129·10.")
    });
}

#[test]
fn is_correct_for_any_number_of_layers_and_units() {
    let widths = sizes([2..=4], [301]).prop_flat_map(|[n]| vec(1..=1000_usize, n));
    for_all("widths", widths).cases(64).holds(|widths| {
        let got = parameter_count(widths).accepted("parameter_count(widths)")?;
        let want: usize = widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
        equal("parameter_count(widths)", got, want, "Every layer counts, whatever their number.")
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

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_widths() {
        let inputs =
            sizes([2..=4, 1..=4], [301, 1025]).prop_flat_map(|[n, width]| (Just(n), Just(width), 0..n));
        for_all("number of widths, width, place of the 0", inputs).cases(64).holds(|&(n, width, zero)| {
            for widths in [&[][..], &[width]] {
                let want = InputError::TooFew { got: widths.len(), wanted: 2 };
                let look = "At least two widths: inputs and outputs.";
                rejected(&format!("parameter_count({widths:?})"), parameter_count(widths), want, look)?;
            }
            let mut widths = vec![width; n];
            widths[zero] = 0;
            let want = InputError::OutOfRange { name: "widths", got: 0.0, wanted: "at least 1" };
            let look = "Every layer has at least one unit.";
            rejected(&format!("parameter_count({widths:?})"), parameter_count(&widths), want, look)
        });
    }

    #[test]
    fn counts_layers_of_the_same_width() {
        for_all("number of widths, width", sizes([3..=5, 1..=20], [101, 1025])).cases(64).holds(
            |&[n, width]| {
                let call = format!("parameter_count([{width}; {n}])");
                let got = parameter_count(&vec![width; n]).accepted(&call)?;
                equal(
                    &call,
                    got,
                    (n - 1) * (width + 1) * width,
                    "Layers of the same width do not share anything.",
                )
            },
        );
    }

    #[test]
    fn is_exact_as_long_as_it_fits_into_usize() {
        let wide = judge::any::part(1_usize << 50..1 << 60);
        for_all("inputs, outputs", (1..=9_usize, wide)).holds(|&(inputs, outputs)| {
            let deep =
                parameter_count(&[2, inputs, outputs, 1]).accepted("parameter_count of four widths")?;
            let want = 3 * inputs + (inputs + 1) * outputs + outputs + 1;
            let look = "Whole numbers: f64 is exact only to 2⁵³.";
            equal(&format!("parameter_count([2, {inputs}, {outputs}, 1])"), deep, want, look)?;
            for (inputs, outputs) in [(inputs, outputs), (1, usize::MAX / 2)] {
                let call = format!("parameter_count([{inputs}, {outputs}])");
                let got = parameter_count(&[inputs, outputs]).accepted(&call)?;
                let look = "Whole numbers: f64 is exact only to 2⁵³.";
                equal(&call, got, (inputs + 1) * outputs, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn does_not_overflow_for_wide_layers() {
        for_all("widths", vec(1..=100_000_usize, 2..=4)).cases(32).holds(|widths| {
            let got = parameter_count(widths).accepted("parameter_count(widths)")?;
            let want: usize = widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
            equal(
                "parameter_count(widths)",
                got,
                want,
                "More parameters than 32 bits can count: use `usize`.",
            )
        });
    }
}
