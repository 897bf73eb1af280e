use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, Inputs, equal, example, for_all, refused, rounding};
use katas::m09_convolution::layers::max_pool;
use kit::InputError;
use ndarray::Array4;
use proptest::prelude::*;

use super::super::arrays::{numbers, tensor, text, unit};

#[derive(Debug, Clone)]
struct Images(Array4<f64>);

impl Inputs for Images {
    fn describe(&self) -> Vec<String> {
        vec![text(&self.0)]
    }
}

/// Images without two equal pixels: a step of a thousandth changes no order.
fn images() -> impl Strategy<Value = Images> + Send + Sync + Clone {
    (1..=2_usize, 1..=2_usize, 2..=5_usize, 2..=5_usize).prop_flat_map(|(n, c, h, w)| {
        let pixels: Vec<i32> = (0..(n * c * h * w) as i32).collect();
        (Just(pixels).prop_shuffle(), unit()).prop_map(move |(pixels, unit)| {
            let middle = pixels.len() as f64 / 2.0;
            let pixels = pixels.iter().map(|p| unit * (f64::from(*p) - middle.floor()) / 8.0).collect();
            Images(Array4::from_shape_vec((n, c, h, w), pixels).expect("as many"))
        })
    })
}

fn by_hand(x: &Array4<f64>) -> Vec<f64> {
    let (n, c, h, w) = x.dim();
    let largest = Array4::from_shape_fn((n, c, h / 2, w / 2), |(n, c, r, s)| {
        (0..4).map(|k| x[[n, c, 2 * r + k / 2, 2 * s + k % 2]]).fold(f64::NEG_INFINITY, f64::max)
    });
    largest.into_iter().collect()
}

#[test]
fn each_output_is_the_largest_of_its_window() {
    for_all("x", images()).cases(96).holds(|Images(x)| {
        let y = max_pool(&tensor(x)).accepted("max_pool(x)")?;
        let (n, c, h, w) = x.dim();
        let look = "Windows of 2×2 side by side; an odd last row or column is left out.";
        equal("shape", y.dims().to_vec(), vec![n, c, h / 2, w / 2], look)?;
        equal("max_pool(x)", numbers("y", &y)?, by_hand(x), look)
    });
}

#[test]
fn the_whole_slope_belongs_to_the_largest() {
    for_all("x", images()).cases(32).holds(|Images(x)| {
        let var = Var::from_tensor(&tensor(x)).accepted("a variable")?;
        let y = max_pool(&var).accepted("max_pool(x)")?;
        // Weights that tell the outputs apart.
        let weights: Vec<f64> = (0..y.elem_count()).map(|k| 1.0 + k as f64 / 2.0).collect();
        let weights_of_y = Tensor::from_slice(&weights, y.dims(), &Device::Cpu).accepted("weights")?;
        let slopes = y.mul(&weights_of_y).and_then(|y| y.sum_all()?.backward()).accepted("backward()")?;
        let got = slopes.get(&var).map_or(Ok(vec![0.0; x.len()]), |slope| numbers("the slope", slope))?;
        let at: Vec<f64> = x.iter().copied().collect();
        let value = |at: &[f64]| {
            let x = Array4::from_shape_vec(x.dim(), at.to_vec()).expect("as many");
            by_hand(&x).iter().zip(&weights).map(|(y, w)| y * w).sum()
        };
        let look = "candle 0.11.1's own `max_pool2d` hands back a quarter of the slope, and misplaces it \
            where a side is odd. Make the maximum of operations whose slopes are right: narrow to even \
            sides, reshape, `max` over the two small axes.";
        let loss = Loss { value: &value, rounding: rounding(256, 1000.0), samples: 1 };
        is_gradient(
            "backward() of a weighted sum of the outputs",
            &[Block::vector("x", &at, &got)],
            &loss,
            look,
        )
    });
}

#[test]
fn equal_pixels_share_one_slope_or_each_have_it() {
    for_all("x", prop::sample::select(vec![0.0, 1.0, -2.0])).cases(6).holds(|&x| {
        let var = Var::from_tensor(&tensor(&Array4::from_elem((1, 1, 2, 2), x))).accepted("a variable")?;
        let slopes = max_pool(&var)
            .accepted("max_pool(x)")?
            .sum_all()
            .and_then(|y| y.backward())
            .accepted("backward()")?;
        let got = slopes.get(&var).map_or(Ok(vec![0.0; 4]), |slope| numbers("the slope", slope))?;
        let total: f64 = got.iter().sum();
        // From one whole slope for one of them to a whole one for each.
        judge::ensure(got.iter().all(|g| (0.0..=1.0).contains(g)) && (1.0..=4.0).contains(&total), || {
            Broken::answer(
                format!("slopes {got:?}"),
                "each from 0 to 1, at least 1 together",
                "A window hands its slope to its largest numbers.",
            )
        })
    });
}

#[test]
fn how_the_numbers_lie_in_memory_does_not_matter() {
    for_all("x", images()).cases(32).holds(|Images(x)| {
        let turned = x.clone().permuted_axes([0, 1, 3, 2]);
        let columns = tensor(&turned).permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
        let y = max_pool(&columns).accepted("max_pool(x)")?;
        let look = "A permuted tensor lies in memory column after column. candle's own functions know; \
            `contiguous()` for the others.";
        equal("max_pool of a permuted tensor", numbers("y", &y)?, by_hand(x), look)
    });
}

#[test]
fn images_too_small_for_a_window_are_refused() {
    example(|| {
        let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
        let want = InputError::OutOfRange { name: "size", got: 2.0, wanted: "at most rows and columns" };
        for shape in [[1, 1, 1, 4], [1, 1, 4, 1], [1, 1, 1, 1]] {
            let got = max_pool(&zeros(&shape)?).map(|y| y.dims().to_vec());
            refused(
                &format!("max_pool of a tensor of shape {shape:?}"),
                got,
                want.clone(),
                "No window fits.",
            )?;
        }
        for shape in [&[4, 4][..], &[1, 4, 4], &[1, 1, 1, 4, 4]] {
            let got = max_pool(&zeros(shape)?).map(|y| y.dims().to_vec());
            judge::ensure(matches!(got, Err(InputError::Library { .. })), || {
                Broken::answer(
                    format!("max_pool of a tensor of shape {shape:?} = {got:?}"),
                    "Err(Library { … })",
                    "Four dimensions: images, channels, rows, columns.",
                )
            })?;
        }
        Ok(())
    });
}
