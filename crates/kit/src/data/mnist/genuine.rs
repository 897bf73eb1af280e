//! Whether the contents are those that were published. A law that asks for a data set's numbers must not blame a right
//! answer for a file in which a byte is wrong.

use flate2::Crc;

use super::contents::Contents;
use super::error::DataError;
use super::idx;
use super::set::{Content, Part, Set};

/// The CRC-32 of MNIST's unpacked files, from the originals whose MD5 is the published one.
const MNIST: [[u32; 2]; 2] = [[0xe9f4_d8b3, 0xe0cb_4ad2], [0x9137_3bdf, 0x4ab9_eff9]];

/// Checks one file of a set.
///
/// MNIST's are known by their checksum. Of Fashion-MNIST's only the packed files have a published one, and gzip checks
/// what it unpacks; here the number of images and their size are checked, and that every class is as frequent.
pub(super) fn check(set: Set, part: Part, content: Content, file: &Contents) -> Result<(), DataError> {
    let wrong = |what: String| Err(DataError::Malformed { file: file.path.clone(), what });
    let n = if part == Part::Training { 60_000 } else { 10_000 };
    let sizes = match content {
        Content::Images => idx::dimensions::<3>(file)?.to_vec(),
        Content::Labels => idx::dimensions::<1>(file)?.to_vec(),
    };
    let published = if content == Content::Images { vec![n, 28, 28] } else { vec![n] };
    if sizes != published {
        return wrong(format!("it holds {sizes:?} entries, but {} has {published:?}", set.name()));
    }
    match (set, content) {
        (Set::Mnist, _) => {
            let mut sum = Crc::new();
            sum.update(&file.bytes);
            let wanted = MNIST[usize::from(part == Part::Test)][usize::from(content == Content::Labels)];
            if sum.sum() != wanted {
                let got = sum.sum();
                return wrong(format!(
                    "its CRC-32 is {got:08x}, but that of mnist is {wanted:08x}: bytes differ"
                ));
            }
        }
        (Set::FashionMnist, Content::Labels) => {
            let labels = &file.bytes[file.bytes.len() - n..];
            let count = |class: u8| labels.iter().filter(|label| **label == class).count();
            if let Some(class) = (0..10).find(|class| count(*class) != n / 10) {
                let got = count(class);
                return wrong(format!("class {class} has {got} labels, but {} in fashion-mnist", n / 10));
            }
        }
        (Set::FashionMnist, Content::Images) => {}
    }
    Ok(())
}
