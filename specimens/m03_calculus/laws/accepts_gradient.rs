use crate::reference::m03_calculus::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Function<'a> = &'a dyn Fn(&[f64]) -> f64;
type Claim<'a> = &'a dyn Fn(&[f64]) -> Vec<f64>;
type Accepts = fn(Function<'_>, Claim<'_>, usize) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_gradient(f: &dyn Fn(&[f64]) -> f64, claimed: &dyn Fn(&[f64]) -> Vec<f64>, n: usize) -> bool {
    answering::<Accepts>(
        module_path!(),
        reference::accepts_gradient,
        &[
            wheat("grid", "tests a grid of 4ⁿ points with forward differences", |f, claimed, n| {
                (0..4_usize.pow(n as u32)).all(|point| {
                    let x: Vec<f64> =
                        (0..n).map(|i| -1.5 + (point / 4_usize.pow(i as u32) % 4) as f64).collect();
                    let claim = claimed(&x);
                    let close = |i: usize| (claim[i] - (moved(f, &x, i, 1e-6) - f(&x)) / 1e-6).abs() < 5e-3;
                    claim.len() == n && (0..n).all(close)
                })
            }),
            wheat(
                "scattered",
                "tests 40 pseudorandom points, with central differences of step size 10⁻³",
                |f, claimed, n| {
                    let mut state = 12345_u64;
                    let mut coordinate = || {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        (state >> 33) as f64 / (1_u64 << 31) as f64 * 3.9 - 1.95
                    };
                    (0..40).all(|_| {
                        let x: Vec<f64> = (0..n).map(|_| coordinate()).collect();
                        agrees(f, &claimed(&x), &x, n, 1e-3, 1e-3)
                    })
                },
            ),
            wheat(
                "along_random_ways",
                "compares the difference of f along every axis with the mean of the candidate at both ends",
                |f, claimed, n| {
                    // Trapezoidal rule: the rise over a width of 2h is the mean slope times 2h, up to h³.
                    (0..1_usize << n).all(|signs| {
                        let x: Vec<f64> =
                            (0..n).map(|i| if signs >> i & 1 == 1 { 1.0 } else { -0.9 }).collect();
                        (0..n).all(|i| {
                            let h = 1e-3;
                            let end = |by: f64| {
                                (0..n).map(|j| if i == j { x[j] + by } else { x[j] }).collect::<Vec<_>>()
                            };
                            let (a, b) = (claimed(&end(-h)), claimed(&end(h)));
                            let lengths = a.len() == n && b.len() == n;
                            lengths
                                && ((f(&end(h)) - f(&end(-h))) / (2.0 * h) - (a[i] + b[i]) / 2.0).abs() < 4e-3
                        })
                    })
                },
            ),
            wheat(
                "five_points_at_the_corners",
                "tests the 2ⁿ points ±½ with the five-point formula",
                |f, claimed, n| {
                    (0..1_usize << n).all(|corner| {
                        let x: Vec<f64> =
                            (0..n).map(|i| if corner >> i & 1 == 1 { 0.5 } else { -0.5 }).collect();
                        let claim = claimed(&x);
                        claim.len() == n
                            && (0..n).all(|i| {
                                let at = |by: f64| {
                                    let mut moved = x.clone();
                                    moved[i] += by;
                                    f(&moved)
                                };
                                let slope = (at(-0.02) - 8.0 * at(-0.01) + 8.0 * at(0.01) - at(0.02)) / 0.12;
                                (slope - claim[i]).abs() <= 0.005
                            })
                    })
                },
            ),
            chaff("accepts_all", "Every candidate is right.", |_, _, _| true),
            chaff("origin_only", "Testing at the origin is enough.", |f, claimed, n| {
                let x = vec![0.0; n];
                agrees(f, &claimed(&x), &x, n, 1e-4, 1e-3)
            }),
            chaff(
                "positive_only",
                "A gradient that is right for positive coordinates is right for negative ones.",
                |f, claimed, n| {
                    [0.3, 0.7, 1.1, 1.9].iter().all(|&x| {
                        let x = vec![x; n];
                        agrees(f, &claimed(&x), &x, n, 1e-4, 1e-3)
                    })
                },
            ),
            chaff("first_entry_only", "If the first entry is right, the others are.", |f, claimed, n| {
                corners(n).all(|x| {
                    let claim = claimed(&x);
                    claim.len() == n && (claim[0] - central(f, &x, 0, 1e-4)).abs() < 1e-3
                })
            }),
            chaff("nan_accepted", "A NaN is within the tolerance.", |f, claimed, n| {
                corners(n).all(|x| {
                    let claim = claimed(&x);
                    claim.len() == n && !(0..n).any(|i| (claim[i] - central(f, &x, i, 1e-4)).abs() > 1e-3)
                })
            }),
            chaff("exact", "A right gradient equals the finite difference exactly.", |f, claimed, n| {
                corners(n).all(|x| {
                    let claim = claimed(&x);
                    claim.len() == n && (0..n).all(|i| claim[i] == central(f, &x, i, 1e-4))
                })
            }),
            chaff("strict", "A finite difference has 12 right digits.", |f, claimed, n| {
                corners(n).all(|x| agrees(f, &claimed(&x), &x, n, 1e-4, 1e-12))
            }),
            chaff("generous", "A deviation of 0.1 is within the tolerance.", |f, claimed, n| {
                corners(n).all(|x| agrees(f, &claimed(&x), &x, n, 1e-4, 0.1))
            }),
            chaff(
                "tiny_step",
                "A smaller step size is always more accurate, so 10⁻¹⁴ is best.",
                |f, claimed, n| corners(n).all(|x| agrees(f, &claimed(&x), &x, n, 1e-14, 1e-3)),
            ),
            chaff(
                "direction_only",
                "Only the direction of a gradient matters, not its norm.",
                |f, claimed, n| {
                    corners(n).all(|x| {
                        let (claim, slope) =
                            (claimed(&x), (0..n).map(|i| central(f, &x, i, 1e-4)).collect::<Vec<_>>());
                        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                        claim.len() == n
                            && dot(&claim, &slope) / (dot(&claim, &claim) * dot(&slope, &slope)).sqrt()
                                > 0.999_999
                    })
                },
            ),
            chaff("length_of_gradient_only", "Two vectors of equal norm are equal.", |f, claimed, n| {
                corners(n).all(|x| {
                    let claim: f64 = claimed(&x).iter().map(|g| g * g).sum();
                    let slope: f64 = (0..n).map(|i| central(f, &x, i, 1e-4).powi(2)).sum();
                    (claim.sqrt() - slope.sqrt()).abs() < 1e-3
                })
            }),
            chaff("zipped", "`zip` rejects unequal lengths by itself.", |f, claimed, n| {
                corners(n).all(|x| {
                    claimed(&x)
                        .iter()
                        .zip(0..n)
                        .all(|(claim, i)| (claim - central(f, &x, i, 1e-4)).abs() < 1e-3)
                })
            }),
            chaff("lengths_trusted", "The candidate always returns n entries.", |f, claimed, n| {
                corners(n).all(|x| (0..n).all(|i| (claimed(&x)[i] - central(f, &x, i, 1e-4)).abs() < 1e-3))
            }),
            chaff(
                "at_the_edge",
                "A finite difference at a corner of the box stays inside.",
                |f, claimed, n| {
                    [-2.0, 2.0].iter().all(|&x| agrees(f, &claimed(&vec![x; n]), &vec![x; n], n, 1e-4, 1e-3))
                },
            ),
            chaff(
                "coarse",
                "A step size of 0.02 is small enough for a tolerance of 0.005.",
                |f, claimed, n| corners(n).all(|x| agrees(f, &claimed(&x), &x, n, 0.02, 5e-3)),
            ),
            chaff(
                "forward_1e_3",
                "A forward difference with the step size 10⁻³ is right to 0.005.",
                |f, claimed, n| {
                    corners(n).all(|x| {
                        let claim = claimed(&x);
                        let slope = |i: usize| (moved(f, &x, i, 1e-3) - f(&x)) / 1e-3;
                        claim.len() == n && (0..n).all(|i| (claim[i] - slope(i)).abs() < 5e-3)
                    })
                },
            ),
            chaff("six_digits", "A finite difference has six right digits.", |f, claimed, n| {
                corners(n).all(|x| agrees(f, &claimed(&x), &x, n, 1e-3, 1e-6))
            }),
            chaff("relative", "A thousandth of the slope is close.", |f, claimed, n| {
                corners(n).all(|x| {
                    let claim = claimed(&x);
                    let close = |i: usize| {
                        let slope = central(f, &x, i, 1e-4);
                        (claim[i] - slope).abs() <= 1e-3 * slope.abs().max(1.0)
                    };
                    claim.len() == n && (0..n).all(close)
                })
            }),
            chaff("length_once", "The number of entries is the same everywhere.", |f, claimed, n| {
                let (first, close) = (vec![1.5; n], |a: f64, b: f64| (a - b).abs() <= 1e-3);
                claimed(&first).len() == n
                    && corners(n).all(|x| {
                        let mut claim = claimed(&x).into_iter().take(n).enumerate();
                        claim.all(|(i, entry)| close(entry, central(f, &x, i, 1e-4)))
                    })
            }),
            chaff(
                "one_direction",
                "The slope in one general direction shows every mistake.",
                |f, claimed, n| {
                    corners(n).all(|x| {
                        let (claim, along) = (claimed(&x), [1.0, 0.5, 0.25]);
                        let of =
                            |slope: &dyn Fn(usize) -> f64| (0..n).map(|i| along[i] * slope(i)).sum::<f64>();
                        claim.len() == n
                            && (of(&|i| claim[i]) - of(&|i| central(f, &x, i, 1e-4))).abs() <= 1e-3
                    })
                },
            ),
        ],
    )(f, claimed, n)
}

fn moved(f: Function<'_>, x: &[f64], i: usize, by: f64) -> f64 {
    let mut moved = x.to_vec();
    moved[i] += by;
    f(&moved)
}

fn central(f: Function<'_>, x: &[f64], i: usize, h: f64) -> f64 {
    (moved(f, x, i, h) - moved(f, x, i, -h)) / (2.0 * h)
}

fn agrees(f: Function<'_>, claim: &[f64], x: &[f64], n: usize, h: f64, tolerance: f64) -> bool {
    claim.len() == n && (0..n).all(|i| (claim[i] - central(f, x, i, h)).abs() < tolerance)
}

/// A point in each corner of the box.
fn corners(n: usize) -> impl Iterator<Item = Vec<f64>> {
    (0..1_usize << n).map(move |signs| {
        let coordinate =
            |i: usize| if signs >> i & 1 == 1 { 1.5 - 0.3 * i as f64 } else { 0.2 * i as f64 - 1.25 };
        (0..n).map(coordinate).collect()
    })
}
