use judge::{Broken, any, ensure, example, for_all};
use katas::m05_classifiers::load::load_digits;
use kit::data::{self, Dataset};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::many;
use super::tables::{
    Parse, rejects_a_byte_order_mark, rejects_cell, rejects_nothing, rejects_other_line_ends, rejects_ragged,
    same, text,
};

const NAME: (&str, Parse) = ("load_digits", load_digits);

/// Some images of 64 whole numbers from 0 to 16, and their digits.
fn images(seed: u64, n: usize) -> (Matrix, Vec<usize>) {
    images_up_to(16, seed, n)
}

/// Some images without a pixel above the darkest.
fn images_up_to(darkest: usize, seed: u64, n: usize) -> (Matrix, Vec<usize>) {
    let mut generator = Generator::from_seed(seed);
    let mut x = Matrix::zeros(n, 64);
    (0..64 * n).for_each(|k| x[(k / 64, k % 64)] = generator.below(darkest + 1) as f64);
    (x, (0..n).map(|_| generator.below(10)).collect())
}

fn lines((x, labels): &(Matrix, Vec<usize>)) -> Vec<String> {
    let line = |i: usize| {
        let cells: Vec<String> = x.row(i).iter().map(ToString::to_string).collect();
        format!("{},{}", cells.join(","), labels[i])
    };
    (0..x.rows()).map(line).collect()
}

fn scaled(x: &Matrix) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] / 16.0)
}

#[test]
fn parses_the_1797_digits() {
    example(|| {
        let want = Dataset { features: scaled(&data::digits().features), ..data::digits().clone() };
        same("load_digits(kit::data::DIGITS_CSV)", load_digits(data::DIGITS_CSV), &want)
    });
}

