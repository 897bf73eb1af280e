use judge::{Answer, Broken, Verdict, any, ensure, equal, example, for_all, rounding};
use katas::x2_clustering::kmeans::lloyd_step;
use kit::Matrix;
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, few_placed, matrix, sized_placed, too_large};
use super::super::near::{self, are_means, are_nearest};
use super::super::rejection::{rejects_invalid, rejects_misfits};

const CALL: &str = "lloyd_step(x, centers)";

/// The answer, checked by definition.
fn stepped(x: &Matrix, centers: &Matrix) -> Result<(Vec<usize>, Matrix), Broken> {
    let (labels, means) = lloyd_step(x, centers).accepted(CALL)?;
    let look = "As many centers as before, with as many features.";
    equal("the shape of the new centers", means.shape(), centers.shape(), look)?;
    are_nearest(CALL, x, centers, &labels)?;
    are_means(CALL, x, &labels, &means, Some(centers))?;
    Ok((labels, means))
}

fn agrees(x: &Matrix, centers: &Matrix) -> Verdict {
    stepped(x, centers).map(|_| ())
}

#[test]
fn points_go_to_the_nearest_and_centers_to_the_mean() {
    for_all("x, centers", few_placed()).holds(|(x, centers)| agrees(x, centers));
}

#[test]
fn never_raises_the_inertia() {
    for_all("x, centers", few_placed()).holds(|(x, centers)| {
        let (_, means) = stepped(x, centers)?;
        let ((before, _), (after, _)) = (near::inertia(x, centers), near::inertia(x, &means));
        // A label may be that of a center which is as near up to rounding, by ‖x‖² − 2x·c + ‖c‖² as well.
        let size = near::norm(x.as_slice()) + x.rows() as f64 * near::norm(centers.as_slice());
        let room = rounding(16 * x.cols() + 4 * x.rows() + 32, size);
        ensure(after <= before + room, || {
            let look = "The mean has the smallest sum of squared distances to its points.";
            Broken::answer(format!("an inertia of {after} after the step"), format!("at most {before}"), look)
        })
    });
}

#[test]
fn a_center_without_points_stays() {
    for_all("x, far", (any::vector(1..=5), any::vector(2..=2))).cases(128).holds(|(x, far)| {
        // Beyond all points, on the other side of a nearer center.
        let centers = [100.0 + far[0], 9.0, -100.0 + far[1]];
        agrees(&matrix(x.len(), 1, x), &matrix(3, 1, &centers))
    });
}

#[test]
fn a_fixed_point_stays() {
    for_all("a, b", [any::eighth(), any::eighth()]).cases(128).holds(|&[a, b]| {
        // Two pairs with their means.
        let x = matrix(4, 2, &[a, b, a + 2.0, b, a + 64.0, b - 4.0, a + 64.0, b + 4.0]);
        let centers = matrix(2, 2, &[a + 64.0, b, a + 1.0, b]);
        let (labels, means) = stepped(&x, &centers)?;
        equal("the labels", labels, vec![1, 1, 0, 0], "The nearest of the given centers, by its number.")?;
        equal("the new centers", means, centers, "They were the means of their points already.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::kmeans::lloyd_step;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 2.0], [7.0, 1.0]]);
        let centers = Matrix::from_rows([[1.0, 1.0], [9.0, 1.0], [50.0, 50.0]]);
        let means = Matrix::from_rows([[0.0, 1.0], [7.0, 1.0], [50.0, 50.0]]);
        assert_eq!(lloyd_step(&x, &centers), Ok((vec![0, 0, 1], means)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all("x, centers", sized_placed([301, 101, 301])).holds(|(x, centers)| agrees(x, centers));
    }

    #[test]
    fn every_feature_counts() {
        let inputs = any::sizes([1..=4], [301]).prop_flat_map(|[d]| (Just(d), any::place(d)));
        for_all("d, j", inputs).cases(96).holds(|&(d, j)| {
            // Points and centers differ in one feature.
            let at = |values: &[f64]| {
                Matrix::from_fn(values.len(), d, |i, k| if k == j { values[i] } else { 2.5 })
            };
            agrees(&at(&[0.0, 1.0, 8.0, 9.0, 4.0]), &at(&[10.0, -1.0, 3.0]))
        });
    }

    #[test]
    fn equally_near_centers_are_equally_right() {
        example(|| {
            agrees(&matrix(3, 1, &[0.0, 1.0, -0.0]), &matrix(3, 1, &[1.0, -1.0, 1.0]))?;
            agrees(&Matrix::from_fn(40, 2, |_, _| 3.0), &Matrix::from_fn(5, 2, |_, _| 3.0))
        });
    }

    #[test]
    fn accepts_numbers_up_to_the_limit() {
        example(|| agrees(&matrix(3, 1, &[1e150, -1e150, 0.0]), &matrix(2, 1, &[-1e150, 9e149])));
    }

    #[test]
    fn rejects_invalid_points_and_centers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(|(fault, large)| {
            let fine = counting_but(fault.0, fault.1, 0.0);
            rejects_invalid(CALL, "x", fault, *large, |wrong| lloyd_step(wrong, &fine))?;
            rejects_invalid(CALL, "centers", fault, *large, |wrong| lloyd_step(&fine, wrong))
        });
    }

    #[test]
    fn rejects_other_numbers_of_features_and_nothing() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejects_misfits(CALL, features, lloyd_step));
    }
}
