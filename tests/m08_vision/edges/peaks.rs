//! What the page of `canny` says about single pixels, and a picture for the learner.

use ndarray::Array2;

/// m and the gradient of each pixel, by the definition.
pub struct Peaks {
    gray: Array2<u8>,
}

impl Peaks {
    pub fn of(gray: Array2<u8>) -> Self {
        Self { gray }
    }

    pub fn shape(&self) -> (usize, usize) {
        self.gray.dim()
    }

    /// All places of the image, row by row.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, cols) = self.shape();
        (0..rows).flat_map(move |i| (0..cols).map(move |j| (i, j)))
    }

    pub fn gradient(&self, i: usize, j: usize) -> [i32; 2] {
        let (rows, cols) = self.shape();
        let at = |up: isize, right: isize| {
            let (row, column) = (i.saturating_add_signed(up), j.saturating_add_signed(right));
            i32::from(self.gray[(row.min(rows - 1), column.min(cols - 1))])
        };
        let column = |right| at(-1, right) + 2 * at(0, right) + at(1, right);
        let row = |up| at(up, -1) + 2 * at(up, 0) + at(up, 1);
        [column(1) - column(-1), row(1) - row(-1)]
    }

    /// |gx| + |gy|; 0 outside the image.
    pub fn m(&self, i: isize, j: isize) -> i32 {
        let (rows, cols) = self.shape();
        match (usize::try_from(i), usize::try_from(j)) {
            (Ok(i), Ok(j)) if i < rows && j < cols => self.gradient(i, j).iter().map(|g| g.abs()).sum(),
            _ => 0,
        }
    }

    /// Whether m is a maximum along the gradient. tan 22.5° is irrational, so no pixel lies on the boundary of two directions.
    pub fn is_peak(&self, (i, j): (usize, usize)) -> bool {
        let [gx, gy] = self.gradient(i, j);
        let degrees = f64::from(gy.abs()).atan2(f64::from(gx.abs())).to_degrees();
        let (down, right, both_strictly) = match degrees {
            d if d < 22.5 => (0, 1, false),
            d if d > 67.5 => (1, 0, false),
            _ if gx.signum() == gy.signum() => (1, 1, true),
            _ => (1, -1, true),
        };
        let (i, j) = (i as isize, j as isize);
        let (before, here, after) = (self.m(i - down, j - right), self.m(i, j), self.m(i + down, j + right));
        here > before && (here > after || here == after && !both_strictly)
    }

    /// All edges by the definition: candidates above `high`, and on from those along candidates above `low`.
    pub fn edges(&self, low: f64, high: f64) -> Array2<bool> {
        let m = |place: (usize, usize)| f64::from(self.m(place.0 as isize, place.1 as isize));
        let is_candidate = Array2::from_shape_fn(self.shape(), |place| m(place) > low && self.is_peak(place));
        let mut edges = Array2::from_elem(self.shape(), false);
        let mut to_visit: Vec<_> =
            self.places().filter(|place| is_candidate[*place] && m(*place) > high).collect();
        while let Some(place) = to_visit.pop() {
            if !std::mem::replace(&mut edges[place], true) {
                to_visit.extend(adjacent(place, self.shape()).filter(|other| is_candidate[*other]));
            }
        }
        edges
    }

    /// What a learner needs to check one pixel by hand.
    pub fn words(&self, (i, j): (usize, usize)) -> String {
        let [gx, gy] = self.gradient(i, j);
        format!("row {i}, column {j}, where gx = {gx}, gy = {gy}, m = {}", gx.abs() + gy.abs())
    }
}

/// The places next to one, straight or diagonally, inside the image.
pub fn adjacent(
    (i, j): (usize, usize),
    (rows, cols): (usize, usize),
) -> impl Iterator<Item = (usize, usize)> {
    let near = |at: usize, n: usize| at.saturating_sub(1)..(at + 2).min(n);
    near(i, rows).flat_map(move |k| near(j, cols).map(move |l| (k, l))).filter(move |place| *place != (i, j))
}

/// Rows of dots and hashes.
pub fn picture(edges: &Array2<bool>) -> String {
    let line = |row: ndarray::ArrayView1<'_, bool>| -> String {
        row.iter().map(|edge| if *edge { '#' } else { '.' }).collect()
    };
    edges.rows().into_iter().map(line).collect::<Vec<_>>().join("\n")
}
