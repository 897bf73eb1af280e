use kit::{InputError, check};
use ndarray::{Array2, ArrayView3, Axis, s};

use crate::reference::m08_vision::colour as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type ToGray = fn(ArrayView3<'_, u8>) -> Result<Array2<u8>, InputError>;

/// The kata, answered by a specimen.
pub fn to_gray(bgr: ArrayView3<'_, u8>) -> Result<Array2<u8>, InputError> {
    answering::<ToGray>(
        module_path!(),
        reference::to_gray,
        &[
            wheat("in_floating_point", "sums three products of f64 and rounds", |bgr| {
                weighted(bgr, [0.114, 0.587, 0.299], f64::round)
            }),
            wheat("channel_by_channel", "adds three whole arrays", |bgr| {
                reference::to_gray(bgr)?;
                let weights = [114.0, 587.0, 299.0];
                let part = |k: usize| bgr.index_axis(Axis(2), k).mapv(|v| f64::from(v) * weights[k]);
                Ok((part(0) + part(1) + part(2)).mapv(|sum| ((sum + 500.0) / 1000.0).floor() as u8))
            }),
            chaff("rgb_for_bgr", "The first channel is red (RGB order).", |bgr| {
                weighted(bgr, [0.299, 0.587, 0.114], f64::round)
            }),
            chaff("mean", "Gray is the mean of the three channels.", |bgr| {
                weighted(bgr, [1.0 / 3.0; 3], f64::round)
            }),
            chaff("cut_off", "`as u8` rounds to the nearest whole number.", |bgr| {
                weighted(bgr, [0.114, 0.587, 0.299], |y| y)
            }),
            chaff("bt_709", "The weights are those of BT.709 (high-definition television).", |bgr| {
                weighted(bgr, [0.0722, 0.7152, 0.2126], f64::round)
            }),
            chaff("rounded_each", "Each of the three products is rounded by itself.", |bgr| {
                reference::to_gray(bgr)?;
                let product = |v: u8, weight: f64| (f64::from(v) * weight).round() as u8;
                Ok(bgr.map_axis(Axis(2), |p| {
                    product(p[0], 0.114) + product(p[1], 0.587) + product(p[2], 0.299)
                }))
            }),
            chaff(
                "lightness",
                "Gray lies halfway between the largest and the smallest channel (lightness).",
                |bgr| {
                    reference::to_gray(bgr)?;
                    let ends = |p: ndarray::ArrayView1<'_, u8>| {
                        p.iter().fold((255_u16, 0_u16), |(a, b), v| (a.min((*v).into()), b.max((*v).into())))
                    };
                    Ok(bgr.map_axis(Axis(2), |p| ((ends(p).0 + ends(p).1).div_ceil(2)) as u8))
                },
            ),
            chaff("width_for_height", "An image array is columns × rows.", |bgr| {
                Ok(reference::to_gray(bgr)?.reversed_axes())
            }),
            chaff("fourth_channel_too", "More than three channels do no harm.", |bgr| {
                let all = if bgr.dim().2 > 3 { bgr.slice_move(s![.., .., ..3]) } else { bgr };
                reference::to_gray(all)
            }),
            chaff(
                "nothing_from_nothing",
                "An image without pixels gives a gray image without pixels.",
                |bgr| {
                    let (rows, cols, channels) = bgr.dim();
                    let empty = rows * cols == 0 && channels == 3;
                    if empty { Ok(Array2::zeros((rows, cols))) } else { reference::to_gray(bgr) }
                },
            ),
            chaff(
                "bytes_in_a_row",
                "The bytes of a view lie in memory in the order of its indices.",
                |bgr| {
                    let gray = reference::to_gray(bgr)?;
                    let Some(bytes) = bgr.as_slice_memory_order() else { return Ok(gray) };
                    let pixels: Vec<u8> =
                        bytes.chunks_exact(3).map(|p| reference_pixel([p[0], p[1], p[2]])).collect();
                    Array2::from_shape_vec(gray.dim(), pixels).or(Ok(gray))
                },
            ),
            wheat(
                "half_the_digits",
                "weighs green against the others in f32, rounds halves to even",
                |bgr| {
                    check::at_least(1, bgr.dim().0 * bgr.dim().1)?;
                    check::channels(3, bgr.dim().2)?;
                    Ok(bgr.map_axis(Axis(2), |p| {
                        let [b, g, r] = [0, 1, 2].map(|k| f32::from(p[k]));
                        (g + 0.299 * (r - g) + 0.114 * (b - g)).round_ties_even() as u8
                    }))
                },
            ),
            chaff("white_is_254", "The weights sum to slightly less than 1, so white becomes 254.", |bgr| {
                Ok(reference::to_gray(bgr)?.mapv(|y| y.min(254)))
            }),
            chaff("large_images_darker", "Large images may be rounded down.", |bgr| {
                let gray = reference::to_gray(bgr)?;
                let is_large = gray.nrows().min(gray.ncols()) > 30;
                Ok(if is_large { gray.mapv(|y| y.saturating_sub(1)) } else { gray })
            }),
        ],
    )(bgr)
}

fn reference_pixel([b, g, r]: [u8; 3]) -> u8 {
    let [b, g, r] = [b, g, r].map(u32::from);
    ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
}

fn weighted(
    bgr: ArrayView3<'_, u8>,
    weights: [f64; 3],
    rounded: fn(f64) -> f64,
) -> Result<Array2<u8>, InputError> {
    reference::to_gray(bgr)?;
    let sum =
        |p: ndarray::ArrayView1<'_, u8>| p.iter().zip(weights).map(|(v, w)| f64::from(*v) * w).sum::<f64>();
    Ok(bgr.map_axis(Axis(2), |p| rounded(sum(p)) as u8))
}
