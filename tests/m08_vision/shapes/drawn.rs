//! What a drawing has set.

use judge::{Broken, ensure};
use ndarray::Array2;

/// The pixels `[x, y]` that were set on a background of 1, 51, 101, 151 and 201; all others must be as they were.
pub fn pixels_set(
    (rows, cols): (usize, usize),
    value: u8,
    draw: impl Fn(&mut Array2<u8>),
) -> Result<Vec<[i64; 2]>, Broken> {
    let before = Array2::from_shape_fn((rows, cols), |(i, j)| 1 + 50 * ((i + j) % 5) as u8);
    let mut after = before.clone();
    draw(&mut after);
    let look = "Set the pixels of the drawing to `value` and leave the image as it is otherwise.";
    let shape = format!("an image of {:?}", after.dim());
    ensure(after.dim() == before.dim(), || {
        Broken::answer(shape, format!("{:?} as before", before.dim()), look)
    })?;
    let mut set = Vec::new();
    for ((i, j), pixel) in after.indexed_iter() {
        if *pixel == value {
            set.push([j as i64, i as i64]);
            continue;
        }
        let was = before[(i, j)];
        ensure(*pixel == was, || {
            let got = format!("[{j}, {i}] became {pixel}");
            Broken::answer(got, format!("{was}, as it was, or {value}"), look)
        })?;
    }
    Ok(set)
}

/// Rows of dots and hashes.
pub fn picture((rows, cols): (usize, usize), set: &[[i64; 2]]) -> String {
    let pixel = |i: usize, j: usize| if set.contains(&[j as i64, i as i64]) { '#' } else { '.' };
    let line = |i: usize| -> String { (0..cols).map(|j| pixel(i, j)).collect() };
    (0..rows).map(line).collect::<Vec<_>>().join("\n")
}
