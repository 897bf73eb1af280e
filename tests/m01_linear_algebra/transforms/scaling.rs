use judge::{any, close, close_entries, example, for_all};
use katas::m01_linear_algebra::transforms::scaling;
use kit::Matrix;
use nalgebra::Matrix2;

use super::plane::{Shown, matrix, vector};

#[test]
fn each_coordinate_is_stretched_by_its_own_factor() {
    let inputs = (any::entry(), any::entry(), vector());
    for_all("sx, sy, p", inputs).holds(|&(sx, sy, Shown(p))| {
        let image = scaling(sx, sy) * p;
        let (got, want) =
            (Matrix::from_rows([[image.x, image.y]]), Matrix::from_rows([[sx * p[0], sy * p[1]]]));
        let look =
            "The first coordinate of the image is sx·p₁ and takes nothing from p₂; the second is sy·p₂.";
        close_entries("scaling(sx, sy)·p, as a row,", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn one_scaling_after_the_other_multiplies_the_factors() {
    for_all("a, b, c, d", [any::eighth(), any::eighth(), any::eighth(), any::eighth()]).holds(
        |&[a, b, c, d]| {
            let (got, want) = (matrix(scaling(a, b) * scaling(c, d)), matrix(scaling(a * c, b * d)));
            let look = "scaling(a·c, b·d) is the other matrix. Stretched by a and by c is stretched by a·c.";
            close_entries("scaling(a, b)·scaling(c, d)", &got, &want, |_, _| 0.0, look)
        },
    );
}

#[test]
fn areas_grow_by_the_product_of_the_factors() {
    for_all("sx, sy", [any::eighth(), any::eighth()]).holds(|&[sx, sy]| {
        let look = "The unit square becomes a rectangle with the sides sx and sy; a single negative factor \
                    turns it over.";
        close("the determinant of scaling(sx, sy)", scaling(sx, sy).determinant(), sx * sy, 0.0, look)
    });
}

#[test]
fn the_factors_1_change_nothing() {
    example(|| {
        let look = "Times 1 is where it was. A factor of 0 would be the one that flattens.";
        close_entries(
            "scaling(1, 1)",
            &matrix(scaling(1.0, 1.0)),
            &matrix(Matrix2::identity()),
            |_, _| 0.0,
            look,
        )
    });
}
