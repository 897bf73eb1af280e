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
