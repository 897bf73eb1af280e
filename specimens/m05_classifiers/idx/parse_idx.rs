use kit::InputError;

use crate::reference::m05_classifiers::idx as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Array = Result<(Vec<usize>, Vec<u8>), InputError>;
type ParseIdx = fn(&[u8]) -> Array;

/// The kata, answered by a specimen.
pub fn parse_idx(bytes: &[u8]) -> Result<(Vec<usize>, Vec<u8>), InputError> {
    answering::<ParseIdx>(
        module_path!(),
        reference::parse_idx,
        &[
            wheat("byte_by_byte", "takes byte after byte, and shifts", |bytes| {
                reference::parse_idx(bytes)?;
                let (mut rest, mut sizes) = (bytes[4..].iter(), Vec::new());
                for _ in 0..bytes[3] {
                    let size =
                        rest.by_ref().take(4).fold(0_usize, |size, byte| size << 8 | usize::from(*byte));
                    sizes.push(size);
                }
                Ok((sizes, rest.copied().collect()))
            }),
            wheat("from_the_end", "the entries are the last bytes", |bytes| {
                let (sizes, _) = reference::parse_idx(bytes)?;
                let n = sizes.iter().fold(1_usize, |n, size| n.saturating_mul(*size));
                Ok((sizes, bytes[bytes.len() - n..].to_vec()))
            }),
            chaff("lowest_first", "The dimensions are little-endian.", |bytes| {
                let (sizes, entries) = reference::parse_idx(bytes)?;
                Ok((sizes.iter().map(|size| (*size as u32).swap_bytes() as usize).collect(), entries))
            }),
            chaff("one_byte_sizes", "A dimension fits into its last byte.", |bytes| {
                let (sizes, entries) = reference::parse_idx(bytes)?;
                Ok((sizes.iter().map(|size| size % 256).collect(), entries))
            }),
            chaff("the_rest_is_ignored", "Bytes after the entries are ignored.", |bytes| {
                match reference::parse_idx(bytes) {
                    Err(InputError::BadByte { at, .. }) if at > 3 => reference::parse_idx(&bytes[..at]),
                    parsed => parsed,
                }
            }),
            chaff(
                "what_is_there",
                "A truncated file has fewer entries.",
                |bytes| match reference::parse_idx(bytes) {
                    Err(InputError::TooFew { got, .. })
                        if got > 4 && got >= 4 + 4 * usize::from(bytes[3]) =>
                    {
                        let header = 4 + 4 * usize::from(bytes[3]);
                        let (sizes, _) = bytes[4..header].as_chunks::<4>();
                        Ok((
                            sizes.iter().map(|s| u32::from_be_bytes(*s) as usize).collect(),
                            bytes[header..].to_vec(),
                        ))
                    }
                    parsed => parsed,
                },
            ),
            chaff("any_type", "The type of the entries does not matter.", |bytes| {
                let mut bytes = bytes.to_vec();
                if let Some(kind) = bytes.get_mut(2) {
                    *kind = 8;
                }
                reference::parse_idx(&bytes)
            }),
            chaff("zeros_unread", "The first two bytes are padding of any value.", |bytes| {
                let mut bytes = bytes.to_vec();
                bytes.iter_mut().take(2).for_each(|byte| *byte = 0);
                reference::parse_idx(&bytes)
            }),
            chaff("no_dimensions", "An array without dimensions is a single number.", |bytes| match bytes {
                [0, 0, 8, 0, entries @ ..] => Ok((vec![], entries.to_vec())),
                _ => reference::parse_idx(bytes),
            }),
            chaff("always_three", "Images always have three dimensions.", |bytes| {
                let (mut sizes, entries) = reference::parse_idx(bytes)?;
                sizes.resize(3, 1);
                Ok((sizes, entries))
            }),
            chaff("wraps_around", "The product of the dimensions cannot overflow.", |bytes| {
                match reference::parse_idx(bytes) {
                    Err(InputError::TooFew { got, wanted: usize::MAX }) => {
                        let (sizes, _) = bytes[4..4 + 4 * usize::from(bytes[3])].as_chunks::<4>();
                        let size = |s: &[u8; 4]| u32::from_be_bytes(*s) as usize;
                        let wanted = sizes.iter().map(size).fold(1_usize, usize::wrapping_mul);
                        Err(InputError::TooFew { got, wanted })
                    }
                    parsed => parsed,
                }
            }),
            chaff("allocates_first", "Memory is allocated before the entries are read.", |bytes| {
                if let Err(InputError::TooFew { wanted, .. }) = reference::parse_idx(bytes)
                    && wanted > 1 << 40
                {
                    panic!("capacity overflow");
                }
                reference::parse_idx(bytes)
            }),
            chaff("header_as_entries", "The entries begin after the first four bytes.", |bytes| {
                let (sizes, entries) = reference::parse_idx(bytes)?;
                Ok((sizes, bytes[4..4 + entries.len()].to_vec()))
            }),
            chaff("the_first_missing_only", "The number `wanted` is one more byte than there is.", |bytes| {
                match reference::parse_idx(bytes) {
                    Err(InputError::TooFew { got, .. }) => Err(InputError::TooFew { got, wanted: got + 1 }),
                    parsed => parsed,
                }
            }),
            chaff(
                "too_large_stays_too_large",
                "A product that overflows stays too large, even if a later dimension is 0.",
                |bytes| {
                    if let [0, 0, 8, dimensions, rest @ ..] = bytes
                        && let Some(header) = rest.get(..4 * usize::from(*dimensions))
                    {
                        let (sizes, _) = header.as_chunks::<4>();
                        let size = |size: &[u8; 4]| u32::from_be_bytes(*size) as usize;
                        let product =
                            sizes.iter().try_fold(1_usize, |product, bytes| product.checked_mul(size(bytes)));
                        if product.is_none() {
                            return Err(InputError::TooFew { got: bytes.len(), wanted: usize::MAX });
                        }
                    }
                    reference::parse_idx(bytes)
                },
            ),
            chaff("two_byte_sizes", "A dimension fits into its last two bytes.", |bytes| {
                let (sizes, entries) = reference::parse_idx(bytes)?;
                Ok((sizes.iter().map(|size| size % 65_536).collect(), entries))
            }),
            chaff("half_of_the_type", "The lower four bits of byte 2 are the type.", |bytes| {
                let mut bytes = bytes.to_vec();
                if let Some(kind) = bytes.get_mut(2)
                    && *kind % 16 == 8
                {
                    *kind = 8;
                }
                reference::parse_idx(&bytes)
            }),
        ],
    )(bytes)
}
