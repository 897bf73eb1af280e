use kit::{Generator, InputError, Matrix};

use super::{normal, twelve_uniforms};
use crate::reference::m04_ml_from_scratch::data as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Data = (Matrix, Vec<usize>);
type MakeBlobs = fn(usize, &Matrix, f64, &mut Generator) -> Result<Data, InputError>;

/// The kata, answered by a specimen.
pub fn make_blobs(
    n: usize,
    centers: &Matrix,
    deviation: f64,
    generator: &mut Generator,
) -> Result<Data, InputError> {
    answering::<MakeBlobs>(
        module_path!(),
        reference::make_blobs,
        &[
            wheat(
                "coordinate_by_coordinate",
                "draws all first coordinates, then all second ones",
                |n, centers, deviation, g| {
                    usable(n, centers, deviation)?;
                    let (rows, d) = (n * centers.rows(), centers.cols());
                    let drawn: Vec<f64> = (0..rows * d).map(|_| deviation * normal(g)).collect();
                    let x = Matrix::from_fn(rows, d, |i, j| drawn[j * rows + i] + centers[(i / n, j)]);
                    Ok((x, (0..rows).map(|i| i / n).collect()))
                },
            ),
            wheat("from_the_last", "fills the points from the last one", |n, centers, deviation, g| {
                usable(n, centers, deviation)?;
                let rows = n * centers.rows();
                let mut x = Matrix::zeros(rows, centers.cols());
                for i in (0..rows).rev() {
                    (0..centers.cols()).for_each(|j| x[(i, j)] = centers[(i / n, j)] - deviation * normal(g));
                }
                Ok((x, (0..centers.rows()).flat_map(|class| vec![class; n]).collect()))
            }),
            wheat(
                "two_at_once",
                "two coordinates of each point of the unit disc (Marsaglia)",
                |n, centers, deviation, g| {
                    usable(n, centers, deviation)?;
                    let (rows, d) = (n * centers.rows(), centers.cols());
                    let mut off = Vec::new();
                    while off.len() < rows * d {
                        let (u, v) = (g.uniform_in(-1.0, 1.0), g.uniform_in(-1.0, 1.0));
                        let s: f64 = u * u + v * v;
                        if s > 0.0 && s < 1.0 {
                            off.extend([u, v].map(|x| x * (-2.0 * s.ln() / s).sqrt()));
                        }
                    }
                    let x = Matrix::from_fn(rows, d, |i, j| {
                        deviation.mul_add(off[i * d + j], centers[(i / n, j)])
                    });
                    Ok((x, (0..rows).map(|i| i / n).collect()))
                },
            ),
            chaff(
                "in_turn",
                "Labels cycle through the classes: 0, 1, 2, 0, 1, 2.",
                |n, centers, deviation, g| {
                    scattered(n, centers, deviation, g, |i| i % centers.rows(), |g| [normal(g), normal(g)])
                },
            ),
            chaff(
                "uniform_scatter",
                "The points of a cluster are uniformly distributed.",
                |n, centers, deviation, g| {
                    scattered(
                        n,
                        centers,
                        deviation,
                        g,
                        |i| i / n,
                        |g| [(); 2].map(|()| g.uniform_in(-1.0, 1.0) * 3.0_f64.sqrt()),
                    )
                },
            ),
            chaff(
                "variance_for_deviation",
                "The parameter σ is the variance.",
                |n, centers, deviation, g| {
                    usable(n, centers, deviation)?;
                    reference::make_blobs(n, centers, deviation.sqrt(), g)
                },
            ),
            chaff(
                "along_the_diagonal",
                "One random number is enough for both coordinates of a point.",
                |n, centers, deviation, g| scattered(n, centers, deviation, g, |i| i / n, |g| [normal(g); 2]),
            ),
            chaff(
                "first_coordinate_only",
                "Only the first coordinate is random.",
                |n, centers, deviation, g| {
                    scattered(n, centers, deviation, g, |i| i / n, |g| [normal(g), 0.0])
                },
            ),
            chaff(
                "one_shift_for_all",
                "One random offset is enough for a whole cluster.",
                |n, centers, deviation, g| {
                    let off = normal(g);
                    scattered(n, centers, deviation, g, |i| i / n, |_| [off; 2])
                },
            ),
            chaff(
                "sum_of_uniforms",
                "A sum of twelve uniform numbers is exactly normal.",
                |n, centers, deviation, g| {
                    scattered(n, centers, deviation, g, |i| i / n, |g| [(); 2].map(|()| twelve_uniforms(g)))
                },
            ),
            chaff(
                "copied_across_pairs",
                "Two consecutive points may share their random offset.",
                |n, centers, deviation, g| {
                    let (mut count, mut last) = (0, [0.0; 2]);
                    let mut next = |g: &mut Generator| {
                        if count == 0 || count % 2 == 1 {
                            last = [normal(g), normal(g)];
                        }
                        count += 1;
                        last
                    };
                    usable(n, centers, deviation)?;
                    let offs: Vec<[f64; 2]> = (0..n * centers.rows()).map(|_| next(g)).collect();
                    let mut given = offs.into_iter();
                    let given = std::cell::RefCell::new(&mut given);
                    scattered(
                        n,
                        centers,
                        deviation,
                        g,
                        |i| i / n,
                        |_| given.borrow_mut().next().unwrap_or_default(),
                    )
                },
            ),
            chaff(
                "shared_by_the_classes",
                "The clusters may share the noise of their second coordinate.",
                |n, centers, deviation, g| {
                    usable(n, centers, deviation)?;
                    let along_y: Vec<f64> = (0..n).map(|_| normal(g)).collect();
                    let count = std::cell::Cell::new(0);
                    scattered(
                        n,
                        centers,
                        deviation,
                        g,
                        |i| i / n,
                        |g| [normal(g), along_y[count.replace(count.get() + 1) % n]],
                    )
                },
            ),
            chaff(
                "n_in_total",
                "The parameter n is the total number of points.",
                |n, centers, deviation, g| {
                    usable(n, centers, deviation)?;
                    reference::make_blobs(n.div_ceil(centers.rows()), centers, deviation, g)
                },
            ),
            chaff("labels_from_1", "Classes are numbered from 1.", |n, centers, deviation, g| {
                let (x, y) = reference::make_blobs(n, centers, deviation, g)?;
                Ok((x, y.iter().map(|class| class + 1).collect()))
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |n, centers, deviation, _| {
                    reference::make_blobs(n, centers, deviation, &mut Generator::from_seed(1))
                },
            ),
            chaff(
                "negative_deviation",
                "The sign of the standard deviation does not matter.",
                |n, centers, deviation, g| reference::make_blobs(n, centers, deviation.abs(), g),
            ),
            chaff("no_centers", "No centers give an empty data set.", |n, centers, deviation, g| {
                if centers.rows() == 0 && n > 0 {
                    Ok((centers.clone(), vec![]))
                } else {
                    reference::make_blobs(n, centers, deviation, g)
                }
            }),
        ],
    )(n, centers, deviation, generator)
}

fn usable(n: usize, centers: &Matrix, deviation: f64) -> Result<(), InputError> {
    reference::make_blobs(n, centers, deviation, &mut Generator::from_seed(0)).map(|_| ())
}

fn scattered(
    n: usize,
    centers: &Matrix,
    deviation: f64,
    generator: &mut Generator,
    class: impl Fn(usize) -> usize,
    off: impl Fn(&mut Generator) -> [f64; 2],
) -> Result<Data, InputError> {
    usable(n, centers, deviation)?;
    let y: Vec<usize> = (0..n * centers.rows()).map(class).collect();
    let offs: Vec<[f64; 2]> = y.iter().map(|_| off(generator)).collect();
    let x = Matrix::from_fn(y.len(), centers.cols(), |i, j| centers[(y[i], j)] + deviation * offs[i][j % 2]);
    Ok((x, y))
}
