use judge::{Answer, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m05_classifiers::bayes::{GaussianNb, gaussian_nb_fit};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::samples::{Split, labels_of, mixed, sized};
use super::super::sizes::{counting_but, fault, many, several, unequal};
use super::moments::{every_class_is_learned, members, moments};

const CALL: &str = "gaussian_nb_fit(x, y, s)";
/// Larger than any square of the samples here.
const SIZE: f64 = 100.0;

fn fitted(split: &Split, smoothing: f64) -> Result<GaussianNb, judge::Broken> {
    gaussian_nb_fit(&split.x_train, &split.y_train, smoothing).accepted(CALL)
}

#[test]
fn classes_and_priors_are_sorted_frequencies() {
    for_all("x, y, x_test", sized()).holds(|split| {
        let model = fitted(split, 0.125)?;
        let classes = labels_of(&split.y_train);
        equal("classes", &model.classes, &classes, "Each label once, sorted.")?;
        let n = split.y_train.len() as f64;
        let priors: Vec<f64> = classes.iter().map(|&class| members(split, class).len() as f64 / n).collect();
        let look = "The frequency of the class among all samples, in the order of the classes.";
        close(
            "priors",
            model.priors.as_slice(),
            priors.as_slice(),
            rounding(4 + split.y_train.len(), 1.0),
            look,
        )
    });
}

#[test]
fn means_and_variances_are_those_of_the_class() {
    for_all("x, y, x_test", sized()).holds(|split| {
        let (model, d) = (fitted(split, 0.0)?, split.x_train.cols());
        let classes = labels_of(&split.y_train);
        let of = |c: usize, j: usize| moments(&split.x_train, &members(split, classes[c]), j);
        let tolerance = |_, _| rounding(16 + 4 * split.y_train.len(), SIZE);
        let look =
            "The mean over the samples of this class alone; one row per class, one column per feature.";
        let want = Matrix::from_fn(classes.len(), d, |c, j| of(c, j)[0]);
        close_entries("means", &model.means, &want, tolerance, look)?;
        let look = "The mean squared distance from the class's own mean, divided by the size of the class, \
                    not by one less.";
        let want = Matrix::from_fn(classes.len(), d, |c, j| of(c, j)[1]);
        close_entries("variances for s = 0", &model.variances, &want, tolerance, look)
    });
}

#[test]
fn smoothing_adds_a_fraction_of_the_largest_variance() {
    for_all("x, y, x_test", sized()).holds(|split| {
        let (plain, smooth) = (fitted(split, 0.0)?, fitted(split, 0.5)?);
        let all: Vec<usize> = (0..split.y_train.len()).collect();
        let largest =
            (0..split.x_train.cols()).map(|j| moments(&split.x_train, &all, j)[1]).fold(0.0, f64::max);
        let shape = plain.variances.shape();
        equal(
            "the shape of the variances",
            smooth.variances.shape(),
            shape,
            "One row per class, one column per feature.",
        )?;
        let want = Matrix::from_fn(shape.0, shape.1, |c, j| plain.variances[(c, j)] + 0.5 * largest);
        let look = "s times the largest variance of any feature over all samples, the same for all classes \
                    and features.";
        close_entries(
            "variances for s = ½",
            &smooth.variances,
            &want,
            |_, _| rounding(32 + 4 * split.y_train.len(), SIZE),
            look,
        )?;
        close_entries(
            "means for s = ½",
            &smooth.means,
            &plain.means,
            |_, _| 0.0,
            "The smoothing does not change the means.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::bayes::gaussian_nb_fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [3.0], [10.0], [14.0]]);
        let model = gaussian_nb_fit(&x, &[0, 0, 4, 4], 0.0)?;
        assert_eq!((model.classes, model.priors), (vec![0, 4], vec![0.5, 0.5]));
        assert_eq!(model.means, Matrix::from_rows([[2.0], [12.0]]));
        assert_eq!(model.variances, Matrix::from_rows([[1.0], [4.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments_of_any_size() {
        for_all("[n, d], [i, j], bad, [left, right]", (fault(), unequal())).cases(64).holds(
            |(([n, d], [i, j], bad), [left, right])| {
                let y: Vec<usize> = (0..*n).map(|i| i % 2).collect();
                let want = InputError::NotFinite { name: "x", index: i * d + j };
                let got = gaussian_nb_fit(&counting_but([*n, *d], [*i, *j], *bad), &y, 0.5);
                rejected(
                    &format!("{CALL} with {bad} in row {i}, column {j}"),
                    got,
                    want,
                    "Check x, row after row.",
                )?;
                let want = InputError::LengthMismatch { left: *left, right: *right };
                let got = gaussian_nb_fit(&counting_but([*left, 2], [0, 0], 4.0), &vec![1; *right], 0.5);
                rejected("gaussian_nb_fit(n×2, m labels, ½)", got, want, "Samples on the left.")
            },
        );
    }

    #[test]
    fn learns_hundreds_of_classes() {
        for_all("k, seed", (any::select(vec![302_usize]), any::seed()))
            .cases(2)
            .holds(|&(k, seed)| every_class_is_learned(k, seed));
    }

    #[test]
    fn rejects_a_negative_smoothing_of_any_size() {
        for_all("s", any::magnitude(-300, 300)).cases(64).holds(|size| {
            let (x, got) = (counting_but([4, 2], [0, 0], 4.0), -size.abs());
            let want = InputError::OutOfRange { name: "smoothing", got, wanted: "at least 0" };
            rejected(
                "gaussian_nb_fit(x, y, s)",
                gaussian_nb_fit(&x, &[0, 0, 1, 1], got),
                want,
                "s is not negative.",
            )
        });
    }

    #[test]
    fn rejects_a_feature_constant_within_any_class() {
        let inputs =
            (several(2..=3), several(1..=3)).prop_flat_map(|(k, d)| (Just([k, d]), 0..k, 0..d, 1..=4_usize));
        for_all("[k, d], c, j, members", inputs).cases(96).holds(|&([k, d], c, j, members)| {
            let n = k * members;
            // Row i is of class i mod k: the value of a feature is its member number, but in one feature of one class.
            let x = Matrix::from_fn(n, d, |i, l| if (i % k, l) == (c, j) { 0.1 } else { (i / k) as f64 });
            let y: Vec<usize> = (0..n).map(|i| i % k).collect();
            let look = "A variance of 0 in any class and any feature: without smoothing there is no density.";
            let want = InputError::Constant { name: "x" };
            rejected("gaussian_nb_fit(x, y, 0)", gaussian_nb_fit(&x, &y, 0.0), want, look)?;
            let model = gaussian_nb_fit(&x, &y, 0.5).accepted("gaussian_nb_fit(x, y, ½)")?;
            equal("the number of classes", model.classes.len(), k, "With smoothing nothing is wrong.")?;
            let all: Vec<usize> = (0..n).collect();
            let largest = (0..d).map(|l| moments(&x, &all, l)[1]).fold(0.0, f64::max);
            let look =
                "The variance of one value is 0, be it one sample or several: only the smoothing is left.";
            let (got, error) = (model.variances[(c, j)], rounding(16 * n, SIZE));
            close("the variance of the constant feature", got, 0.5 * largest, error, look)
        });
    }

    #[test]
    fn scales_with_the_unit_of_the_features() {
        let powers = prop_oneof![6 => -40..=40_i32, 1 => Just(-350), 1 => Just(350)];
        for_all("x, y, x_test, k", (mixed(), powers)).holds(|(split, k)| {
            // Where all numbers are that small, so is the smoothing: a class varies without it.
            let smoothing = if *k == -350 { 0.0 } else { 0.125 };
            let (unit, x) = (2.0_f64.powi(*k), &split.x_train);
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let want = fitted(split, smoothing)?;
            let got = gaussian_nb_fit(&scaled, &split.y_train, smoothing)
                .accepted("gaussian_nb_fit(2ᵏ·x, y, s)")?;
            let by = |m: &Matrix, unit: f64| Matrix::from_fn(m.rows(), m.cols(), |c, j| m[(c, j)] / unit);
            let look = "All features were multiplied by 2ᵏ: means by 2ᵏ, variances by 4ᵏ. What is small, \
                        whatever the unit? Only 0 is.";
            let tolerance = |_, _| rounding(32, SIZE);
            close_entries("means, divided by 2ᵏ,", &by(&got.means, unit), &want.means, tolerance, look)?;
            let variances = by(&got.variances, unit * unit);
            close_entries("variances, divided by 4ᵏ,", &variances, &want.variances, tolerance, look)
        });
    }

    #[test]
    fn is_accurate_far_from_0() {
        for_all("x, y, x_test", mixed()).cases(64).holds(|split| {
            let x = &split.x_train;
            let far = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + 2.0_f64.powi(30));
            let want = fitted(split, 0.5)?;
            let got =
                gaussian_nb_fit(&far, &split.y_train, 0.5).accepted("gaussian_nb_fit(x + 2³⁰, y, ½)")?;
            // A mean near 2³⁰ rounds by 2⁻²³, and a distance of at most 16 from it takes that into the square.
            let look = "All features were shifted by 2³⁰. Subtract the mean before you square: mean of \
                squares \
                        minus square of the mean suffers from cancellation.";
            close_entries(
                "variances of x + 2³⁰",
                &got.variances,
                &want.variances,
                |_, _| 32.0 * 0.5_f64.powi(22),
                look,
            )
        });
    }

    #[test]
    fn accepts_any_labels() {
        example(|| {
            let x = Matrix::from_fn(8, 1, |i, _| (i * i) as f64);
            let y = [usize::MAX, 0, (1 << 53) + 1, 1 << 53, 1 << 53, (1 << 53) + 1, 0, usize::MAX];
            let model = gaussian_nb_fit(&x, &y, 0.0).accepted(CALL)?;
            let look = "Each label once, sorted; labels may be any numbers.";
            equal(
                &format!("classes of the labels {y:?}"),
                model.classes,
                vec![0, 1 << 53, (1 << 53) + 1, usize::MAX],
                look,
            )
        });
    }

    #[test]
    fn smooths_or_rejects_a_constant_feature() {
        for_all("constant, s", (any::eighth(), any::magnitude(-200, 6))).holds(|&(constant, s)| {
            // 0.1 as well: the mean of three times 0.1 is not 0.1.
            let constant = constant + 0.1;
            let x = Matrix::from_rows([
                [constant, 1.0],
                [constant, 3.0],
                [constant, 5.0],
                [constant, 6.0],
                [9.0, 8.0],
            ]);
            let y = [0, 0, 0, 1, 1];
            let got = gaussian_nb_fit(&x, &y, 0.0);
            let look =
                "Without smoothing a class with one value only has the variance 0, exactly, and no density.";
            rejected(
                "gaussian_nb_fit(x, y, 0) with a constant feature in class 0",
                got,
                InputError::Constant { name: "x" },
                look,
            )?;
            let s = s.abs();
            let model = gaussian_nb_fit(&x, &y, s).accepted("gaussian_nb_fit(x, y, s)")?;
            let got = model.variances[(0, 0)];
            let largest = moments(&x, &[0, 1, 2, 3, 4], 0)[1].max(moments(&x, &[0, 1, 2, 3, 4], 1)[1]);
            let look = "With smoothing its variance is s times the largest one, and nothing else.";
            close("the variance of the constant feature", got, s * largest, rounding(32, s * largest), look)
        });
    }

    #[test]
    fn rejects_equal_samples() {
        example(|| {
            let (want, look) =
                (InputError::Constant { name: "x" }, "A fraction of 0 is 0: smoothing does not help here.");
            for smoothing in [0.0, 1.0] {
                let x = Matrix::from_fn(3, 2, |_, j| [0.1, 0.7][j]);
                rejected(
                    "gaussian_nb_fit(x, y, s), all rows equal,",
                    gaussian_nb_fit(&x, &[0, 1, 1], smoothing),
                    want.clone(),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, at)| {
            let (mut x, y) = (Matrix::from_rows([[0.0, 1.0], [2.0, 5.0], [3.0, 3.0]]), [0, 0, 1]);
            let few = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "gaussian_nb_fit(0×2, [], 0)",
                gaussian_nb_fit(&Matrix::zeros(0, 2), &[], 0.0),
                few.clone(),
                "At least one sample.",
            )?;
            rejected(
                "gaussian_nb_fit(3×0, y, 0)",
                gaussian_nb_fit(&Matrix::zeros(3, 0), &y, 0.0),
                few,
                "At least one feature.",
            )?;
            let want = InputError::LengthMismatch { left: 3, right: 2 };
            rejected(
                "gaussian_nb_fit(3×2, 2 labels, 0)",
                gaussian_nb_fit(&x, &y[..2], 0.0),
                want,
                "Samples on the left.",
            )?;
            let want = InputError::OutOfRange { name: "smoothing", got: -0.5, wanted: "at least 0" };
            rejected(
                "gaussian_nb_fit(x, y, −½)",
                gaussian_nb_fit(&x, &y, -0.5),
                want,
                "The smoothing is not negative.",
            )?;
            let want = InputError::NotFinite { name: "smoothing", index: 0 };
            rejected(
                &format!("gaussian_nb_fit(x, y, {bad})"),
                gaussian_nb_fit(&x, &y, *bad),
                want,
                "Check s.",
            )?;
            x[(at / 2, at % 2)] = *bad;
            let want = InputError::NotFinite { name: "x", index: *at };
            rejected(
                &format!("gaussian_nb_fit with {bad} at {at}"),
                gaussian_nb_fit(&x, &y, 0.5),
                want,
                "Check x, row after row.",
            )
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let smoothing = prop_oneof![Just(0.5), Just(1e-9), any::magnitude(-15, 4).prop_map(f64::abs)];
        let inputs = (many(4..=9), several(1..=3), smoothing, judge::any::select(vec![3_usize, 20, 65]))
            .prop_flat_map(|(n, d, s, k)| (any::matrix_of(n, d.min(1 + 15_000 / n)), Just(s), Just(k)))
            .prop_filter("a feature varies", |(x, ..)| {
                (0..x.cols()).any(|j| (0..x.rows()).any(|i| x[(i, j)] != x[(0, j)]))
            });
        for_all("x, s, k", inputs).holds(|(x, smoothing, classes)| {
            let (n, d) = x.shape();
            let y: Vec<usize> = (0..n).map(|i| (7 * i + 5) % 256 % (*classes).min(n / 2)).collect();
            let split = Split { x_train: x.clone(), y_train: y.clone(), x_test: x.clone(), y_test: vec![] };
            let model = fitted(&split, *smoothing)?;
            let all: Vec<usize> = (0..n).collect();
            let largest = (0..d).map(|j| moments(x, &all, j)[1]).fold(0.0, f64::max);
            // The size of the numbers of a column, which its mean rounds with; squared, its variance.
            let size = |j: usize| all.iter().map(|&i| x[(i, j)].abs()).fold(0.0, f64::max);
            let sizes: Vec<f64> = (0..d).map(size).collect();
            let widest = sizes.iter().fold(0.0_f64, |a, b| a.max(*b));
            let of = |c: usize, j: usize| moments(x, &members(&split, model.classes[c]), j);
            let k = model.classes.len();
            let look = "Every sample and every feature counts, whatever their number and their size.";
            let want = Matrix::from_fn(k, d, |c, j| of(c, j)[0]);
            close_entries("means", &model.means, &want, |_, j| rounding(4 * n, sizes[j]), look)?;
            let want = Matrix::from_fn(k, d, |c, j| of(c, j)[1] + smoothing * largest);
            let error = |j: usize| rounding(16 * n, sizes[j].powi(2) + smoothing * widest.powi(2));
            close_entries("variances", &model.variances, &want, |_, j| error(j), look)
        });
    }
}
