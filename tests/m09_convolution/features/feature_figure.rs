use judge::any::select;
use judge::{
    Answer, Broken, Verdict, any, close_entries, equal, example, figure_reads_as, for_all, rejected,
};
use katas::m09_convolution::features::feature_figure;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use proptest::prelude::*;

use judge::any::sizes;

type Drawn = (Matrix, Vec<Matrix>, Vec<Matrix>);

/// An image, kernels, and a map for each, none negative.
fn inputs() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    drawn()
}

/// As [`inputs`], with tiny or huge weights and activations.
fn tiny_inputs() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    let scales = || select(vec![1.0, 0.015625, 2.0_f64.powi(-60), 2.0_f64.powi(400)]);
    let scales = (scales(), scales());
    (drawn(), scales).prop_map(|((image, kernels, maps), (small, faint))| {
        let scaled = |all: Vec<Matrix>, by: f64| {
            let times = |m: &Matrix| Matrix::from_fn(m.rows(), m.cols(), |i, j| m[(i, j)] * by);
            all.iter().map(times).collect()
        };
        (image, scaled(kernels, small), scaled(maps, faint))
    })
}

fn drawn() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    (1..=3_usize, 1..=4_usize, 1..=4_usize).prop_flat_map(move |(n, h, w)| {
        let map = any::matrix(h, w).prop_map(move |m| Matrix::from_fn(h, w, |i, j| m[(i, j)].max(0.0)));
        (any::matrix(h, w), judge::any::vec(any::matrix(2, 2), n), judge::any::vec(map, n))
    })
}

/// The number of kernels, rows and columns.
fn any_shape() -> impl Strategy<Value = [usize; 3]> + Send + Sync + Clone {
    sizes([1..=3, 1..=4, 1..=4], [301, 151, 151])
        .prop_map(|[n, h, w]| [n.min(if h > 8 { 5 } else { n }), h, w])
}

/// Any number of kernels of any shape, with maps of any number of rows and columns; now and then all 0.
fn wide() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    let shapes = (any_shape(), sizes([1..=5, 1..=5], [41, 41]), any::part(0..12_usize));
    shapes.prop_flat_map(|([n, h, w], [kh, kw], zero)| {
        let (kh, kw) = if n > 8 { (kh.min(5), kw.min(5)) } else { (kh, kw) };
        let times =
            move |m: Matrix, by: f64| Matrix::from_fn(m.rows(), m.cols(), |i, j| by * m[(i, j)].abs());
        let kernel = any::matrix(kh, kw).prop_map(move |m| if zero == 0 { times(m, 0.0) } else { m });
        let map = any::matrix(h, w).prop_map(move |m| {
            let m = Matrix::from_fn(h, w, |i, j| m[(i, j)].max(0.0));
            if zero == 1 { times(m, 0.0) } else { m }
        });
        (any::matrix(h, w), judge::any::vec(kernel, n), judge::any::vec(map, n))
    })
}

#[derive(Debug, Clone)]
struct Given(Drawn);

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        let Self((image, kernels, maps)) = self;
        vec![format!("{image:?}"), format!("{kernels:?}"), format!("{maps:?}")]
    }
}

fn figure((image, kernels, maps): &Drawn) -> Result<Figure, Broken> {
    feature_figure(image, kernels, maps).accepted("feature_figure(image, kernels, maps)")
}

/// Label, corner, size and pixels of an image layer.
fn picture(figure: &Figure, i: usize) -> Result<(String, [f64; 2], [f64; 2], Matrix), Broken> {
    match figure.layers.get(i) {
        Some(Layer::Image { label, at, size, pixels, color: false }) => {
            Ok((label.clone(), *at, *size, pixels.clone()))
        }
        other => Err(Broken::answer(
            format!("layer {i} is {other:?}"),
            "a gray image",
            "The input, then kernel and map of each number.",
        )),
    }
}

fn largest(matrices: &[Matrix]) -> f64 {
    let largest = matrices.iter().flat_map(|m| m.as_slice()).fold(0.0_f64, |max, x| max.max(x.abs()));
    if largest == 0.0 { 1.0 } else { largest }
}

#[test]
fn layers_have_the_documented_places() {
    for_all("image, kernels, maps", prop_oneof![inputs(), wide()].prop_map(Given)).cases(64).holds(
        |Given(given)| {
            let figure = figure(given)?;
            let words = (figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str());
            equal("title and axes", words, ("Feature maps", "", ""), "As documented, however many kernels.")?;
            let axes = (figure.equal_axes, figure.x.logarithmic, figure.y.logarithmic);
            equal(
                "equal and logarithmic axes",
                axes,
                (true, false, false),
                "One unit is equally long on both.",
            )?;
            let mut want = vec![("input".to_owned(), [0.0, 0.0])];
            for i in 1..=given.1.len() {
                want.push((format!("kernel {i}"), [1.25 * i as f64, 1.5]));
                want.push((format!("map {i}"), [1.25 * i as f64, 0.0]));
            }
            equal(
                "the number of layers",
                figure.layers.len(),
                want.len(),
                "The input, and two for each kernel.",
            )?;
            for (i, (label, at)) in want.into_iter().enumerate() {
                let (got, corner, size, _) = picture(&figure, i)?;
                equal(
                    &format!("label, corner and size of layer {i}"),
                    (got, corner, size),
                    (label, at, [1.0, 1.0]),
                    "Kernels above, feature maps below, the input at the lower left.",
                )?;
            }
            Ok(())
        },
    );
}

