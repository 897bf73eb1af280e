use kit::{Explanation, InputError, check};
use ndarray::{ArrayView3, s};

use crate::reference::m09_convolution::explain as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Explain =
    fn(ArrayView3<f64>, ArrayView3<f64>, f64, usize, (usize, usize)) -> Result<Explanation, InputError>;

/// The kata, answered by a specimen.
pub fn explain_convolution(
    x: ArrayView3<f64>,
    kernel: ArrayView3<f64>,
    bias: f64,
    padding: usize,
    at: (usize, usize),
) -> Result<Explanation, InputError> {
    answering::<Explain>(
        module_path!(),
        reference::explain_convolution,
        &[
            wheat("sums_from_the_back", "adds the products in reverse order", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                let products: Vec<f64> = explanation
                    .steps
                    .iter()
                    .filter(|s| s.name.starts_with('k'))
                    .map(|s| s.result[0])
                    .collect();
                let y: f64 = products.iter().rev().sum();
                set(&mut explanation, "y", y);
                Ok(explanation)
            }),
            wheat("steps_moved", "makes the steps one by one", |x, k, b, p, at| {
                let explanation = reference::explain_convolution(x, k, b, p, at)?;
                let mut steps = Vec::new();
                explanation.steps.into_iter().for_each(|step| steps.push(step));
                Ok(Explanation { title: explanation.title, steps })
            }),
            chaff(
                "flipped",
                "The kernel is rotated by 180°, as in a mathematical convolution.",
                |x, k, b, p, at| reference::explain_convolution(x, k.slice(s![.., ..;-1, ..;-1]), b, p, at),
            ),
            chaff(
                "padding_forgotten",
                "The window begins at the output pixel, whatever the padding.",
                |x, k, b, p, at| {
                    let right = reference::explain_convolution(x, k, b, p, at)?;
                    reference::explain_convolution(x, k, b, 0, at).or(Ok(right))
                },
            ),
            chaff("square_swapped", "In a square image rows and columns are the same.", |x, k, b, p, at| {
                let is_square = x.dim().1 == x.dim().2 && k.dim().1 == k.dim().2;
                let swapped = if is_square && k.dim().1 > 4 { (at.1, at.0) } else { at };
                let mut explanation = reference::explain_convolution(x, k, b, p, swapped)?;
                explanation.title = format!("Pixel ({}, {}) of a convolution", at.0, at.1);
                Ok(explanation)
            }),
            chaff("powers_of_ten", "Large numbers are written as powers of ten.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                let y = explanation.result("y").map_or(0.0, |y| y[0]);
                let biased = explanation.steps.iter_mut().filter(|step| step.name == "biased");
                biased.filter(|_| y.abs() >= 1e16).for_each(|step| step.numbers = format!("{y:e} + {b:.4}"));
                Ok(explanation)
            }),
            chaff("bias_forgotten", "The bias is not added.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                let y = explanation.result("y").map_or(0.0, |y| y[0]);
                set(&mut explanation, "biased", y);
                set(&mut explanation, "output", y.max(0.0));
                Ok(explanation)
            }),
            chaff("not_rectified", "The output is the biased sum, without ReLU.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                let biased = explanation.result("biased").map_or(0.0, |y| y[0]);
                set(&mut explanation, "output", biased);
                Ok(explanation)
            }),
            chaff("padding_left_out", "Products with padding need no step.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                explanation.steps.retain(|step| !step.formula.ends_with("·0"));
                Ok(explanation)
            }),
            chaff(
                "rounded_on_the_way",
                "Intermediate results are rounded to four decimals.",
                |x, k, b, p, at| {
                    let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                    for step in &mut explanation.steps {
                        step.result[0] = (step.result[0] * 100.0).round() / 100.0;
                    }
                    Ok(explanation)
                },
            ),
            chaff("column_and_row", "A pixel is (column, row).", |x, k, b, p, at| {
                reference::explain_convolution(x, k, b, p, at)?;
                reference::explain_convolution(x, k, b, p, (at.1, at.0))
                    .or(reference::explain_convolution(x, k, b, p, at))
            }),
            chaff(
                "zero_added",
                "Adding 0 turns every −0 into 0, so -0.0000 cannot appear.",
                |x, k, b, p, at| {
                    let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                    let biased = explanation.result("biased").map_or(0.0, |y| y[0]);
                    if let Some(s) = explanation.steps.iter_mut().find(|s| s.name == "output") {
                        s.numbers = format!("max(0, {:.4})", biased + 0.0);
                    }
                    Ok(explanation)
                },
            ),
            chaff(
                "single_precision",
                "f32 is precise enough for results shown with four decimals.",
                |x, k, b, p, at| {
                    let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                    explanation.steps.iter_mut().for_each(|s| s.result[0] = f64::from(s.result[0] as f32));
                    Ok(explanation)
                },
            ),
            chaff("rounded_to_six", "Results may be rounded to six decimals.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                explanation.steps.iter_mut().for_each(|s| s.result[0] = (s.result[0] * 1e6).round() / 1e6);
                Ok(explanation)
            }),
            wheat(
                "half_goes_up",
                "written entry by entry; a tie between two decimals is rounded away from 0",
                half_goes_up,
            ),
            chaff(
                "empty_kernels_reach_no_pixel",
                "Where the kernel does not fit, the pixel lies outside of the output.",
                |x, k, b, p, at| {
                    if k.dim().1 == 0 || k.dim().1 > x.dim().1 + 2 * p {
                        return Err(InputError::OutOfRange {
                            name: "row",
                            got: at.0 as f64,
                            wanted: "inside of the output",
                        });
                    }
                    reference::explain_convolution(x, k, b, p, at)
                },
            ),
            chaff("bias_unchecked", "Next to a large kernel the bias needs no check.", |x, k, b, p, at| {
                reference::explain_convolution(
                    x,
                    k,
                    if k.dim().1 > 2 && !b.is_finite() { 0.0 } else { b },
                    p,
                    at,
                )
            }),
            chaff(
                "title_by_column",
                "From the tenth row on a pixel is named column first.",
                |x, k, b, p, at| {
                    let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                    if at.0 > 9 {
                        explanation.title = format!("Pixel ({}, {}) of a convolution", at.1, at.0);
                    }
                    Ok(explanation)
                },
            ),
            chaff("large_numbers", "Numbers above 1000 are written with one decimal.", |x, k, b, p, at| {
                let mut explanation = reference::explain_convolution(x, k, b, p, at)?;
                let mut steps = explanation.steps.iter_mut();
                if let Some(step) = steps.find(|step| step.name == "biased" && step.result[0].abs() > 1000.0)
                {
                    step.numbers = format!("{:.1} + {b:.1}", step.result[0] - b);
                }
                Ok(explanation)
            }),
        ],
    )(x, kernel, bias, padding, at)
}

