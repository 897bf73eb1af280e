//! The real MNIST, and Fashion-MNIST in its shape: 60,000 training and 10,000 test images of 28×28 pixels.
//!
//! They are too large to embed. `cargo kata data mnist` fetches them once; here they are found, unpacked and read.
//!
//! ```no_run
//! use kit::data::mnist::{Images, Part, Set};
//!
//! let training = Images::load(Set::Mnist, Part::Training)?;
//! assert_eq!((training.len(), training.image(0).len(), training.labels[0]), (60_000, 28 * 28, 5));
//! # Ok::<(), kit::data::mnist::DataError>(())
//! ```
//!
//! Source: LeCun, Bottou, Bengio and Haffner, *Gradient-Based Learning Applied to Document Recognition*, Proceedings of
//! the IEEE 86 (1998); Xiao, Rasul and Vollgraf, *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
//! Learning Algorithms*, 2017.

mod error;
mod folder;
mod genuine;
mod idx;

pub use error::DataError;
pub use folder::{bytes, cache, candidates, folder};

/// Which of the data sets; all have the same form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Handwritten digits.
    Mnist,
    /// Articles of clothing.
    FashionMnist,
}

impl Set {
    /// Every set there is.
    pub const ALL: [Self; 2] = [Self::Mnist, Self::FashionMnist];

    /// The name of its folder, and what `cargo kata data` calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mnist => "mnist",
            Self::FashionMnist => "fashion-mnist",
        }
    }

    /// What the classes 0 to 9 are.
    #[must_use]
    pub fn class_names(self) -> [&'static str; 10] {
        match self {
            Self::Mnist => ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Self::FashionMnist => [
                "T-shirt/top",
                "trouser",
                "pullover",
                "dress",
                "coat",
                "sandal",
                "shirt",
                "sneaker",
                "bag",
                "ankle boot",
            ],
        }
    }
}

/// Which part of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 60,000 images to learn from.
    Training,
    /// 10,000 images to be judged by.
    Test,
}

/// What one of the four files holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The pixels.
    Images,
    /// The classes.
    Labels,
}

/// The names of the four files, unpacked; packed they end in `.gz` as well.
pub const FILES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// The name of one of the [`FILES`].
#[must_use]
pub fn file_name(part: Part, content: Content) -> &'static str {
    let (part, content) = (usize::from(part == Part::Test), usize::from(content == Content::Labels));
    FILES[2 * part + content]
}

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
    /// Reads one part of a data set from its [`folder`].
    ///
    /// # Errors
    ///
    /// [`DataError`], with what to do about it, if files are missing, unreadable or not those that were published.
    pub fn load(set: Set, part: Part) -> Result<Self, DataError> {
        let folder = folder(set)?;
        let of = |content| folder::genuine(&folder, set, part, content);
        idx::images(of(Content::Images)?, of(Content::Labels)?)
    }

    /// Reads one part of any data set in the form of MNIST from this folder.
    ///
    /// # Errors
    ///
    /// As [`Images::load`], but for whether they are those that were published.
    pub fn read(folder: &std::path::Path, part: Part) -> Result<Self, DataError> {
        let of = |content| folder::read(folder, file_name(part, content));
        idx::images(of(Content::Images)?, of(Content::Labels)?)
    }

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

/// In brief: nobody reads 47 million pixels.
impl std::fmt::Debug for Images {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} images of {}×{}", self.len(), self.rows, self.cols)
    }
}
