//! Chapter m05: how small a product of 64 densities becomes.

use std::f64::consts::TAU;

use kit::Matrix;

use crate::says;

/// Mean and variance of each class and pixel, with the smoothing of scikit-learn 1.9: 10⁻⁹ of the largest variance.
fn clouds(x: &Matrix, labels: &[usize], is_training: &dyn Fn(usize) -> bool) -> Vec<Vec<(f64, f64)>> {
    let cloud = |of: &dyn Fn(usize) -> bool, j: usize| {
        let values: Vec<f64> = (0..x.rows()).filter(|i| of(*i)).map(|i| x[(i, j)]).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        (mean, values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n)
    };
    let smoothing = 1e-9 * (0..64).map(|j| cloud(is_training, j).1).fold(0.0, f64::max);
    (0..10)
        .map(|class| {
            let of = |i: usize| is_training(i) && labels[i] == class;
            (0..64).map(|j| cloud(&of, j)).map(|(mean, v)| (mean, v + smoothing)).collect()
        })
        .collect()
}

/// The product of the densities of each class, for each digit while its fifth is held out.
fn products(scale: f64) -> Vec<[f64; 10]> {
    let digits = kit::data::digits();
    let x = Matrix::from_fn(1797, 64, |i, j| digits.features[(i, j)] * scale);
    let clouds: Vec<_> = (0..5).map(|r| clouds(&x, &digits.labels, &|i| i % 5 != r)).collect();
    let density =
        |x: f64, (mean, v): (f64, f64)| (-(x - mean) * (x - mean) / (2.0 * v)).exp() / (TAU * v).sqrt();
    let product =
        |i: usize, class: usize| (0..64).map(|j| density(x[(i, j)], clouds[i % 5][class][j])).product();
    (0..1797).map(|i| std::array::from_fn(|class| product(i, class))).collect()
}

#[test]
fn products_of_densities_underflow_as_often_as_the_chapter_says() {
    // The embedded pixels are from 0 to 1 or from 0 to 16, whichever the data set says.
    let largest = kit::data::digits().features.as_slice().iter().copied().fold(0.0, f64::max);
    for (range, exponent) in [(1.0, 67), (16.0, -10)] {
        let products = products(range / largest);
        let best = |of: &[f64; 10]| of.iter().copied().fold(0.0, f64::max);
        let lost = products.iter().filter(|of| best(of) == 0.0).count();
        let zeros = products.as_flattened().iter().filter(|p| **p == 0.0).count();
        assert!((0.2..0.3).contains(&(zeros as f64 / 17970.0)), "{zeros}");
        let mut all: Vec<f64> = products.iter().map(best).collect();
        all.sort_by(f64::total_cmp);
        assert_eq!(all[898].log10().round(), f64::from(exponent), "pixels up to {range}");
        says("m05_classifiers", &format!("*every* class for {lost} of the 1,797"));
    }
    says(
        "m05_classifiers",
        "a median of 10⁶⁷ with pixels from 0 to 1, and of 10⁻¹⁰ with pixels from 0 to 16",
    );
}
