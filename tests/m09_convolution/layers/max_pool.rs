use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, Inputs, close, equal, example, for_all, rejected, rounding};
use katas::m09_convolution::layers::max_pool;
use kit::InputError;
use ndarray::Array4;
use proptest::prelude::*;

use super::super::arrays::{numbers, tensor, text, unit};
use judge::any::sizes;

#[derive(Debug, Clone)]
struct Images(Array4<f64>);

impl Inputs for Images {
    fn describe(&self) -> Vec<String> {
        vec![text(&self.0)]
    }
}

/// Images without two equal pixels: a step of a thousandth changes no order.
fn images() -> impl Strategy<Value = Images> + Send + Sync + Clone {
    of_shape((1..=2_usize, 1..=2_usize, 2..=5_usize, 2..=5_usize).prop_map(|(n, c, h, w)| [n, c, h, w]))
}

/// The same of any number of images, channels, rows and columns.
fn any_size() -> impl Strategy<Value = Images> + Send + Sync + Clone {
    let both = [1..=1, 1..=2, 33..=41, 33..=41_usize];
    let one = sizes([1..=2, 1..=2, 2..=5, 2..=5], [61, 65, 303, 303]);
    of_shape(prop_oneof![11 => one, 1 => both].prop_map(|[n, c, h, w]| {
        // What is large in all of them at once takes too long to shuffle.
        if n.min(c) > 4 { [n.min(5), c.min(6), h.min(9), w.min(10)] } else { [n, c, h, w] }
    }))
}

