use judge::{Answer, Verdict, any, close, equal, example, for_all, reads_as, rejected, rounding};
use katas::m09_convolution::explain::explain_convolution;
use kit::InputError;
use ndarray::{Array3, Array4, Axis, array};
use proptest::prelude::*;

use super::super::arrays::{Case, entries, units};
use super::asked::{Asked, NAMES, any_size, asked, explained, four, four_away, lines};

/// Name, formula and numbers of every step are those of the table.
fn steps_are_right(asked: &Asked) -> Verdict {
    let (explanation, want, away) = (explained(asked)?, lines(asked, four), lines(asked, four_away));
    let look = "As in the table: one product for each entry of the kernel, 0 in the padding, the \
        channel's sum after its products, four decimals.";
    for (i, (step, (name, formula, numbers, _))) in explanation.steps.iter().zip(&want).enumerate() {
        let got = [&step.name, &step.formula, &step.numbers];
        // 1/32 lies halfway between 0.0312 and 0.0313.
        let numbers = if step.numbers == away[i].2 { &away[i].2 } else { numbers };
        equal(&format!("step {i}"), got, [name, formula, numbers], look)?;
    }
    equal("the number of steps", explanation.steps.len(), want.len(), look)
}

#[test]
fn steps_have_names_formulas_and_numbers() {
    for_all(NAMES, asked()).cases(128).holds(|given| {
        steps_are_right(given)?;
        Ok(())
    });
}

