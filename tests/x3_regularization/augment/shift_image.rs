use judge::any::select;
use judge::{Answer, Verdict, any, equal, example, for_all, rejected};
use katas::x3_regularization::augment::shift_image;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, matrix, wrong_matrix};

const CALL: &str = "shift_image(image, down, right)";

fn agrees(image: &Matrix, down: i64, right: i64) -> Verdict {
    let got = shift_image(image, down, right).accepted(CALL)?;
    let (h, w) = image.shape();
    let mut want = Matrix::zeros(h, w);
    for i in 0..h {
        for j in 0..w {
            let (to, at) = (i as i128 + i128::from(down), j as i128 + i128::from(right));
            if (0..h as i128).contains(&to) && (0..w as i128).contains(&at) {
                want[(to as usize, at as usize)] = image[(i, j)];
            }
        }
    }
    let look =
        "Pixel (i, j) goes to (i + down, j + right); what comes in is 0, and what leaves does not come back.";
    equal(CALL, got, want, look)
}

#[test]
fn moves_each_pixel_and_fills_with_0() {
    for_all(
        "image, down, right",
        (any::any_matrix(1..=4, 1..=5), any::part(-3..=3_i64), any::part(-3..=3_i64)),
    )
    .holds(|(image, down, right)| agrees(image, *down, *right));
}

#[test]
fn no_shift_changes_nothing() {
    for_all("image", any::any_matrix(1..=5, 1..=5))
        .cases(48)
        .holds(|image| equal(CALL, shift_image(image, 0, 0).accepted(CALL)?, image.clone(), "By 0 pixels."));
}

#[test]
fn shifting_back_leaves_zeros_at_the_edge() {
    for_all(
        "image, down, right",
        (any::any_matrix(1..=4, 1..=4), any::part(-2..=2_i64), any::part(-2..=2_i64)),
    )
    .cases(96)
    .holds(|(image, down, right)| agrees(&shift_image(image, *down, *right).accepted(CALL)?, -down, -right));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::augment::shift_image;
        use kit::Matrix;
        let image = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        assert_eq!(shift_image(&image, 1, -1), Ok(Matrix::from_rows([[0.0, 0.0, 0.0], [2.0, 3.0, 0.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let by = || prop_oneof![3 => any::part(-4..=4_i64), 1 => any::part(-310..=310_i64)];
        let images =
            (any::sizes([1..=9, 1..=9], [301, 301]), any::kinds()).prop_flat_map(|([h, w], [kind, _])| {
                any::part(any::numbers(kind, h * w)).prop_map(move |pixels| matrix(h, w, &pixels))
            });
        for_all("image, down, right", (images, by(), by()))
            .cases(192)
            .holds(|(image, down, right)| agrees(image, *down, *right));
    }

    #[test]
    fn shifts_beyond_the_image_leave_nothing() {
        let far = || select(vec![0, 3, -3, 1 << 40, -(1 << 40), i64::MAX, i64::MIN, (1 << 32) + 1]);
        for_all("down, right", (far(), far()))
            .cases(64)
            .holds(|&(down, right)| agrees(&counting_but([3, 3], [1, 1], 9.0), down, right));
    }

    #[test]
    fn images_without_pixels_stay_empty() {
        example(|| {
            for (h, w) in [(0, 0), (0, 3), (3, 0)] {
                agrees(&Matrix::zeros(h, w), 1, -1)?;
            }
            agrees(&matrix(1, 2, &[f64::MAX, -f64::MAX]), 0, 1)
        });
    }

    #[test]
    fn rejects_pixels_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault(1..=6)).cases(64).holds(|([n, d], [i, j], bad)| {
            let image = wrong_matrix([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "image", index: i * d + j };
            let look = "Check all pixels, those that leave the image too; count row after row.";
            rejected(CALL, shift_image(&image, 0, 1), want.clone(), look)?;
            rejected(CALL, shift_image(&image, -400, 400), want, look)
        });
    }
}