fn of_shape(
    shape: impl Strategy<Value = [usize; 4]> + Send + Sync + Clone,
) -> impl Strategy<Value = Images> + Send + Sync + Clone {
    shape.prop_flat_map(|[n, c, h, w]| {
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
fn is_the_maximum_of_each_window() {
    for_all("x", images()).cases(96).holds(|Images(x)| {
        let y = max_pool(&tensor(x)).accepted("max_pool(x)")?;
        let (n, c, h, w) = x.dim();
        let look = "Windows of 2×2 that do not overlap; an odd last row or column is left out.";
        equal("shape", y.dims().to_vec(), vec![n, c, h / 2, w / 2], look)?;
        equal("max_pool(x)", numbers("y", &y)?, by_hand(x), look)
    });
}

#[test]
fn pools_any_number_of_images_and_channels_with_their_gradients() {
    for_all("x, log2 of the unit", (any_size(), -60..=60_i32)).cases(64).holds(|(Images(x), c)| {
        // Exact, whatever is added and halved on the way to a maximum.
        let x = x * 2.0_f64.powi(*c);
        let var = Var::from_tensor(&tensor(&x)).accepted("a variable")?;
        let y = max_pool(&var).accepted("max_pool(x)")?;
        let look = "Every image, channel, row and column has its part, with numbers of any magnitude.";
        equal("max_pool(x)", numbers("y", &y)?, by_hand(&x), look)?;
        let (n, c, h, w) = x.dim();
        let upstream = Array4::from_shape_fn((n, c, h / 2, w / 2), |(n, c, r, s)| {
            (1 + (3 * n + 5 * c + 7 * r + 11 * s) % 16) as f64 / 8.0
        });
        let gradients =
            y.mul(&tensor(&upstream)).and_then(|y| y.sum_all()?.backward()).accepted("backward()")?;
        let got = gradients.get(&var).map_or(Ok(vec![0.0; x.len()]), |g| numbers("the gradient", g))?;
        let mut want = Array4::<f64>::zeros(x.dim());
        for ((n, c, r, s), g) in upstream.indexed_iter() {
            let places = (0..4).map(|k| [n, c, 2 * r + k / 2, 2 * s + k % 2]);
            if let Some(place) = places.max_by(|a, b| x[*a].total_cmp(&x[*b])) {
                want[place] = *g;
            }
        }
        // No two pixels are equal: one of each window gets the upstream gradient as it is.
        let want: Vec<f64> = want.into_iter().collect();
        close("the gradient of Σ g·y", got.as_slice(), want.as_slice(), rounding(4, 2.0), look)
    });
}

#[test]
fn gradient_goes_to_the_maximum() {
    for_all("x", images()).cases(32).holds(|Images(x)| {
        let var = Var::from_tensor(&tensor(x)).accepted("a variable")?;
        let y = max_pool(&var).accepted("max_pool(x)")?;
        // Different weights for the outputs.
        let weights: Vec<f64> = (0..y.elem_count()).map(|k| 1.0 + k as f64 / 2.0).collect();
        let weights_of_y = Tensor::from_slice(&weights, y.dims(), &Device::Cpu).accepted("weights")?;
        let gradients = y.mul(&weights_of_y).and_then(|y| y.sum_all()?.backward()).accepted("backward()")?;
        let got = gradients.get(&var).map_or(Ok(vec![0.0; x.len()]), |g| numbers("the gradient", g))?;
        let at: Vec<f64> = x.iter().copied().collect();
        let value = |at: &[f64]| {
            let x = Array4::from_shape_vec(x.dim(), at.to_vec()).expect("as many");
            by_hand(&x).iter().zip(&weights).map(|(y, w)| y * w).sum()
        };
        let look = "candle 0.11.1's own `max_pool2d` returns a gradient that is too small by a factor of 4, \
            and misplaces it where a side is odd. Make the maximum of operations whose gradients are right: \
            narrow to even sides, reshape, find the largest of each window, and gather it.";
        let loss = Loss { value: &value, rounding: rounding(256, 1000.0), samples: 1 };
        is_gradient(
            "backward() of a weighted sum of the outputs",
            &[Block::vector("x", &at, &got)],
            &loss,
            look,
        )
    });
}

/// Images of two brightnesses: most windows have several largest pixels.
fn flat_images() -> impl Strategy<Value = Images> + Send + Sync + Clone {
    let small = [1..=2, 1..=2, 2..=5, 2..=5_usize];
    let shapes = prop_oneof![3 => small, 1 => sizes([1..=2, 1..=2, 2..=5, 2..=5], [17, 17, 41, 41])];
    (
        shapes.prop_map(|[n, c, h, w]| if n > 4 && h > 9 { (2, c.min(2), h, w) } else { (n, c, h, w) }),
        judge::any::select(vec![0.0, 1.0, -2.0]),
    )
        .prop_flat_map(|((n, c, h, w), background)| {
            let pixel = prop_oneof![7 => Just(background), 1 => Just(background + 0.5)];
            judge::any::vec(pixel, n * c * h * w).prop_map(move |pixels| {
                Images(Array4::from_shape_vec((n, c, h, w), pixels).expect("as many"))
            })
        })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Var};
        use katas::m09_convolution::layers::max_pool;
        let x = Var::new(&[[[[1.0_f64, 5.0], [2.0, 3.0]]]], &Device::Cpu)?;
        let y = max_pool(&x)?;
        assert_eq!(y.flatten_all()?.to_vec1::<f64>()?, [5.0]);
        let gradients = y.sum_all()?.backward()?;
        assert_eq!(gradients.get(&x).unwrap().flatten_all()?.to_vec1::<f64>()?, [0.0, 1.0, 0.0, 0.0]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn gradients_of_ties_are_shares_that_sum_to_one() {
        for_all("x", flat_images()).cases(48).holds(|Images(x)| {
            let var = Var::from_tensor(&tensor(x)).accepted("a variable")?;
            let y = max_pool(&var).accepted("max_pool(x)")?;
            let (n, c, h, w) = x.dim();
            let upstream = Array4::from_shape_fn((n, c, h / 2, w / 2), |(n, c, r, s)| {
                // None is 0, and some are below.
                (1.0 + (n + 2 * c + r) as f64) * if s % 2 == 0 { 1.0 } else { -0.5 }
            });
            let gradients =
                y.mul(&tensor(&upstream)).and_then(|y| y.sum_all()?.backward()).accepted("backward()")?;
            let got = gradients.get(&var).map_or(Ok(vec![0.0; x.len()]), |g| numbers("the gradient", g))?;
            let got = Array4::from_shape_vec(x.dim(), got).accepted("a gradient of the shape of x")?;
            for ((n, c, r, s), upstream) in upstream.indexed_iter() {
                let window =
                    |of: &Array4<f64>| [0, 1, 2, 3].map(|k| of[[n, c, 2 * r + k / 2, 2 * s + k % 2]]);
                let pixels = window(x);
                let shares = window(&got).map(|gradient| gradient / upstream);
                let most = pixels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                // A share is a quotient of small whole numbers: a few roundings of numbers up to 1.
                let slack = rounding(8, 1.0);
                let right = pixels.iter().zip(shares).all(|(pixel, share)| {
                    let limit = if *pixel == most { 1.0 } else { 0.0 };
                    (-slack..=limit + slack).contains(&share)
                }) && (shares.iter().sum::<f64>() - 1.0).abs() <= slack;
                judge::ensure(right, || {
                    Broken::answer(
                        format!("for the window {pixels:?} the shares {shares:?} of the upstream gradient"),
                        "0 for pixels that are not largest, none negative, sum 1",
                        "Raise all pixels of a window by h, and its maximum rises by h: the shares sum to 1. \
                         candle's `max` over an axis gives the whole gradient to each of several equal \
                         maxima.",
                    )
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn keeps_single_precision() {
        for_all("x", images()).cases(32).holds(|Images(x)| {
            let x = x.mapv(|x| f64::from(x as f32));
            let single = tensor(&x).to_dtype(DType::F32).accepted("a tensor")?;
            let var = Var::from_tensor(&single).accepted("a variable")?;
            let y = max_pool(&var).accepted("max_pool(x) in f32")?;
            let look = "Networks learn in f32: the largest number as it is, and one pixel has its gradient.";
            equal("type of the output", y.dtype(), DType::F32, look)?;
            equal("max_pool(x) in f32", numbers("y", &y)?, by_hand(&x), look)?;
            let gradients = y.sum_all().and_then(|y| y.backward()).accepted("backward()")?;
            let got = gradients.get(&var).map_or(Ok(vec![]), |g| numbers("the gradient", g))?;
            equal("the sum of the gradient of Σ y", got.iter().sum::<f64>(), y.elem_count() as f64, look)
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all("x", images()).cases(32).holds(|Images(x)| {
            let transposed = x.clone().permuted_axes([0, 1, 3, 2]);
            let columns = tensor(&transposed).permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
            let y = max_pool(&columns).accepted("max_pool(x)")?;
            let look = "A permuted tensor is not contiguous in memory. candle's own functions handle that; \
                call `contiguous()` for the others.";
            equal("max_pool of a permuted tensor", numbers("y", &y)?, by_hand(x), look)?;
            let var = Var::from_tensor(&tensor(&transposed)).accepted("a variable")?;
            let y = var.permute((0, 1, 3, 2)).accepted("a permuted tensor")?;
            let y = max_pool(&y).accepted("max_pool(x)")?;
            let gradients = y.sum_all().and_then(|y| y.backward()).accepted("backward()")?;
            let got = gradients.get(&var).map_or(Ok(vec![]), |g| numbers("the gradient", g))?;
            let look = "The gradient passes through a permuted tensor as well.";
            equal("the sum of the gradient of Σ y", got.iter().sum::<f64>(), y.elem_count() as f64, look)
        });
    }

    #[test]
    fn rejects_images_smaller_than_a_window() {
        example(|| {
            let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
            let want = InputError::OutOfRange { name: "size", got: 2.0, wanted: "at most rows and columns" };
            for shape in
                [[1, 1, 1, 4], [1, 1, 4, 1], [1, 1, 1, 1], [41, 13, 1, 7], [2, 3, 151, 1], [1, 2, 0, 9]]
            {
                let got = max_pool(&zeros(&shape)?).map(|y| y.dims().to_vec());
                rejected(
                    &format!("max_pool of a tensor of shape {shape:?}"),
                    got,
                    want.clone(),
                    "No window fits.",
                )?;
            }
            for shape in [&[4, 4][..], &[1, 4, 4], &[1, 1, 1, 4, 4], &[], &[4], &[1, 1, 1, 1, 4, 4]] {
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
}
