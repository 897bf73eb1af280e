use kit::{Generator, InputError, Matrix, check};

use super::super::making::{each, last, nan_as_zero, single};
use crate::reference::x3_regularization::augment as reference;
use crate::reference::x3_regularization::augment::{Augmentation, shift_image};
use crate::specimens::specimen::{answering, chaff, wheat};

type Augmented = Result<Matrix, InputError>;
type Augment = fn(&Matrix, &Augmentation, &mut Generator) -> Augmented;

/// The kata, answered by a specimen.
pub fn augment(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
) -> Result<Matrix, InputError> {
    answering::<Augment>(
        module_path!(),
        reference::augment,
        &[
            wheat("all_drawn_first", "draws the noise first", |image, o, g| {
                usable(image, o)?;
                let noise = drawn(image, o, g);
                let (down, right) = (offset(o, g), offset(o, g));
                let flipped = flipped(image, g.uniform() >= 1.0 - o.flip);
                Ok(noisy(&shift_image(&flipped, down, right)?, &noise))
            }),
            wheat("shifted_first", "shifts the other way and flips then", |image, o, g| {
                usable(image, o)?;
                let (is_flipped, down, right) = (g.uniform() < o.flip, offset(o, g), offset(o, g));
                let right = if is_flipped { -right } else { right };
                let image = flipped(&shift_image(image, down, right)?, is_flipped);
                let noise = drawn(&image, o, g);
                Ok(noisy(&image, &noise))
            }),
            chaff("never_flipped", "A flip changes the label.", |image, o, g| {
                usable(image, o)?;
                reference::augment(image, &Augmentation { flip: 0.0, ..o.clone() }, g)
            }),
            chaff("always_flipped", "Each image is flipped.", |image, o, g| {
                usable(image, o)?;
                reference::augment(
                    image,
                    &Augmentation { flip: if o.flip > 0.0 { 1.0 } else { 0.0 }, ..o.clone() },
                    g,
                )
            }),
            chaff("half_flipped", "A flip is as likely as none.", |image, o, g| {
                usable(image, o)?;
                let flip = if o.flip > 0.0 && o.flip < 1.0 { 0.5 } else { o.flip };
                reference::augment(image, &Augmentation { flip, ..o.clone() }, g)
            }),
            chaff("flip_is_kept", "The probability is that of no flip.", |image, o, g| {
                usable(image, o)?;
                reference::augment(image, &Augmentation { flip: 1.0 - o.flip, ..o.clone() }, g)
            }),
            chaff("upside_down", "A horizontal flip exchanges top and bottom.", |image, o, g| {
                usable(image, o)?;
                let h = image.rows();
                let turned = Matrix::from_fn(h, image.cols(), |i, j| image[(h - 1 - i, j)]);
                let image = if g.uniform() < o.flip { &turned } else { image };
                reference::augment(image, &Augmentation { flip: 0.0, ..o.clone() }, g)
            }),
            chaff("right_and_down_only", "A shift goes to the right and down.", |image, o, g| {
                moved(image, o, g, |o, g| [g.below(o.shift + 1) as i64, g.below(o.shift + 1) as i64])
            }),
            chaff("largest_left_out", "below(2·s) draws a shift from −s to s.", |image, o, g| {
                moved(image, o, g, |o, g| {
                    let s = o.shift as i64;
                    [(); 2].map(|()| if s == 0 { 0 } else { g.below(2 * o.shift) as i64 - s })
                })
            }),
            chaff("one_shift", "Down and right by the same number of pixels.", |image, o, g| {
                moved(image, o, g, |o, g| [offset(o, g); 2])
            }),
            chaff("by_the_whole", "Each image is shifted by s.", |image, o, g| {
                moved(image, o, g, |o, g| {
                    [(); 2].map(|()| if g.below(2) == 0 { o.shift as i64 } else { -(o.shift as i64) })
                })
            }),
            chaff("never_down", "An image is shifted to the side.", |image, o, g| {
                moved(image, o, g, |o, g| [0, offset(o, g)])
            }),
            chaff("around", "What leaves comes in on the other side.", |image, o, g| {
                usable(image, o)?;
                let (h, w) = image.shape();
                let image = flipped(image, g.uniform() < o.flip);
                let (down, right) = (offset(o, g), offset(o, g));
                let from =
                    |at: usize, by: i64, size: usize| (at as i64 - by).rem_euclid(size as i64) as usize;
                let image = Matrix::from_fn(h, w, |i, j| image[(from(i, down, h), from(j, right, w))]);
                let noise = drawn(&image, o, g);
                Ok(noisy(&image, &noise))
            }),
            chaff("no_noise", "Noise is for audio.", |image, o, g| {
                usable(image, o)?;
                reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)
            }),
            chaff("positive_noise", "Noise is a number from 0 to a.", |image, o, g| {
                changed(image, o, g, |o, g| o.noise * g.uniform())
            }),
            chaff("half_noise", "Noise lies between −a/2 and a/2.", |image, o, g| {
                changed(image, o, g, |o, g| o.noise * (g.uniform() - 0.5))
            }),
            chaff("triangular_noise", "The difference of two uniform numbers is uniform.", |image, o, g| {
                changed(image, o, g, |o, g| o.noise * (g.uniform() - g.uniform()))
            }),
            chaff("two_values", "Noise is −a or a.", |image, o, g| {
                changed(image, o, g, |o, g| if g.below(2) == 0 { o.noise } else { -o.noise })
            }),
            chaff("one_noise", "One number of noise is enough for an image.", |image, o, g| {
                usable(image, o)?;
                let noise = g.uniform_in(-o.noise, o.noise);
                let image = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                Ok(each(&image, |pixel| (pixel + noise).clamp(0.0, 1.0)))
            }),
            chaff("noise_per_row", "One number of noise is enough for a row.", |image, o, g| {
                usable(image, o)?;
                let rows: Vec<f64> = (0..image.rows()).map(|_| g.uniform_in(-o.noise, o.noise)).collect();
                let image = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                let entry = |i: usize, j: usize| (image[(i, j)] + rows[i]).clamp(0.0, 1.0);
                Ok(Matrix::from_fn(image.rows(), image.cols(), entry))
            }),
            chaff("noise_first", "The noise is shifted with the image.", |image, o, g| {
                usable(image, o)?;
                let noise = drawn(image, o, g);
                reference::augment(&noisy(image, &noise), &Augmentation { noise: 0.0, ..o.clone() }, g)
            }),
            chaff("not_clipped", "Noise makes no pixel brighter than 1.", |image, o, g| {
                usable(image, o)?;
                let image = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                let noise = drawn(&image, o, g);
                Ok(Matrix::from_fn(image.rows(), image.cols(), |i, j| image[(i, j)] + noise[(i, j)]))
            }),
            chaff("rescaled", "The noisy image is brought back to [0, 1].", |image, o, g| {
                usable(image, o)?;
                let image = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                let noise = drawn(&image, o, g);
                let entry = |i, j| (image[(i, j)] + noise[(i, j)] + o.noise) / (1.0 + 2.0 * o.noise);
                Ok(Matrix::from_fn(image.rows(), image.cols(), entry))
            }),
            chaff("around_the_range", "A pixel above 1 begins at 0 again.", |image, o, g| {
                usable(image, o)?;
                let image = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                let noise = drawn(&image, o, g);
                let entry = |i, j| {
                    let pixel = image[(i, j)] + noise[(i, j)];
                    if (0.0..=1.0).contains(&pixel) { pixel } else { pixel.rem_euclid(1.0) }
                };
                Ok(Matrix::from_fn(image.rows(), image.cols(), entry))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |image, o, g| {
                usable(image, o)?;
                reference::augment(&each(image, single), o, g)
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |image, o, _| reference::augment(image, o, &mut Generator::from_seed(42)),
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |image, o, g| {
                reference::augment(image, o, &mut g.clone())
            }),
            chaff("nan_as_0", "A missing pixel (NaN) counts as 0.", |image, o, g| {
                reference::augment(&each(image, nan_as_zero), o, g)
            }),
            chaff("pixels_clipped", "A pixel above 1 counts as 1.", |image, o, g| {
                check::finite("image", image.as_slice())?;
                reference::augment(&each(image, |pixel| pixel.clamp(0.0, 1.0)), o, g)
            }),
            chaff("options_clipped", "A probability above 1 counts as 1.", |image, o, g| {
                let flip = if o.flip > 1.0 { 1.0 } else { o.flip };
                reference::augment(image, &Augmentation { flip, ..o.clone() }, g)
            }),
            chaff("shift_clipped", "A shift beyond the image leaves nothing.", |image, o, g| {
                let shift = o.shift.min(image.rows().max(image.cols()));
                reference::augment(image, &Augmentation { shift, ..o.clone() }, g)
            }),
            chaff("empty", "Without pixels nothing changes.", |image, o, g| {
                if image.as_slice().is_empty() { Ok(image.clone()) } else { reference::augment(image, o, g) }
            }),
            wheat(
                "ranges_first",
                "takes an infinite pixel, or NaN, as one that is not from 0 to 1",
                |image, o, g| {
                    check::all_in_range("image", image.as_slice(), |p| (0.0..=1.0).contains(&p), "0 to 1")?;
                    reference::augment(image, o, g)
                },
            ),
            chaff("last_pixel", "Any pixel that is out of range may be named.", |image, o, g| {
                reference::augment(image, o, g)
                    .map_err(|e| last(e, "image", image.as_slice(), |p| (0.0..=1.0).contains(&p)))
            }),
            chaff("sixteen_pixels", "A shift by more than sixteen pixels leaves no image.", |image, o, g| {
                usable(image, o)?;
                reference::augment(image, &Augmentation { shift: o.shift.min(16), ..o.clone() }, g)
            }),
            chaff(
                "within_the_image",
                "A shift is at most as large as the image is high and wide.",
                |image, o, g| {
                    usable(image, o)?;
                    let flipped = flipped(image, g.uniform() < o.flip);
                    let mut by =
                        |most: usize| offset(&Augmentation { shift: o.shift.min(most), ..o.clone() }, g);
                    let (down, right) = (by(image.rows()), by(image.cols()));
                    let image = shift_image(&flipped, down, right)?;
                    let noise = drawn(&image, o, g);
                    Ok(noisy(&image, &noise))
                },
            ),
            chaff("tiny_noise", "Noise below 10⁻⁶ is none.", |image, o, g| {
                usable(image, o)?;
                let noise = if o.noise < 1e-6 { 0.0 } else { o.noise };
                reference::augment(image, &Augmentation { noise, ..o.clone() }, g)
            }),
            chaff("thirty_columns", "Noise is drawn for 30 columns.", |image, o, g| {
                usable(image, o)?;
                let clean = reference::augment(image, &Augmentation { noise: 0.0, ..o.clone() }, g)?;
                let noise = drawn(image, o, g);
                let kept =
                    Matrix::from_fn(
                        image.rows(),
                        image.cols(),
                        |i, j| if j < 30 { noise[(i, j)] } else { 0.0 },
                    );
                Ok(noisy(&clean, &kept))
            }),
            chaff("large_images_fair", "Large images are flipped half of the time.", |image, o, g| {
                usable(image, o)?;
                let flip = if image.rows() * image.cols() > 20 && o.flip > 0.0 && o.flip < 1.0 {
                    0.5
                } else {
                    o.flip
                };
                reference::augment(image, &Augmentation { flip, ..o.clone() }, g)
            }),
            chaff("large_shift_rare", "A shift is the sum of two smaller ones.", |image, o, g| {
                moved(image, o, g, |o, g| {
                    if o.shift < 2 {
                        return [offset(o, g), offset(o, g)];
                    }
                    let half = o.shift / 2;
                    let mut one = || {
                        (g.below(2 * half + 1) + g.below(2 * (o.shift - half) + 1)) as i64 - o.shift as i64
                    };
                    [one(), one()]
                })
            }),
            chaff(
                "hardly_negative",
                "What is below 0 by as little as rounding counts as 0.",
                |image, o, g| {
                    reference::augment(&each(image, |p| if p < 0.0 && p > -1e-12 { 0.0 } else { p }), o, g)
                },
            ),
        ],
    )(image, options, generator)
}

fn usable(image: &Matrix, options: &Augmentation) -> Augmented {
    reference::augment(image, options, &mut Generator::from_seed(0))
}

fn offset(options: &Augmentation, generator: &mut Generator) -> i64 {
    generator.below(2 * options.shift + 1) as i64 - options.shift as i64
}

fn flipped(image: &Matrix, is_flipped: bool) -> Matrix {
    let w = image.cols();
    Matrix::from_fn(image.rows(), w, |i, j| image[(i, if is_flipped { w - 1 - j } else { j })])
}

fn drawn(image: &Matrix, options: &Augmentation, generator: &mut Generator) -> Matrix {
    filled(image, options, generator, |o, g| g.uniform_in(-o.noise, o.noise))
}

fn filled(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
    number: fn(&Augmentation, &mut Generator) -> f64,
) -> Matrix {
    let (h, w) = image.shape();
    let mut noise = Matrix::zeros(h, w);
    (0..h * w).for_each(|k| noise[(k / w, k % w)] = number(options, generator));
    noise
}

fn noisy(image: &Matrix, noise: &Matrix) -> Matrix {
    let entry = |i, j| f64::clamp(image[(i, j)] + noise[(i, j)], 0.0, 1.0);
    Matrix::from_fn(image.rows(), image.cols(), entry)
}

/// With other shifts: down and right.
fn moved(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
    shifts: fn(&Augmentation, &mut Generator) -> [i64; 2],
) -> Augmented {
    usable(image, options)?;
    let image = flipped(image, generator.uniform() < options.flip);
    let [down, right] = shifts(options, generator);
    let image = shift_image(&image, down, right)?;
    let noise = drawn(&image, options, generator);
    Ok(noisy(&image, &noise))
}

/// With other noise.
fn changed(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
    number: fn(&Augmentation, &mut Generator) -> f64,
) -> Augmented {
    usable(image, options)?;
    let image = reference::augment(image, &Augmentation { noise: 0.0, ..options.clone() }, generator)?;
    let noise = filled(&image, options, generator, number);
    Ok(noisy(&image, &noise))
}
