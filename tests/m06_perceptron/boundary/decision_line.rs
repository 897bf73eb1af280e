use super::lines::{CALL, Line, NAMES, crossing, fine_crossing, line};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::boundary::decision_line;
use kit::InputError;
use proptest::prelude::*;

#[test]
fn both_ends_lie_on_the_boundary() {
    for_all(NAMES, crossing()).holds(|line| {
        for end in line.answer()?.into_iter().flatten() {
            let look =
                "The line is where w₀·x + w₁·y + b is 0. Solve for one coordinate, and mind the sign of b.";
            // An end is rounded to a few ε of the rectangle's own numbers, which the weights carry on.
            let tolerance = rounding(16, line.size() + 16.0 * (line.w[0].abs() + line.w[1].abs()));
            close(&format!("w·p + b at the end p = {end:?}"), line.height(end), 0.0, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn both_ends_lie_on_the_border_of_the_rectangle() {
    for_all(NAMES, crossing()).holds(|line| {
        for [x, y] in line.answer()?.into_iter().flatten() {
            let off = |at: f64, [low, high]: [f64; 2]| (low - at).max(at - high).max(0.0);
            let to_an_end = |at: f64, ends: [f64; 2]| (at - ends[0]).abs().min((at - ends[1]).abs());
            let outside = off(x, line.x).max(off(y, line.y));
            let inside = to_an_end(x, line.x).min(to_an_end(y, line.y));
            ensure(outside <= 1e-12 && inside <= 1e-12, || {
                let look = "Clip the line where it leaves the rectangle: at a side, at the top, or at \
                    the bottom.";
                Broken::answer(
                    format!("{CALL}: an end at ({x}, {y})"),
                    "an end on the border of the rectangle",
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_crossing_line_has_two_different_ends() {
    for_all(NAMES, crossing()).holds(|line| {
        let Some([a, b]) = line.answer()? else {
            let look = "Two corners lie on different sides of the line, so it crosses the rectangle. \
                Vertical lines too?";
            let [low, high] = line.heights();
            return Err(Broken::answer(
                format!("{CALL} = None"),
                format!("two points: w·p + b goes from {low} to {high} at the corners"),
                look,
            ));
        };
        // A line through an inner point that is an eighth of a side away from every side is that long at least.
        let (width, height) = (line.x[1] - line.x[0], line.y[1] - line.y[0]);
        let (length, least) = ((a[0] - b[0]).hypot(a[1] - b[1]), width.min(height) / 8.0);
        ensure(length >= least * (1.0 - 1e-9), || {
            let look = "From where the line enters to where it leaves: not the same point twice.";
            Broken::answer(
                format!("{CALL}: from {a:?} to {b:?}, {length} apart"),
                format!("at least {least} apart"),
                look,
            )
        })
    });
}

#[test]
fn a_line_outside_has_no_ends() {
    for_all(NAMES, line()).holds(|line| {
        let [low, high] = line.heights();
        let got = line.answer()?;
        if low < 0.0 && high > 0.0 || low == 0.0 || high == 0.0 {
            return ensure(got.is_some() || low == 0.0 || high == 0.0, || {
                let look = "Corners on both sides of the line: it crosses the rectangle.";
                Broken::answer(format!("{CALL} = None"), "two points", look)
            });
        }
        let look = format!(
            "At all four corners w·p + b lies between {low} and {high}: the rectangle is on one side of the \
             line."
        );
        equal(CALL, got, None, look)
    });
}

#[test]
fn clips_vertical_horizontal_and_oblique_lines() {
    example(|| {
        let cases = [
            (Line { w: [2.0, 0.0], b: -2.0, x: [0.0, 4.0], y: [-1.0, 3.0] }, [[1.0, -1.0], [1.0, 3.0]]),
            (Line { w: [0.0, -4.0], b: 2.0, x: [0.0, 4.0], y: [-1.0, 3.0] }, [[0.0, 0.5], [4.0, 0.5]]),
            (Line { w: [1.0, 2.0], b: -4.0, x: [0.0, 3.0], y: [0.0, 3.0] }, [[0.0, 2.0], [3.0, 0.5]]),
            (Line { w: [1.0, 1.0], b: -1.0, x: [0.0, 1.0], y: [0.0, 1.0] }, [[0.0, 1.0], [1.0, 0.0]]),
        ];
        for (line, mut want) in cases {
            let call = format!("decision_line({:?}, {}, {:?}, {:?})", line.w, line.b, line.x, line.y);
            let got = line.answer()?.unwrap_or([[f64::NAN; 2]; 2]);
            if got[0] != want[0] {
                want.reverse();
            }
            let look = "Draw it: where does this line cross the border? The order of the ends is yours.";
            close(&call, got.concat().as_slice(), want.concat().as_slice(), 1e-12, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::boundary::decision_line;
        let line = decision_line([1.0, 0.0], -2.0, [0.0, 4.0], [0.0, 1.0]);
        assert!(matches!(line, Ok(Some([[2.0, _], [2.0, _]]))));
        assert_eq!(decision_line([1.0, 1.0], 9.0, [0.0, 4.0], [0.0, 1.0]), Ok(None));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_invariant_under_scaling_of_w_and_b() {
        let factor = judge::any::select(vec![-1.0, 2.0, 1e-200, 1e200]);
        for_all("w, b, x, y, factor", (crossing(), factor)).holds(|(line, factor)| {
            let other = Line { w: line.w.map(|w| w * factor), b: line.b * factor, ..*line };
            let sorted = |mut ends: [[f64; 2]; 2]| {
                // By the height along the line: an order that rounding does not change.
                let along = |[x, y]: [f64; 2]| line.w[0] * y - line.w[1] * x;
                ends.sort_by(|a, b| along(*a).total_cmp(&along(*b)));
                ends.concat()
            };
            let (got, want) = (other.answer()?.map(sorted), line.answer()?.map(sorted));
            let call = format!("decision_line({factor:e}·w, {factor:e}·b, x, y)");
            let look = "Where w·p + b is 0, any multiple of it is 0: same line, same ends.";
            ensure(got.is_some() == want.is_some(), || {
                Broken::answer(format!("{call} = {got:?}"), format!("{want:?}"), look)
            })?;
            let (got, want) = (got.unwrap_or_default(), want.unwrap_or_default());
            close(&call, got.as_slice(), want.as_slice(), 1e-9, look)
        });
    }

    #[test]
    fn is_invariant_under_units() {
        for_all("w, b, x, y, k", (crossing(), -300..=300_i32)).holds(|(line, k)| {
            let unit = 2.0_f64.powi(*k);
            let other = Line {
                w: line.w,
                b: line.b * unit,
                x: line.x.map(|x| x * unit),
                y: line.y.map(|y| y * unit),
            };
            let sorted = |mut ends: [[f64; 2]; 2]| {
                let along = |[x, y]: [f64; 2]| line.w[0] * y - line.w[1] * x;
                ends.sort_by(|a, b| along(*a).total_cmp(&along(*b)));
                ends.concat()
            };
            let got = other.answer()?.map(|ends| sorted(ends.map(|end| end.map(|at| at / unit))));
            let want = line.answer()?.map(sorted);
            let call = "decision_line(w, 2ᵏ·b, 2ᵏ·x, 2ᵏ·y), divided by 2ᵏ";
            let look = "Everything was multiplied by 2ᵏ. Is anything compared with a fixed number?";
            ensure(got.is_some() == want.is_some(), || {
                Broken::answer(format!("{call} = {got:?}"), format!("{want:?}"), look)
            })?;
            close(call, got.unwrap_or_default().as_slice(), want.unwrap_or_default().as_slice(), 1e-9, look)
        });
    }

    #[test]
    fn its_rectangle_includes_its_edges() {
        for_all("w, b, x, y, edge", (crossing(), 0..4_usize)).cases(64).holds(|(line, edge)| {
            let ([x0, x1], [y0, y1]) = (line.x, line.y);
            let (upright, at) = ([(true, x0), (true, x1), (false, y0), (false, y1)])[*edge];
            let mut want = if upright { [[at, y0], [at, y1]] } else { [[x0, at], [x1, at]] };
            let w = if upright { [line.w[0] + line.w[1], 0.0] } else { [0.0, line.w[0] + line.w[1]] };
            if w == [0.0, 0.0] {
                return Ok(());
            }
            let line = Line { w, b: -(w[0] + w[1]) * at, ..*line };
            let got = line.answer()?.unwrap_or([[f64::NAN; 2]; 2]);
            if got[0] != want[0] {
                want.reverse();
            }
            let call = format!("decision_line({w:?}, {}, {:?}, {:?})", line.b, line.x, line.y);
            let look = "This line runs along an edge, which belongs to the rectangle: its ends are corners.";
            close(&call, got.concat().as_slice(), want.concat().as_slice(), 0.0, look)
        });
    }

    #[test]
    fn clips_near_corners_and_in_long_rectangles() {
        for_all("k", 4..=40_i32).cases(37).holds(|&k| {
            let (little, much, unit) = (0.5_f64.powi(k), 2.0_f64.powi(k), [0.0, 1.0]);
            let cut = Some([[0.0, little], [little, 0.0]]);
            let cases = [
                (Line { w: [1.0, 1.0], b: -little, x: unit, y: unit }, cut, "cuts off a little of a corner"),
                (Line { w: [1.0, 1.0], b: little, x: unit, y: unit }, None, "passes a corner outside"),
                (
                    Line { w: [1.0, 0.0], b: -much, x: [0.0, 2.0 * much], y: unit },
                    Some([[much, 0.0], [much, 1.0]]),
                    "crosses a long and narrow rectangle",
                ),
            ];
            for (line, want, look) in cases {
                let call = format!("decision_line({:?}, {:e}, {:?}, {:?})", line.w, line.b, line.x, line.y);
                let sorted = |mut ends: [[f64; 2]; 2]| {
                    ends.sort_by(|[a, c], [b, d]| a.total_cmp(b).then(c.total_cmp(d)));
                    ends.map(|end| end.map(|at| at + 0.0))
                };
                equal(&call, line.answer()?.map(sorted), want, format!("The line {look}."))?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_zero_weights() {
        example(|| {
            let want = InputError::ZeroVector { name: "w" };
            let look = "With w = 0 there is no decision boundary: b decides for the whole plane.";
            rejected(
                "decision_line([0, 0], 1, [0, 1], [0, 1])",
                decision_line([0.0; 2], 1.0, [0.0, 1.0], [0.0, 1.0]),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_empty_intervals() {
        example(|| {
            let least = f64::MIN_POSITIVE;
            for [low, high] in
                [[1.0, 0.0], [1.0, 1.0], [1e300, -1e300], [0.0, -0.0], [1e-300, -least], [1e9, 1e9 - 1e-6]]
            {
                let rejection =
                    |name| InputError::OutOfRange { name, got: high, wanted: "more than the first end" };
                let (odd, good) = ([low, high], [0.0, 1.0]);
                let look = "The first end is the smaller one.";
                rejected(
                    &format!("decision_line([1, 1], 0, {odd:?}, [0, 1])"),
                    decision_line([1.0; 2], 0.0, odd, good),
                    rejection("x"),
                    look,
                )?;
                rejected(
                    &format!("decision_line([1, 1], 0, [0, 1], {odd:?})"),
                    decision_line([1.0; 2], 0.0, good, odd),
                    rejection("y"),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_the_smallest_intervals() {
        example(|| {
            for [low, high] in
                [[0.0, f64::MIN_POSITIVE], [1.0, 1.0 + f64::EPSILON], [-1e-300, 1e-300], [1e16, 1e16 + 2.0]]
            {
                let call = format!("decision_line([1, 1], 5, [{low:e}, {high:e}], [0, 1])");
                let got = decision_line([1.0; 2], 5.0, [low, high], [0.0, 1.0]).accepted(&call)?;
                let look =
                    "An interval whose second end is more than its first one is allowed, however small.";
                equal(&call, got, None, look)?;
                let call = format!("decision_line([1, 1], 5, [0, 1], [{low:e}, {high:e}])");
                let got = decision_line([1.0; 2], 5.0, [0.0, 1.0], [low, high]).accepted(&call)?;
                equal(&call, got, None, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..2_usize)).cases(64).holds(|(bad, k)| {
            let (mut odd, good) = ([0.0, 1.0], [0.0, 1.0]);
            odd[*k] = *bad;
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "Check w, b, x and y.";
            rejected(CALL, decision_line(odd, 0.0, good, good), rejection("w", *k), look)?;
            rejected(CALL, decision_line(good, *bad, good, good), rejection("b", 0), look)?;
            rejected(CALL, decision_line(good, 0.0, odd, good), rejection("x", *k), look)?;
            rejected(CALL, decision_line(good, 0.0, good, odd), rejection("y", *k), look)
        });
    }

    fn powers() -> impl Strategy<Value = i32> + Send + Sync + Clone {
        prop_oneof![7 => -200..=200_i32, 1 => Just(-350)]
    }

    #[test]
    fn is_accurate_for_any_magnitude() {
        for_all("w, b, x, y, j, k", (fine_crossing(), powers(), powers())).holds(|(line, j, k)| {
            // Weights times 2ʲ and a plane in units of 2ᵏ.
            let (of_w, unit) = (2.0_f64.powi(*j), 2.0_f64.powi(*k));
            let line = Line {
                w: line.w.map(|w| w * of_w),
                b: line.b * of_w * unit,
                x: line.x.map(|x| x * unit),
                y: line.y.map(|y| y * unit),
            };
            let look = "Every number counts, whatever its size.";
            let Some(ends) = line.answer()? else {
                return Err(Broken::answer(
                    format!("{CALL} = None"),
                    "two points: the line crosses the rectangle",
                    look,
                ));
            };
            for end in ends {
                let widest = line.x.iter().chain(&line.y).fold(0.0_f64, |widest, at| widest.max(at.abs()));
                let tolerance = rounding(32, line.size() + (line.w[0].abs() + line.w[1].abs()) * widest);
                close(&format!("w·p + b at the end p = {end:?}"), line.height(end), 0.0, tolerance, look)?;
                let to_a_side = |at: f64, ends: [f64; 2]| (at - ends[0]).abs().min((at - ends[1]).abs());
                let off = to_a_side(end[0], line.x).min(to_a_side(end[1], line.y));
                close(
                    &format!("the distance of {end:?} from the border"),
                    off,
                    0.0,
                    rounding(16, widest),
                    look,
                )?;
            }
            Ok(())
        });
    }
}
