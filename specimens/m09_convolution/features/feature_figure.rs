use kit::figure::Layer;
use kit::{Figure, InputError, Matrix, check};

use crate::reference::m09_convolution::features as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type FeatureFigure = fn(&Matrix, &[Matrix], &[Matrix]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn feature_figure(image: &Matrix, kernels: &[Matrix], maps: &[Matrix]) -> Result<Figure, InputError> {
    answering::<FeatureFigure>(
        module_path!(),
        reference::feature_figure,
        &[
            wheat("layer_by_layer", "adds the layers one by one", |image, kernels, maps| {
                let done = reference::feature_figure(image, kernels, maps)?;
                let empty = Figure::new("Feature maps", "", "").with_equal_axes();
                Ok(done.layers.into_iter().fold(empty, Figure::with))
            }),
            wheat("added_up_pitch", "moves on by 1.25 from kernel to kernel", |image, kernels, maps| {
                let mut figure = reference::feature_figure(image, kernels, maps)?;
                let mut x = 0.0;
                for (i, layer) in figure.layers.iter_mut().enumerate().skip(1) {
                    x += if i % 2 == 1 { 1.25 } else { 0.0 };
                    if let Layer::Image { at, .. } = layer {
                        at[0] = x;
                    }
                }
                Ok(figure)
            }),
            chaff(
                "each_kernel_its_own_scale",
                "Every kernel has its own color scale.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    for (i, kernel) in kernels.iter().enumerate() {
                        let alone =
                            reference::feature_figure(image, std::slice::from_ref(kernel), &maps[..1])?;
                        put(&mut figure, 2 * i + 1, pixels(&alone, 1));
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "each_map_its_own_scale",
                "Every feature map has its own color scale.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    for (i, map) in maps.iter().enumerate() {
                        let alone =
                            reference::feature_figure(image, &kernels[..1], std::slice::from_ref(map))?;
                        put(&mut figure, 2 * i + 2, pixels(&alone, 2));
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "black_is_zero",
                "The weight 0 is drawn black, as in a feature map.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    for i in 0..kernels.len() {
                        let gray = pixels(&figure, 2 * i + 1);
                        put(
                            &mut figure,
                            2 * i + 1,
                            Matrix::from_fn(gray.rows(), gray.cols(), |r, s| 2.0 * gray[(r, s)] - 1.0),
                        );
                    }
                    Ok(figure)
                },
            ),
            chaff("small_weights_as_they_are", "Weights up to 1 need no scaling.", |image, kernels, maps| {
                let mut figure = reference::feature_figure(image, kernels, maps)?;
                let fits = kernels.iter().flat_map(|kernel| kernel.as_slice()).all(|k| k.abs() <= 1.0);
                for (i, kernel) in kernels.iter().enumerate().filter(|_| fits) {
                    let gray =
                        Matrix::from_fn(kernel.rows(), kernel.cols(), |r, s| 0.5 + kernel[(r, s)] / 2.0);
                    put(&mut figure, 2 * i + 1, gray);
                }
                Ok(figure)
            }),
            chaff("maps_above", "Feature maps stand above their kernels.", |image, kernels, maps| {
                let mut figure = reference::feature_figure(image, kernels, maps)?;
                for layer in figure.layers.iter_mut().skip(1) {
                    if let Layer::Image { at, .. } = layer {
                        at[1] = 1.5 - at[1];
                    }
                }
                Ok(figure)
            }),
            chaff("no_input", "The input image is not part of the figure.", |image, kernels, maps| {
                let mut figure = reference::feature_figure(image, kernels, maps)?;
                figure.layers.remove(0);
                Ok(figure)
            }),
            chaff(
                "dark_maps_divided_by_zero",
                "The largest activation is always above 0.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    let dark = maps.iter().flat_map(|m| m.as_slice()).all(|y| *y == 0.0);
                    if dark {
                        let map = &maps[0];
                        put(&mut figure, 2, Matrix::from_fn(map.rows(), map.cols(), |_, _| f64::NAN));
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "cut_to_the_shorter",
                "`zip` rejects lists of different length.",
                |image, kernels, maps| {
                    let both = kernels.len().min(maps.len());
                    reference::feature_figure(image, &kernels[..both], &maps[..both])
                },
            ),
            chaff("squares_only", "Kernels and feature maps are square.", |image, kernels, maps| {
                let mut f = reference::feature_figure(image, kernels, maps)?;
                for i in 1..f.layers.len() {
                    let p = pixels(&f, i);
                    let n = p.rows().min(p.cols());
                    put(&mut f, i, Matrix::from_fn(n, n, |r, s| p[(r, s)]));
                }
                Ok(f)
            }),
            chaff("tiny_is_zero", "Values below 10⁻⁹ may be treated as 0.", |image, kernels, maps| {
                let mut f = reference::feature_figure(image, kernels, maps)?;
                let m =
                    kernels.iter().flat_map(|m| m.as_slice().to_vec()).fold(0.0_f64, |a, b| a.max(b.abs()));
                if m < 1e-9 {
                    for i in 0..kernels.len() {
                        let p = pixels(&f, 2 * i + 1);
                        put(&mut f, 2 * i + 1, Matrix::from_fn(p.rows(), p.cols(), |_, _| 0.5));
                    }
                }
                Ok(f)
            }),
            wheat(
                "from_black_to_white",
                "(k + m)/2m for a kernel, y times 1/M for a map",
                |image, kernels, maps| {
                    check::same_length(kernels.len(), maps.len())?;
                    check::at_least(1, maps.len())?;
                    let all =
                        |of: &[Matrix]| of.iter().flat_map(|m| m.as_slice().to_vec()).collect::<Vec<f64>>();
                    let everything = [
                        ("image", image.as_slice().to_vec()),
                        ("kernels", all(kernels)),
                        ("maps", all(maps)),
                    ];
                    let most = everything.each_ref().map(|(_, numbers)| {
                        let most = numbers.iter().map(|x| x.abs()).reduce(f64::max).unwrap_or(0.0);
                        if most == 0.0 { 1.0 } else { most }
                    });
                    for (name, numbers) in everything {
                        check::finite(name, &numbers)?;
                    }
                    let picture = |label: &str, x: f64, y: f64, pixels: Matrix| Layer::Image {
                        label: label.to_owned(),
                        at: [x, y],
                        size: [1.0; 2],
                        pixels,
                        color: false,
                    };
                    let of = |m: &Matrix, to: &dyn Fn(f64) -> f64| {
                        Matrix::from_fn(m.rows(), m.cols(), |i, j| to(m[(i, j)]))
                    };
                    let mut figure = Figure::new("Feature maps", "", "");
                    figure.equal_axes = true;
                    figure.layers.push(picture("input", 0.0, 0.0, image.clone()));
                    for (i, (kernel, map)) in (1..).zip(kernels.iter().zip(maps)) {
                        let x = f64::from(i) + f64::from(i) / 4.0;
                        let kernel = of(kernel, &|k| (k + most[1]) / (2.0 * most[1]));
                        figure.layers.push(picture(&format!("kernel {i}"), x, 1.5, kernel));
                        figure.layers.push(picture(
                            &format!("map {i}"),
                            x,
                            0.0,
                            of(map, &|y| y * most[2].recip()),
                        ));
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "places_rounded",
                "From the fourth kernel on the places are whole numbers.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    for layer in &mut figure.layers {
                        if let Layer::Image { at, .. } = layer
                            && at[0] > 4.0
                        {
                            at[0] = at[0].round();
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "title_of_one_kernel",
                "The title belongs to the figure of a single kernel.",
                |image, kernels, maps| {
                    let mut figure = reference::feature_figure(image, kernels, maps)?;
                    if ![1, 4].contains(&kernels.len()) {
                        figure.title.clear();
                    }
                    Ok(figure)
                },
            ),
            chaff("kernels_cropped", "A kernel has at most 3×3 entries.", |image, kernels, maps| {
                let mut figure = reference::feature_figure(image, kernels, maps)?;
                for layer in figure.layers.iter_mut().skip(1).step_by(2) {
                    if let Layer::Image { pixels, .. } = layer {
                        *pixels = Matrix::from_fn(pixels.rows().min(3), pixels.cols().min(3), |i, j| {
                            pixels[(i, j)]
                        });
                    }
                }
                Ok(figure)
            }),
        ],
    )(image, kernels, maps)
}

fn pixels(figure: &Figure, i: usize) -> Matrix {
    match &figure.layers[i] {
        Layer::Image { pixels, .. } => pixels.clone(),
        _ => Matrix::zeros(0, 0),
    }
}

fn put(figure: &mut Figure, i: usize, new: Matrix) {
    if let Some(Layer::Image { pixels, .. }) = figure.layers.get_mut(i) {
        *pixels = new;
    }
}
