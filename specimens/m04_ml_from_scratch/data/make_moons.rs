use std::f64::consts::PI;

use kit::{Generator, InputError, Matrix};

use super::{normal, twelve_uniforms};
use crate::reference::m04_ml_from_scratch::data as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Data = (Matrix, Vec<usize>);
type MakeMoons = fn(usize, f64, &mut Generator) -> Result<Data, InputError>;

/// The kata, answered by a specimen.
pub fn make_moons(n: usize, noise: f64, generator: &mut Generator) -> Result<Data, InputError> {
    answering::<MakeMoons>(
        module_path!(),
        reference::make_moons,
        &[
            wheat("backwards", "t from π down, the noise taken off", |n, noise, g| {
                made(n, noise, g, |class, t| on(class, PI - t), |g| [-normal(g), -normal(g)])
            }),
            wheat(
                "by_reflection",
                "class 1 is class 0 turned by half a turn about (½, ¼)",
                |n, noise, g| {
                    let point = |class: usize, t: f64| match class {
                        0 => [t.cos(), t.sin()],
                        _ => [2.0 * 0.5 - t.cos(), 2.0 * 0.25 - t.sin()],
                    };
                    made(n, noise, g, point, |g| [normal(g), normal(g)])
                },
            ),
            wheat("pushed_to_the_arc", "takes a point of the half disc for the angle", |n, noise, g| {
                usable(n, noise)?;
                let mut points = Vec::new();
                for class in 0..2 {
                    for _ in 0..n {
                        let (right, up) = loop {
                            let (right, up) = (g.uniform_in(-1.0, 1.0), g.uniform());
                            if (0.01..1.0).contains(&right.hypot(up)) {
                                break (right / right.hypot(up), up / right.hypot(up));
                            }
                        };
                        let point = if class == 0 { [right, up] } else { [1.0 - right, 0.5 - up] };
                        points.push(point.map(|x| x + noise * normal(g)));
                    }
                }
                Ok((Matrix::from_fn(2 * n, 2, |i, j| points[i][j]), (0..2 * n).map(|i| i / n).collect()))
            }),
            chaff("whole_circles", "The angle t runs from 0 to 2π.", |n, noise, g| {
                made(n, noise, g, |class, t| on(class, 2.0 * t), |g| [normal(g), normal(g)])
            }),
            chaff("quarter_circles", "The angle t runs from 0 to π/2.", |n, noise, g| {
                made(n, noise, g, |class, t| on(class, t / 2.0), |g| [normal(g), normal(g)])
            }),
            chaff(
                "uniform_along_x",
                "The first coordinate is uniform, and the second follows from it.",
                |n, noise, g| {
                    made(
                        n,
                        noise,
                        g,
                        |class, t| on(class, (1.0 - 2.0 * t / PI).acos()),
                        |g| [normal(g), normal(g)],
                    )
                },
            ),
            chaff("different_angles", "Each coordinate may draw its own angle.", |n, noise, g| {
                usable(n, noise)?;
                let (mut x, y) = reference::make_moons(n, noise, g)?;
                let (other, _) = reference::make_moons(n, noise, g)?;
                (0..2 * n).for_each(|i| x[(i, 1)] = other[(i, 1)]);
                Ok((x, y))
            }),
            chaff("not_interleaved", "Both moons open downwards.", |n, noise, g| {
                made(
                    n,
                    noise,
                    g,
                    |class, t| [t.cos() + class as f64, t.sin() - 0.5 * class as f64],
                    |g| [normal(g), normal(g)],
                )
            }),
            chaff(
                "one_noise_for_both",
                "One random number is enough for the noise of both coordinates.",
                |n, noise, g| made(n, noise, g, on, |g| [normal(g); 2]),
            ),
            chaff("noise_along_x_only", "Noise is added to the first coordinate only.", |n, noise, g| {
                made(n, noise, g, on, |g| [normal(g), 0.0])
            }),
            chaff(
                "uniform_noise",
                "Noise may have any distribution with the right standard deviation.",
                |n, noise, g| {
                    made(n, noise, g, on, |g| [(); 2].map(|()| g.uniform_in(-1.0, 1.0) * 3.0_f64.sqrt()))
                },
            ),
            chaff("sum_of_uniforms", "A sum of twelve uniform numbers is exactly normal.", |n, noise, g| {
                made(n, noise, g, on, |g| [(); 2].map(|()| twelve_uniforms(g)))
            }),
            chaff("every_second_copied", "Two consecutive points may be the same.", |n, noise, g| {
                let (drawn, y) = reference::make_moons(n, noise, g)?;
                let x = Matrix::from_fn(2 * n, 2, |i, j| drawn[(if i % n % 2 == 1 { i - 1 } else { i }, j)]);
                Ok((x, y))
            }),
            chaff("angles_shared_by_the_classes", "Both classes may use the same angles.", |n, noise, g| {
                usable(n, noise)?;
                let t: Vec<f64> = (0..n).map(|_| g.uniform_in(0.0, PI)).collect();
                placed(n, noise, g, |i, _| t[i])
            }),
            chaff(
                "equal_steps",
                "The angles are evenly spaced, and only the noise is random.",
                |n, noise, g| placed(n, noise, g, |i, _| PI * i as f64 / n as f64),
            ),
            chaff(
                "stratified",
                "Drawing one angle from each n-th part of the arc is independent uniform sampling.",
                |n, noise, g| {
                    usable(n, noise)?;
                    let mut parts: Vec<usize> = (0..n).collect();
                    for i in (1..n).rev() {
                        parts.swap(i, (g.uniform() * (i + 1) as f64) as usize);
                    }
                    placed(n, noise, g, |i, g| PI * (parts[i] as f64 + g.uniform()) / n as f64)
                },
            ),
            chaff("variance_for_deviation", "The parameter σ is the variance.", |n, noise, g| {
                usable(n, noise)?;
                reference::make_moons(n, noise.sqrt(), g)
            }),
            chaff("noise_forgotten", "The moons need no noise.", |n, noise, g| {
                usable(n, noise)?;
                reference::make_moons(n, 0.0, g)
            }),
            chaff("n_in_total", "The parameter n is the total number of points.", |n, noise, g| {
                usable(n, noise)?;
                reference::make_moons(n.div_ceil(2), noise, g)
            }),
            chaff("evenly_spaced", "The angles are evenly spaced.", |n, noise, g| {
                usable(n, noise)?;
                let y: Vec<usize> = (0..2 * n).map(|i| i / n).collect();
                let mut x = Matrix::zeros(2 * n, 2);
                for (i, class) in y.iter().enumerate() {
                    let point = on(*class, PI * (i % n) as f64 / n as f64);
                    (0..2).for_each(|j| x[(i, j)] = point[j] + noise * g.uniform_in(-1.0, 1.0));
                }
                Ok((x, y))
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |n, noise, _| reference::make_moons(n, noise, &mut Generator::from_seed(1)),
            ),
            chaff(
                "one_radius",
                "Two angles may share one radius of the Box–Muller transform.",
                |n, noise, g| {
                    made(n, noise, g, on, |g| {
                        let r = (-2.0 * (1.0 - g.uniform()).ln()).sqrt();
                        [0, 1].map(|_| r * (2.0 * PI * g.uniform()).cos())
                    })
                },
            ),
            wheat("sine_and_cosine", "Box and Muller's sine for the other coordinate", |n, noise, g| {
                made(n, noise, g, on, |g| {
                    let (r, a) = ((-2.0 * (1.0 - g.uniform()).ln()).sqrt(), 2.0 * PI * g.uniform());
                    [r * a.cos(), r * a.sin()]
                })
            }),
        ],
    )(n, noise, generator)
}

fn usable(n: usize, noise: f64) -> Result<(), InputError> {
    reference::make_moons(n, noise, &mut Generator::from_seed(0)).map(|_| ())
}

fn on(class: usize, t: f64) -> [f64; 2] {
    if class == 0 { [t.cos(), t.sin()] } else { [1.0 - t.cos(), 0.5 - t.sin()] }
}

/// Points whose t is chosen by their place in their class.
fn placed(
    n: usize,
    noise: f64,
    generator: &mut Generator,
    t: impl Fn(usize, &mut Generator) -> f64,
) -> Result<Data, InputError> {
    usable(n, noise)?;
    let y: Vec<usize> = (0..2 * n).map(|i| i / n).collect();
    let mut x = Matrix::zeros(2 * n, 2);
    for (i, class) in y.iter().enumerate() {
        let point = on(*class, t(i % n, generator));
        (0..2).for_each(|j| x[(i, j)] = point[j] + noise * normal(generator));
    }
    Ok((x, y))
}

fn made(
    n: usize,
    noise: f64,
    generator: &mut Generator,
    point: impl Fn(usize, f64) -> [f64; 2],
    off: impl Fn(&mut Generator) -> [f64; 2],
) -> Result<Data, InputError> {
    usable(n, noise)?;
    let y: Vec<usize> = (0..2 * n).map(|i| i / n).collect();
    let mut x = Matrix::zeros(2 * n, 2);
    for (i, class) in y.iter().enumerate() {
        let (point, off) = (point(*class, generator.uniform_in(0.0, PI)), off(generator));
        (0..2).for_each(|j| x[(i, j)] = point[j] + noise * off[j]);
    }
    Ok((x, y))
}
