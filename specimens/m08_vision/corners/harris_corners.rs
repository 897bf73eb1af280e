use kit::InputError;
use ndarray::ArrayView2;

use crate::reference::m08_vision::corners as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{candidates, is_far, taken, white_is_1};

type Corners = Result<Vec<[usize; 2]>, InputError>;

type HarrisCorners = fn(ArrayView2<'_, u8>, usize, f64, f64, usize) -> Corners;

/// The kata, answered by a specimen.
pub fn harris_corners(
    image: ArrayView2<'_, u8>,
    window: usize,
    k: f64,
    share: f64,
    distance: usize,
) -> Corners {
    answering::<HarrisCorners>(
        module_path!(),
        reference::harris_corners,
        &[
            wheat(
                "strike_out",
                "takes the largest response and drops what is near it",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut left, bound) = candidates(image, window, k, share)?;
                    let mut corners = Vec::new();
                    while let Some(best) = left.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a }) {
                        if best.1 <= bound {
                            break;
                        }
                        corners.push(best.0);
                        left.retain(|(place, _)| *place != best.0 && is_far(best.0, *place, distance));
                    }
                    Ok(corners)
                },
            ),
            wheat(
                "others_first",
                "of equal responses takes the lowest pixel first",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut all, bound) = candidates(image, window, k, share)?;
                    all.reverse();
                    all.sort_by(|a, b| b.1.total_cmp(&a.1));
                    Ok(taken(all.into_iter().filter(|it| it.1 > bound), distance))
                },
            ),
            chaff(
                "row_first",
                "A corner is returned as [row, column].",
                |image, window, k, share, distance| {
                    let mut corners = reference::harris_corners(image, window, k, share, distance)?;
                    corners.iter_mut().for_each(|corner| corner.reverse());
                    Ok(corners)
                },
            ),
            chaff(
                "any_distance",
                "Strong corners are never near each other (no non-maximum suppression).",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    reference::harris_corners(image, window, k, share, 0)
                },
            ),
            chaff(
                "as_they_come",
                "Corners are returned in the order of the pixels.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (all, bound) = candidates(image, window, k, share)?;
                    Ok(taken(all.into_iter().filter(|it| it.1 > bound), distance))
                },
            ),
            chaff(
                "weakest_first",
                "Sorting puts the largest response first.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut all, bound) = candidates(image, window, k, share)?;
                    all.sort_by(|a, b| a.1.total_cmp(&b.1));
                    Ok(taken(all.into_iter().filter(|it| it.1 > bound), distance))
                },
            ),
            chaff(
                "absolute",
                "`share` is an absolute threshold, not a fraction of the largest response.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut all, _) = candidates(image, window, k, share)?;
                    all.sort_by(|a, b| b.1.total_cmp(&a.1));
                    Ok(taken(all.into_iter().filter(|it| it.1 > share), distance))
                },
            ),
            chaff(
                "edges_too",
                "A large negative response is a corner as well (thresholds |R|).",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut all, _) = candidates(image, window, k, share)?;
                    let bound = share * all.iter().fold(0.0, |most: f64, it| most.max(it.1.abs()));
                    all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
                    Ok(taken(all.into_iter().filter(|it| it.1.abs() > bound), distance))
                },
            ),
            chaff(
                "near_the_last",
                "A candidate is compared only with the corner taken last.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let all = reference::harris_corners(image, window, k, share, 0)?;
                    let mut corners: Vec<[usize; 2]> = Vec::new();
                    for place in all {
                        if corners.last().is_none_or(|last| is_far(*last, place, distance)) {
                            corners.push(place);
                        }
                    }
                    Ok(corners)
                },
            ),
            chaff(
                "near_a_candidate",
                "A candidate near any stronger candidate is dropped, even if that one was not taken.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let all = reference::harris_corners(image, window, k, share, 0)?;
                    let alone = |n: usize| all[..n].iter().all(|other| is_far(*other, all[n], distance));
                    Ok((0..all.len()).filter(|n| alone(*n)).map(|n| all[n]).collect())
                },
            ),
            chaff("streets", "`distance` is the Manhattan distance.", |image, window, k, share, distance| {
                reference::harris_corners(image, window, k, share, distance)?;
                let mut corners: Vec<[usize; 2]> = Vec::new();
                for [x, y] in reference::harris_corners(image, window, k, share, 0)? {
                    if corners.iter().all(|[s, t]| x.abs_diff(*s) + y.abs_diff(*t) >= distance) {
                        corners.push([x, y]);
                    }
                }
                Ok(corners)
            }),
            chaff("chess", "`distance` is the Chebyshev distance.", |image, window, k, share, distance| {
                reference::harris_corners(image, window, k, share, distance)?;
                let mut corners: Vec<[usize; 2]> = Vec::new();
                for [x, y] in reference::harris_corners(image, window, k, share, 0)? {
                    if corners.iter().all(|[s, t]| x.abs_diff(*s).max(y.abs_diff(*t)) >= distance) {
                        corners.push([x, y]);
                    }
                }
                Ok(corners)
            }),
            chaff(
                "never_far",
                "No distance above ten pixels is ever asked for.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance.min(10))
                },
            ),
            chaff("a_byte", "A distance fits into a byte.", |image, window, k, share, distance| {
                reference::harris_corners(image, window, k, share, distance.min(255))
            }),
            chaff(
                "further_than",
                "A candidate exactly `distance` pixels away is too near.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let mut corners: Vec<[usize; 2]> = Vec::new();
                    for [x, y] in reference::harris_corners(image, window, k, share, 0)? {
                        let squared = |[s, t]: &[usize; 2]| x.abs_diff(*s).pow(2) + y.abs_diff(*t).pow(2);
                        if corners.iter().all(|it| squared(it) > distance.saturating_pow(2)) {
                            corners.push([x, y]);
                        }
                    }
                    Ok(corners)
                },
            ),
            chaff(
                "single_precision",
                "f32 is precise enough to find the stronger response.",
                |image, window, k, share, distance| {
                    reference::harris_corners(image, window, k, share, distance)?;
                    let (mut all, bound) = candidates(image, window, k, share)?;
                    all.sort_by(|a, b| (b.1 as f32).total_cmp(&(a.1 as f32)));
                    Ok(taken(all.into_iter().filter(|it| it.1 > bound), distance))
                },
            ),
            chaff(
                "no_border",
                "No corner lies on the border of the image.",
                |image, window, k, share, distance| {
                    let (rows, cols) = image.dim();
                    let mut corners = reference::harris_corners(image, window, k, share, distance)?;
                    corners.retain(|[x, y]| *x > 0 && *y > 0 && x + 1 < cols && y + 1 < rows);
                    Ok(corners)
                },
            ),
            chaff("best_only", "An image has one corner.", |image, window, k, share, distance| {
                let mut corners = reference::harris_corners(image, window, k, share, distance)?;
                corners.truncate(1);
                Ok(corners)
            }),
            chaff(
                "squares_of_anything",
                "The square of `distance` cannot overflow.",
                |image, window, k, share, distance| {
                    let far = distance.checked_pow(2).unwrap_or(0);
                    reference::harris_corners(image, window, k, share, if far == 0 { 0 } else { distance })
                },
            ),
            chaff(
                "pixels_in_a_row",
                "The rows of a view follow one another in memory.",
                |image, window, k, share, distance| {
                    if image.is_standard_layout() {
                        return reference::harris_corners(image, window, k, share, distance);
                    }
                    let read =
                        ndarray::Array2::from_shape_vec(image.dim(), image.t().iter().copied().collect())
                            .unwrap_or_default();
                    reference::harris_corners(read.view(), window, k, share, distance)
                },
            ),
            chaff("at_most_50", "Fifty corners are enough.", |image, window, k, share, distance| {
                let mut c = reference::harris_corners(image, window, k, share, distance)?;
                c.truncate(50);
                Ok(c)
            }),
            wheat("white_is_1", "brightness from 0 to 1, sums from a summed-area table", white_is_1),
            chaff("five_hundred_at_most", "Five hundred corners are enough.", |i, w, k, q, d| {
                let mut corners = reference::harris_corners(i, w, k, q, d)?;
                corners.truncate(500);
                Ok(corners)
            }),
            chaff(
                "quality_up_to_95_percent",
                "A quality level above 0.95 leaves too little.",
                |i, w, k, q, d| reference::harris_corners(i, w, k, if q < 1.0 { q.min(0.95) } else { q }, d),
            ),
            chaff("k_up_to_a_fifth", "A k above 0.2 leaves no corner.", |i, w, k, q, d| {
                reference::harris_corners(i, w, if k > 0.2 && k <= 0.25 { 0.2 } else { k }, q, d)
            }),
            chaff(
                "windows_up_to_45",
                "A window of more than 45 pixels is as good as one of 45.",
                |i, w, k, q, d| {
                    reference::harris_corners(i, if w < 256 && w % 2 == 1 { w.min(45) } else { w }, k, q, d)
                },
            ),
        ],
    )(image, window, k, share, distance)
}