fn scales_are_right(given: &Drawn) -> Verdict {
    let (figure, (image, kernels, maps)) = (figure(given)?, given);
    let (m, top) = (largest(kernels), largest(maps));
    let look = "One scale for all kernels, and one for all maps: only then can they be compared. Gray \
            is a weight of 0.";
    close_entries(
        "pixels of the input",
        &picture(&figure, 0)?.3,
        image,
        |_, _| 0.0,
        "The input is not scaled.",
    )?;
    for (i, (kernel, map)) in kernels.iter().zip(maps).enumerate() {
        let want = Matrix::from_fn(kernel.rows(), kernel.cols(), |r, s| 0.5 + 0.5 * kernel[(r, s)] / m);
        close_entries(
            &format!("pixels of kernel {}", i + 1),
            &picture(&figure, 2 * i + 1)?.3,
            &want,
            |_, _| 1e-15,
            look,
        )?;
        let want = Matrix::from_fn(map.rows(), map.cols(), |r, s| map[(r, s)] / top);
        close_entries(
            &format!("pixels of map {}", i + 1),
            &picture(&figure, 2 * i + 2)?.3,
            &want,
            |_, _| 1e-15,
            look,
        )?;
    }
    Ok(())
}

#[test]
fn uses_one_scale_for_kernels_and_one_for_maps() {
    for_all("image, kernels, maps", inputs().prop_map(Given))
        .cases(64)
        .holds(|Given(given)| scales_are_right(given));
}

#[test]
fn draws_any_number_of_kernels_and_pixels() {
    for_all("image, kernels, maps", wide().prop_map(Given))
        .cases(32)
        .holds(|Given(given)| scales_are_right(given));
}

#[test]
fn title_and_axes_are_as_documented() {
    example(|| {
        let one = Matrix::from_rows([[1.0]]);
        let figure = figure(&(one.clone(), vec![one.clone()], vec![one]))?;
        let words =
            (figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str(), figure.equal_axes);
        equal(
            "title, axes, equal units",
            words,
            ("Feature maps", "", "", true),
            "Pixels are square, and the axes have no labels.",
        )
    });
}

