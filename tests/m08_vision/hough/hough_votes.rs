use judge::{Answer, Broken, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::hough::hough_votes;
use kit::InputError;
use ndarray::Array2;
use proptest::prelude::*;

use super::ballots::{Ballots, Edges, ROUNDING, any_edges, wide_edges};

const CALL: &str = "hough_votes(edges, angles)";

fn votes_of(edges: &Array2<bool>, angles: usize) -> Result<Array2<u32>, Broken> {
    let got = hough_votes(edges.view(), angles).accepted(CALL)?;
    let look = "2d + 1 rows with d = rows + columns of the image, one column per angle.";
    equal("the shape of the table", got.dim(), (2 * (edges.nrows() + edges.ncols()) + 1, angles), look)?;
    Ok(got)
}

#[test]
fn each_edge_votes_once_per_angle() {
    for_all("edges, angles", (any_edges(6), 1..=9_usize)).cases(128).holds(|(Edges(edges), angles)| {
        let got = votes_of(edges, *angles)?;
        let all = edges.iter().filter(|edge| **edge).count();
        for n in 0..*angles {
            let sum: u32 = got.column(n).sum();
            let look = "Only edge pixels vote, each once for each angle. Is a vote lost where ρ is negative?";
            equal(&format!("the sum of the votes for angle {n}"), sum as usize, all, look)?;
        }
        Ok(())
    });
}

/// Every line has the votes of the edge pixels that it is nearest to.
fn the_votes_are_right(edges: &Array2<bool>, angles: usize) -> Verdict {
    let (got, d) = (votes_of(edges, angles)?, edges.nrows() + edges.ncols());
    let ballots = Ballots::of(edges, angles, ROUNDING);
    for ((row, n), votes) in got.indexed_iter() {
        let (fewest, most) = (ballots.fewest[(row, n)], ballots.most[(row, n)]);
        ensure((fewest..=most).contains(votes), || {
            let rho = row as isize - d as isize;
            let got = format!("{votes} votes for ρ = {rho} and angle {n} of {angles}");
            let want = if fewest == most { format!("{most}") } else { format!("{fewest} to {most}") };
            let look = "ρ = x·cos θ + y·sin θ, x the column and y the row, θ in radians from 0 up to, but \
                without, π; rounded, not truncated; row ρ + d of the accumulator. Compute in f64: far away \
                the last digits of a sine decide.";
            Broken::answer(got, want, look)
        })?;
    }
    Ok(())
}

#[test]
fn votes_go_to_the_nearest_line() {
    for_all("edges, angles", (any_edges(6), 1..=9_usize))
        .holds(|(Edges(edges), angles)| the_votes_are_right(edges, *angles));
}

#[test]
fn votes_are_right_for_images_and_angles_of_any_number() {
    for_all("edges, angles", wide_edges())
        .cases(64)
        .holds(|(Edges(edges), angles)| the_votes_are_right(edges, *angles));
}

#[test]
fn collinear_edges_share_one_line() {
    for_all("at, angles", (0..=4_usize, 1..=6_usize)).cases(64).holds(|&(at, half)| {
        let (shape, d, angles) = ((5, 7), 12, 2 * half);
        let column = Array2::from_shape_fn(shape, |(_, x)| x == at);
        let look = "The line x = 3 has θ = 0 and ρ = 3: x is the column.";
        equal(&format!("votes for column {at}"), votes_of(&column, angles)?[(d + at, 0)], 5, look)?;
        let row = Array2::from_shape_fn(shape, |(y, _)| y == at);
        let look = "The line y = 3 has θ = π/2 and ρ = 3: half of the angles are before it.";
        equal(&format!("votes for row {at}"), votes_of(&row, angles)?[(d + at, half)], 7, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::hough::hough_votes;
        use ndarray::array;

        // d is 5: row 5 stands for ρ = 0. All three edges lie in row 1 of the image, the first and the last are 2 apart.
        let votes = hough_votes(array![[false; 3], [true; 3]].view(), 2).unwrap();
        assert_eq!((votes[(5, 0)], votes[(7, 0)], votes[(6, 1)]), (1, 1, 3));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn votes_are_exact_in_large_images() {
        // Thousands of pixels away ρ computed in f32 is off by some 10⁻⁴ pixels, and some of so many edges lie as near to the
        // boundary between two lines.
        let long = (25..=4000_usize, 1..=2_usize, any::<bool>(), 1..=9_usize);
        for_all("length, breadth, upright, angles", long).cases(24).holds(
            |&(length, breadth, upright, angles)| {
                let shape = if upright { (length, breadth) } else { (breadth, length) };
                the_votes_are_right(&Array2::from_elem(shape, true), angles)
            },
        );
    }

    #[test]
    fn rejects_empty_images_and_invalid_angles() {
        example(|| {
            for shape in [(0, 0), (0, 3), (3, 0), (0, 300), (300, 0)] {
                let got = hough_votes(Array2::from_elem(shape, true).view(), 4);
                let call = format!("hough_votes({}×{} image, 4)", shape.0, shape.1);
                rejected(&call, got, InputError::TooFew { got: 0, wanted: 1 }, "The image has no pixels.")?;
            }
            let edges = Array2::from_elem((2, 2), true);
            for angles in [0, 3601, 3602, 7200, 65_537, usize::MAX] {
                let want = InputError::OutOfRange { name: "angles", got: angles as f64, wanted: "1 to 3600" };
                let look = "Check before you allocate the accumulator: a huge number would take all memory.";
                rejected(
                    &format!("hough_votes(edges, {angles})"),
                    hough_votes(edges.view(), angles),
                    want,
                    look,
                )?;
            }
            let even = votes_of(&Array2::from_elem((2, 3), false), 3600)?;
            equal("the votes without edges", even.sum(), 0, "Without edge pixels every line has 0 votes.")
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all("edges, angles", (any_edges(6), 1..=9_usize)).cases(64).holds(|(Edges(edges), angles)| {
            // Stored column by column; as a view they are the edges.
            let stored = edges.t().as_standard_layout().into_owned();
            let got = hough_votes(stored.t(), *angles).accepted(CALL)?;
            let look = "Index the view as edges[(y, x)]; its data may be in another order in memory.";
            equal("the votes", got, votes_of(edges, *angles)?, look)
        });
    }

    #[test]
    fn supports_fine_angles() {
        for_all(
            "y, x, angles",
            (0..=4_usize, 0..=40_usize, judge::any::select(vec![181_usize, 500, 1000, 3600])),
        )
        .cases(12)
        .holds(|&(y, x, angles)| {
            let edges = Array2::from_shape_fn((5, 41), |place| place == (y, x));
            the_votes_are_right(&edges, angles)
        });
    }
}
