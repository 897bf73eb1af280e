use judge::{Answer, Broken, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::hough::hough_votes;
use kit::InputError;
use ndarray::Array2;
use proptest::prelude::*;

use super::ballots::{Ballots, Edges, ROUNDING, any_edges};

const CALL: &str = "hough_votes(edges, angles)";

fn asked(edges: &Array2<bool>, angles: usize) -> Result<Array2<u32>, Broken> {
    let got = hough_votes(edges.view(), angles).accepted(CALL)?;
    let look = "2d + 1 rows with d = rows + columns of the image, one column an angle.";
    equal("the shape of the table", got.dim(), (2 * (edges.nrows() + edges.ncols()) + 1, angles), look)?;
    Ok(got)
}

#[test]
fn every_edge_has_one_vote_for_each_angle() {
    for_all("edges, angles", (any_edges(6), 1..=9_usize)).cases(128).holds(|(Edges(edges), angles)| {
        let got = asked(edges, *angles)?;
        let all = edges.iter().filter(|edge| **edge).count();
        for n in 0..*angles {
            let sum: u32 = got.column(n).sum();
            let look = "Only edges vote, each once for each angle. Is a vote lost where ρ is below 0?";
            equal(&format!("the sum of the votes for angle {n}"), sum as usize, all, look)?;
        }
        Ok(())
    });
}

/// Every line has the votes of the edges that it is nearest to.
fn the_votes_are_right(edges: &Array2<bool>, angles: usize) -> Verdict {
    let (got, d) = (asked(edges, angles)?, edges.nrows() + edges.ncols());
    let ballots = Ballots::of(edges, angles, ROUNDING);
    for ((row, n), votes) in got.indexed_iter() {
        let (fewest, most) = (ballots.fewest[(row, n)], ballots.most[(row, n)]);
        ensure((fewest..=most).contains(votes), || {
            let rho = row as isize - d as isize;
            let got = format!("{votes} votes for ρ = {rho} and angle {n} of {angles}");
            let want = if fewest == most { format!("{most}") } else { format!("{fewest} to {most}") };
            let look = "ρ = x·cos θ + y·sin θ, x the column and y the row, θ in radians from 0 up to, but \
                without, π; rounded, not cut off; row ρ + d of the table. All in f64: far away the last \
                digits of a sine decide.";
            Broken::answer(got, want, look)
        })?;
    }
    Ok(())
}

#[test]
fn a_vote_goes_to_the_nearest_line_through_the_edge() {
    for_all("edges, angles", (any_edges(6), 1..=9_usize))
        .holds(|(Edges(edges), angles)| the_votes_are_right(edges, *angles));
}

#[test]
fn far_from_the_first_pixel_a_vote_goes_to_the_nearest_line_as_well() {
    // Thousands of pixels away a sine in f32 is some 10⁻⁴ pixels off, and of so many edges some lie as near to the middle
    // between two lines.
    let long = (25..=4000_usize, 1..=2_usize, any::<bool>(), 1..=9_usize);
    for_all("length, breadth, upright, angles", long).cases(24).holds(
        |&(length, breadth, upright, angles)| {
            let shape = if upright { (length, breadth) } else { (breadth, length) };
            the_votes_are_right(&Array2::from_elem(shape, true), angles)
        },
    );
}

#[test]
fn edges_in_a_row_or_a_column_agree_on_it() {
    for_all("at, angles", (0..=4_usize, 1..=6_usize)).cases(64).holds(|&(at, half)| {
        let (shape, d, angles) = ((5, 7), 12, 2 * half);
        let column = Array2::from_shape_fn(shape, |(_, x)| x == at);
        let look = "The line x = 3 has θ = 0 and ρ = 3: x is the column.";
        equal(&format!("votes for column {at}"), asked(&column, angles)?[(d + at, 0)], 5, look)?;
        let row = Array2::from_shape_fn(shape, |(y, _)| y == at);
        let look = "The line y = 3 has θ = π/2 and ρ = 3: half of the angles are before it.";
        equal(&format!("votes for row {at}"), asked(&row, angles)?[(d + at, half)], 7, look)
    });
}

#[test]
fn without_pixels_or_angles_there_is_no_vote() {
    example(|| {
        for shape in [(0, 0), (0, 3), (3, 0)] {
            let got = hough_votes(Array2::from_elem(shape, true).view(), 4);
            let call = format!("hough_votes({}×{} image, 4)", shape.0, shape.1);
            rejected(&call, got, InputError::TooFew { got: 0, wanted: 1 }, "There is nothing to look at.")?;
            let got = hough_votes(Array2::from_elem(shape, true).view(), 0);
            let look =
                "Of several reasons the one that stands first in the list is told: pixels before angles.";
            rejected(&format!("{call}, no angles"), got, InputError::TooFew { got: 0, wanted: 1 }, look)?;
        }
        let edges = Array2::from_elem((2, 2), true);
        for angles in [0, 3601, usize::MAX] {
            let want = InputError::OutOfRange { name: "angles", got: angles as f64, wanted: "1 to 3600" };
            let look = "Ask before you make room for the table: a huge number would take all memory.";
            rejected(
                &format!("hough_votes(edges, {angles})"),
                hough_votes(edges.view(), angles),
                want,
                look,
            )?;
        }
        let even = asked(&Array2::from_elem((2, 3), false), 3600)?;
        equal("the votes without edges", even.sum(), 0, "Where nobody votes, every line has 0.")
    });
}

#[test]
fn the_edges_may_lie_in_memory_in_any_order() {
    for_all("edges, angles", (any_edges(6), 1..=9_usize)).cases(64).holds(|(Edges(edges), angles)| {
        // Stored column by column; as a view they are the edges.
        let stored = edges.t().as_standard_layout().into_owned();
        let got = hough_votes(stored.t(), *angles).accepted(CALL)?;
        let look = "Ask the view for edges[(y, x)]; what lies behind it may lie in another order.";
        equal("the votes", got, asked(edges, *angles)?, look)
    });
}

#[test]
fn an_angle_is_as_fine_as_it_is_asked_for() {
    for_all("y, x, angles", (0..=4_usize, 0..=40_usize, prop::sample::select(vec![181_usize, 500])))
        .cases(8)
        .holds(|&(y, x, angles)| {
            let edges = Array2::from_shape_fn((5, 41), |place| place == (y, x));
            the_votes_are_right(&edges, angles)
        });
}
