//! Chapter x2: clusters of irises and digits.

use katas::reference::x2_clustering::dbscan::dbscan;
use katas::reference::x2_clustering::kmeans::{Clustering, kmeans};
use katas::reference::x2_clustering::mixture::{em_step, gaussian_mixture};
use katas::reference::x2_clustering::silhouette::{adjusted_rand_index, silhouette};
use kit::data::{Dataset, digits, iris};
use kit::{Generator, Matrix};

use crate::says;

fn clustered(x: &Matrix, k: usize, starts: usize, seed: u64) -> Clustering {
    kmeans(x, k, starts, &mut Generator::from_seed(seed)).expect("a clustering")
}

fn mean_silhouette(x: &Matrix, labels: &[usize]) -> f64 {
    let widths = silhouette(x, labels).expect("two clusters");
    widths.iter().sum::<f64>() / widths.len() as f64
}

fn four(x: f64) -> String {
    format!("{x:.4}").trim_start_matches('0').to_owned()
}

fn agreement(labels: &[usize], dataset: &Dataset) -> String {
    four(adjusted_rand_index(labels, &dataset.labels).expect("samples"))
}

#[test]
fn kmeans_finds_on_the_irises_what_the_chapter_says() {
    let (x, found) = (&iris().features, clustered(&iris().features, 3, 10, 1));
    let (width, agrees) = (four(mean_silhouette(x, &found.labels)), agreement(&found.labels, iris()));
    let row = "| irises, k-means, k = 3 |";
    says("x2_clustering", &format!("{row} {:.4} | 78.8514 | {width} | .5528 | {agrees} |", found.inertia));
    let two = clustered(x, 2, 10, 1);
    let width = four(mean_silhouette(x, &two.labels));
    says("x2_clustering", &format!("For k = 2 the silhouette of the irises is {width}"));
    let inertias: Vec<f64> = (1..=7).map(|k| clustered(x, k, 20, 1).inertia).collect();
    let [one, two, seven] = [0, 1, 6].map(|i| inertias[i]);
    says(
        "x2_clustering",
        &format!("from {one:.0} with one cluster to {two:.0} with two and {seven:.0} with seven"),
    );
}

#[test]
fn single_starts_fail_as_often_as_the_chapter_says() {
    let mut generator = Generator::from_seed(1);
    let mut inertia = || kmeans(&iris().features, 3, 1, &mut generator).expect("a clustering").inertia;
    let worse = (0..1000).filter(|_| inertia() > 79.0).count();
    says("x2_clustering", &format!("{worse} of 1000 single starts end in a worse minimum"));
}

#[test]
#[ignore = "ten starts on the digits take a minute without optimization"]
fn kmeans_finds_on_the_digits_what_the_chapter_says() {
    let x = &digits().features;
    let found = clustered(x, 10, 10, 1);
    let (width, agrees) = (four(mean_silhouette(x, &found.labels)), agreement(&found.labels, digits()));
    let row = "| digits, k-means, k = 10 |";
    says("x2_clustering", &format!("{row} {:.1} | 1165188.9 | {width} | .1825 | {agrees} |", found.inertia));
    let [second, third] = [2, 3].map(|seed| clustered(x, 10, 10, seed).inertia);
    says("x2_clustering", &format!("end at inertias of {second:.1} and {third:.1}"));
}

#[test]
fn a_mixture_finds_the_species_as_the_chapter_says() {
    let x = &iris().features;
    let mixture = gaussian_mixture(x, 3, 1e-6, 30, &mut Generator::from_seed(1)).expect("a mixture");
    let step = em_step(x, &mixture, 1e-6).expect("a step");
    let likeliest = |i: usize| {
        let row = step.responsibilities.row(i);
        (0..3).fold(0, |best, j| if row[j] > row[best] { j } else { best })
    };
    let labels: Vec<usize> = (0..x.rows()).map(likeliest).collect();
    says("x2_clustering", &format!("| irises, mixture of 3 | | | | | {} |", agreement(&labels, iris())));
    let mut sizes = [0, 1, 2].map(|j| labels.iter().filter(|label| **label == j).count());
    sizes.sort_unstable();
    assert_eq!(sizes, [45, 50, 55]);
    let says_likelihood = format!("after 30 steps is −{:.6}", -step.log_likelihood);
    says("x2_clustering", &says_likelihood);
}

#[test]
fn dbscan_finds_on_the_irises_what_the_chapter_says() {
    let labels = dbscan(&iris().features, 0.5, 5).expect("parameters in range");
    let clusters = labels.iter().flatten().max().map_or(0, |last| last + 1);
    let noise = labels.iter().filter(|label| label.is_none()).count();
    says("x2_clustering", &format!("give {clusters} clusters and {noise} flowers as noise"));
    let all: Vec<usize> = labels.into_iter().map(|label| label.unwrap_or(clusters)).collect();
    says("x2_clustering", &format!("The agreement with the species is {}", agreement(&all, iris())));
}
