//! Networks to save, and files that are gone afterwards.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use candle_core::{DType, Device, Tensor, Var};
use candle_nn::{Init, VarMap};
use judge::any::vec;
use kit::{Generator, InputError};
use proptest::collection::btree_map;
use proptest::prelude::*;

use super::super::tensors::{set, sorted};

/// A file of its own for each law and each call; gone with this value.
pub struct File(PathBuf);

impl File {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(format!("katas-{process}-{count}.weights")))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _never_written = std::fs::remove_file(&self.0);
    }
}

/// Names, shapes and numbers.
#[derive(Debug, Clone)]
pub struct Content(pub Vec<(String, Vec<usize>, Vec<f64>)>);

impl judge::Inputs for Content {}

impl Content {
    /// As variables of a network.
    pub fn variables(&self, dtype: DType) -> VarMap {
        let variables = VarMap::new();
        for (name, shape, _) in &self.0 {
            variables.get(&shape[..], name, Init::Const(0.0), dtype, &Device::Cpu).expect("a variable");
        }
        for ((_, var), (_, _, to)) in sorted(&variables).iter().zip(&self.0) {
            set(var, to);
        }
        variables
    }

    /// With numbers that text, rounding and other types would lose.
    pub fn hostile(mut self) -> Self {
        let hostile = [1.0 / 3.0, f64::MIN_POSITIVE / 8.0, -0.0, f64::MAX, f64::INFINITY, f64::NAN];
        let numbers = self.0.iter_mut().flat_map(|(_, _, numbers)| numbers);
        numbers.zip(hostile).for_each(|(number, hostile)| *number = hostile);
        self.0.push(("größe.weight".to_owned(), vec![5000], (0..5000).map(|i| f64::from(i) / 7.0).collect()));
        self.0.sort_by(|a, b| a.0.cmp(&b.0));
        self
    }

    /// As variables of a network, each with a type of its own.
    pub fn typed_variables(&self, dtype: impl Fn(usize) -> DType) -> VarMap {
        let variables = VarMap::new();
        for (i, (name, shape, numbers)) in self.0.iter().enumerate() {
            let tensor = Tensor::from_slice(numbers, &shape[..], &Device::Cpu);
            let tensor = tensor.and_then(|tensor| tensor.to_dtype(dtype(i))).expect("a tensor");
            let var = Var::from_tensor(&tensor).expect("a variable");
            variables.data().lock().expect("no one else has it").insert(name.clone(), var);
        }
        variables
    }

    /// Written by candle, not by the learner.
    pub fn write(&self, dtype: DType, to: &Path) {
        self.write_typed(|_| dtype, to);
    }

    /// The same, each variable with a type of its own.
    pub fn write_typed(&self, dtype: impl Fn(usize) -> DType, to: &Path) {
        let tensor = |(i, (name, shape, numbers)): (usize, &(String, Vec<usize>, Vec<f64>))| {
            let tensor =
                Tensor::from_slice(numbers, &shape[..], &Device::Cpu).and_then(|t| t.to_dtype(dtype(i)));
            (name.clone(), tensor.expect("a tensor"))
        };
        let all = self.0.iter().enumerate().map(tensor).collect();
        candle_core::safetensors::save(&all, to).expect("a file of its own");
    }
}

/// One to three variables, in the order of their names; now and then many, some of them with hundreds of numbers.
pub fn content() -> impl Strategy<Value = Content> + Send + Sync + Clone {
    prop_oneof![4 => few(), 1 => many()]
}

fn many() -> impl Strategy<Value = Content> + Send + Sync + Clone {
    let large = vec![vec![20, 20], vec![1025], vec![41, 1], vec![1, 151], vec![3, 2, 9, 7]];
    let shape = prop_oneof![4 => vec(1..=3_usize, 1..=2), 1 => judge::any::select(large)];
    (vec(shape, 4..=33), judge::any::seed()).prop_map(|(shapes, seed)| {
        let mut generator = Generator::from_seed(seed);
        let mut all: Vec<_> = (0..)
            .zip(shapes)
            .map(|(i, shape)| {
                let eighth = |_| generator.below(129) as f64 / 8.0 - 8.0;
                let numbers = (0..shape.iter().product::<usize>()).map(eighth).collect();
                (format!("layer{}.{}", i / 2 + 1, ["bias", "weight"][i % 2]), shape, numbers)
            })
            .collect();
        all.sort_by(|a: &(String, Vec<usize>, Vec<f64>), b| a.0.cmp(&b.0));
        Content(all)
    })
}

fn few() -> impl Strategy<Value = Content> + Send + Sync + Clone {
    // Most are vectors and matrices; some are single numbers, some the weights of convolutions.
    let shape = prop_oneof![4 => vec(1..=3_usize, 1..=2), 1 => Just(vec![]), 1 => vec(1..=2_usize, 3..=4)];
    let entry = shape.prop_flat_map(|shape| {
        let count = shape.iter().product::<usize>();
        (Just(shape), vec(judge::any::eighth(), count))
    });
    btree_map("[a-c](\\.bias|\\.weight)?", entry, 1..=3).prop_map(|all| {
        Content(all.into_iter().map(|(name, (shape, numbers))| (name, shape, numbers)).collect())
    })
}

/// The file cannot be read or written. Which kind of error the system gives is its own affair.
pub fn file_error(call: &str, got: Result<(), InputError>, path: &Path, look: &str) -> judge::Verdict {
    let right = matches!(&got, Err(InputError::File { path: named, .. }) if named == path);
    judge::ensure(right, || {
        let want = format!("Err(File {{ path: {path:?}, why: … }})");
        judge::Broken::answer(format!("{call} = {got:?}"), want, look)
    })
}

/// The file can be read and holds something else, whatever was wanted.
pub fn malformed(call: &str, got: Result<(), InputError>, path: &Path, look: &str) -> judge::Verdict {
    let want = InputError::Malformed { path: path.to_owned(), wanted: "a checkpoint of this network" };
    judge::rejected(call, got, want, look)
}