#[test]
fn draws_the_feature_maps_of_a_seven() {
    example(|| {
        let digits = kit::data::digits();
        let image = Matrix::from_fn(8, 8, |i, j| digits.features[(7, 8 * i + j)] / 16.0);
        let kernels = vec![
            Matrix::from_rows([[-1.0, -1.0, -1.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
            Matrix::from_rows([[-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0]]),
            Matrix::from_rows([[0.0, -0.25, 0.0], [-0.25, 1.0, -0.25], [0.0, -0.25, 0.0]]),
            Matrix::from_rows([[0.25, 0.25, 0.25], [0.25, 0.25, 0.25], [0.25, 0.25, 0.25]]),
        ];
        let pixel = |i: usize, j: usize| {
            if (1..=8).contains(&i) && (1..=8).contains(&j) { image[(i - 1, j - 1)] } else { 0.0 }
        };
        let map = |k: &Matrix| {
            Matrix::from_fn(8, 8, |i, j| {
                (0..9).map(|e| k[(e / 3, e % 3)] * pixel(i + e / 3, j + e % 3)).sum::<f64>().max(0.0)
            })
        };
        let maps: Vec<Matrix> = kernels.iter().map(map).collect();
        let figure = figure(&(image.clone(), kernels.clone(), maps))?;
        let look = "The other laws of this kata say which layer should hold what: look at those first.";
        figure_reads_as("m09_convolution/features/feature_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::features::feature_figure;
        use kit::Matrix;
        let one = Matrix::from_rows([[1.0]]);
        let figure = feature_figure(&one, std::slice::from_ref(&one), std::slice::from_ref(&one)).unwrap();
        assert_eq!(figure.layers.len(), 3);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_tiny_weights_and_activations() {
        for_all("image, kernels, maps", tiny_inputs().prop_map(Given))
            .cases(64)
            .holds(|Given(given)| scales_are_right(given));
    }

    #[test]
    fn zero_weights_are_gray_and_zero_activations_black() {
        example(|| {
            let zeros = Matrix::zeros(2, 2);
            let figure = figure(&(zeros.clone(), vec![zeros.clone()], vec![zeros.clone()]))?;
            let look = "Where all entries are 0 the scale is 0, and 0/0 is NaN.";
            let gray = Matrix::from_fn(2, 2, |_, _| 0.5);
            close_entries("pixels of kernel 1", &picture(&figure, 1)?.3, &gray, |_, _| 0.0, look)?;
            close_entries("pixels of map 1", &picture(&figure, 2)?.3, &zeros, |_, _| 0.0, look)
        });
    }

    #[test]
    fn rejects_unpaired_and_nonfinite_inputs() {
        for_all("bad", any::not_finite()).cases(8).holds(|&bad| {
            let (one, wrong) = (Matrix::from_rows([[1.0, 0.5]]), Matrix::from_rows([[1.0, bad]]));
            let pair = vec![one.clone(); 2];
            let triple = vec![one.clone(); 3];
            rejected(
                "two kernels, one map",
                feature_figure(&one, &pair, &pair[..1]),
                InputError::LengthMismatch { left: 2, right: 1 },
                "One map per kernel.",
            )?;
            rejected(
                "no kernels",
                feature_figure(&one, &[], &[]),
                InputError::TooFew { got: 0, wanted: 1 },
                "There is no kernel.",
            )?;
            let second = vec![one.clone(), wrong.clone(), one.clone()];
            let look = "The index counts through all kernels or maps.";
            rejected(
                "image",
                feature_figure(&wrong, &triple, &triple),
                InputError::NotFinite { name: "image", index: 1 },
                look,
            )?;
            rejected(
                "kernels",
                feature_figure(&one, &second, &triple),
                InputError::NotFinite { name: "kernels", index: 3 },
                look,
            )?;
            rejected(
                "maps",
                feature_figure(&one, &triple, &second),
                InputError::NotFinite { name: "maps", index: 3 },
                look,
            )
        });
    }

    #[test]
    fn names_the_place_of_a_nonfinite_number_wherever_it_is() {
        let inputs = (sizes([1..=3, 1..=3, 1..=3], [41, 41, 41]), any::seed(), any::not_finite());
        for_all("n, rows, cols, i, bad", inputs).cases(48).holds(|&([n, rows, cols], i, bad)| {
            let (good, all) = (vec![Matrix::zeros(rows, cols); n], n * rows * cols);
            let spoiled = |index: usize| {
                let mut spoiled = good.clone();
                let within = index % (rows * cols);
                spoiled[index / (rows * cols)][(within / cols, within % cols)] = bad;
                spoiled
            };
            let (index, within) = (i as usize % all, i as usize % (rows * cols));
            let look = "The index counts through all kernels or maps.";
            let not_finite = |name, index| InputError::NotFinite { name, index };
            let got = feature_figure(&spoiled(within)[0], &good, &good);
            rejected("image", got, not_finite("image", within), look)?;
            let got = feature_figure(&good[0], &spoiled(index), &good);
            rejected("kernels", got, not_finite("kernels", index), look)?;
            let got = feature_figure(&good[0], &good, &spoiled(index));
            rejected("maps", got, not_finite("maps", index), look)?;
            let more = [&good[..], &good[..1]].concat();
            let want = InputError::LengthMismatch { left: n, right: n + 1 };
            rejected("a map too many", feature_figure(&good[0], &good, &more), want, "One map per kernel.")?;
            let want = InputError::LengthMismatch { left: n + 1, right: n };
            rejected("a kernel too many", feature_figure(&good[0], &more, &good), want, "One map per kernel.")
        });
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        let unit = || prop_oneof![2 => Just(1.0), 1 => any::magnitude(-150, 150)].prop_map(f64::abs);
        // Of the image, the kernels and the maps: some of the time all are minute.
        let all = |least, most| any::magnitude(least, most).prop_map(|x| [x.abs(); 3]);
        let units = (unit(), unit()).prop_map(|(small, faint)| [1.0, small, faint]);
        // Up to the end of the range: entries are at most 10⁷ units.
        let vast = Just([1.0, 1e300, 1e300]);
        let units = prop_oneof![4 => units, 1 => all(-30, -20), 1 => all(-130, -120), 1 => vast];
        let wide = (any_shape(), units).prop_flat_map(|([n, h, w], [dark, small, faint])| {
            let matrix = move |h: usize, w: usize, unit: f64| {
                any::matrix_of(h, w).prop_map(move |m| Matrix::from_fn(h, w, |i, j| m[(i, j)] * unit))
            };
            let map = matrix(h, w, faint).prop_map(move |m| Matrix::from_fn(h, w, |i, j| m[(i, j)].max(0.0)));
            (matrix(h, w, dark), judge::any::vec(matrix(2, 2, small), n), judge::any::vec(map, n))
        });
        for_all("image, kernels, maps", wide.prop_map(Given))
            .cases(32)
            .holds(|Given(given)| scales_are_right(given));
    }
}
