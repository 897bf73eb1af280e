use ndarray::Array2;

use crate::reference::m08_vision::shapes as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type DrawCircle = fn(&mut Array2<u8>, [i32; 2], u32, u8);

/// The kata, answered by a specimen.
pub fn draw_circle(image: &mut Array2<u8>, center: [i32; 2], radius: u32, value: u8) {
    answering::<DrawCircle>(
        module_path!(),
        reference::draw_circle,
        &[
            wheat("on_its_side", "draws on the transposed image", |image, [x, y], radius, value| {
                let mut turned = image.t().to_owned();
                reference::draw_circle(&mut turned, [y, x], radius, value);
                image.assign(&turned.t());
            }),
            wheat(
                "octants",
                "walks one octant in whole numbers, as Bresenham did",
                |image, center, r, value| {
                    if r > 1000 {
                        return reference::draw_circle(image, center, r, value);
                    }
                    let (mut x, mut y) = (0_i64, i64::from(r));
                    while x <= y {
                        // Lower while the middle between the two is outside: (y − ½)² + x² > r².
                        while y > 0 && 4 * (x * x + y * y - y) + 1 > 4 * i64::from(r) * i64::from(r) {
                            y -= 1;
                        }
                        if x <= y {
                            mirrored(image, center, [x, y], value);
                        }
                        x += 1;
                    }
                },
            ),
            chaff("disc", "A circle is a filled disc.", |image, center, radius, value| {
                each(image, value, |x, y| distance(center, x, y) <= f64::from(radius) + 0.5);
            }),
            chaff("rows_for_x", "A point is given as [row, column].", |image, [x, y], radius, value| {
                reference::draw_circle(image, [y, x], radius, value);
            }),
            chaff(
                "columns_only",
                "Two pixels in each column make a connected circle.",
                |image, center, radius, value| {
                    each(image, value, |x, y| {
                        let dx = f64::from(x) - f64::from(center[0]);
                        let height = (f64::from(radius).powi(2) - dx * dx).sqrt().round();
                        (f64::from(y) - f64::from(center[1])).abs() == height
                    });
                },
            ),
            chaff(
                "within_a_half",
                "Every pixel within half a pixel of the circle is drawn.",
                |image, center, radius, value| {
                    each(image, value, |x, y| (distance(center, x, y) - f64::from(radius)).abs() <= 0.5);
                },
            ),
            chaff(
                "cut_off",
                "`as i64` rounds to the nearest whole number.",
                |image, center, radius, value| {
                    octant(image, center, radius, value, f64::trunc);
                },
            ),
            chaff(
                "upper_half",
                "The square root has only the positive value: half of the circle is missing.",
                |image, center, radius, value| {
                    let mut whole = Array2::from_elem(image.dim(), 0);
                    reference::draw_circle(&mut whole, center, radius, 1);
                    each(image, value, |x, y| {
                        i64::from(y) <= i64::from(center[1]) && whole[(y as usize, x as usize)] == 1
                    });
                },
            ),
            chaff("diameter", "The radius is the diameter.", |image, center, radius, value| {
                reference::draw_circle(image, center, radius / 2, value);
            }),
            chaff(
                "all_or_nothing",
                "A circle that leaves the image is not drawn at all.",
                |image, center, radius, value| {
                    let (rows, cols) = (image.nrows() as i64, image.ncols() as i64);
                    let (r, [x, y]) = (i64::from(radius), center.map(i64::from));
                    if x >= r && y >= r && x + r < cols && y + r < rows {
                        reference::draw_circle(image, center, radius, value);
                    }
                },
            ),
            chaff("no_point", "A circle of radius 0 draws nothing.", |image, center, radius, value| {
                if radius > 0 {
                    reference::draw_circle(image, center, radius, value);
                }
            }),
            chaff("in_single_precision", "f32 is precise enough for r².", |image, center, radius, value| {
                if radius < 100_000 {
                    return reference::draw_circle(image, center, radius, value);
                }
                each(image, value, |x, y| {
                    let (dx, dy) = (x as f32 - center[0] as f32, y as f32 - center[1] as f32);
                    ((dx * dx + dy * dy).sqrt() - radius as f32).abs() < 0.5
                });
            }),
            chaff(
                "pixels_in_a_row",
                "The rows of an array follow one another in memory.",
                |image, center, radius, value| {
                    if image.is_standard_layout() {
                        reference::draw_circle(image, center, radius, value);
                    }
                },
            ),
            wheat(
                "every_pixel_is_asked",
                "which pixels are within half of the circle, in whole numbers",
                |image, [x, y], r, value| {
                    for ((i, j), pixel) in image.indexed_iter_mut() {
                        let (s, t) = (i128::from(x).abs_diff(j as i128), i128::from(y).abs_diff(i as i128));
                        let (s, t) = (s.min(t), s.max(t));
                        // (2t − 1)² < 4(r² − s²) < (2t + 1)²
                        let rest = (4 * u128::from(r).pow(2)).checked_sub(4 * s * s);
                        let near = |rest| (2 * t + 1).pow(2) > rest && (t == 0 || (2 * t - 1).pow(2) < rest);
                        if rest.is_some_and(near) {
                            *pixel = value;
                        }
                    }
                },
            ),
            chaff("middle_radii_rounded", "From 310 pixels on a radius may be off by one.", |i, c, r, v| {
                reference::draw_circle(i, c, r + u32::from((311..900_000).contains(&r)), v)
            }),
            chaff("bright_pixels_kept", "A circle is drawn on dark pixels only.", |i, c, r, v| {
                let before = i.clone();
                reference::draw_circle(i, c, r, v);
                i.zip_mut_with(&before, |pixel, was| {
                    if *was > 100 {
                        *pixel = *was
                    }
                })
            }),
            chaff(
                "in_double_precision",
                "A square root in double precision is exact enough for any radius.",
                |image, center, radius, value| {
                    if radius < 10_000 {
                        return reference::draw_circle(image, center, radius, value);
                    }
                    let r = f64::from(radius);
                    let height = |d: f64| (r * r - d * d).sqrt().round();
                    each(image, value, |x, y| {
                        let (dx, dy) =
                            (f64::from(x) - f64::from(center[0]), f64::from(y) - f64::from(center[1]));
                        height(dx) == dy.abs() && dx.abs() <= dy.abs()
                            || height(dy) == dx.abs() && dy.abs() <= dx.abs()
                    });
                },
            ),
            chaff("signed_radius", "A radius above 2³¹ does not occur.", |i, c, r, v| {
                if r <= i32::MAX as u32 {
                    reference::draw_circle(i, c, r, v);
                }
            }),
        ],
    )(image, center, radius, value);
}

