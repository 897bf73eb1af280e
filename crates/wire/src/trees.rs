//! Decision trees: the one type that holds itself, and so the one whose depth the other side chooses.

use kit::Tree;

use crate::value::{Decode, Encode, Malformed, Reader};

/// What walks over a tree calls itself once per level, and so does what frees it: no deeper than this, so that no worker
/// overflows the stack of a law.
const DEEPEST: usize = 4096;

impl Encode for Tree {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Leaf { samples, value } => {
                out.push(0);
                (samples, value).encode(out);
            }
            Self::Split { feature, threshold, left, right } => {
                out.push(1);
                (feature, threshold).encode(out);
                left.encode(out);
                right.encode(out);
            }
        }
    }
}

/// A split whose parts are not all read.
struct Open {
    feature: usize,
    threshold: f64,
    left: Option<Box<Tree>>,
}

impl Decode for Tree {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut open: Vec<Open> = Vec::new();
        loop {
            let mut whole = match from.byte()? {
                0 => Self::Leaf { samples: from.decode()?, value: from.decode()? },
                1 if open.len() < DEEPEST => {
                    open.push(Open { feature: from.decode()?, threshold: from.decode()?, left: None });
                    continue;
                }
                _ => return Err(Malformed),
            };
            loop {
                let Some(Open { feature, threshold, left }) = open.pop() else { return Ok(whole) };
                let Some(left) = left else {
                    open.push(Open { feature, threshold, left: Some(Box::new(whole)) });
                    break;
                };
                whole = Self::Split { feature, threshold, left, right: Box::new(whole) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(samples: usize) -> Box<Tree> {
        Box::new(Tree::Leaf { samples, value: vec![0.25, 0.75] })
    }

    fn chain(depth: usize) -> Vec<u8> {
        let mut out = Vec::new();
        for _ in 0..depth {
            out.push(1);
            (0_usize, 0.5).encode(&mut out);
        }
        (0..=depth).for_each(|samples| leaf(samples).encode(&mut out));
        out
    }

    #[test]
    fn a_tree_crosses() {
        let inner = Box::new(Tree::Split { feature: 3, threshold: -0.5, left: leaf(1), right: leaf(2) });
        let tree = Tree::Split { feature: 70, threshold: 1e300, left: inner, right: leaf(3) };
        let mut out = Vec::new();
        tree.encode(&mut out);
        let mut from = Reader::new(&out);
        assert_eq!(from.decode(), Ok(tree));
        assert_eq!(from.end(), Ok(()));
        out.pop();
        assert_eq!(Reader::new(&out).decode::<Tree>(), Err(Malformed));
        assert_eq!(Reader::new(&[2]).decode::<Tree>(), Err(Malformed));
    }

    #[test]
    fn a_tree_that_is_too_deep_is_rejected() {
        let depth = |tree: &Tree| {
            let (mut depth, mut tree) = (0, tree);
            while let Tree::Split { left, .. } = tree {
                (depth, tree) = (depth + 1, left);
            }
            depth
        };
        let deep: Tree = Reader::new(&chain(DEEPEST)).decode().unwrap();
        assert_eq!(depth(&deep), DEEPEST);
        assert_eq!(Reader::new(&chain(DEEPEST + 1)).decode::<Tree>(), Err(Malformed));
        // As deep as a message is long, and never finished.
        assert_eq!(Reader::new(&chain(100_000)).decode::<Tree>(), Err(Malformed));
    }
}
