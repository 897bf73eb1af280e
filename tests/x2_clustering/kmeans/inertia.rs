use judge::{Answer, Verdict, any, close, equal, example, for_all, rejected};
use katas::x2_clustering::kmeans::inertia;
use kit::{InputError, Matrix};

use super::super::draw::{counting_but, fault, few_placed, sized_placed, too_large};
use super::super::near;

const CALL: &str = "inertia(x, centers)";

fn agrees(x: &Matrix, centers: &Matrix) -> Verdict {
    let got = inertia(x, centers).accepted(CALL)?;
    let (want, tolerance) = near::inertia(x, centers);
    let look = "For each point the smallest of its squared distances to the centers; add them up.";
    close(CALL, got, want, tolerance, look)
}

#[test]
fn is_the_sum_of_squared_distances_to_the_nearest() {
    for_all("x, centers", few_placed()).holds(|(x, centers)| agrees(x, centers));
}

#[test]
fn is_zero_if_every_point_is_a_center() {
    for_all("x, centers", few_placed()).cases(64).holds(|(x, centers)| {
        let all = Matrix::from_fn(x.rows() + centers.rows(), x.cols(), |i, j| {
            if i < x.rows() { x[(i, j)] } else { centers[(i - x.rows(), j)] }
        });
        let look = "A point that is a center has the distance 0 to it.";
        close("inertia(x, x and more)", inertia(x, &all).accepted(CALL)?, 0.0, near::inertia(x, &all).1, look)
    });
}

#[test]
fn another_center_never_raises_it() {
    for_all("x, centers", few_placed()).cases(128).holds(|(x, centers)| {
        let fewer = Matrix::from_fn(1, x.cols(), |_, j| centers[(0, j)]);
        agrees(x, &fewer)?;
        let (few, many) = (inertia(x, &fewer).accepted(CALL)?, inertia(x, centers).accepted(CALL)?);
        let look = "The nearest of several centers is no farther than the first one.";
        equal(
            "inertia(x, all centers) ≤ inertia(x, the first)",
            many <= few + near::inertia(x, centers).1,
            true,
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::kmeans::inertia;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 2.0], [7.0, 1.0]]);
        assert_eq!(inertia(&x, &Matrix::from_rows([[0.0, 1.0], [5.0, 1.0]])), Ok(6.0));
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
    fn accepts_numbers_up_to_the_limit() {
        example(|| {
            let x = Matrix::from_rows([[1e150], [-1e150]]);
            agrees(&x, &Matrix::from_rows([[-1e150]]))
        });
    }

    #[test]
    fn rejects_not_finite_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let wrong = counting_but([*n, *d], [*i, *j], *bad);
            let fine = counting_but([*n, *d], [*i, *j], 0.0);
            let look = "Check all entries; count row after row.";
            let want = |name| InputError::NotFinite { name, index: i * d + j };
            rejected(CALL, inertia(&wrong, &fine), want("x"), look)?;
            rejected(CALL, inertia(&fine, &wrong), want("centers"), look)
        });
    }

    #[test]
    fn rejects_numbers_whose_squares_overflow() {
        for_all("[n, d], [i, j], large", (fault(), too_large())).cases(64).holds(
            |(([n, d], [i, j], _), got)| {
                let wrong = counting_but([*n, *d], [*i, *j], *got);
                let fine = counting_but([*n, *d], [*i, *j], 0.0);
                let want =
                    |name| InputError::OutOfRange { name, got: *got, wanted: "at most 10¹⁵⁰ in size" };
                let look = "Entries are at most 10¹⁵⁰ in size.";
                rejected(CALL, inertia(&wrong, &fine), want("x"), look)?;
                rejected(CALL, inertia(&fine, &wrong), want("centers"), look)
            },
        );
    }

    #[test]
    fn rejects_other_numbers_of_features_and_nothing() {
        for_all("[d, e]", any::unequal_lengths(301)).cases(48).holds(|&[d, e]| {
            let of = |rows: usize, cols: usize| Matrix::from_fn(rows, cols, |i, j| (i + j) as f64);
            let want = InputError::ShapeMismatch { left: (3, d), right: (2, e) };
            rejected(
                CALL,
                inertia(&of(3, d), &of(2, e)),
                want,
                "Points and centers have the same features.",
            )?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "At least one point, one feature and one center.";
            rejected(CALL, inertia(&of(0, d), &of(2, d)), few.clone(), look)?;
            rejected(CALL, inertia(&of(2, d), &of(0, d)), few.clone(), look)?;
            rejected(CALL, inertia(&of(2, 0), &of(2, 0)), few, look)
        });
    }
}
