//! What there is, where it comes from, and how one knows that it is genuine.

use kit::data::mnist::{FILES, Set};

/// One file of a data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFile {
    /// Its name, unpacked; packed it ends in `.gz` as well.
    pub name: String,
    /// The SHA-256 of the packed file, in hexadecimal.
    pub packed: String,
    /// The SHA-256 of what is in it, where that is known: a copy that was packed anew has another packed one.
    pub unpacked: Option<String>,
}

/// A data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its name, and that of its folder.
    pub name: String,
    /// Addresses of folders, the first one first.
    pub sources: Vec<String>,
    /// Its files.
    pub files: Vec<PublishedFile>,
}

/// What is known of a set.
///
/// MNIST's packed sums are those of the original files; the unpacked ones were computed from files whose MD5 is the
/// published one. Fashion-MNIST's belong to the files whose MD5 its authors publish.
#[must_use]
pub fn collection(set: Set) -> Collection {
    let (sources, sums): (&[&str], [[&str; 2]; 4]) = match set {
        Set::Mnist => (
            &[
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
            ],
            [
                [
                    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                ],
                [
                    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                ],
                [
                    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                ],
                [
                    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                ],
            ],
        ),
        Set::FashionMnist => (
            &[
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            ],
            [
                ["3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", ""],
                ["a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", ""],
                ["346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", ""],
                ["67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", ""],
            ],
        ),
    };
    let file = |(name, [packed, unpacked]): (&str, [&str; 2])| PublishedFile {
        name: name.to_owned(),
        packed: packed.to_owned(),
        unpacked: (!unpacked.is_empty()).then(|| unpacked.to_owned()),
    };
    Collection {
        name: set.name().to_owned(),
        sources: sources.iter().map(ToString::to_string).collect(),
        files: FILES.into_iter().zip(sums).map(file).collect(),
    }
}
