use judge::any::select;
use judge::{
    Answer, Broken, any, drawn_with, ensure, equal, example, follows, for_all, rejected, rejected_for,
};
use katas::x3_regularization::augment::{Augmentation, augment};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::matrix;
use super::super::rejection::reasons;
use super::variants::{augmented, choices};

const CALL: &str = "augment(image, options, generator)";

fn small() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (1..=3_usize, 1..=4_usize).prop_flat_map(|(h, w)| {
        any::vec(any::part(0..=8_u32), h * w)
            .prop_map(move |pixels| Matrix::from_fn(h, w, |i, j| f64::from(pixels[i * w + j]) / 8.0))
    })
}

/// Flip, shift and noise.
fn options() -> impl Strategy<Value = (f64, usize, f64)> + Send + Sync + Clone {
    let noise = select(vec![0.0, 0.0, 0.125, 0.5, 1.0]);
    (select(vec![0.0, 0.5, 1.0, 0.25]), any::part(0..=1_usize), noise)
}

#[test]
fn flips_shifts_and_adds_noise() {
    for_all("image, flip, shift, noise, seed", (small(), options(), any::seed())).holds(
        |(image, options, seed)| {
            let (flip, shift, noise) = *options;
            augmented(image, &Augmentation { flip, shift, noise }, &mut Generator::from_seed(*seed))
                .map(|_| ())
        },
    );
}

#[test]
fn nothing_to_do_changes_nothing() {
    for_all("image, seed", (small(), any::seed())).cases(64).holds(|(image, seed)| {
        let nothing = Augmentation { flip: 0.0, shift: 0, noise: 0.0 };
        let got = augment(image, &nothing, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        equal(CALL, got, image.clone(), "With 0, 0 and 0 the image stays.")
    });
}

#[test]
fn flips_and_shifts_are_as_likely_as_they_should_be() {
    for_all("flip, seed", (select(vec![0.5, 0.25, 0.9]), any::seed())).cases(4).holds(|&(flip, seed)| {
        let image = matrix(2, 2, &[0.25, 0.5, 0.75, 1.0]);
        let options = Augmentation { flip, shift: 1, noise: 0.0 };
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 18]);
        for _ in 0..1500 {
            counts[augmented(&image, &options, &mut generator)?.1] += 1;
        }
        let all = choices(&options);
        let name = |(is_flipped, down, right): &(bool, i64, i64)| {
            let word = if *is_flipped { "flipped" } else { "not flipped" };
            format!("{word} and shifted by ({down}, {right})")
        };
        let names: Vec<String> = all.iter().map(name).collect();
        let probability =
            |(is_flipped, ..): &(bool, i64, i64)| if *is_flipped { flip / 9.0 } else { (1.0 - flip) / 9.0 };
        let probabilities: Vec<f64> = all.iter().map(probability).collect();
        let look = "Flip with the given probability; each shift from −s to s is equally likely, down and \
                    right by themselves.";
        drawn_with(CALL, &names, &counts, &probabilities, look)
    });
}

#[test]
fn noise_is_uniform() {
    let inputs = (
        select(vec![0.25, 0.5, 0.125, 1.0, 0.75, 1e-9]),
        select(vec![[40_usize, 25], [4, 301], [301, 4]]),
        any::seed(),
    );
    for_all("noise, [h, w], seed", inputs).cases(12).holds(|&(noise, [h, w], seed)| {
        let options = Augmentation { flip: 0.0, shift: 0, noise };
        // Much noise is clipped; below 0 for black pixels only, above 1 for white ones only.
        let pixel = |k: usize| if noise <= 0.5 { 0.5 } else { [0.0, 1.0][k % 2] };
        let image = Matrix::from_fn(h, w, |i, j| pixel(i * w + j));
        let (got, _) = augmented(&image, &options, &mut Generator::from_seed(seed))?;
        let is_whole = |got: f64| noise <= 0.5 || (got > 0.0 && got < 1.0);
        let pixels = got.as_slice().iter().enumerate().filter(|(_, got)| is_whole(**got));
        let mut sample: Vec<f64> = pixels.map(|(k, got)| (got - pixel(k)) / noise).collect();
        let look = "Each pixel gets its own number, uniform from −a to a.";
        follows("noise/a", &sample, |x| f64::midpoint(x, 1.0).clamp(0.0, 1.0), look)?;
        sample.sort_by(f64::total_cmp);
        // Of some 10³ numbers with 50 digits two are equal, or one is 0, with a chance below 10⁻⁹.
        let is_single = sample.windows(2).all(|pair| pair[0] < pair[1]) && !sample.contains(&0.0);
        ensure(noise < 0.1 || is_single, || {
            Broken::answer("two pixels with the same noise, or one without", "another number each", look)
        })
    });
}

