//! Attacks on a linear classifier of two classes: strongest ones, computed in several ways, and wrong ones.

use kit::{Dense, Generator, Matrix};

pub type Candidate = fn(&Dense, &[f64], usize, f64) -> Vec<f64>;

/// Strongest attacks, each with its method.
pub const RIGHT: [(&str, Candidate); 8] = [
    ("the fast gradient sign", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| limited(x + epsilon * sign(gain), x, epsilon))
    }),
    ("nothing but what it may be called with", |layer, x, label, epsilon| {
        let is_small = |numbers: &[f64]| numbers.iter().all(|number| number.abs() <= 4.0);
        let is_asked = (1..=16).contains(&x.len()) && label < 2 && (0.0..=2.0).contains(&epsilon);
        if is_asked && is_small(layer.weights.as_slice()) && is_small(&layer.bias) {
            strongest(layer, x, label, epsilon)
        } else {
            vec![]
        }
    }),
    ("twenty small steps with projection", |layer, x, label, epsilon| {
        let mut at = x.to_vec();
        for _ in 0..20 {
            at = each(layer, &at, label, |at, gain| at + 0.1 * sign(gain));
            at = at.iter().zip(x).map(|(at, x)| limited(*at, *x, epsilon)).collect();
        }
        at
    }),
    ("each pixel tried at both ends of its interval", |layer, x, label, epsilon| {
        let mut best = x.to_vec();
        for i in 0..x.len() {
            for end in [limited(x[i] - epsilon, x[i], epsilon), limited(x[i] + epsilon, x[i], epsilon)] {
                let mut tried = best.clone();
                tried[i] = end;
                if margin(layer, &tried, label) > margin(layer, &best, label) {
                    best = tried;
                }
            }
        }
        best
    }),
    ("to 0 or 1, and then projected back", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| limited(if gain > 0.0 { 1.0 } else { 0.0 }, x, epsilon))
    }),
    ("the gradient by finite differences of the margin", |layer, x, label, epsilon| {
        let gain = |i: usize| {
            let mut moved = x.to_vec();
            moved[i] += 0.5;
            margin(layer, &moved, label) - margin(layer, x, label)
        };
        (0..x.len()).map(|i| limited(x[i] + epsilon * sign(gain(i)), x[i], epsilon)).collect()
    }),
    ("three steps of ε/3", |layer, x, label, epsilon| {
        (0..3).fold(x.to_vec(), |at, _| {
            each(layer, &at, label, |at, gain| (at + epsilon / 3.0 * sign(gain)).clamp(0.0, 1.0))
        })
    }),
    ("10⁻¹⁰ inside the limits", |layer, x, label, epsilon| {
        let inside = |to: f64, x: f64| {
            if to > x {
                to - 1e-10
            } else if to < x {
                to + 1e-10
            } else {
                to
            }
        };
        strongest(layer, x, label, epsilon).iter().zip(x).map(|(to, x)| inside(*to, *x)).collect()
    }),
];

