/// Gray images of one size, each with its class.
#[derive(Clone, PartialEq, Eq)]
pub struct Images {
    /// Rows of one image.
    pub rows: usize,
    /// Columns of one image.
    pub cols: usize,
    /// From 0 (background) to 255 (ink), image after image, each row after row.
    pub pixels: Vec<u8>,
    /// The class of each image, 0 to 9.
    pub labels: Vec<u8>,
}

impl Images {
    /// How many images there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The pixels of image i, row after row.
    ///
    /// # Panics
    ///
    /// If there is no image i.
    #[must_use]
    pub fn image(&self, i: usize) -> &[u8] {
        let size = self.rows * self.cols;
        &self.pixels[i * size..(i + 1) * size]
    }

    /// The first n images, or all where there are fewer.
    #[must_use]
    pub fn first(&self, n: usize) -> Self {
        let n = n.min(self.len());
        let pixels = self.pixels[..n * self.rows * self.cols].to_vec();
        Self { rows: self.rows, cols: self.cols, pixels, labels: self.labels[..n].to_vec() }
    }
}

/// In brief: no one reads 47 million pixels.
impl std::fmt::Debug for Images {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} images of {}×{}", self.len(), self.rows, self.cols)
    }
}
