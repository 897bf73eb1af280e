//! Chapters m01, m02, m06, m07, m08 and the page of m10's scaler: bounds and small examples.

use katas::reference::m08_vision::edges::sobel;
use ndarray::Array2;

use crate::says;

#[test]
fn the_gradient_magnitude_is_at_most_1530() {
    // |gx| + |gy| is convex in the pixels, so it is largest where each is 0 or 255.
    let magnitude = |bits: u32| {
        let image = Array2::from_shape_fn((3, 3), |(i, j)| f64::from(bits >> (3 * i + j) & 1) * 255.0);
        let (gx, gy) = sobel(image.view()).expect("nine pixels");
        gx.iter().zip(&gy).map(|(x, y)| x.abs() + y.abs()).fold(0.0, f64::max)
    };
    assert_eq!((0..512).map(magnitude).fold(0.0, f64::max), 1530.0);
}

#[test]
fn the_loss_of_a_sigmoid_has_a_second_derivative_of_at_most_0_16() {
    let second = |p: f64, t: f64| {
        let slope = p * (1.0 - p);
        2.0 * slope * slope + 2.0 * (p - t) * slope * (1.0 - 2.0 * p)
    };
    let grid = || (0..=1000).map(|k| f64::from(k) / 1000.0);
    let most = grid().flat_map(|t| grid().map(move |p| second(p, t).abs())).fold(0.0, f64::max);
    assert!((0.154..0.16).contains(&most), "{most}");
    assert!(grid().map(|p| second(p, 2.0)).any(|d| d.abs() > 0.3), "a target outside has no such bound");
    says("m06_perceptron", "For a target from 0 to 1 the second derivative of the loss");
}

#[test]
fn n_factorial_divides_n_to_the_n_for_1_and_2_only() {
    let divides = |n: u128| n.pow(n as u32).is_multiple_of((1..=n).product::<u128>());
    assert_eq!((1..=20).filter(|n| divides(*n)).collect::<Vec<_>>(), [1, 2]);
    says("m07_deep_learning", "from n = 3 on n! does not divide n^n (6 does not divide 27)");
}

#[test]
fn cancellation_depends_on_the_deviation_and_not_on_the_mean_alone() {
    // The relative error of E[x²] − E[x]², for numbers from mean − 1.5 to mean + 1.5 deviations.
    let error = |mean: f64, deviation: f64| {
        let (n, of) = (1000, |k: i32| mean + deviation * f64::from(k * 37 % 1000 - 500) / 300.0);
        let average = |f: &dyn Fn(f64) -> f64| (0..n).map(|k| f(of(k))).sum::<f64>() / f64::from(n);
        let middle = average(&|x| x);
        let right = average(&|x| (x - middle) * (x - middle));
        ((average(&|x| x * x) - middle * middle) / right - 1.0).abs()
    };
    assert!(error(1e6, 1.0) < 0.05, "{}", error(1e6, 1.0));
    assert!(error(1e6, 0.01) > 0.1, "{}", error(1e6, 0.01));
    assert!(error(1.7e9, 1.0) > 0.1, "{}", error(1.7e9, 1.0));
    assert!(error(2000.0, 20.0) < 1e-10, "{}", error(2000.0, 20.0));
}

#[test]
fn a_complex_pair_stretches_each_arrow_differently() {
    let stretch = |x: f64, y: f64| (x - 2.0 * y).hypot(x + 3.0 * y) / x.hypot(y);
    assert!(stretch(1.0, 0.0) < 1.5 && stretch(0.0, 1.0) > 3.6, "√5 is the mean factor over many steps");
    let (mut x, mut y, steps) = (1.0_f64, 0.0_f64, 400);
    (0..steps).for_each(|_| (x, y) = (x - 2.0 * y, x + 3.0 * y));
    assert!((x.hypot(y).ln() / f64::from(steps) - 5.0_f64.sqrt().ln()).abs() < 0.01);
}
