use judge::{
    Answer, Broken, Verdict, any, close, equal, example, figure_reads_as, for_all, rejected, rounding,
};
use katas::x2_clustering::figures::cluster_figure;
use kit::figure::Layer;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, label, matrix, points, too_large};
use super::super::near::square;
use super::super::rejection::rejects_invalid;

const CALL: &str = "cluster_figure(x, labels, names)";
const NAMES: [&str; 2] = ["length", "width"];

fn agrees(x: &Matrix, labels: &[Option<usize>]) -> Verdict {
    let figure = cluster_figure(x, labels, NAMES).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Clusters", "length", "width"], "As the page says.")?;
    let mut clusters: Vec<usize> = labels.iter().copied().flatten().collect();
    clusters.sort_unstable();
    clusters.dedup();
    let of = |label: Option<usize>| -> Vec<[f64; 2]> {
        (0..x.rows()).filter(|&i| labels[i] == label).map(|i| [x[(i, 0)], x[(i, 1)]]).collect()
    };
    let mut groups: Vec<(String, Vec<[f64; 2]>)> =
        clusters.iter().map(|it| (format!("cluster {it}"), of(Some(*it)))).collect();
    if labels.contains(&None) {
        groups.push(("noise".to_owned(), of(None)));
    }
    let look = "Points for each cluster and for noise, if there is any; then a note for each cluster.";
    equal("the number of layers", figure.layers.len(), groups.len() + clusters.len(), look)?;
    let (first, notes) = figure.layers.split_at(groups.len());
    for (i, (layer, (label, at))) in first.iter().zip(groups).enumerate() {
        let look = "The lowest number first and noise last; points in the order of x.";
        equal(&format!("layer {i}"), layer, &Layer::Points { label, at }, look)?;
    }
    for (note, cluster) in notes.iter().zip(clusters) {
        let look = "The number of each cluster stands at the mean of its points.";
        let Layer::Note { at, text } = note else {
            return Err(Broken::answer(format!("{note:?}"), format!("a note: {cluster}"), look));
        };
        equal("the text of a note", text, &cluster.to_string(), look)?;
        let points = of(Some(cluster));
        for (axis, got) in at.iter().enumerate() {
            let want: f64 = points.iter().map(|point| point[axis] / points.len() as f64).sum();
            let largest = points.iter().fold(0.0_f64, |largest, point| largest.max(point[axis].abs()));
            let name = format!("coordinate {axis} of note {cluster}");
            close(&name, *got, want, rounding(2 * points.len() + 8, largest), look)?;
        }
    }
    Ok(())
}

/// So many labels from k clusters, some noise.
fn labels(n: usize, k: usize, seed: u64) -> Vec<Option<usize>> {
    let mut generator = Generator::from_seed(seed);
    (0..n).map(|_| Some(generator.below(k + 1)).filter(|it| *it < k).map(label)).collect()
}

#[test]
fn shows_each_cluster_and_the_noise() {
    let inputs = (any::vectors::<2>(1..=8), any::part(1..=3_usize), any::seed());
    for_all("first, second, k, seed", inputs).holds(|([a, b], k, seed)| {
        let x = Matrix::from_fn(a.len(), 2, |i, j| if j == 0 { a[i] } else { b[i] });
        agrees(&x, &labels(a.len(), *k, *seed))
    });
}

#[test]
fn without_noise_there_is_no_such_layer() {
    for_all("x", any::vector(6..=6)).cases(64).holds(|x| {
        let x = matrix(3, 2, x);
        agrees(&x, &[Some(1), Some(0), Some(1)])?;
        agrees(&x, &[None, None, None])
    });
}

