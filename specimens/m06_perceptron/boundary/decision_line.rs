use kit::InputError;

use crate::reference::m06_perceptron::boundary as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Ends = Option<[[f64; 2]; 2]>;
type DecisionLine = fn([f64; 2], f64, [f64; 2], [f64; 2]) -> Result<Ends, InputError>;

/// The kata, answered by a specimen.
pub fn decision_line(w: [f64; 2], b: f64, x: [f64; 2], y: [f64; 2]) -> Result<Ends, InputError> {
    answering::<DecisionLine>(
        module_path!(),
        reference::decision_line,
        &[
            wheat(
                "clipped",
                "cuts an endless line at one side after the other (Liang and Barsky)",
                |w, b, x, y| {
                    reference::decision_line(w, b, x, y)?;
                    let size = w[0].abs().max(w[1].abs());
                    let (u, v, c) = (w[0] / size, w[1] / size, b / size);
                    let square = u * u + v * v;
                    let (foot, along) = ([-c * u / square, -c * v / square], [-v, u]);
                    let [mut from, mut to] = [f64::NEG_INFINITY, f64::INFINITY];
                    for (axis, [low, high]) in [x, y].into_iter().enumerate() {
                        if along[axis] == 0.0 {
                            if foot[axis] < low || foot[axis] > high {
                                return Ok(None);
                            }
                            continue;
                        }
                        let (a, b) = ((low - foot[axis]) / along[axis], (high - foot[axis]) / along[axis]);
                        (from, to) = (from.max(a.min(b)), to.min(a.max(b)));
                    }
                    let at = |s: f64| [foot[0] + s * along[0], foot[1] + s * along[1]];
                    Ok(if from > to { None } else { Some([at(from), at(to)]) })
                },
            ),
            wheat("the_other_way_round", "the ends in the other order", |w, b, x, y| {
                Ok(reference::decision_line(w, b, x, y)?.map(|[from, to]| [to, from]))
            }),
            chaff(
                "as_a_function_of_x",
                "The boundary is a function of x, drawn over the whole width.",
                |w, b, x, y| {
                    reference::decision_line(w, b, x, y)?;
                    let at = |x: f64| [x, -(b + w[0] * x) / w[1]];
                    Ok(Some(x.map(at)))
                },
            ),
            chaff(
                "cut_at_left_and_right",
                "Clamping y at the left and right side clips the line.",
                |w, b, x, y| {
                    if w[1] == 0.0 || reference::decision_line(w, b, x, y)?.is_none() {
                        return reference::decision_line(w, b, x, y);
                    }
                    let at = |x: f64| [x, (-(b + w[0] * x) / w[1]).clamp(y[0], y[1])];
                    Ok(Some(x.map(at)))
                },
            ),
            chaff("upright_has_none", "A vertical line cannot be drawn.", |w, b, x, y| {
                if w[1] == 0.0 {
                    reference::decision_line([w[0], 1.0], b, x, y).map(|_| None)
                } else {
                    reference::decision_line(w, b, x, y)
                }
            }),
            chaff("bias_on_the_other_side", "The decision boundary is w·p = b.", |w, b, x, y| {
                reference::decision_line(w, -b, x, y)
            }),
            chaff("bias_forgotten", "The decision boundary is w·p = 0.", |w, b, x, y| {
                reference::decision_line(w, b, x, y)?;
                reference::decision_line(w, 0.0, x, y)
            }),
            chaff("along_w", "The decision boundary runs in the direction of w.", |w, b, x, y| {
                reference::decision_line(w, b, x, y)?;
                reference::decision_line([-w[1], w[0]], b, x, y)
            }),
            chaff("weights_exchanged", "The weight w₀ belongs to y.", |w, b, x, y| {
                reference::decision_line([w[1], w[0]], b, x, y)
            }),
            chaff("half_the_line", "The line ends at its point nearest to the origin.", |w, b, x, y| {
                let ends = reference::decision_line(w, b, x, y)?;
                Ok(ends.map(|[p, q]| [p, [f64::midpoint(p[0], q[0]), f64::midpoint(p[1], q[1])]]))
            }),
            chaff("one_point", "Both ends of the line are the same point.", |w, b, x, y| {
                Ok(reference::decision_line(w, b, x, y)?.map(|[from, _]| [from, from]))
            }),
            chaff("never_none", "Every decision boundary crosses the rectangle.", |w, b, x, y| {
                let ends = reference::decision_line(w, b, x, y)?;
                Ok(ends.or(Some([[x[0], y[0]], [x[1], y[1]]])))
            }),
            chaff("small_is_zero", "A weight below 10⁻¹⁰ is 0.", |w, b, x, y| {
                reference::decision_line(w.map(|w| if w.abs() < 1e-10 { 0.0 } else { w }), b, x, y)
            }),
            chaff("short_is_a_point", "A segment shorter than 10⁻³ is a point.", |w, b, x, y| {
                let long = |[p, q]: &[[f64; 2]; 2]| (p[0] - q[0]).hypot(p[1] - q[1]) >= 1e-3;
                Ok(reference::decision_line(w, b, x, y)?.filter(long))
            }),
            chaff(
                "no_direction_no_line",
                "Weights of zero give no line instead of an error.",
                |w, b, x, y| {
                    if w == [0.0, 0.0] { Ok(None) } else { reference::decision_line(w, b, x, y) }
                },
            ),
            chaff("ends_put_in_order", "The ends of an interval may be given in any order.", |w, b, x, y| {
                let sorted = |[a, b]: [f64; 2]| if a < b { [a, b] } else { [b, a + 1.0] };
                if [x, y].concat().iter().all(|v| v.is_finite()) {
                    reference::decision_line(w, b, sorted(x), sorted(y))
                } else {
                    reference::decision_line(w, b, x, y)
                }
            }),
            chaff("nan_is_nowhere", "A NaN gives no line instead of an error.", |w, b, x, y| {
                match reference::decision_line(w, b, x, y) {
                    Err(InputError::NotFinite { .. }) => Ok(None),
                    answer => answer,
                }
            }),
        ],
    )(w, b, x, y)
}
