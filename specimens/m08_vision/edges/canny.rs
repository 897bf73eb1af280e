use kit::InputError;
use ndarray::{Array2, ArrayView2};

use super::tuned;
use crate::reference::m08_vision::edges as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Direction, Rules, by, by_angle, by_ratio, by_tangent, in_groups, unchecked};

type Canny = fn(ArrayView2<'_, u8>, f64, f64) -> Result<Array2<bool>, InputError>;

/// The kata, answered by a specimen.
pub fn canny(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
    answering::<Canny>(
        module_path!(),
        reference::canny,
        &[
            wheat("tuned", "three rows at a time, in 16 bits", tuned::canny),
            wheat("sweeps", "sweeps over the image until nothing new comes", |image, low, high| {
                by(image, low, high, &Rules::CANNY)
            }),
            wheat("by_angle", "computes the angle of each gradient", |image, low, high| {
                by(image, low, high, &Rules { direction: by_angle, ..Rules::CANNY })
            }),
            chaff("bounds_exchanged", "`low` is the threshold of the strong edges.", |image, low, high| {
                reference::canny(image, low, high)?;
                unchecked(image, high, low, &Rules::CANNY)
            }),
            chaff(
                "no_hysteresis",
                "Only pixels above the high threshold are edges (no hysteresis).",
                |image, low, high| by(image, low, high, &Rules { follows: false, ..Rules::CANNY }),
            ),
            chaff(
                "low_is_enough",
                "All pixels above the low threshold are edges (no hysteresis).",
                |image, low, high| {
                    reference::canny(image, low, high)?;
                    by(image, low, low, &Rules::CANNY)
                },
            ),
            chaff(
                "one_step",
                "Hysteresis adds only weak edges that touch a strong one directly.",
                |image, low, high| by(image, low, high, &Rules { rounds: 1, ..Rules::CANNY }),
            ),
            chaff(
                "straight_only",
                "An edge continues to four neighbors, not to eight.",
                |image, low, high| by(image, low, high, &Rules { diagonal: false, ..Rules::CANNY }),
            ),
            chaff(
                "no_thinning",
                "Every pixel with a large gradient is an edge (no non-maximum suppression).",
                |image, low, high| by(image, low, high, &Rules { is_peak: |_, _, _| true, ..Rules::CANNY }),
            ),
            chaff(
                "along_the_edge",
                "Non-maximum suppression compares neighbors along the edge, not across it.",
                |image, low, high| {
                    let turned: Direction = |gx, gy| {
                        let (down, right) = by_ratio(gx, gy);
                        if down * right == 0 { (right, down) } else { (1, -right) }
                    };
                    by(image, low, high, &Rules { direction: turned, ..Rules::CANNY })
                },
            ),
            chaff(
                "other_diagonal",
                "y points up, so the two diagonal directions are exchanged.",
                |image, low, high| {
                    by(image, low, high, &Rules { direction: |gx, gy| by_ratio(gx, -gy), ..Rules::CANNY })
                },
            ),
            chaff(
                "four_quarters",
                "The gradient direction is rounded to horizontal or vertical only.",
                |image, low, high| {
                    let axis: Direction = |gx, gy| if gy.abs() > gx.abs() { (1, 0) } else { (0, 1) };
                    by(image, low, high, &Rules { direction: axis, ..Rules::CANNY })
                },
            ),
            chaff(
                "euclid",
                "The gradient magnitude is √(gx² + gy²), not |gx| + |gy|.",
                |image, low, high| {
                    let size = |gx: f64, gy: f64| gx.hypot(gy);
                    by(image, low, high, &Rules { size, ..Rules::CANNY })
                },
            ),
            chaff("ties_both", "Two equal maxima side by side are both edges.", |image, low, high| {
                by(image, low, high, &Rules { is_peak: |b, h, a| h >= b && h >= a, ..Rules::CANNY })
            }),
            chaff("ties_neither", "A maximum must exceed both neighbors strictly.", |image, low, high| {
                by(image, low, high, &Rules { is_peak: |b, h, a| h > b && h > a, ..Rules::CANNY })
            }),
            chaff("tangent_cut_off", "tan 22.5° is exactly 0.41421.", |image, low, high| {
                by(
                    image,
                    low,
                    high,
                    &Rules { direction: |gx, gy| by_tangent(gx, gy, 0.41421), ..Rules::CANNY },
                )
            }),
            chaff("tangent_rounded_up", "tan 22.5° is exactly 0.41422.", |image, low, high| {
                by(
                    image,
                    low,
                    high,
                    &Rules { direction: |gx, gy| by_tangent(gx, gy, 0.41422), ..Rules::CANNY },
                )
            }),
            chaff("border_left_out", "There are no edges on the border of the image.", |image, low, high| {
                let (rows, cols) = image.dim();
                let mut edges = reference::canny(image, low, high)?;
                for ((i, j), edge) in edges.indexed_iter_mut() {
                    *edge &= i > 0 && j > 0 && i + 1 < rows && j + 1 < cols;
                }
                Ok(edges)
            }),
            chaff(
                "equal_is_above",
                "A magnitude equal to the low threshold is above it.",
                |image, low, high| {
                    reference::canny(image, low, high)?;
                    unchecked(image, low - 0.5, high - 0.5, &Rules::CANNY)
                },
            ),
            chaff("on_its_side", "An image array is columns × rows.", |image, low, high| {
                Ok(reference::canny(image, low, high)?.reversed_axes())
            }),
            chaff(
                "exchanges_bounds",
                "Thresholds in the wrong order are swapped, as OpenCV does.",
                |image, low, high| reference::canny(image, low.min(high), high.max(low)),
            ),
            chaff(
                "rounded_bounds",
                "Thresholds are whole numbers and may be rounded.",
                |image, low, high| {
                    reference::canny(image, low, high)?;
                    reference::canny(image, low.round(), high.round())
                },
            ),
            chaff(
                "short_chains",
                "No edge continues for more than a thousand pixels.",
                |image, low, high| {
                    let all = reference::canny(image, low, high)?;
                    let strong = reference::canny(image, high, high)?;
                    let mut seen = Array2::from_elem(all.dim(), false);
                    let mut now: Vec<(usize, usize)> =
                        strong.indexed_iter().filter(|(_, e)| **e).map(|(p, _)| p).collect();
                    for _ in 0..1000 {
                        let mut next = Vec::new();
                        for (i, j) in now {
                            if std::mem::replace(&mut seen[(i, j)], true) {
                                continue;
                            }
                            for k in i.saturating_sub(1)..(i + 2).min(all.nrows()) {
                                for l in j.saturating_sub(1)..(j + 2).min(all.ncols()) {
                                    if all[(k, l)] && !seen[(k, l)] {
                                        next.push((k, l));
                                    }
                                }
                            }
                        }
                        now = next;
                    }
                    Ok(seen)
                },
            ),
            wheat("in_groups", "joins candidates into groups, and keeps those with a strong one", in_groups),
            chaff("thresholds_up_to_1250", "No gradient magnitude is above 1250.", |i, low, high| {
                reference::canny(i, low, if low <= 1250.0 && high < 1e5 { high.min(1250.0) } else { high })
            }),
            chaff("in_single_precision", "A threshold may be an f32.", |i, low, high| {
                let single = |x: f64| if x.abs() < 1e5 && low <= high { f64::from(x as f32) } else { x };
                reference::canny(i, single(low), single(high))
            }),
            chaff("huge_thresholds_wrap", "A threshold fits into 16 bits.", |i, low, high| {
                if low > 65_535.0 && low <= high && high.is_finite() {
                    return reference::canny(i, 0.0, 0.0);
                }
                reference::canny(i, low, high)
            }),
            chaff(
                "large_images_one_threshold",
                "In large images one threshold is enough.",
                |i, low, high| {
                    let is_large = i.nrows().min(i.ncols()) > 45;
                    reference::canny(i, if is_large && low <= high { high } else { low }, high)
                },
            ),
        ],
    )(image, low, high)
}
