//! Chapters boss and m09: principal components and blank windows of the embedded digits.

use katas::reference::boss::pca::{covariance, explained_variance_ratio};
use kit::Matrix;

use crate::says;

fn first(n: usize) -> Matrix {
    let digits = &kit::data::digits().features;
    Matrix::from_fn(n, digits.cols(), |i, j| digits[(i, j)])
}

#[test]
fn two_components_explain_what_the_chapter_says() {
    let ratios = explained_variance_ratio(&first(1797)).expect("ratios");
    let shown = |ratios: &[f64], k: usize| 100.0 * ratios[..k].iter().sum::<f64>();
    says("boss", &format!("{:.6} and {:.6}", ratios[0], ratios[1]));
    says("boss", &format!("explain {:.1} % of the variance", shown(&ratios, 2)));
    assert!(shown(&ratios, 20) < 90.0 && shown(&ratios, 21) >= 90.0);
    says("boss", "21 explain 90 %");
    let ratios = explained_variance_ratio(&first(600)).expect("ratios");
    says("boss", &format!("of their variance the two explain {:.1} %", shown(&ratios, 2)));
}

#[test]
fn eight_or_nine_sweeps_of_jacobi_are_needed() {
    let mut a = covariance(&first(1797)).expect("a covariance");
    let d = a.rows();
    let trace: f64 = (0..d).map(|k| a[(k, k)]).sum();
    let left: Vec<f64> = (0..9)
        .map(|_| {
            sweep(&mut a);
            let squares =
                (0..d * d).filter(|k| k / d != k % d).map(|k| a[(k / d, k % d)] * a[(k / d, k % d)]);
            squares.sum::<f64>().sqrt() / trace
        })
        .collect();
    assert!((0.5e-4..2e-4).contains(&left[4]), "{left:?}");
    assert!((6.5e-6..8e-6).contains(&left[5]), "{left:?}");
    assert!(left[6] > 1e-10 && left[8] < 1e-16, "{left:?}");
    says("boss", "is 10⁻⁴ after five sweeps, 7·10⁻⁶ after six");
    says("boss", "after eight or nine the matrix is diagonal to the last bit");
}

/// One rotation for each pair of axes.
fn sweep(a: &mut Matrix) {
    let d = a.rows();
    for (p, q) in (0..d).flat_map(|p| (p + 1..d).map(move |q| (p, q))) {
        if a[(p, q)] == 0.0 {
            continue;
        }
        let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
        let t = 1.0_f64.copysign(theta) / (theta.abs() + theta.hypot(1.0));
        let c = 1.0 / t.hypot(1.0);
        let s = t * c;
        for k in 0..d {
            let (x, y) = (a[(k, p)], a[(k, q)]);
            (a[(k, p)], a[(k, q)]) = (c * x - s * y, s * x + c * y);
        }
        for k in 0..d {
            let (x, y) = (a[(p, k)], a[(q, k)]);
            (a[(p, k)], a[(q, k)]) = (c * x - s * y, s * x + c * y);
        }
        (a[(p, q)], a[(q, p)]) = (0.0, 0.0);
    }
}

#[test]
fn some_windows_of_the_first_block_see_nothing_but_zeros() {
    let digits = first(1797);
    // The four 3×3 patches of a 2×2 window cover 4×4 pixels, from one row and column before it.
    let is_blank = |i: usize, r: usize, s: usize| {
        let near = |at: usize| (2 * at).saturating_sub(1)..(2 * at + 3).min(8);
        near(r).all(|y| near(s).all(|x| digits[(i, 8 * y + x)] == 0.0))
    };
    let blank = (0..1797 * 16).filter(|k| is_blank(k / 16, k / 4 % 4, k % 4)).count();
    let share = 100.0 * blank as f64 / (1797.0 * 16.0);
    says("m09_convolution", &format!("{share:.1} % of the windows of the first block see nothing but zeros"));
}

#[test]
fn three_pixels_are_black_in_every_digit() {
    let digits = first(1797);
    let black: Vec<_> =
        (0..64).filter(|j| (0..1797).all(|i| digits[(i, *j)] == 0.0)).map(|j| (j / 8, j % 8)).collect();
    assert_eq!(black, [(0, 0), (4, 0), (4, 7)]);
    says("boss", "(0, 0), (4, 0) and (4, 7), are black in every digit");
}
