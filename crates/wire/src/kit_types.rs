//! What the kit gives to the katas. The plain types come from `build.rs`; these two keep their insides to themselves;
//! a tree, which holds trees, stands in `trees.rs`.

use kit::{Generator, Matrix};

use crate::value::{Decode, Encode, Malformed, Reader};

include!(concat!(env!("OUT_DIR"), "/kit_types.rs"));

/// Laws walk over rows and columns that hold nothing, too: no more of them than this.
const LARGEST_SIDE: usize = 1 << 24;

impl Encode for Matrix {
    fn encode(&self, out: &mut Vec<u8>) {
        (self.rows(), self.cols(), self.as_slice()).encode(out);
    }
}

impl Decode for Matrix {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (rows, cols) = (from.size()?, from.size()?);
        let entries = from.count()?;
        if rows.max(cols) > LARGEST_SIDE || entries != rows * cols {
            return Err(Malformed);
        }
        let data = if from.touches() {
            let entry = |k| from.at(k / cols, rows, |from| from.at(k % cols, cols, Reader::decode));
            (0..entries).map(entry).collect::<Result<_, _>>()?
        } else {
            f64::decode_all(entries, from)?
        };
        Self::new(rows, cols, data).map_err(|_| Malformed)
    }
}

impl Encode for Generator {
    fn encode(&self, out: &mut Vec<u8>) {
        self.state().encode(out);
    }
}

impl Decode for Generator {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        from.decode().map(Self::from_state)
    }
}

#[cfg(test)]
mod tests {
    use kit::figure::Layer;
    use kit::{Eigen, Explanation, Figure, InputError, Step};

    use super::*;

    fn there_and_back<T: Encode + Decode>(value: &T) -> T {
        let mut out = Vec::new();
        value.encode(&mut out);
        Reader::new(&out).decode().unwrap()
    }

    #[test]
    fn a_generator_goes_on_where_it_was() {
        let mut generator = Generator::from_seed(3);
        generator.uniform();
        let mut there = there_and_back(&generator);
        assert_eq!(there, generator);
        assert_eq!(there.uniform(), generator.uniform());
    }

    #[test]
    fn what_the_kit_gives_crosses() {
        let a = Matrix::from_rows([[1.0, -0.0], [f64::INFINITY, 3.0]]);
        assert_eq!(there_and_back(&a), a);
        assert_eq!(there_and_back(&Matrix::zeros(0, 3)).shape(), (0, 3));
        let error = InputError::OutOfRange { name: "x", got: 2.0, wanted: "below 1" };
        assert_eq!(there_and_back(&error), error);
        let eigen = Eigen::Complex { re: 1.0, im: 2.0 };
        assert_eq!(there_and_back(&eigen), eigen);
        let figure = Figure::new("A", "x", "y")
            .with(Layer::Points { label: "p".to_owned(), at: vec![[0.0, 1.0]] })
            .with(Layer::Note { at: [1.0, 2.0], text: "n".to_owned() });
        assert_eq!(there_and_back(&figure), figure);
        let step = Step { name: "a".into(), formula: "b".into(), numbers: "c".into(), result: vec![1.0] };
        let explanation = Explanation { title: "t".to_owned(), steps: vec![step] };
        assert_eq!(there_and_back(&explanation), explanation);
    }

    #[test]
    fn a_shape_without_its_entries_is_rejected() {
        let mut out = Vec::new();
        (2_usize, 2_usize, vec![0.0; 3]).encode(&mut out);
        assert_eq!(Reader::new(&out).decode::<Matrix>(), Err(Malformed));
        let mut out = Vec::new();
        (usize::MAX, 0_usize, Vec::<f64>::new()).encode(&mut out);
        assert_eq!(Reader::new(&out).decode::<Matrix>(), Err(Malformed));
    }
}