fn set(explanation: &mut Explanation, name: &str, to: f64) {
    explanation.steps.iter_mut().filter(|step| step.name == name).for_each(|step| step.result = vec![to]);
}

fn half_goes_up(
    x: ArrayView3<f64>,
    kernel: ArrayView3<f64>,
    bias: f64,
    padding: usize,
    (row, col): (usize, usize),
) -> Result<Explanation, InputError> {
    let ((channels, rows, cols), (own, height, width)) = (x.dim(), kernel.dim());
    if own != channels {
        let (name, got) = ("kernels".to_owned(), vec![1, own, height, width]);
        return Err(InputError::Dimensions { name, got, wanted: vec![1, channels, height, width] });
    }
    let outside = |name, got: usize, wanted| InputError::OutOfRange { name, got: got as f64, wanted };
    for (size, window) in [(rows, height), (cols, width)] {
        if window == 0 {
            return Err(outside("kernel", 0, "at least 1"));
        }
        if window > size + 2 * padding {
            return Err(outside("kernel", window, "at most the padded size"));
        }
    }
    let inside = "inside of the output";
    if row + height > rows + 2 * padding {
        return Err(outside("row", row, inside));
    }
    if col + width > cols + 2 * padding {
        return Err(outside("column", col, inside));
    }
    for (name, numbers) in
        [("x", x.iter().collect::<Vec<_>>()), ("kernel", kernel.iter().collect()), ("bias", vec![&bias])]
    {
        check::finite(name, numbers)?;
    }
    let four = |x: f64| format!("{:.4}", (x * 10_000.0).round() / 10_000.0 + 0.0);
    let mut steps = Vec::new();
    let mut tell = |name: &str, formula: &str, numbers: &str, result: f64| {
        let [name, formula, numbers] = [name, formula, numbers].map(str::to_owned);
        steps.push(kit::Step { name, formula, numbers, result: vec![result] });
    };
    let (mut sums, mut names, mut y) = (String::new(), String::new(), 0.0);
    for c in 0..channels {
        let (mut products, mut sum) = (String::new(), 0.0);
        for ((i, j), k) in kernel.index_axis(ndarray::Axis(0), c).indexed_iter() {
            let name = format!("k[{c},{i},{j}]");
            let pixel = (row + i).checked_sub(padding).zip((col + j).checked_sub(padding));
            let pixel = pixel.and_then(|(p, q)| x.get([c, p, q]).map(|x| (format!("x[{c},{p},{q}]"), *x)));
            let product = k * pixel.as_ref().map_or(0.0, |(_, x)| *x);
            let (factor, number) =
                pixel.map_or(("0".to_owned(), "0".to_owned()), |(factor, x)| (factor, four(x)));
            tell(&name, &format!("{name}·{factor}"), &format!("{}·{number}", four(*k)), product);
            products += &format!("{}{}", if products.is_empty() { "" } else { " + " }, four(product));
            sum += product;
        }
        let far = |at: usize| format!("{:+}", at as i64 - padding as i64);
        let formula = format!("Σ k[{c},i,j]·x[{c},i{},j{}]", far(row), far(col));
        tell(&format!("channel {c}"), &formula, &products, sum);
        let plus = if c == 0 { "" } else { " + " };
        (names, sums, y) =
            (format!("{names}{plus}channel {c}"), format!("{sums}{plus}{}", four(sum)), y + sum);
    }
    tell("y", &names, &sums, y);
    tell("biased", "y + b", &format!("{} + {}", four(y), four(bias)), y + bias);
    tell("output", "max(0, biased)", &format!("max(0, {})", four(y + bias)), f64::max(y + bias, 0.0));
    Ok(Explanation { title: format!("Pixel ({row}, {col}) of a convolution"), steps })
}
