use judge::any::select;
use judge::any::vec;
use judge::{any, close_entries, example, for_all, rounding};
use katas::m01_linear_algebra::transforms::compose;
use kit::Matrix;
use nalgebra::Matrix2;
use proptest::prelude::{Strategy, prop_oneof};

use super::super::range;
use super::plane::{Shown, any_map, map, matrix, vast, vector};

#[test]
fn applies_the_maps_one_after_the_other() {
    // Quarter turns and reflections, any number of them: each product is exact.
    let signed = select(vec![
        [0.0, 1.0, 1.0, 0.0],
        [0.0, -1.0, 1.0, 0.0],
        [1.0, 0.0, 0.0, -1.0],
        [0.0, 1.0, -1.0, 0.0],
    ]);
    let signed = signed.prop_map(|data| Matrix::from_fn(2, 2, |i, j| data[2 * i + j]));
    let many = any::length(5..=12, 1025).prop_flat_map(move |n| vec(signed.clone(), n));
    let same = (any_map(), 2..=4_usize).prop_map(|(map, n)| vec![map; n]);
    let maps = prop_oneof![6 => vec(any_map(), 0..=4), 2 => many, 1 => same, 1 => inverse_shears()];
    for_all("maps, p", (maps, vector())).holds(|(maps, Shown(p))| {
        let maps: Vec<_> = maps.iter().map(map).collect();
        // Eighths times eighths, four times over, still are exact.
        let want = maps.iter().fold(*p, |p, map| map * p);
        let got = compose(&maps) * *p;
        let (got, want) = (Matrix::from_rows([[got.x, got.y]]), Matrix::from_rows([[want.x, want.y]]));
        let look = "The first map is applied to the point first. In a product it is the factor next to the \
                    point: on the right.";
        close_entries("compose(maps)·p, as a row,", &got, &want, |_, _| 0.0, look)
    });
}

/// A shear and its inverse: together the identity.
fn inverse_shears() -> impl Strategy<Value = Vec<Matrix>> + Send + Sync + Clone {
    (any::nonzero(), proptest::prelude::any::<bool>()).prop_map(|(s, along_y)| {
        let shear =
            |s: f64| Matrix::from_rows(if along_y { [[1.0, 0.0], [s, 1.0]] } else { [[1.0, s], [0.0, 1.0]] });
        vec![shear(s), shear(-s)]
    })
}

#[test]
fn is_not_commutative() {
    example(|| {
        let (turn, project) = (Matrix2::new(0.0, -1.0, 1.0, 0.0), Matrix2::new(1.0, 0.0, 0.0, 0.0));
        let look = "Follow (1, 0) by hand: a quarter turn maps it to (0, 1), the projection onto the x axis \
                    then maps that to (0, 0).";
        let want = Matrix::from_rows([[0.0, -1.0], [0.0, 0.0]]);
        close_entries(
            "compose([turn, project])",
            &matrix(compose(&[turn, project])),
            &want,
            |_, _| 0.0,
            look,
        )?;
        let look = "Follow (1, 0) by hand: the projection onto the x axis leaves it, a quarter turn then \
                    maps it to (0, 1).";
        let want = Matrix::from_rows([[0.0, 0.0], [1.0, 0.0]]);
        close_entries("compose([project, turn])", &matrix(compose(&[project, turn])), &want, |_, _| 0.0, look)
    });
}

