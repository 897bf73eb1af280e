use judge::{any, example, for_all};
use katas::m05_classifiers::load::parse_iris;
use kit::Matrix;
use kit::data::{self, Dataset};
use proptest::prelude::*;

use super::super::sizes::many;
use super::tables::{
    NO_NUMBER, Parse, rejects_a_byte_order_mark, rejects_cell, rejects_nothing, rejects_other_line_ends,
    rejects_ragged, same, text,
};

const NAME: (&str, Parse) = ("parse_iris", parse_iris);
const SPECIES: [&str; 3] = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];

/// Some flowers.
fn flowers() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    many(1..=4).prop_flat_map(|n| any::matrix(n, 4)).prop_flat_map(|x| {
        let n = x.rows();
        (Just(x), judge::any::vec(0..3_usize, n))
    })
}

fn lines(x: &Matrix, labels: &[usize]) -> Vec<String> {
    let line = |i: usize| {
        let cells: Vec<String> = x.row(i).iter().map(ToString::to_string).collect();
        format!("{},{}", cells.join(","), SPECIES[labels[i]])
    };
    (0..x.rows()).map(line).collect()
}

#[test]
fn parses_the_iris_data_set() {
    example(|| same("parse_iris(kit::data::IRIS_CSV)", parse_iris(data::IRIS_CSV), data::iris()));
}

#[test]
fn parses_what_was_written() {
    for_all("x, species, way", (flowers(), 0..4_usize)).holds(|((x, labels), way)| {
        let (csv, _) = text(&lines(x, labels), *way);
        let want = Dataset { features: x.clone(), labels: labels.clone(), ..data::iris().clone() };
        same(&format!("parse_iris({csv:?})"), parse_iris(&csv), &want)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::load::parse_iris;
        let flowers = parse_iris("5.1,3.5,1.4,0.2,Iris-setosa\n6.3,3.3,6.0,2.5,Iris-virginica\n")?;
        assert_eq!((flowers.features.row(1), flowers.labels), (&[6.3, 3.3, 6.0, 2.5][..], vec![0, 2]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_every_notation_of_a_number() {
        let ways =
            ["+5.1", "51e-1", "5.1E0", ".51e+1", "5.", ".5", "05.10", "-0", "0.30000000000000004", "1e-300"];
        let ways = judge::any::select(ways.to_vec()).prop_map(str::to_owned);
        for_all("column, written", (0..4_usize, ways)).cases(48).holds(|(column, written)| {
            let mut cells = ["1", "2", "3", "4", SPECIES[1]];
            cells[*column] = written;
            let mut x = Matrix::from_rows([[1.0, 2.0, 3.0, 4.0]]);
            x[(0, *column)] = written.parse().unwrap_or(f64::NAN);
            let csv = cells.join(",");
            let want = Dataset { features: x, labels: vec![1], ..data::iris().clone() };
            same(&format!("parse_iris({csv:?})"), parse_iris(&csv), &want)
        });
    }

    #[test]
    fn rejects_an_invalid_number_by_line_and_column() {
        let bad = (
            flowers(),
            0..9999_usize,
            1..=4_usize,
            judge::any::select(NO_NUMBER.to_vec()).prop_map(str::to_owned),
        );
        for_all("x, species, line, column, bad", bad).cases(128).holds(|((x, labels), line, column, bad)| {
            rejects_cell(NAME, &lines(x, labels), (line % x.rows(), *column, bad), "a finite number")
        });
    }

    #[test]
    fn rejects_an_unknown_species_by_line_and_column() {
        let unknown = [
            "",
            "Iris",
            "setosa",
            "iris-setosa",
            "Iris-setosa.",
            "Iris setosa",
            "0",
            "Iris-germanica",
            "\"Iris-setosa\"",
            "Iris-setosa2",
            "Iris-",
            "IRIS-VIRGINICA",
            "Iris-virginica \u{feff}",
            "Iris-versicolour",
            "Iris\u{2010}setosa",
            "2",
        ];
        let unknown = judge::any::select(unknown.to_vec()).prop_map(str::to_owned);
        for_all("x, species, line, unknown", (flowers(), 0..9999_usize, unknown)).cases(64).holds(
            |((x, labels), line, unknown)| {
                let wanted = "Iris-setosa, Iris-versicolor or Iris-virginica";
                rejects_cell(NAME, &lines(x, labels), (line % x.rows(), 5, unknown), wanted)
            },
        );
    }

    #[test]
    fn rejects_another_number_of_cells() {
        // A comma at the end is one more cell.
        let ragged = [
            "5.1",
            "5.1,3.5,1.4,0.2",
            "5.1,3.5,1.4,0.2,Iris-setosa,",
            "5.1,3.5,1.4,0.2,Iris-setosa,Iris-setosa",
            "# a comment",
            ",,,,,",
        ];
        let ragged = judge::any::select(ragged.to_vec()).prop_map(str::to_owned);
        for_all("x, species, line, ragged", (flowers(), 0..9999_usize, ragged)).cases(64).holds(
            |((x, labels), line, ragged)| {
                // The number of cells comes from the first line, so it stays.
                let (x, labels) = (
                    Matrix::from_fn(x.rows() + 1, 4, |i, j| x[(i.min(x.rows() - 1), j)]),
                    [&labels[..], &[0]].concat(),
                );
                rejects_ragged(NAME, &lines(&x, &labels), 1 + line % (x.rows() - 1), ragged)
            },
        );
    }

    #[test]
    fn reads_numbers_of_any_size() {
        let number = || prop_oneof![any::wide(), any::magnitude(-300, 300), any::fine()];
        let inputs = (judge::any::vec(number(), 4), 0..3_usize, many(1..=3), 0..4_usize);
        for_all("x, species, n, way", inputs).cases(96).holds(|(x, species, n, way)| {
            // The same flower in every line, so that there are many of them: n samples, not one.
            let written =
                |x: &f64| if x.abs() < 1e-9 || x.abs() > 1e12 { format!("{x:e}") } else { x.to_string() };
            let cells: Vec<String> = x.iter().map(written).collect();
            let line = format!("{},{}", cells.join(","), SPECIES[*species]);
            let (csv, _) = text(&vec![line; *n], *way);
            let features = Matrix::from_fn(*n, 4, |_, j| x[j]);
            let want = Dataset { features, labels: vec![*species; *n], ..data::iris().clone() };
            same("parse_iris of the same line several times", parse_iris(&csv), &want)
        });
    }

    #[test]
    fn only_line_feeds_end_a_line() {
        for_all("x, species", many(2..=4).prop_flat_map(|n| any::matrix(n, 4))).cases(24).holds(|x| {
            let labels: Vec<usize> = (0..x.rows()).map(|i| i % 3).collect();
            rejects_other_line_ends(NAME, &lines(x, &labels))
        });
    }

    #[test]
    fn rejects_a_byte_order_mark_in_front() {
        example(|| rejects_a_byte_order_mark(NAME, "1,2,3,4,Iris-setosa", "a finite number"));
    }

    #[test]
    fn rejects_a_text_without_samples() {
        example(|| rejects_nothing("parse_iris", parse_iris));
    }
}
