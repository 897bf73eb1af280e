use judge::{any, close_entries, example, for_all};
use katas::m01_linear_algebra::transforms::compose;
use kit::Matrix;
use nalgebra::Matrix2;
use proptest::collection::vec;
use proptest::prelude::Strategy;

use super::plane::{Shown, map, matrix, vector};

#[test]
fn it_does_what_the_maps_do_one_after_the_other() {
    let maps = vec(any::matrix(2, 2), 0..=4);
    for_all("maps, p", (maps, vector())).holds(|(maps, Shown(p))| {
        let maps: Vec<_> = maps.iter().map(map).collect();
        // Eighths times eighths, four times over, still are exact.
        let want = maps.iter().fold(*p, |p, map| map * p);
        let got = compose(&maps) * *p;
        let (got, want) = (Matrix::from_rows([[got.x, got.y]]), Matrix::from_rows([[want.x, want.y]]));
        let look = "The first map meets the point first. In a product that is the factor next to the point: \
                    on the right.";
        close_entries("compose(maps)·p, as a row,", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn many_maps_are_composed_too() {
    let entry = (-1..=1_i32).prop_map(f64::from);
    for_all("maps, p", (vec(vec(entry, 4), 5..=12), vector())).holds(|(maps, Shown(p))| {
        // Sums of two at most in each step: whole numbers up to 2¹², times eighths, are exact.
        let maps: Vec<_> = maps.iter().map(|entries| Matrix2::from_row_slice(entries)).collect();
        let (got, want) = (compose(&maps) * *p, maps.iter().fold(*p, |p, map| map * p));
        let (got, want) = (Matrix::from_rows([[got.x, got.y]]), Matrix::from_rows([[want.x, want.y]]));
        let look = format!("There are {} maps, and each of them acts once, in turn.", maps.len());
        close_entries("compose(maps)·p, as a row,", &got, &want, |_, _| 0.0, &look)
    });
}

#[test]
fn turning_before_flattening_is_not_flattening_before_turning() {
    example(|| {
        let (turn, flatten) = (Matrix2::new(0.0, -1.0, 1.0, 0.0), Matrix2::new(1.0, 0.0, 0.0, 0.0));
        let look = "Follow (1, 0) by hand: a quarter turn takes it to (0, 1), flattening onto the x axis \
                    then to (0, 0).";
        let want = Matrix::from_rows([[0.0, -1.0], [0.0, 0.0]]);
        close_entries(
            "compose([turn, flatten])",
            &matrix(compose(&[turn, flatten])),
            &want,
            |_, _| 0.0,
            look,
        )?;
        let look = "Follow (1, 0) by hand: flattening onto the x axis leaves it, a quarter turn then takes \
                    it to (0, 1).";
        let want = Matrix::from_rows([[0.0, 0.0], [1.0, 0.0]]);
        close_entries("compose([flatten, turn])", &matrix(compose(&[flatten, turn])), &want, |_, _| 0.0, look)
    });
}

#[test]
fn two_maps_may_be_composed_before_the_third() {
    let three = [any::matrix(2, 2), any::matrix(2, 2), any::matrix(2, 2)];
    for_all("a, b, c", three).holds(|maps| {
        let [a, b, c] = [map(&maps[0]), map(&maps[1]), map(&maps[2])];
        let (got, want) = (matrix(compose(&[compose(&[a, b]), c])), matrix(compose(&[a, b, c])));
        let look = "compose([a, b, c]) is the other matrix. Brackets do not matter, the order does: is each \
                    of the three used once?";
        close_entries("compose([compose([a, b]), c])", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn every_entry_keeps_all_its_digits() {
    for_all("map, first", (vec(any::entry(), 4), proptest::prelude::any::<bool>())).holds(
        |(entries, first)| {
            let map = Matrix2::from_row_slice(entries);
            let maps = if *first { [map, Matrix2::identity()] } else { [Matrix2::identity(), map] };
            let look = "Times 1 and plus 0 round nothing. Is something counted in f32?";
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
fn a_single_map_is_itself_and_none_is_the_identity() {
    example(|| {
        let single = Matrix2::new(1.0, 2.0, 3.0, 4.0);
        let look = "With nothing before and nothing after, the map itself is left.";
        close_entries("compose([map])", &matrix(compose(&[single])), &matrix(single), |_, _| 0.0, look)?;
        let look = "Doing nothing leaves each point where it is. Start from that map, not from zeros.";
        close_entries("compose([])", &matrix(compose(&[])), &matrix(Matrix2::identity()), |_, _| 0.0, look)
    });
}