#[test]
fn explains_windows_of_any_size_anywhere() {
    for_all(NAMES, any_size()).cases(48).holds(|asked| {
        // The same image and kernel with more padding, where all other numbers stay.
        steps_are_right(asked)?;
        steps_are_right(&Asked { padding: asked.padding + 1, ..asked.clone() })?;
        let (explanation, want) = (explained(asked)?, lines(asked, four));
        for (step, (name, _, _, want)) in explanation.steps.iter().zip(&want) {
            let look =
                "Every channel, row and column of the window counts, and the padding wherever it reaches.";
            // Sums of products of eighths up to 8.
            let tolerance = rounding(2 * asked.kernel.len() + 8, 64.0 * asked.kernel.len() as f64);
            close(&format!("result of {name}"), step.result.as_slice(), [*want].as_slice(), tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn results_are_not_rounded() {
    for_all(NAMES, asked()).cases(128).holds(|asked| {
        for (step, (name, _, _, want)) in explained(asked)?.steps.iter().zip(&lines(asked, four)) {
            let look = "Compute with the exact numbers, not with the rounded ones of the text.";
            close(
                &format!("result of {name}"),
                step.result.as_slice(),
                [*want].as_slice(),
                rounding(32, 2048.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn y_is_the_convolution() {
    for_all(NAMES, asked()).cases(128).holds(|asked| {
        let kernels: Array4<f64> = asked.kernel.clone().insert_axis(Axis(0));
        let case = Case { x: asked.x.clone(), kernels: kernels.clone(), stride: 1, padding: asked.padding };
        let want = case.convolved(&kernels)[[0, asked.at.0, asked.at.1]];
        let look = "The sum over all entries and channels is y[row, column] of the convolution.";
        let explanation = explained(asked)?;
        close(
            "result of y",
            explanation.result("y").unwrap_or(&[]),
            [want].as_slice(),
            rounding(32, 2048.0),
            look,
        )
    });
}

#[test]
fn title_names_the_pixel() {
    for_all(NAMES, prop_oneof![asked(), any_size()]).cases(32).holds(|asked| {
        let want = format!("Pixel ({}, {}) of a convolution", asked.at.0, asked.at.1);
        equal("title", explained(asked)?.title, want, "Row, then column, of the output.")
    });
}

#[test]
fn explains_a_border_pixel_of_two_channels() {
    example(|| {
        let x = array![
            [[0.0, 0.5, 1.0], [0.25, 0.75, 0.5], [0.0, 0.0, 0.125]],
            [[1.0, 1.0, 0.0], [0.5, 0.0, 0.25], [0.0, 1.0, 1.0]]
        ];
        let kernel = array![
            [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]],
            [[0.0, 0.5, 0.0], [0.5, -1.0, 0.5], [0.0, 0.5, 0.0]]
        ];
        let explanation = explained(&Asked { x, kernel, bias: -0.25, padding: 1, at: (0, 1) })?;
        let look = "The other laws of this kata say which step should hold what: look at those first.";
        reads_as("m09_convolution/explain/explain_convolution", &explanation.to_string(), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::explain::explain_convolution;
        use ndarray::array;
        let (x, kernel) = (array![[[1.0, 2.0]]], array![[[3.0, -1.0]]]);
        let explanation = explain_convolution(x.view(), kernel.view(), 0.5, 0, (0, 0)).unwrap();
        assert_eq!(explanation.result("k[0,0,1]"), Some(&[-2.0][..]));
        assert_eq!(explanation.result("output"), Some(&[1.5][..]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_a_bad_number_or_pixel_wherever_it_is() {
        for_all("asked, i, bad, more", (any_size(), any::seed(), any::not_finite(), 0..=3_usize))
            .cases(48)
            .holds(|(asked, i, bad, more)| {
                let ask = |it: &Asked| {
                    explain_convolution(it.x.view(), it.kernel.view(), it.bias, it.padding, it.at)
                        .map(|_| "an explanation")
                };
                let at = |all: usize| *i as usize % all;
                let look = "Neither the image nor the kernel may hold a NaN or ∞, at any place.";
                let (mut of_x, mut of_kernel) = (asked.clone(), asked.clone());
                let (j, k) = (at(asked.x.len()), at(asked.kernel.len()));
                of_x.x.iter_mut().nth(j).into_iter().for_each(|x| *x = *bad);
                rejected("x", ask(&of_x), InputError::NotFinite { name: "x", index: j }, look)?;
                of_kernel.kernel.iter_mut().nth(k).into_iter().for_each(|x| *x = *bad);
                let want = InputError::NotFinite { name: "kernel", index: k };
                rejected("kernel", ask(&of_kernel), want, look)?;
                let ((_, h, w), (_, kh, kw)) = (asked.x.dim(), asked.kernel.dim());
                let (rows, cols) = (h + 2 * asked.padding - kh + 1, w + 2 * asked.padding - kw + 1);
                let is_outside = |at, name, got: usize| {
                    let (got, wanted) = (got as f64, "inside of the output");
                    let want = InputError::OutOfRange { name, got, wanted };
                    let look = format!("The output has {rows} rows and {cols} columns.");
                    rejected(&format!("pixel {at:?}"), ask(&Asked { at, ..asked.clone() }), want, &look)
                };
                let of_bias = Asked { bias: *bad, ..asked.clone() };
                rejected("bias", ask(&of_bias), InputError::NotFinite { name: "bias", index: 0 }, look)?;
                let (c, (high, broad)) = (asked.x.dim().0, (h + 2 * asked.padding, w + 2 * asked.padding));
                let of_kernel = |shape| Asked { kernel: Array3::zeros(shape), at: (0, 0), ..asked.clone() };
                let kernel =
                    |got: usize, wanted| InputError::OutOfRange { name: "kernel", got: got as f64, wanted };
                let look = "The errors of `conv2d` with this one kernel.";
                let large = "at most the padded size";
                for (shape, want) in [
                    ((c, high + 1 + more, kw), kernel(high + 1 + more, large)),
                    ((c, kh, broad + 1 + more), kernel(broad + 1 + more, large)),
                    ((c, 0, kw), kernel(0, "at least 1")),
                    ((c, kh, 0), kernel(0, "at least 1")),
                ] {
                    rejected(&format!("a kernel of {shape:?}"), ask(&of_kernel(shape)), want, look)?;
                }
                let (name, other) = ("kernels".to_owned(), c + 1 + more);
                let want =
                    InputError::Dimensions { name, got: vec![1, other, kh, kw], wanted: vec![1, c, kh, kw] };
                rejected("a kernel of other channels", ask(&of_kernel((other, kh, kw))), want, look)?;
                is_outside((rows + more, asked.at.1), "row", rows + more)?;
                is_outside((asked.at.0, cols + more), "column", cols + more)
            });
    }

    #[test]
    fn accepts_views_in_any_memory_order() {
        for_all("asked, bad", (asked(), any::not_finite())).cases(48).holds(|(asked, bad)| {
            let look = "A view of ndarray may lie in memory in another order: index it, or iterate over it.";
            let explain = |x: &Array3<f64>, kernel: &Array3<f64>| {
                // The last axis first in memory, as in Fortran.
                let turned = |of: &Array3<f64>| of.t().as_standard_layout().into_owned();
                let (x, kernel) = (turned(x), turned(kernel));
                explain_convolution(x.t(), kernel.t(), asked.bias, asked.padding, asked.at)
            };
            let got = explain(&asked.x, &asked.kernel).accepted("explain_convolution of transposed views")?;
            equal("the explanation of transposed views", got.steps, explained(asked)?.steps, look)?;
            let (mut x, last) = (asked.x.clone(), asked.x.len() - 1);
            x.iter_mut().nth(last / 2).into_iter().for_each(|x| *x = *bad);
            let want = InputError::NotFinite { name: "x", index: last / 2 };
            rejected("a transposed view", explain(&x, &asked.kernel).map(|_| "an explanation"), want, look)
        });
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        let asked = (any_size(), units()).prop_flat_map(|(asked, [a, b])| {
            (entries(asked.x.dim()), entries(asked.kernel.dim()), any::wide()).prop_map(
                move |(x, kernel, bias)| Asked {
                    x: x * a,
                    kernel: kernel * b,
                    bias: bias * a * b,
                    ..asked.clone()
                },
            )
        });
        for_all(NAMES, asked).cases(32).holds(|asked| {
            let (explanation, want) = (explained(asked)?, lines(asked, four));
            let absolute = Asked {
                x: asked.x.mapv(f64::abs),
                kernel: asked.kernel.mapv(f64::abs),
                bias: asked.bias.abs(),
                ..asked.clone()
            };
            let sizes = lines(&absolute, four);
            equal("the number of steps", explanation.steps.len(), want.len(), "As in the table.")?;
            for ((step, (name, formula, _, want)), (.., size)) in
                explanation.steps.iter().zip(&want).zip(&sizes)
            {
                let look =
                    "Every channel, row and column of the window, whatever the magnitude of its numbers.";
                equal("name and formula", [&step.name, &step.formula], [name, formula], look)?;
                let tolerance = rounding(2 * asked.kernel.len() + 8, *size);
                close(
                    &format!("result of {name}"),
                    step.result.as_slice(),
                    [*want].as_slice(),
                    tolerance,
                    look,
                )?;
            }
            Ok(())
        });
    }
}