fn distance(center: [i32; 2], x: i32, y: i32) -> f64 {
    (f64::from(x) - f64::from(center[0])).hypot(f64::from(y) - f64::from(center[1]))
}

fn each(image: &mut Array2<u8>, value: u8, is_drawn: impl Fn(i32, i32) -> bool) {
    for ((i, j), pixel) in image.indexed_iter_mut() {
        if is_drawn(j as i32, i as i32) {
            *pixel = value;
        }
    }
}

fn octant(image: &mut Array2<u8>, center: [i32; 2], radius: u32, value: u8, rounded: fn(f64) -> f64) {
    let r = f64::from(radius.min(1000));
    for x in 0..=(r / 2.0_f64.sqrt()) as i64 {
        let y = rounded((r * r - (x * x) as f64).sqrt()) as i64;
        mirrored(image, center, [x, y], value);
    }
}

fn mirrored(image: &mut Array2<u8>, center: [i32; 2], [x, y]: [i64; 2], value: u8) {
    for [dx, dy] in [[x, y], [y, x]] {
        for (s, t) in [(1, 1), (1, -1), (-1, 1), (-1, -1)] {
            let (column, row) = (i64::from(center[0]) + s * dx, i64::from(center[1]) + t * dy);
            if let (Ok(i), Ok(j)) = (usize::try_from(row), usize::try_from(column))
                && let Some(pixel) = image.get_mut((i, j))
            {
                *pixel = value;
            }
        }
    }
}
