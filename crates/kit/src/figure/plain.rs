use crate::Matrix;

/// A picture: a title, two axes, and layers from back to front.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What the picture shows, in one line.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Whether one unit is equally long on both axes, as geometry wants it.
    pub equal_axes: bool,
    /// What is drawn, from back to front.
    pub layers: Vec<Layer>,
}

/// One axis of a [`Figure`]. Its range follows from the layers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What is measured along it, with its unit; empty for an axis that is not drawn.
    pub label: String,
    /// Whether equal steps mean equal factors.
    pub logarithmic: bool,
}

/// One thing drawn in a [`Figure`]. Points are \[x, y\] in the units of the axes.
#[derive(Debug, Clone, PartialEq)]
pub enum Layer {
    /// Dots.
    Points {
        /// For the legend; empty for none.
        label: String,
        /// Where they are.
        at: Vec<[f64; 2]>,
    },
    /// A line from point to point.
    Line {
        /// For the legend; empty for none.
        label: String,
        /// Its points in order.
        through: Vec<[f64; 2]>,
    },
    /// Straight arrows.
    Arrows {
        /// For the legend; empty for none.
        label: String,
        /// Tail and head of each.
        arrows: Vec<[[f64; 2]; 2]>,
    },
    /// Upright bars on the horizontal axis, as in a histogram.
    Bars {
        /// For the legend; empty for none.
        label: String,
        /// Left edge, right edge and height of each.
        bars: Vec<[f64; 3]>,
    },
    /// A function of two variables on a regular grid.
    Field {
        /// For the legend; empty for none.
        label: String,
        /// First and last x of the grid.
        x: [f64; 2],
        /// First and last y of the grid.
        y: [f64; 2],
        /// Row i belongs to the i-th y counted from the first, column j to the j-th x.
        values: Matrix,
        /// Lines of equal value instead of colored cells.
        contours: bool,
    },
    /// Numbers in cells, colored by size, first row on top: a confusion matrix, a correlation table.
    Table {
        /// For the legend; empty for none.
        label: String,
        /// One name a row.
        rows: Vec<String>,
        /// One name a column.
        cols: Vec<String>,
        /// The numbers.
        values: Matrix,
    },
    /// An image, first row on top.
    Image {
        /// A caption; empty for none.
        label: String,
        /// Its lower left corner.
        at: [f64; 2],
        /// Its width and height.
        size: [f64; 2],
        /// Brightness from 0 (black) to 1 (white); in color three columns a pixel: red, green, blue.
        pixels: Matrix,
        /// Whether there are three columns a pixel.
        color: bool,
    },
    /// A few words.
    Note {
        /// Where the middle of the text stands.
        at: [f64; 2],
        /// The words, in one line.
        text: String,
    },
}

impl Figure {
    /// A figure without layers; the axes carry these labels.
    #[must_use]
    pub fn new(title: &str, x: &str, y: &str) -> Self {
        let axis = |label: &str| Axis { label: label.to_owned(), logarithmic: false };
        Self { title: title.to_owned(), x: axis(x), y: axis(y), equal_axes: false, layers: Vec::new() }
    }

    /// The same figure with one more layer in front.
    #[must_use]
    pub fn with(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// The same figure with one unit equally long on both axes.
    #[must_use]
    pub fn with_equal_axes(mut self) -> Self {
        self.equal_axes = true;
        self
    }
}