#[test]
fn parses_what_was_written() {
    let darkest = prop_oneof![Just(16), 0..=16_usize];
    let inputs = (darkest, any::seed(), many(1..=3), 0..4_usize);
    for_all("darkest pixel, seed, n, way", inputs).cases(32).holds(|&(darkest, seed, n, way)| {
        let (x, labels) = images_up_to(darkest, seed, n);
        let (csv, _) = text(&lines(&(x.clone(), labels.clone())), way);
        let want = Dataset { features: scaled(&x), labels, ..data::digits().clone() };
        same("load_digits of images with pixels 0 to 16", load_digits(&csv), &want)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::load::load_digits;
        let images = load_digits(kit::data::DIGITS_CSV)?;
        assert_eq!(
            (images.features.shape(), images.features[(0, 3)], images.labels[1796]),
            ((1797, 64), 13.0 / 16.0, 8)
        );
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_an_invalid_pixel_by_line_and_column() {
        let bad = [
            "",
            "17",
            "-1",
            "3.5",
            "5.0",
            "1e1",
            "NaN",
            "256",
            "x",
            "0x1",
            "272",
            "65540",
            "4294967300",
            "18446744073709551620",
            "+",
            "--1",
            "1_0",
            "1 6",
            "\"5\"",
            "\u{ff15}",
            "\u{feff}5",
            "five",
            "16.",
            "0b1",
            "016a",
        ];
        let bad = judge::any::select(bad.to_vec()).prop_map(str::to_owned);
        for_all("n, line, column, bad", (many(2..=3), 0..9999_usize, 1..=64_usize, bad)).cases(32).holds(
            |(n, line, column, bad)| {
                rejects_cell(
                    NAME,
                    &lines(&images(1, *n)),
                    (line % n, *column, bad),
                    "a whole number from 0 to 16",
                )
                .map_err(|broken| {
                    let look = "An integer as `parse` reads it, so neither 5.0 nor 1e1, and at most 16.";
                    Broken { look: format!("{look} {}", broken.look), ..broken }
                })
            },
        );
    }

    #[test]
    fn accepts_leading_zeros_and_plus() {
        let front = judge::any::select(vec!["0", "00", "+", "+0"]).prop_map(str::to_owned);
        for_all("seed, column, front", (any::seed(), 0..64_usize, front)).cases(24).holds(
            |(seed, column, front)| {
                let (x, labels) = images(*seed, 1);
                let mut cells: Vec<String> = x.row(0).iter().map(ToString::to_string).collect();
                cells.push(labels[0].to_string());
                for column in [*column, 64] {
                    cells[column].insert_str(0, front);
                    let want =
                        Dataset { features: scaled(&x), labels: labels.clone(), ..data::digits().clone() };
                    let call = format!("load_digits with {} in cell {}", cells[column], column + 1);
                    same(&call, load_digits(&cells.join(",")), &want)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_an_invalid_label_by_line_and_column() {
        let bad = judge::any::select(
            [
                "",
                "10",
                "-1",
                "seven",
                "3.0",
                "NaN",
                "266",
                "65545",
                "4294967305",
                "1e0",
                "+",
                "\u{ff17}",
                "\"7\"",
            ]
            .to_vec(),
        )
        .prop_map(str::to_owned);
        for_all("n, line, bad", (many(2..=3), 0..9999_usize, bad)).cases(24).holds(|(n, line, bad)| {
            rejects_cell(NAME, &lines(&images(1, *n)), (line % n, 65, bad), "a digit from 0 to 9")
        });
    }

    #[test]
    fn rejects_another_number_of_cells() {
        for_all("line", 1..3_usize).cases(4).holds(|&line| {
            [1, 64, 66].into_iter().try_for_each(|cells| {
                rejects_ragged(NAME, &lines(&images(1, 3)), line, &vec!["1"; cells].join(","))
            })
        });
    }

    #[test]
    fn the_same_image_several_times_is_several_samples() {
        for_all("n, digit", (many(2..=3), 0..10_usize)).cases(16).holds(|&(n, digit)| {
            let (x, _) = images(3, 1);
            let line = &lines(&(x.clone(), vec![digit]))[0];
            let features = Matrix::from_fn(n, 64, |_, j| x[(0, j)] / 16.0);
            let want = Dataset { features, labels: vec![digit; n], ..data::digits().clone() };
            same(
                "load_digits of the same line several times",
                load_digits(&vec![line.as_str(); n].join("\n")),
                &want,
            )
        });
    }

    #[test]
    fn only_line_feeds_end_a_line() {
        for_all("n", many(2..=4)).cases(8).holds(|n| rejects_other_line_ends(NAME, &lines(&images(1, *n))));
    }

    #[test]
    fn rejects_a_byte_order_mark_in_front() {
        example(|| rejects_a_byte_order_mark(NAME, &lines(&images(1, 1))[0], "a whole number from 0 to 16"));
    }

    #[test]
    fn rejects_a_text_without_images() {
        example(|| rejects_nothing("load_digits", load_digits));
    }

    #[test]
    fn rejects_a_comma_at_the_end_a_comment_and_a_title() {
        let image = "0,".repeat(65);
        let odd = [image.as_str(), "# pixels", "#", "// 8x8", "-- digits", ";", "%", "digits", "\"digits\""];
        let line = prop_oneof![Just(0), 1..3_usize];
        for_all("line, text", (line, judge::any::select(odd.map(str::to_owned).to_vec())))
            .cases(24)
            .holds(|(line, odd)| rejects_ragged(NAME, &lines(&images(1, 3)), *line, odd));
    }

    #[test]
    fn rejects_a_header() {
        example(|| {
            let names: Vec<String> = (0..64).map(|k| format!("pixel_{}_{}", k / 8, k % 8)).collect();
            for header in
                [format!("{},target", names.join(",")), format!("\"{}\",\"y\"", names.join("\",\""))]
            {
                let got = load_digits(&format!("{header}\n{}", lines(&images(1, 2)).join("\n")));
                ensure(matches!(got, Err(InputError::BadCell { line: 1, .. })), || {
                    let got = format!("load_digits of a header and two images = {got:?}");
                    let look = "The first line is an image like all others: no cell of it may be a name.";
                    Broken::answer(got, "Err(BadCell { line: 1, … })", look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn parses_more_images_than_the_data_set_has() {
        example(|| {
            let (x, labels) = images(2, 1);
            let (n, line) = (2100, &lines(&(x.clone(), labels.clone()))[0]);
            let got = load_digits(&vec![line.as_str(); n].join("\n"));
            let features = Matrix::from_fn(n, 64, |_, j| x[(0, j)] / 16.0);
            let want = Dataset { features, labels: vec![labels[0]; n], ..data::digits().clone() };
            same("load_digits of 2100 lines", got, &want)
        });
    }
}