#[test]
fn draws_the_irises() {
    example(|| {
        // The petals of all irises, the nearest of the three centers of k-means, and noise beyond 8 mm from it.
        let iris = &kit::data::iris().features;
        let x = Matrix::from_fn(150, 2, |i, j| iris[(i, 2 + j)]);
        let centers = [[1.462, 0.246], [4.269_230_8, 1.342_307_7], [5.595_833_3, 2.0375]];
        let cluster = |i: usize| {
            let squares = centers.map(|center| square(x.row(i), &center));
            let nearest = if squares[0] < squares[1] { 0 } else { 1 + usize::from(squares[2] < squares[1]) };
            Some(nearest).filter(|&nearest| squares[nearest] < 0.64)
        };
        let labels: Vec<Option<usize>> = (0..150).map(cluster).collect();
        let names = ["petal length (cm)", "petal width (cm)"];
        let figure = cluster_figure(&x, &labels, names).accepted(CALL)?;
        figure_reads_as("x2_clustering/figures/cluster_figure", &figure, "Points by cluster, noise, numbers.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::figures::cluster_figure;
        use kit::Matrix;
        use kit::figure::Layer;
        let x = Matrix::from_rows([[1.0, 5.0], [8.0, 8.0], [3.0, 7.0]]);
        let figure = cluster_figure(&x, &[Some(4), None, Some(4)], ["length", "width"])?;
        assert_eq!(figure.layers[1], Layer::Points { label: "noise".to_owned(), at: vec![[8.0, 8.0]] });
        assert_eq!(figure.layers[2], Layer::Note { at: [2.0, 6.0], text: "4".to_owned() });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_points_and_clusters() {
        let inputs = any::sizes([1..=9, 1..=4], [1025, 301])
            .prop_flat_map(|[n, k]| (points([n.max(2 * k), 2]), Just(k), any::seed()));
        for_all("x, k, seed", inputs)
            .cases(128)
            .holds(|(x, k, seed)| agrees(x, &labels(x.rows(), *k, *seed)));
    }

    #[test]
    fn shows_numbers_up_to_the_limit() {
        example(|| {
            let x = matrix(4, 2, &[1e150, -1e150, 1e150, 1e150, -1e150, 1e150, 1e-150, 0.0]);
            agrees(&x, &[Some(1), Some(1), Some(2), Some(1)])
        });
    }

    #[test]
    fn keeps_any_names() {
        example(|| {
            let x = matrix(1, 2, &[1.0, 2.0]);
            let long = "a name with many blanks, of sixty letters and more – größer than most";
            for names in
                [["", ""], ["naïve", "a  b"], ["same", "same"], [" blanks ", "  "], [long, "1"], ["0", long]]
            {
                let figure = cluster_figure(&x, &[None], names).accepted(CALL)?;
                let got = [figure.x.label.as_str(), figure.y.label.as_str()];
                equal("the axes", got, names, "Names as they are.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let x = counting_but([left, 2], [0, 0], 0.0);
            let want = InputError::LengthMismatch { left, right };
            let got = cluster_figure(&x, &vec![Some(1); right], NAMES);
            rejected(CALL, got, want, "One label per point; the number of points on the left.")
        });
    }

    #[test]
    fn rejects_other_than_two_features() {
        for_all("n, d", (any::many(1..=6, 301), any::select(vec![0_usize, 1, 3, 4, 64]))).cases(48).holds(
            |&(n, d)| {
                let x = Matrix::from_fn(n, d, |i, j| (i + j) as f64);
                let want = InputError::ShapeMismatch { left: (n, d), right: (n, 2) };
                let got = cluster_figure(&x, &vec![None; n], NAMES);
                rejected(CALL, got, want, "The plane has two axes.")
            },
        );
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(
            |&(([n, _], [i, j], bad), large)| {
                let (fault, labels) = (([n, 2], [i, j % 2], bad), vec![Some(3); n]);
                rejects_invalid(CALL, "x", &fault, large, |x| cluster_figure(x, &labels, NAMES))
            },
        );
    }

    #[test]
    fn rejects_no_points() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = cluster_figure(&Matrix::zeros(0, 2), &[], NAMES);
            rejected("cluster_figure(0×2, [], names)", got, few, "Nothing to draw.")
        });
    }
}
