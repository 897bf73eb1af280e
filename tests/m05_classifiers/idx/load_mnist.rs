use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m05_classifiers::idx::load_mnist;
use kit::data::Dataset;
use kit::data::mnist::{Content, Part, Set, bytes};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::arrays::{entries, file};

const CALL: &str = "load_mnist(images, labels)";

/// A few small images with their digits.
type Drawn = ([usize; 3], Vec<u8>, Vec<u8>);

fn drawn() -> impl Strategy<Value = Drawn> + Send + Sync + Clone {
    let large = judge::any::select(vec![
        (301_usize, 2_usize, 3_usize),
        (151, 3, 3),
        (13, 12, 13),
        (3, 28, 28),
        (41, 9, 5),
        (2, 1, 129),
        (2, 129, 2),
        (1025, 1, 1),
    ]);
    let sizes = prop_oneof![7 => (1..=4_usize, 1..=3_usize, 1..=3_usize), 1 => large];
    (sizes, any::seed()).prop_map(|((n, rows, cols), seed)| {
        let labels = entries(n, seed ^ 1).iter().map(|byte| byte % 10).collect();
        ([n, rows, cols], entries(n * rows * cols, seed), labels)
    })
}

fn files((sizes, pixels, labels): &Drawn) -> [Vec<u8>; 2] {
    [file(sizes, pixels), file(&sizes[..1], labels)]
}

fn loaded(drawn: &Drawn) -> Result<Dataset, Broken> {
    let [images, labels] = files(drawn);
    load_mnist(&images, &labels).accepted(CALL)
}

#[test]
fn each_image_is_a_row_of_pixels_from_0_to_1() {
    for_all("n, rows, cols, pixels, labels", drawn()).holds(|given| {
        let (data, ([n, rows, cols], pixels, labels)) = (loaded(given)?, given);
        equal("the shape of the features", data.features.shape(), (*n, rows * cols), "One image per row.")?;
        let want = Matrix::from_fn(*n, rows * cols, |i, j| f64::from(pixels[i * rows * cols + j]) / 255.0);
        // Times 1/255 instead of divided by 255 is one rounding more.
        close(
            "the features",
            data.features,
            want,
            f64::EPSILON,
            "Each pixel divided by 255, in the order of the file.",
        )?;
        let want: Vec<usize> = labels.iter().map(|&label| label.into()).collect();
        equal("the labels", data.labels, want, "As in the file of labels.")
    });
}

#[test]
fn names_features_and_classes() {
    for_all("n, rows, cols, pixels, labels", drawn()).cases(64).holds(|given| {
        let (data, [_, rows, cols]) = (loaded(given)?, given.0);
        let want: Vec<String> =
            (0..rows).flat_map(|i| (0..cols).map(move |j| format!("pixel {i} {j}"))).collect();
        equal("feature names", data.feature_names, want, "pixel, row, column, row after row.")?;
        let want: Vec<String> = (0..10).map(|digit| digit.to_string()).collect();
        equal("class names", data.class_names, want, "All ten classes, whichever occur.")
    });
}

fn n_more(n: usize) -> usize {
    n + 4
}