/// Wrong attacks, each with its fault.
pub const WRONG: [(&str, Candidate); 41] = [
    ("an image without pixels", |_, _, _, _| vec![]),
    ("a step that decreases the loss", |layer, x, label, epsilon| strongest(layer, x, 1 - label, epsilon)),
    ("half of ε", |layer, x, label, epsilon| strongest(layer, x, label, epsilon / 2.0)),
    ("twice ε", |layer, x, label, epsilon| strongest(layer, x, label, 2.0 * epsilon)),
    ("not clipped at 0 and 1", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| x + epsilon * sign(gain))
    }),
    ("the image unchanged", |_, x, _, _| x.to_vec()),
    ("only the first pixel", |layer, x, label, epsilon| strongest(layer, x, label, epsilon)[..1].to_vec()),
    ("NaN", |_, x, _, _| vec![f64::NAN; x.len()]),
    ("not clipped at 1", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| (x + epsilon * sign(gain)).max(0.0))
    }),
    ("not clipped at 0", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| (x + epsilon * sign(gain)).min(1.0))
    }),
    ("to 0 or 1, without the limit ε", |layer, x, label, _| {
        each(layer, x, label, |_, gain| if gain > 0.0 { 1.0 } else { 0.0 })
    }),
    ("no step where it would leave 0 to 1, instead of a clipped one", |layer, x, label, epsilon| {
        each(layer, x, label, |x, gain| {
            let to = x + epsilon * sign(gain);
            if (0.0..=1.0).contains(&to) { to } else { x }
        })
    }),
    ("a step proportional to the gradient", |layer, x, label, epsilon| {
        let largest = gains(layer, label).iter().fold(1e-9_f64, |most, gain| most.max(gain.abs()));
        each(layer, x, label, |x, gain| limited(x + epsilon * gain / largest, x, epsilon))
    }),
    ("ε as the Euclidean length of the perturbation", |layer, x, label, epsilon| {
        let length = gains(layer, label).iter().map(|gain| gain * gain).sum::<f64>().sqrt().max(1e-9);
        each(layer, x, label, |x, gain| limited(x + epsilon * gain / length, x, epsilon))
    }),
    ("only the pixel with the largest derivative", |layer, x, label, epsilon| {
        let gains = gains(layer, label);
        let largest = gains.iter().fold(0.0_f64, |most, gain| most.max(gain.abs()));
        each(layer, x, label, |x, gain| {
            if gain.abs() < largest { x } else { limited(x + epsilon * sign(gain), x, epsilon) }
        })
    }),
    ("the last pixel unchanged", |layer, x, label, epsilon| {
        let mut attacked = strongest(layer, x, label, epsilon);
        attacked[x.len() - 1] = x[x.len() - 1];
        attacked
    }),
    ("all pixels brighter", |_, x, _, epsilon| x.iter().map(|x| limited(x + epsilon, *x, epsilon)).collect()),
    ("random signs", |_, x, _, epsilon| {
        let mut generator = Generator::from_seed(1);
        x.iter().map(|x| limited(x + epsilon * (generator.uniform() - 0.5).signum(), *x, epsilon)).collect()
    }),
    ("label 0 for every image", |layer, x, _, epsilon| strongest(layer, x, 0, epsilon)),
    ("the loss of the predicted class instead of the label", |layer, x, _, epsilon| {
        strongest(layer, x, usize::from(margin(layer, x, 0) > 0.0), epsilon)
    }),
    ("the gradient of the label's logit alone", |layer, x, label, epsilon| {
        let own = |i: usize| limited(x[i] - epsilon * sign(layer.weights[(label, i)]), x[i], epsilon);
        (0..x.len()).map(own).collect()
    }),
    ("misclassified images unchanged", |layer, x, label, epsilon| {
        if margin(layer, x, label) > 0.0 { x.to_vec() } else { strongest(layer, x, label, epsilon) }
    }),
    ("a step from a black image instead of x", |layer, x, label, epsilon| {
        strongest(layer, &vec![0.0; x.len()], label, epsilon)
    }),
    ("a step from a white image instead of x", |layer, x, label, epsilon| {
        strongest(layer, &vec![1.0; x.len()], label, epsilon)
    }),
    ("pixels beyond the eighth unchanged", |layer, x, label, epsilon| {
        let attacked = strongest(layer, x, label, epsilon);
        (0..x.len()).map(|i| if i < 8 { attacked[i] } else { x[i] }).collect()
    }),
    ("pixels beyond the twelfth half of ε", |layer, x, label, epsilon| {
        let (whole, half) = (strongest(layer, x, label, epsilon), strongest(layer, x, label, epsilon / 2.0));
        (0..x.len()).map(|i| if i < 12 { whole[i] } else { half[i] }).collect()
    }),
    ("one pixel more", |layer, x, label, epsilon| {
        let mut attacked = strongest(layer, x, label, epsilon);
        attacked.push(0.5);
        attacked
    }),
    ("an image of one pixel unchanged", |layer, x, label, epsilon| {
        if x.len() == 1 { x.to_vec() } else { strongest(layer, x, label, epsilon) }
    }),
    ("steps upwards only", |layer, x, label, epsilon| {
        let attacked = strongest(layer, x, label, epsilon);
        attacked.iter().zip(x).map(|(to, x)| to.max(*x)).collect()
    }),
    ("steps downwards only", |layer, x, label, epsilon| {
        let attacked = strongest(layer, x, label, epsilon);
        attacked.iter().zip(x).map(|(to, x)| to.min(*x)).collect()
    }),
    ("pixels that are 0 or 1 unchanged", |layer, x, label, epsilon| {
        let attacked = strongest(layer, x, label, epsilon);
        attacked.iter().zip(x).map(|(to, x)| if *x == 0.0 || *x == 1.0 { *x } else { *to }).collect()
    }),
    ("the first pixel unchanged", |layer, x, label, epsilon| {
        let mut attacked = strongest(layer, x, label, epsilon);
        attacked[0] = x[0];
        attacked
    }),
    ("the middle pixel unchanged", |layer, x, label, epsilon| {
        let mut attacked = strongest(layer, x, label, epsilon);
        attacked[x.len() / 2] = x[x.len() / 2];
        attacked
    }),
    ("correctly classified images unchanged", |layer, x, label, epsilon| {
        if margin(layer, x, label) > 0.0 { strongest(layer, x, label, epsilon) } else { x.to_vec() }
    }),
    ("label 1 for every image", |layer, x, _, epsilon| strongest(layer, x, 1, epsilon)),
    ("NaN in the last pixel", |layer, x, label, epsilon| {
        let mut attacked = strongest(layer, x, label, epsilon);
        attacked[x.len() - 1] = f64::NAN;
        attacked
    }),
    ("1 % more than ε", |layer, x, label, epsilon| strongest(layer, x, label, 1.01 * epsilon)),
    ("1 % less than ε", |layer, x, label, epsilon| strongest(layer, x, label, 0.99 * epsilon)),
    ("ε limited to at most 0.2", |layer, x, label, epsilon| strongest(layer, x, label, epsilon.min(0.2))),
    ("ε of at least 0.1", |layer, x, label, epsilon| strongest(layer, x, label, epsilon.max(0.1))),
    ("ε times the number of pixels, shared among the largest derivatives", |layer, x, label, epsilon| {
        let (gains, mut left) = (gains(layer, label), epsilon * x.len() as f64);
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|a, b| gains[*b].abs().total_cmp(&gains[*a].abs()));
        let mut attacked = x.to_vec();
        for i in order {
            attacked[i] = limited(x[i] + left * sign(gains[i]), x[i], left);
            left -= (attacked[i] - x[i]).abs();
        }
        attacked
    }),
];