#[test]
fn larger_shifts_and_flips_are_as_likely_as_they_should_be() {
    let sizes =
        select(vec![(2_usize, [41_usize, 7]), (2, [7, 41]), (5, [13, 17]), (20, [43, 43]), (20, [43, 43])]);
    for_all("s, [h, w], seed", (sizes, any::seed())).cases(8).holds(|&((shift, [h, w]), seed)| {
        let options = Augmentation { flip: 0.25, shift, noise: 0.0 };
        // A white pixel in the middle, and a gray one to its right; after a flip to its left.
        let (row, col) = (h / 2, w / 2);
        let mut image = Matrix::zeros(h, w);
        (image[(row, col)], image[(row, col + 1)]) = (1.0, 0.5);
        let span = 2 * shift + 1;
        let (mut generator, mut flips) = (Generator::from_seed(seed), [0; 2]);
        let (mut down, mut right, mut far) = (vec![0; span], vec![0; span], [0; 2]);
        for _ in 0..if shift < 9 { 600 } else { 150 } {
            let got = augment(&image, &options, &mut generator).accepted(CALL)?;
            equal("the shape", got.shape(), (h, w), "As the image.")?;
            let at = got.as_slice().iter().position(|pixel| *pixel == 1.0).unwrap_or(0);
            let [i, j] = [(at / w + shift).wrapping_sub(row), (at % w + shift).wrapping_sub(col)];
            let is_near = i < span && j < span && got.as_slice()[at] == 1.0;
            let look = "Shifted by −s to s pixels in each direction.";
            ensure(is_near, || Broken::answer(format!("{got:?}"), "the white pixel nearby", look))?;
            (down[i], right[j]) = (down[i] + 1, right[j] + 1);
            far[usize::from(i.abs_diff(shift).max(j.abs_diff(shift)) > 4 * shift / 5)] += 1;
            flips[usize::from(at > 0 && got.as_slice()[at - 1] == 0.5)] += 1;
        }
        let look = "Each shift from −s to s is as likely as any other, for every s.";
        let names: Vec<String> = (0..span).map(|k| (k as i64 - shift as i64).to_string()).collect();
        let fair = vec![1.0 / span as f64; span];
        drawn_with("the shift down", &names, &down, &fair, look)?;
        drawn_with("the shift to the right", &names, &right, &fair, look)?;
        let near = ((2 * (4 * shift / 5) + 1) as f64 / span as f64).powi(2);
        drawn_with("the shifts", &["up to 4s/5", "one above 4s/5"], &far, &[near, 1.0 - near], look)?;
        let look = "Flip with the given probability.";
        drawn_with("the image", &["not flipped", "flipped"], &flips, &[0.75, 0.25], look)
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (select(vec![10_usize, 101, 257, 301]), any::seed())).cases(16).holds(|&(n, seed)| {
        let image = Matrix::from_fn(n, 8, |i, j| ((i * 37 + j * 11) % 97) as f64 / 97.0);
        let options = Augmentation { flip: 0.5, shift: 2, noise: 0.5 };
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let (got, _) = augmented(&image, &options, &mut first)?;
        let look = "What else than the generator decides? A static, the clock?";
        equal(
            "the image from the same state",
            augmented(&image, &options, &mut again)?.0,
            got.clone(),
            look,
        )?;
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, (other, _)) in [
            ("the state that was left behind", augmented(&image, &options, &mut first)?),
            ("another seed", augmented(&image, &options, &mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other != got, || {
                Broken::answer(format!("the same image from {what}"), "another image", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::augment::{Augmentation, augment};
        use kit::{Generator, Matrix};
        let image = Matrix::from_rows([[0.25, 0.75]]);
        let mirrored = Augmentation { flip: 1.0, shift: 0, noise: 0.0 };
        let flipped = augment(&image, &mirrored, &mut Generator::from_seed(1));
        assert_eq!(flipped, Ok(Matrix::from_rows([[0.75, 0.25]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn noise_comes_last_and_is_clipped() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            // One white pixel: it leaves the image in eight of nine cases, and the zero that comes in gets noise, too.
            let options = Augmentation { flip: 0.0, shift: 1, noise: 0.5 };
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 4]);
            for _ in 0..1500 {
                let (got, _) = augmented(&matrix(1, 1, &[1.0]), &options, &mut generator)?;
                let pixel = got[(0, 0)];
                let is = [pixel > 0.0, pixel > 0.5, pixel == 1.0];
                counts[is.into_iter().filter(|is| *is).count()] += 1;
            }
            let names = ["0", "above 0 to 0.5", "above 0.5", "1"];
            let probabilities = [4.0 / 9.0, 4.0 / 9.0, 1.0 / 18.0, 1.0 / 18.0];
            let look = "First the shift, then the noise, then clipping.";
            drawn_with("the pixel", &names, &counts, &probabilities, look)
        });
    }

    #[test]
    fn is_right_for_any_size() {
        let images =
            (any::sizes([1..=6, 1..=6], [301, 301]), any::kinds()).prop_flat_map(|([h, w], [kind, _])| {
                let pixels = any::part(any::numbers(kind, h * w));
                // From 0 to 1; tiny ones stay tiny.
                pixels.prop_map(move |x| {
                    Matrix::from_fn(h, w, |i, j| x[i * w + j].abs() / (1.0 + x[i * w + j].abs()))
                })
            });
        let noise = select(vec![0.0, 0.0, 1e-9, 0.3, 1.0]);
        for_all(
            "image, flip, shift, noise, seed",
            (images, select(vec![0.0, 1.0, 0.3]), 0..=2_usize, noise, any::seed()),
        )
        .cases(128)
        .holds(|(image, flip, shift, noise, seed)| {
            let shift = (*shift).min(image.rows().max(image.cols()));
            let options = Augmentation { flip: *flip, shift, noise: *noise };
            augmented(image, &options, &mut Generator::from_seed(*seed)).map(|_| ())
        });
    }

    #[test]
    fn images_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let options = Augmentation { flip: 0.5, shift: 0, noise: 0.0 };
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 4]);
            for _ in 0..800 {
                let image = matrix(1, 2, &[0.25, 0.75]);
                let [(_, first), (_, next)] = [
                    augmented(&image, &options, &mut generator)?,
                    augmented(&image, &options, &mut generator)?,
                ];
                counts[2 * first + next] += 1;
            }
            let names = ["neither", "the second flipped", "the first flipped", "both flipped"];
            let look = "The generator is left where the last draw left it.";
            drawn_with("two images in a row", &names, &counts, &[0.25; 4], look)
        });
    }

    #[test]
    fn images_in_a_row_share_no_random_number() {
        for_all("seed", any::seed()).cases(8).holds(|&seed| {
            let options = Augmentation { flip: 0.5, shift: 1, noise: 0.25 };
            let (mut generator, image) = (Generator::from_seed(seed), Matrix::from_fn(6, 6, |_, _| 0.5));
            let (first, _) = augmented(&image, &options, &mut generator)?;
            let (next, _) = augmented(&image, &options, &mut generator)?;
            // Of 36² pairs of numbers with 50 digits two are equal with a chance below 10⁻¹¹.
            let inner = |pixel: &&f64| **pixel > 0.25;
            let again = next.as_slice().iter().filter(inner).filter(|pixel| first.as_slice().contains(pixel));
            let look = "The generator is left where the last draw left it, so that no number is used twice.";
            equal("the number of pixels of the second image that the first has, too", again.count(), 0, look)
        });
    }

    #[test]
    fn noise_differs_from_pixel_to_pixel() {
        for_all("seed", any::seed()).cases(8).holds(|&seed| {
            let options = Augmentation { flip: 0.0, shift: 0, noise: 0.5 };
            let image = Matrix::from_fn(301, 4, |_, _| 0.5);
            let (got, _) = augmented(&image, &options, &mut Generator::from_seed(seed))?;
            let mut counts = [0; 4];
            for i in (0..300).step_by(2) {
                let signs = [got[(i, 1)] > 0.5, got[(i, 2)] > 0.5, got[(i + 1, 1)] > 0.5];
                counts[usize::from(signs[0] != signs[1]) + 2 * usize::from(signs[0] != signs[2])] += 1;
            }
            let names = ["all alike", "columns differ", "rows differ", "both differ"];
            let look = "A number for each pixel, not for a row or column.";
            drawn_with("signs of the noise", &names, &counts, &[0.25; 4], look)
        });
    }

    #[test]
    fn large_shifts_may_leave_nothing() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let image = matrix(1, 3, &[0.25, 0.5, 1.0]);
            let options = Augmentation { flip: 0.5, shift: 3, noise: 0.0 };
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
            for _ in 0..600 {
                let (got, _) = augmented(&image, &options, &mut generator)?;
                counts[usize::from(got != Matrix::zeros(1, 3))] += 1;
            }
            // One of seven shifts down and five of seven to the right leave something.
            let look = "Shifts down to −s and up to s, however small the image is.";
            drawn_with("the image", &["empty", "not empty"], &counts, &[44.0 / 49.0, 5.0 / 49.0], look)
        });
    }

    #[test]
    fn rejects_invalid_pixels_in_any_place() {
        let place = (any::many(1..=6, 301), any::several(1..=3))
            .prop_flat_map(|(n, d)| (Just([n, d]), any::place(n), any::place(d)));
        let outside = select(vec![-1e-9, -1e-300, 1.0_f64.next_up(), 255.0, -1.0]);
        for_all("place, bad, outside", (place, any::not_finite(), outside)).cases(64).holds(
            |&(([n, d], i, j), bad, outside)| {
                for got in [bad, outside] {
                    let mut image = Matrix::from_fn(n, d, |_, _| 0.5);
                    // The first one counts.
                    image[(n - 1, d - 1)] = if got.is_finite() { 7.5 } else { got };
                    image[(i, j)] = got;
                    let mut wants = reasons("image", i * d + j, got, "0 to 1");
                    // NaN is no number from 0 to 1, either.
                    wants.push(InputError::OutOfRange { name: "image", got, wanted: "0 to 1" });
                    let options = Augmentation { flip: 0.0, shift: 0, noise: 0.0 };
                    let answer = augment(&image, &options, &mut Generator::from_seed(1));
                    rejected_for(CALL, answer, &wants, "Check all pixels: finite, from 0 to 1.")?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_options_out_of_range() {
        let outside = || select(vec![-1e-9, -1e-300, 1.0_f64.next_up(), -1.0, 2.0, f64::NAN, f64::INFINITY]);
        let shapes = select(vec![[1_usize, 4], [5, 2], [3, 3]]);
        for_all("flip, noise, [h, w], more", (outside(), outside(), shapes, 1..=3_usize)).cases(48).holds(
            |&(flip, noise, [h, w], more)| {
                let image = Matrix::from_fn(h, w, |_, _| 0.5);
                let fine = Augmentation { flip: 0.5, shift: h.max(w), noise: 0.5 };
                let asked = |options: Augmentation| augment(&image, &options, &mut Generator::from_seed(1));
                asked(fine.clone()).accepted(CALL)?;
                let want = |name, got| InputError::OutOfRange { name, got, wanted: "a range" };
                let look = "Probability and noise from 0 to 1, a shift up to the larger side.";
                rejected(CALL, asked(Augmentation { flip, ..fine.clone() }), want("flip", flip), look)?;
                rejected(CALL, asked(Augmentation { noise, ..fine.clone() }), want("noise", noise), look)?;
                for shift in [h.max(w) + more, usize::MAX] {
                    let answer = asked(Augmentation { shift, ..fine.clone() });
                    rejected(CALL, answer, want("shift", shift as f64), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_images_without_pixels() {
        example(|| {
            for (h, w) in [(0, 0), (0, 3), (3, 0)] {
                let options = Augmentation { flip: 0.0, shift: 0, noise: 0.0 };
                let answer = augment(&Matrix::zeros(h, w), &options, &mut Generator::from_seed(1));
                rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one pixel.")?;
            }
            Ok(())
        });
    }
}
