use judge::{Answer, Broken, Verdict, any, close, equal, example, figure_reads_as, for_all, rejected};
use katas::boss::projection::pca_figure;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use proptest::prop_oneof;

use judge::any::sizes;

const NAMES: [&str; 2] = ["a", "b"];

/// A cross whose longer arm lies along (3, 4)/5, away from the origin.
fn cross() -> Matrix {
    Matrix::from_rows([[14.0, 10.0], [2.0, -6.0], [7.2, 2.6], [8.8, 1.4], [8.0, 2.0]])
}

/// A label and where its points are.
type Class<'a> = (&'a str, &'a [[f64; 2]]);

fn points(figure: &Figure) -> Result<Vec<Class<'_>>, Broken> {
    fn of(layer: &Layer) -> Option<Class<'_>> {
        match layer {
            Layer::Points { label, at } => Some((label.as_str(), at.as_slice())),
            _ => None,
        }
    }
    let found: Vec<_> = figure.layers.iter().map_while(of).collect();
    equal(
        "layers of points before any other",
        found.len(),
        NAMES.len(),
        "One per class, in the order of the names, before the notes.",
    )?;
    Ok(found)
}

#[test]
fn puts_the_longer_arm_on_the_first_axis() {
    for_all("labels", [0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize]).cases(32).holds(
        |labels| {
            let figure =
                pca_figure(&cross(), labels, &NAMES).accepted("pca_figure(cross, labels, [a, b])")?;
            // Along (0.6, 0.8) and (0.8, −0.6), both with the sign that makes the larger entry, 0.8, positive.
            let scores = [[10.0, 0.0], [-10.0, 0.0], [0.0, -1.0], [0.0, 1.0], [0.0, 0.0]];
            for (class, (label, at)) in points(&figure)?.into_iter().enumerate() {
                equal("the label", label, NAMES[class], "The name of the class.")?;
                let want: Vec<f64> = (0..5).filter(|&i| labels[i] == class).flat_map(|i| scores[i]).collect();
                let look = "Scores: subtract the mean, then project on the components; the entry of a \
                    component with the largest absolute value is positive.";
                close(&format!("points {label}"), at.concat().as_slice(), want.as_slice(), 1e-7, look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn labels_each_class_at_its_mean() {
    for_all("labels", [0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize]).cases(32).holds(
        |labels| {
            let figure =
                pca_figure(&cross(), labels, &NAMES).accepted("pca_figure(cross, labels, [a, b])")?;
            let drawn = points(&figure)?;
            let present: Vec<_> = drawn.iter().filter(|(_, at)| !at.is_empty()).collect();
            let notes = &figure.layers[NAMES.len()..];
            equal("the number of notes", notes.len(), present.len(), "One per class that has a sample.")?;
            for (note, (label, points)) in notes.iter().zip(present) {
                let Layer::Note { at, text } = note else {
                    return Err(Broken::answer(format!("{note:?}"), "a note", "Points first, then notes."));
                };
                equal("a note", text.as_str(), *label, "In the order of the classes.")?;
                let mean = [0, 1].map(|k| points.iter().map(|p| p[k]).sum::<f64>() / points.len() as f64);
                close(
                    &format!("the position of {label}"),
                    at.as_slice(),
                    mean.as_slice(),
                    1e-7,
                    "At the mean of its points.",
                )?;
            }
            Ok(())
        },
    );
}

#[test]
fn draws_any_number_of_samples_features_and_classes() {
    let shape = prop_oneof![
        3 => sizes([1..=3, 2..=4, 1..=3], [75, 41, 301]),
        1 => [75..=75_usize, 2..=4, 1..=3],
    ];
    for_all("quarter of the samples, d, classes, seed", (shape, any::seed())).cases(32).holds(
        |&([quarter, d, k], seed)| {
            let (n, p) = (4 * quarter, seed as usize % d);
            let q = (p + 1 + (seed >> 32) as usize % (d - 1)) % d;
            // Opposite pairs along feature p, and shorter ones along feature q: these are the components, with sign +.
            let scores: fn(usize) -> [f64; 2] = |i| {
                let (size, sign) =
                    (1.0 + (i / 4 % 5) as f64 / 8.0, if i.is_multiple_of(2) { 1.0 } else { -1.0 });
                if i % 4 < 2 { [4.0 * sign * size, 0.0] } else { [0.0, sign * size] }
            };
            let x = Matrix::from_fn(n, d, |i, j| {
                8.0 + j as f64
                    + if j == p {
                        scores(i)[0]
                    } else if j == q {
                        scores(i)[1]
                    } else {
                        0.0
                    }
            });
            let labels: Vec<usize> = (0..n).map(|i| (i * 7 + i / 3) % k).collect();
            for name in ["class #", "# is a class with a long name – größer", "the same name"] {
                draws_all_samples(
                    &x,
                    &labels,
                    scores,
                    &(0..k).map(|c| name.replace('#', &c.to_string())).collect::<Vec<_>>(),
                )?;
            }
            Ok(())
        },
    );
}

/// Each class has its points and its note.
fn draws_all_samples(
    x: &Matrix,
    labels: &[usize],
    scores: fn(usize) -> [f64; 2],
    names: &[String],
) -> Verdict {
    let (n, k) = (x.rows(), names.len());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let figure = pca_figure(x, labels, &names).accepted("pca_figure(x, labels, names)")?;
    let look = "Every sample in its order, every class in turn, a note for each class with a sample.";
    let mut notes = figure.layers.iter().skip(k);
    for (class, name) in names.iter().enumerate() {
        let Some(Layer::Points { label, at }) = figure.layers.get(class) else {
            let got = format!("layer {class} is no points");
            return Err(Broken::answer(got, format!("points {name}"), look));
        };
        equal("the label", label.as_str(), *name, look)?;
        let want: Vec<[f64; 2]> = (0..n).filter(|i| labels[*i] == class).map(scores).collect();
        let (got, wanted) = (at.concat(), want.concat());
        close(&format!("points {name}"), got.as_slice(), wanted.as_slice(), 1e-6, look)?;
        if !want.is_empty() {
            let n = want.len() as f64;
            let mean = [0, 1].map(|axis| want.iter().map(|p| p[axis]).sum::<f64>() / n);
            let Some(Layer::Note { at, text }) = notes.next() else {
                return Err(Broken::answer("too few notes", format!("a note {name}"), look));
            };
            equal("a note", text.as_str(), *name, look)?;
            close(&format!("the position of {name}"), at.as_slice(), mean.as_slice(), 1e-6, look)?;
        }
    }
    let axes = [figure.x.label.as_str(), &figure.y.label];
    // The arms are 4 to 1 long: 16 and 1 of 17 parts of the variance.
    let want = ["first (94.1 % of the variance)", "second (5.9 % of the variance)"];
    equal("the axes", axes, want, "Explained variance ratios in percent, with one decimal.")?;
    equal("further layers", notes.count(), 0, "Points first, then notes, and no more.")
}

#[test]
fn title_and_axes_show_explained_variance() {
    example(|| {
        let x = Matrix::from_rows([[1.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, -3.0]]);
        let figure = pca_figure(&x, &[0, 0, 1, 1], &NAMES).accepted("pca_figure(cross, labels, [a, b])")?;
        let got = [figure.title.as_str(), &figure.x.label, &figure.y.label];
        let want =
            ["Two principal components", "first (90.0 % of the variance)", "second (10.0 % of the variance)"];
        equal("title and axes", got, want, "Explained variance ratios in percent, with one decimal.")?;
        equal("equal axes", figure.equal_axes, true, "A distance has the same scale in both directions.")
    });
}

#[test]
fn fixes_the_sign_by_the_largest_entry() {
    for_all("place", any::vector(3..=3)).cases(32).holds(|place| {
        // ±27, ±18 and ±9 along three orthogonal directions. In the first two the largest entry is positive, though the
        // first entry is negative, and in the first the sum as well.
        let arms = [[-12.0, -12.0, 21.0], [-2.0, 16.0, 8.0], [8.0, -1.0, 4.0]];
        let x = Matrix::from_fn(6, 3, |i, j| place[j] + arms[i / 2][j] * if i % 2 == 0 { 1.0 } else { -1.0 });
        let figure =
            pca_figure(&x, &[0, 1, 0, 1, 0, 1], &NAMES).accepted("pca_figure(6×3, labels, [a, b])")?;
        let want = [[[27.0, 0.0], [0.0, 18.0], [0.0, 0.0]], [[-27.0, 0.0], [0.0, -18.0], [0.0, 0.0]]];
        for ((label, at), want) in points(&figure)?.into_iter().zip(want) {
            let look =
                "The entry with the largest absolute value is positive, not the first entry or the sum.";
            close(&format!("points {label}"), at.concat().as_slice(), want.concat().as_slice(), 1e-6, look)?;
        }
        // 729, 324 and 81 of 1134.
        let got = [figure.x.label.as_str(), &figure.y.label];
        let want = ["first (64.3 % of the variance)", "second (28.6 % of the variance)"];
        equal("the axes", got, want, "Divide by the whole variance, including that of components not drawn.")
    });
}

#[test]
fn draws_the_digits() {
    example(|| {
        let digits = kit::data::digits();
        let x = Matrix::from_fn(600, 64, |i, j| digits.features[(i, j)]);
        let names: Vec<&str> = digits.class_names.iter().map(String::as_str).collect();
        let figure = pca_figure(&x, &digits.labels[..600], &names).accepted("pca_figure(600 digits)")?;
        let look = "The other laws of this kata test each layer: make them hold first.";
        figure_reads_as("boss/projection/pca_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::projection::pca_figure;
        use kit::Matrix;
        let x = Matrix::from_rows([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]);
        let figure = pca_figure(&x, &[0, 0, 1, 1], &["level", "upright"])?;
        assert_eq!(figure.x.label, "first (90.0 % of the variance)");
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            let (x, look) =
                (cross(), "One label per row, each with a name; at least two samples and two features.");
            let want = InputError::LengthMismatch { left: 5, right: 2 };
            rejected("pca_figure(5×2, 2 labels, [a, b])", pca_figure(&x, &[0, 1], &NAMES), want, look)?;
            for (n, d) in [(1, 2), (5, 1)] {
                let want = InputError::TooFew { got: 1, wanted: 2 };
                let call = format!("pca_figure({n}×{d}, labels, [a, b])");
                rejected(
                    &call,
                    pca_figure(&Matrix::from_fn(n, d, |i, _| i as f64), &vec![0; n], &NAMES),
                    want,
                    look,
                )?;
            }
            let same = Matrix::from_fn(3, 2, |_, _| 0.1);
            rejected(
                "pca_figure(3×2, all 0.1, …)",
                pca_figure(&same, &[0, 1, 0], &NAMES),
                InputError::Constant { name: "x" },
                look,
            )
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        let inputs =
            (sizes([2..=5, 2..=3, 1..=2], [301, 41, 41]), any::seed(), any::not_finite(), 0..3_usize);
        for_all("n, d, classes, i, bad, more", inputs).cases(48).holds(|&([n, d, k], i, bad, more)| {
            let x = Matrix::from_fn(n, d, |i, j| ((3 * i + 5 * j) % 7) as f64);
            let names: Vec<&str> = vec!["a"; k];
            let (index, at) = (i as usize % (n * d), i as usize % n);
            let odd = super::super::with(&x, index, bad);
            let want = InputError::NotFinite { name: "x", index };
            let look = "Every entry and every label is checked; entries count row by row.";
            rejected("pca_figure(x, labels, names)", pca_figure(&odd, &vec![0; n], &names), want, look)?;
            let mut labels = vec![0; n];
            labels[at] = k + more;
            let want = InputError::UnknownClass { index: at, got: k + more, classes: k };
            rejected(
                &format!("pca_figure, label {} at {at}", k + more),
                pca_figure(&x, &labels, &names),
                want,
                look,
            )?;
            let want = InputError::LengthMismatch { left: n, right: n + 1 + more };
            let got = pca_figure(&x, &vec![0; n + 1 + more], &names);
            rejected(
                &format!("pca_figure({n} rows, {} labels)", n + 1 + more),
                got,
                want,
                "One label per row.",
            )
        });
    }

    #[test]
    fn is_equivariant_under_scaling() {
        let inputs = ([0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize, 0..2_usize], -40..=20_i32);
        for_all("labels, k", inputs).cases(32).holds(|(labels, k)| {
            let unit = 2.0_f64.powi(*k) / 3.0;
            let x = Matrix::from_fn(5, 2, |i, j| cross()[(i, j)] * unit);
            let names = [format!("a{k}"), format!("b{k}")];
            let names = [names[0].as_str(), &names[1]];
            let figure = pca_figure(&x, labels, &names).accepted("pca_figure(2ᵏ/3·cross, labels, names)")?;
            let scores = [[10.0, 0.0], [-10.0, 0.0], [0.0, -1.0], [0.0, 1.0], [0.0, 0.0]];
            for (class, (label, at)) in points(&figure)?.into_iter().enumerate() {
                equal("the label", label, names[class], "The name of the class.")?;
                let of_class = (0..5).filter(|&i| labels[i] == class);
                let want: Vec<f64> = of_class.flat_map(|i| scores[i]).map(|score| score * unit).collect();
                let look = "Scores have the unit of x: compare nothing with a fixed threshold.";
                close(
                    &format!("points {label}"),
                    at.concat().as_slice(),
                    want.as_slice(),
                    1e-7 * unit,
                    look,
                )?;
            }
            Ok(())
        });
    }
}
