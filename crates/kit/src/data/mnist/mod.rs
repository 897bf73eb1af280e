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

mod contents;
mod error;
mod folder;
mod genuine;
mod idx;
mod images;
mod set;

pub use error::DataError;
pub use folder::{bytes, cache, candidates, folder};
pub use images::Images;
pub use set::{Content, FILES, Part, Set, file_name};

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
}