fn strongest(layer: &Dense, x: &[f64], label: usize, epsilon: f64) -> Vec<f64> {
    RIGHT[0].1(layer, x, label, epsilon)
}

/// The derivative of z_other − z_label by each pixel.
fn gains(Dense { weights, .. }: &Dense, label: usize) -> Vec<f64> {
    let gain = |w: &Matrix, i: usize| w[(1 - label, i)] - w[(label, i)];
    (0..weights.cols()).map(|i| gain(weights, i)).collect()
}

/// z_other − z_label.
fn margin(layer: &Dense, x: &[f64], label: usize) -> f64 {
    let products = gains(layer, label).iter().zip(x).map(|(gain, x)| gain * x).sum::<f64>();
    products + layer.bias[1 - label] - layer.bias[label]
}

/// A function of each pixel and its gain.
fn each(layer: &Dense, x: &[f64], label: usize, to: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    x.iter().zip(gains(layer, label)).map(|(x, gain)| to(*x, gain)).collect()
}

fn limited(to: f64, x: f64, epsilon: f64) -> f64 {
    to.clamp(x - epsilon, x + epsilon).clamp(0.0, 1.0)
}

fn sign(gain: f64) -> f64 {
    if gain == 0.0 { 0.0 } else { gain.signum() }
}
