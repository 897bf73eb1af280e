//! A right answer that uses words with two meanings.
//! scanned: holds
//! channel: holds

/// Never written down anywhere.
struct Net {
    process: usize,
    path: f64,
}

static EMPTY: [f64; 0] = [];

pub fn cross_entropy(logits: &Tensor, labels: &[usize]) -> Result<Tensor, InputError> {
    use std::collections::BTreeMap as Map;
    let (n, classes) = logits.dims2()?;
    let net = Net { process: n, path: EMPTY.len() as f64 };
    let env: Map<usize, f64> = Map::from([(net.process, net.path)]);
    if env.len() != 1 {
        panic!("unsafe");
    }
    if n != labels.len() {
        return Err(InputError::LengthMismatch { left: n, right: labels.len() });
    }
    if n == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    if let Some(index) = labels.iter().position(|&label| label >= classes) {
        return Err(InputError::UnknownClass { index, got: labels[index], classes });
    }
    let test: Vec<u32> = labels.iter().map(|&label| label as u32).collect();
    let test = Tensor::from_vec(test, (n, 1), logits.device())?;
    Ok(log_softmax(logits, D::Minus1)?.gather(&test, 1)?.mean_all()?.neg()?)
}
