mod normal_equation;
mod r2_score;
mod ridge;

use judge::{Verdict, close, rounding};
use kit::Matrix;

use super::draw::{linear, size};

/// The gradient of L(w, b) = Σ(xᵢ·w + b − yᵢ)²/n + λ‖w‖² vanishes: Σrᵢxᵢⱼ/n + λwⱼ = 0 for each feature, and Σrᵢ = 0.
fn is_the_minimum(call: &str, x: &Matrix, y: &[f64], penalty: f64, (w, b): &(Vec<f64>, f64)) -> Verdict {
    let ((n, d), count) = (x.shape(), y.len() as f64);
    let residuals: Vec<f64> = linear(x, w, *b).iter().zip(y).map(|(p, y)| p - y).collect();
    // A stable solution solves a system whose entries are off by a few n·ε of their size (Higham, §10.1); with them the
    // condition of the system plays no part.
    let largest = size(x, w, *b) + y.iter().fold(0.0_f64, |largest, y| largest.max(y.abs()));
    let widest = x.as_slice().iter().fold(1.0_f64, |widest, x| widest.max(x.abs()));
    // Multiplying by the inverse is off by the condition all the same, and that of [x 1]ᵀ[x 1]/n + λ is high
    // where one sample, large compared with λ, hardly separates w from b: up to 2·65²·8.
    let inverse = if penalty > 0.0 { 128 } else { 1 };
    let operations = inverse * 16 * (n + 2) * (d + 1) * (d + 1);
    let sum = residuals.iter().sum::<f64>() / count;
    let look = "At the minimum the residuals sum to zero; if not, another b has a smaller loss.";
    close(
        &format!("the mean residual at {call} = ({w:?}, {b})"),
        sum,
        0.0,
        rounding(operations, largest),
        look,
    )?;
    for j in 0..d {
        let along = (0..n).map(|i| residuals[i] * x[(i, j)]).sum::<f64>() / count + penalty * w[j];
        let (what, look) = if penalty == 0.0 {
            (
                "Σrᵢxᵢⱼ/n",
                "At the minimum the residuals are orthogonal to every feature; if not, another w has a \
                    smaller loss.",
            )
        } else {
            ("Σrᵢxᵢⱼ/n + λwⱼ", "At the minimum the gradient of the penalized loss is zero.")
        };
        let tolerance = rounding(operations, largest * widest + penalty * w[j].abs());
        close(&format!("{what} for j = {j} at {call} = ({w:?}, {b})"), along, 0.0, tolerance, look)?;
    }
    Ok(())
}
