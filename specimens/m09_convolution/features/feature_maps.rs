use candle_core::{DType, Tensor};
use kit::{InputError, Matrix};

use crate::reference::m09_convolution::features as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type FeatureMaps = fn(&Matrix, &Tensor, &Tensor) -> Result<Vec<Matrix>, InputError>;

/// The kata, answered by a specimen.
pub fn feature_maps(image: &Matrix, weight: &Tensor, bias: &Tensor) -> Result<Vec<Matrix>, InputError> {
    answering::<FeatureMaps>(
        module_path!(),
        reference::feature_maps,
        &[
            wheat("by_hand", "sums over the window, pixel by pixel", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                by_hand(image, w, b, maps.len(), |y| y.max(0.0))
            }),
            wheat("kernel_after_kernel", "one kernel at a time", |image, w, b| {
                reference::feature_maps(image, w, b)?;
                let one = |o| reference::feature_maps(image, &w.narrow(0, o, 1)?, &b.narrow(0, o, 1)?);
                Ok((0..w.dim(0)?).map(one).collect::<Result<Vec<_>, _>>()?.concat())
            }),
            chaff("not_rectified", "A feature map is the convolution without ReLU.", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                by_hand(image, w, b, maps.len(), |y| y)
            }),
            chaff("bias_forgotten", "The bias is not added.", |image, w, b| {
                reference::feature_maps(image, w, b)?;
                reference::feature_maps(image, w, &b.zeros_like()?)
            }),
            chaff(
                "absolute_value",
                "A feature map shows the absolute value of the convolution.",
                |image, w, b| {
                    let maps = reference::feature_maps(image, w, b)?;
                    by_hand(image, w, b, maps.len(), f64::abs)
                },
            ),
            chaff("first_kernel_only", "Only the first kernel has a feature map.", |image, w, b| {
                reference::feature_maps(image, w, b).map(|maps| maps[..1].to_vec())
            }),
            chaff("transposed", "Rows and columns of a feature map are exchanged.", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                Ok(maps.iter().map(|m| Matrix::from_fn(m.cols(), m.rows(), |i, j| m[(j, i)])).collect())
            }),
            chaff("double_precision_only", "The weights are always f64.", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                if w.dtype() == DType::F64 { Ok(maps) } else { Ok(Vec::new()) }
            }),
            chaff("padding_of_one", "Every kernel that keeps the size has a padding of 1.", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                if w.dim(2)? == 3 {
                    return Ok(maps);
                }
                Ok(maps
                    .iter()
                    .map(|m| {
                        Matrix::from_fn(m.rows(), m.cols(), |i, j| {
                            if i + 1 < m.rows() { m[(i + 1, j)] } else { 0.0 }
                        })
                    })
                    .collect())
            }),
            chaff("single_precision", "f32 is precise enough for a feature map.", |image, w, b| {
                Ok(reference::feature_maps(image, w, b)?
                    .iter()
                    .map(|m| Matrix::from_fn(m.rows(), m.cols(), |i, j| f64::from(m[(i, j)] as f32)))
                    .collect())
            }),
            chaff("rows_looked_at", "An image with rows has pixels, even without columns.", |image, w, b| {
                if image.rows() > 0 && image.cols() == 0 {
                    Ok(vec![image.clone(); w.dim(0)?])
                } else {
                    reference::feature_maps(image, w, b)
                }
            }),
            chaff("oblong_kernels", "Kernels need not be square.", |image, w, b| {
                if w.dim(2)? != w.dim(3)? && w.dim(1)? == 1 {
                    return Ok(vec![image.clone(); w.dim(0)?]);
                }
                reference::feature_maps(image, w, b)
            }),
            chaff(
                "bias_of_any_shape",
                "A bias of any shape with the right number of entries is valid.",
                |image, w, b| {
                    let flat = b.flatten_all()?;
                    let b = if flat.dims1()? == w.dim(0)? { &flat } else { b };
                    reference::feature_maps(image, w, b)
                },
            ),
            wheat("candles_own", "candle's `conv2d` in double precision", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                let x = Tensor::from_slice(image.as_slice(), (1, 1, image.rows(), image.cols()), w.device())?;
                let y = x.conv2d(&w.to_dtype(DType::F64)?, w.dim(2)? / 2, 1, 1, 1)?;
                let y = y.broadcast_add(&b.to_dtype(DType::F64)?.reshape((1, maps.len(), 1, 1))?)?.relu()?;
                let all: Vec<Vec<f64>> = y.squeeze(0)?.flatten_from(1)?.to_vec2()?;
                all.into_iter().map(|map| Matrix::new(image.rows(), image.cols(), map)).collect()
            }),
            chaff("large_images_black", "Of a large image the upper rows are enough.", |image, w, b| {
                let mut maps = reference::feature_maps(image, w, b)?;
                for map in maps.iter_mut().filter(|_| image.rows().min(image.cols()) > 20) {
                    *map = Matrix::from_fn(
                        map.rows(),
                        map.cols(),
                        |i, j| if i < 20 { map[(i, j)] } else { 0.0 },
                    );
                }
                Ok(maps)
            }),
            chaff("two_maps_in_single_precision", "In f32 a layer has two kernels.", |image, w, b| {
                let mut maps = reference::feature_maps(image, w, b)?;
                let is_single = w.dtype() == DType::F32;
                maps.iter_mut()
                    .skip(2)
                    .filter(|_| is_single)
                    .for_each(|map| *map = Matrix::zeros(map.rows(), map.cols()));
                Ok(maps)
            }),
            chaff("contiguous_weights_only", "A weight is always contiguous in memory.", |image, w, b| {
                let maps = reference::feature_maps(image, w, b)?;
                Ok(if w.is_contiguous() {
                    maps
                } else {
                    reference::feature_maps(image, &w.transpose(2, 3)?.contiguous()?, b)?
                })
            }),
        ],
    )(image, weight, bias)
}

fn by_hand(
    image: &Matrix,
    weight: &Tensor,
    bias: &Tensor,
    maps: usize,
    activation: fn(f64) -> f64,
) -> Result<Vec<Matrix>, InputError> {
    let k = weight.dim(2)?;
    let kernels: Vec<f64> = weight.to_dtype(DType::F64)?.flatten_all()?.to_vec1()?;
    let bias: Vec<f64> = bias.to_dtype(DType::F64)?.to_vec1()?;
    let pixel = |i: usize, j: usize| {
        let (i, j) = (i.wrapping_sub(k / 2), j.wrapping_sub(k / 2));
        if i < image.rows() && j < image.cols() { image[(i, j)] } else { 0.0 }
    };
    let map = |o: usize| {
        Matrix::from_fn(image.rows(), image.cols(), |i, j| {
            let sum: f64 = (0..k * k).map(|e| kernels[o * k * k + e] * pixel(i + e / k, j + e % k)).sum();
            activation(sum + bias[o])
        })
    };
    Ok((0..maps).map(map).collect())
}
