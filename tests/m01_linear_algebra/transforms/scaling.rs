use judge::any::select;
use judge::{any, close, close_entries, example, for_all};
use katas::m01_linear_algebra::transforms::scaling;
use kit::Matrix;
use nalgebra::Matrix2;
use proptest::prelude::prop_oneof;

use super::plane::{Shown, matrix, vector};

#[test]
fn scales_each_coordinate_by_its_factor() {
    let inputs = (any::eighth(), any::eighth(), vector());
    for_all("sx, sy, p", inputs).holds(|&(sx, sy, Shown(p))| {
        let image = scaling(sx, sy) * p;
        let (got, want) =
            (Matrix::from_rows([[image.x, image.y]]), Matrix::from_rows([[sx * p[0], sy * p[1]]]));
        let look =
            "The first coordinate of the image is sx·p₁ and does not depend on p₂; the second is sy·p₂.";
        close_entries("scaling(sx, sy)·p, as a row,", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn multiplies_the_factors_of_two_scalings() {
    for_all("a, b, c, d", [any::eighth(), any::eighth(), any::eighth(), any::eighth()]).holds(
        |&[a, b, c, d]| {
            let (got, want) = (matrix(scaling(a, b) * scaling(c, d)), matrix(scaling(a * c, b * d)));
            let look = "scaling(a·c, b·d) is the value above: scaling by c and then by a is scaling by a·c.";
            close_entries("scaling(a, b)·scaling(c, d)", &got, &want, |_, _| 0.0, look)
        },
    );
}

#[test]
fn has_the_product_of_the_factors_as_determinant() {
    for_all("sx, sy", [any::eighth(), any::eighth()]).holds(|&[sx, sy]| {
        let look = "The unit square becomes a rectangle with the sides sx and sy; a single negative factor \
                    reverses the orientation.";
        close("the determinant of scaling(sx, sy)", scaling(sx, sy).determinant(), sx * sy, 0.0, look)
    });
}

#[test]
fn is_the_identity_for_factors_one() {
    example(|| {
        let look = "Scaling both axes by 1 is the identity.";
        close_entries(
            "scaling(1, 1)",
            &matrix(scaling(1.0, 1.0)),
            &matrix(Matrix2::identity()),
            |_, _| 0.0,
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::scaling;
        use nalgebra::Vector2;

        assert_eq!(scaling(2.0, -0.5) * Vector2::new(1.0, 4.0), Vector2::new(2.0, -2.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_by_factors_of_every_magnitude() {
        // Nothing is computed: from the subnormal numbers to the largest ones.
        let ends = select(vec![f64::MAX, -f64::MAX, f64::MIN_POSITIVE, f64::from_bits(1), -0.0]);
        let vast = || any::magnitude(-322, 308);
        let factor = || prop_oneof![1 => any::entry(), 2 => any::wide(), 3 => vast(), 1 => ends.clone()];
        for_all("sx, sy", (factor(), factor())).holds(|&(sx, sy)| {
            let want = Matrix::from_rows([[sx, 0.0], [0.0, sy]]);
            let look = "The diagonal holds the factors as they are, in f64.";
            close_entries("scaling(sx, sy)", &matrix(scaling(sx, sy)), &want, |_, _| 0.0, look)
        });
    }
}