#[test]
fn is_associative() {
    let three = [any::matrix(2, 2), any::matrix(2, 2), any::matrix(2, 2)];
    for_all("a, b, c", three).holds(|maps| {
        let [a, b, c] = [map(&maps[0]), map(&maps[1]), map(&maps[2])];
        let (got, want) = (matrix(compose(&[compose(&[a, b]), c])), matrix(compose(&[a, b, c])));
        let look = "compose([a, b, c]) is the value above. The composition is associative: is each of the \
                    three used once?";
        close_entries("compose([compose([a, b]), c])", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn returns_a_single_map_and_the_identity_for_none() {
    example(|| {
        let single = Matrix2::new(1.0, 2.0, 3.0, 4.0);
        let look = "The composition of a single map is that map.";
        close_entries("compose([map])", &matrix(compose(&[single])), &matrix(single), |_, _| 0.0, look)?;
        let look = "The composition of no maps is the identity. Start from it, not from zeros.";
        close_entries("compose([])", &matrix(compose(&[])), &matrix(Matrix2::identity()), |_, _| 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::compose;
        use nalgebra::{Matrix2, Vector2};

        let (quarter_turn, flatten) = (Matrix2::new(0.0, -1.0, 1.0, 0.0), Matrix2::new(1.0, 0.0, 0.0, 0.0));
        let e1 = Vector2::new(1.0, 0.0);
        assert_eq!(compose(&[quarter_turn, flatten]) * e1, Vector2::new(0.0, 0.0));
        assert_eq!(compose(&[flatten, quarter_turn]) * e1, Vector2::new(0.0, 1.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn composes_many_maps() {
        let entry = (-1..=1_i32).prop_map(f64::from);
        // Rotations by quarter turns and reflections keep every number exact, for any number of maps.
        let sign = || select(vec![-1.0, 1.0]);
        let signed = (sign(), sign(), proptest::prelude::any::<bool>())
            .prop_map(|(a, b, swap)| if swap { vec![0.0, a, b, 0.0] } else { vec![a, 0.0, 0.0, b] });
        let many = any::size(5..=12, 1025).prop_flat_map(move |n| vec(signed.clone(), n));
        let maps = prop_oneof![2 => vec(vec(entry, 4), 5..=12), 1 => many];
        for_all("maps, p", (maps, vector())).holds(|(maps, Shown(p))| {
            // Otherwise sums of two at most in each step: whole numbers up to 2¹², times eighths, are exact.
            let maps: Vec<_> = maps.iter().map(|entries| Matrix2::from_row_slice(entries)).collect();
            let (got, want) = (compose(&maps) * *p, maps.iter().fold(*p, |p, map| map * p));
            let (got, want) = (Matrix::from_rows([[got.x, got.y]]), Matrix::from_rows([[want.x, want.y]]));
            let look = format!("There are {} maps, and each of them is applied once, in order.", maps.len());
            close_entries("compose(maps)·p, as a row,", &got, &want, |_, _| 0.0, &look)
        });
    }

    #[test]
    fn keeps_all_digits() {
        let number = prop_oneof![any::entry(), any::magnitude(-322, 308)];
        for_all("map, first", (vec(number, 4), proptest::prelude::any::<bool>())).holds(
            |(entries, first)| {
                let map = Matrix2::from_row_slice(entries);
                let maps = if *first { [map, Matrix2::identity()] } else { [Matrix2::identity(), map] };
                let look = "Times 1 and plus 0 cause no rounding. Is something computed in f32?";
                close_entries(
                    "compose of the map and the identity",
                    &matrix(compose(&maps)),
                    &matrix(map),
                    |_, _| 0.0,
                    look,
                )
            },
        );
    }

    #[test]
    fn composes_maps_of_every_magnitude() {
        // The product of all entries stays within the numbers of f64.
        let vast = || range::entries(4, -70, 70).prop_map(|x| Matrix::from_fn(2, 2, |i, j| x[2 * i + j]));
        let map_of_any_size = prop_oneof![1 => any::matrix_of(2, 2), 1 => vast()];
        for_all("maps", vec(map_of_any_size, 2..=4)).holds(|maps| {
            let (identity, no_size) = (Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]), |x: f64| x);
            let product = |of: fn(f64) -> f64| {
                let times = |before: Matrix, m: &Matrix| {
                    let term = |i: usize, j: usize, k: usize| of(m[(i, k)]) * before[(k, j)];
                    Matrix::from_fn(2, 2, |i, j| term(i, j, 0) + term(i, j, 1))
                };
                maps.iter().fold(identity.clone(), times)
            };
            // Each entry is a sum of products, and rounding is measured by their absolute values.
            let (want, size) = (product(no_size), product(f64::abs));
            let got = matrix(compose(&maps.iter().map(map).collect::<Vec<_>>()));
            let look =
                "The product of all maps, the first on the right, in f64. Is an entry clipped or dropped?";
            close_entries("compose(maps)", &got, &want, |i, j| rounding(16, size[(i, j)]), look)
        });
    }

    #[test]
    fn returns_a_single_map_of_every_magnitude() {
        for_all("map", prop_oneof![any::matrix_of(2, 2), vast(2, 2)]).holds(|m| {
            let look = "The composition of a single map is that map, with all its digits.";
            close_entries("compose([map])", &matrix(compose(&[map(m)])), m, |_, _| 0.0, look)
        });
    }
}