#[test]
#[ignore = "needs mnist"]
fn loads_the_test_set_of_mnist() {
    example(|| {
        let given = |content| bytes(Set::Mnist, Part::Test, content).given("the files of MNIST");
        let data = load_mnist(&given(Content::Images)?, &given(Content::Labels)?).accepted(CALL)?;
        equal("the shape of the features", data.features.shape(), (10_000, 784), "One image per row.")?;
        let counts: Vec<usize> =
            (0..10).map(|c| data.labels.iter().filter(|&&label| label == c).count()).collect();
        let want = vec![980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];
        equal("how often 0, 1, … 9 come", counts, want, "The labels of the test set.")?;
        let ink: f64 = data.features.as_slice().iter().sum();
        // Sums of eight million numbers, each rounded once: far below one gray value of 1/255.
        close(
            "the sum of all pixels",
            ink,
            264_923_200.0 / 255.0,
            1e-3,
            "The sum of all pixels, divided by 255.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::idx::load_mnist;
        let images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255];
        let seven = load_mnist(&images, &[0, 0, 8, 1, 0, 0, 0, 1, 7])?;
        assert_eq!((seven.features.row(0), seven.labels), (&[0.0, 1.0][..], vec![7]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_unequal_lengths() {
        for_all("n, rows, cols, pixels, labels, more", (drawn(), prop_oneof![0..3_usize, 0..400_usize]))
            .cases(64)
            .holds(|(given, right)| {
                let (n, right) = (given.0[0], if given.0[0] == *right { n_more(*right) } else { *right });
                let [images, _] = files(given);
                let want = InputError::LengthMismatch { left: n, right };
                let look = "One label per image; the number of images on the left.";
                rejected(
                    &format!("load_mnist with {n} images, {right} labels"),
                    load_mnist(&images, &file(&[right], &vec![1; right])),
                    want,
                    look,
                )
            });
    }

    #[test]
    fn rejects_a_label_above_9() {
        let labels = prop_oneof![1 => Just(10), 1 => 10..=255_u8];
        for_all("n, rows, cols, pixels, labels, at, label", (drawn(), 0..9999_usize, labels))
            .cases(64)
            .holds(|(given, at, label)| {
                let (mut given, index) = (given.clone(), at % given.0[0]);
                given.2[index] = *label;
                let [images, labels] = files(&given);
                let want = InputError::UnknownClass { index, got: usize::from(*label), classes: 10 };
                rejected(
                    &format!("load_mnist with label {label} at {index}"),
                    load_mnist(&images, &labels),
                    want,
                    "Digits are 0 to 9.",
                )
            });
    }

    #[test]
    fn rejects_another_number_of_dimensions() {
        example(|| {
            let (three, one, two) = (file(&[2, 1, 1], &[1, 2]), file(&[2], &[1, 2]), file(&[2, 1], &[1, 2]));
            let want = |got, wanted| InputError::BadByte { at: 3, got, wanted };
            let look = "Images have three dimensions, labels one. Are the two files swapped?";
            rejected("load_mnist(labels, labels)", load_mnist(&one, &one), want(1, "3 dimensions"), look)?;
            rejected("load_mnist(images, images)", load_mnist(&three, &three), want(3, "1 dimension"), look)?;
            rejected("load_mnist(2×1, labels)", load_mnist(&two, &one), want(2, "3 dimensions"), look)?;
            rejected("load_mnist(images, 2×1)", load_mnist(&three, &two), want(2, "1 dimension"), look)?;
            // Both files are wrong here: either may be named.
            let got = load_mnist(&one, &three);
            let either = [want(1, "3 dimensions"), want(3, "1 dimension")];
            let is_named = |reason: &InputError| either.iter().any(|want| reason.is_same_reason(want));
            ensure(got.as_ref().is_err_and(is_named), || {
                let call = format!("load_mnist(labels, images) = {got:?}");
                Broken::answer(call, format!("Err({:?}) or Err({:?})", either[0], either[1]), look)
            })
        });
    }

    #[test]
    fn rejects_an_invalid_file() {
        for_all("n, rows, cols, pixels, labels", drawn()).cases(64).holds(|given| {
            let [images, labels] = files(given);
            let short = |bytes: &[u8]| InputError::TooFew { got: bytes.len() - 1, wanted: bytes.len() };
            let (cut_images, cut_labels) = (&images[..images.len() - 1], &labels[..labels.len() - 1]);
            let look = "Files that parse_idx rejects are rejected.";
            rejected(
                "load_mnist with images cut short",
                load_mnist(cut_images, &labels),
                short(&images),
                look,
            )?;
            rejected(
                "load_mnist with labels cut short",
                load_mnist(&images, cut_labels),
                short(&labels),
                look,
            )?;

            let more = |bytes: &[u8], byte: u8| [bytes, &[byte]].concat();
            let behind = |at| InputError::BadByte { at, got: 7, wanted: "the end of the file" };
            let call = "load_mnist with a byte behind the images";
            rejected(call, load_mnist(&more(&images, 7), &labels), behind(images.len()), look)?;
            let call = "load_mnist with a byte behind the labels";
            rejected(call, load_mnist(&images, &more(&labels, 7)), behind(labels.len()), look)?;

            // The number of images has four bytes: 2¹⁶ more than there are, though as many as labels.
            let (mut many, [n, rows, cols]) = (images.clone(), given.0);
            many[5] = 1;
            let n = (1 << 16) + n;
            let want = InputError::TooFew { got: images.len(), wanted: 16 + n * rows * cols };
            let got = load_mnist(&many, &file(&[n], &vec![1; n]));
            rejected("load_mnist with 2¹⁶ images and labels more", got, want, look)?;

            let mut odd = images.clone();
            odd[2] = 13;
            let want = InputError::BadByte { at: 2, got: 13, wanted: "8: unsigned bytes" };
            rejected("load_mnist with images of floats", load_mnist(&odd, &labels), want, look)?;

            let (mut odd_images, mut odd_labels) = (images.clone(), labels.clone());
            (odd_images[0], odd_labels[0]) = (1, 1);
            let want = InputError::BadByte { at: 0, got: 1, wanted: "0" };
            let call = "load_mnist with images that begin with 1";
            rejected(call, load_mnist(&odd_images, &labels), want.clone(), look)?;
            rejected("load_mnist with labels that begin with 1", load_mnist(&images, &odd_labels), want, look)
        });
    }

    #[test]
    fn accepts_images_without_pixels() {
        example(|| {
            for sizes in [[2, 0, 3], [2, 3, 0], [2, 0, 0]] {
                let call = format!("load_mnist of {sizes:?}");
                let data = load_mnist(&file(&sizes, &[]), &file(&[2], &[7, 1])).accepted(&call)?;
                let look = "Two images without pixels are two samples without features: no error.";
                equal(
                    &format!("shape and labels from {call}"),
                    (data.features.shape(), data.labels),
                    ((2, 0), vec![7, 1]),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_no_images() {
        example(|| {
            for size in [0, 28, u32::MAX as usize] {
                let got = load_mnist(&file(&[0, size, size], &[]), &file(&[0], &[]));
                let look = "Without images there is no data set; do not write down the feature names first.";
                rejected(
                    &format!("load_mnist of 0 images of {size}×{size}"),
                    got,
                    InputError::TooFew { got: 0, wanted: 1 },
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn loads_many_images() {
        for_all("n, seed", (prop_oneof![17..=40_usize, 300..=401_usize], any::seed())).cases(8).holds(
            |&(n, seed)| {
                let labels: Vec<u8> = entries(n, seed ^ 1).iter().map(|byte| byte % 10).collect();
                let given = ([n, 2, 3], entries(6 * n, seed), labels);
                let data = loaded(&given)?;
                let want = Matrix::from_fn(n, 6, |i, j| f64::from(given.1[6 * i + j]) / 255.0);
                close(
                    "the features",
                    data.features,
                    want,
                    f64::EPSILON,
                    "Each pixel divided by 255, image after image.",
                )?;
                let want: Vec<usize> = given.2.iter().map(|&label| label.into()).collect();
                equal("the labels", data.labels, want, "As in the file of labels.")
            },
        );
    }
}
