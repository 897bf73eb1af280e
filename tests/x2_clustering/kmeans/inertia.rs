use judge::{Answer, Broken, Verdict, any, close, ensure, example, for_all};
use katas::x2_clustering::kmeans::inertia;
use kit::Matrix;

use super::super::draw::{counting_but, fault, few_placed, sized_placed, too_large};
use super::super::near;
use super::super::rejection::{rejects_invalid, rejects_misfits};

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
        ensure(many <= few + near::inertia(x, centers).1, || {
            let look = "The nearest of several centers is no farther than the first one.";
            Broken::answer(
                format!("{CALL} = {many}"),
                format!("at most {few}, that of the first center alone"),
                look,
            )
        })
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
    fn is_accurate_far_from_the_origin() {
        for_all("x, centers, far", (few_placed(), any::select(vec![1e4, 1e6, -1e9]))).holds(
            |((x, centers), far)| {
                let [x, centers] =
                    [x, centers].map(|it| Matrix::from_fn(it.rows(), it.cols(), |i, j| it[(i, j)] + far));
                let look = "Squares of these numbers do not fit into f64: take the differences first.";
                agrees(&x, &centers).map_err(|broken| Broken { look: look.to_owned(), ..broken })
            },
        );
    }

    #[test]
    fn accepts_numbers_up_to_the_limit() {
        example(|| {
            let x = Matrix::from_rows([[1e150], [-1e150]]);
            agrees(&x, &Matrix::from_rows([[-1e150]]))
        });
    }

    #[test]
    fn rejects_invalid_points_and_centers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(|(fault, large)| {
            let fine = counting_but(fault.0, fault.1, 0.0);
            rejects_invalid(CALL, "x", fault, *large, |wrong| inertia(wrong, &fine))?;
            rejects_invalid(CALL, "centers", fault, *large, |wrong| inertia(&fine, wrong))
        });
    }

    #[test]
    fn rejects_other_numbers_of_features_and_nothing() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejects_misfits(CALL, features, inertia));
    }
}
