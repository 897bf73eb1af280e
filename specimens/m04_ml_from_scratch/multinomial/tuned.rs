//! `multinomial`, written for speed.

use kit::{InputError, Matrix};

use crate::reference::m04_ml_from_scratch::multinomial as reference;

/// Sample by sample: each row is read once a step, for its probabilities and, still at hand, for its part of the
/// gradient of every class. The probabilities of one sample are all that is kept. Four times as fast for 1000 samples
/// of 20 features.
pub fn multinomial_fit(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    learning_rate: f64,
    steps: usize,
) -> Result<(Matrix, Vec<f64>), InputError> {
    reference::multinomial_fit(x, y, classes, learning_rate, 0)?;
    let d = x.cols();
    let (mut w, mut b) = (vec![0.0; classes * d], vec![0.0; classes]);
    let (mut dw, mut db) = (w.clone(), b.clone());
    let mut p = vec![0.0; classes];
    let rate = learning_rate / y.len() as f64;
    for _ in 0..steps {
        dw.fill(0.0);
        db.fill(0.0);
        for (i, &label) in y.iter().enumerate() {
            let row = x.row(i);
            for c in 0..classes {
                p[c] = w[c * d..(c + 1) * d].iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + b[c];
            }
            softmax(&mut p);
            p[label] -= 1.0;
            for c in 0..classes {
                dw[c * d..(c + 1) * d].iter_mut().zip(row).for_each(|(dw, x)| *dw += p[c] * x);
                db[c] += p[c];
            }
        }
        w.iter_mut().zip(&dw).for_each(|(w, dw)| *w -= rate * dw);
        b.iter_mut().zip(&db).for_each(|(b, db)| *b -= rate * db);
    }
    if w.iter().chain(&b).all(|value| value.is_finite()) {
        Ok((Matrix::new(classes, d, w)?, b))
    } else {
        Err(InputError::NotConverged { steps, residual: f64::INFINITY })
    }
}

/// In place, so that no step allocates.
fn softmax(z: &mut [f64]) {
    let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
    z.iter_mut().for_each(|z| *z = (*z - largest).exp());
    let sum: f64 = z.iter().sum();
    z.iter_mut().for_each(|z| *z /= sum);
}
