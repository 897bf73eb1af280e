//! Networks to save, and files that are gone afterwards.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use candle_core::{DType, Device, Tensor};
use candle_nn::{Init, VarMap};
use kit::InputError;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::super::tensors::{set, sorted};

/// A file of its own for each law and each call; gone with this value.
pub struct File(PathBuf);

impl File {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(format!("katas-{process}-{count}.safetensors")))
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

    /// Written by candle, not by the learner.
    pub fn write(&self, dtype: DType, to: &Path) {
        let tensor = |(name, shape, numbers): &(String, Vec<usize>, Vec<f64>)| {
            let tensor =
                Tensor::from_slice(numbers, &shape[..], &Device::Cpu).and_then(|t| t.to_dtype(dtype));
            (name.clone(), tensor.expect("a tensor"))
        };
        let all = self.0.iter().map(tensor).collect();
        candle_core::safetensors::save(&all, to).expect("a file of its own");
    }
}

/// One to three variables, in the order of their names.
pub fn content() -> impl Strategy<Value = Content> + Send + Sync + Clone {
    let entry = vec(1..=3_usize, 1..=2).prop_flat_map(|shape| {
        let count = shape.iter().product::<usize>();
        (Just(shape), vec(judge::any::eighth(), count))
    });
    btree_map("[a-c](\\.bias|\\.weight)?", entry, 1..=3).prop_map(|all| {
        Content(all.into_iter().map(|(name, (shape, numbers))| (name, shape, numbers)).collect())
    })
}

/// The refusal of a file, whatever it says is wrong.
pub fn file_refused(call: &str, got: Result<(), InputError>, path: &Path, look: &str) -> judge::Verdict {
    let path = path.display().to_string();
    let right =
        matches!(&got, Err(InputError::File { path: named, reason }) if *named == path && !reason.is_empty());
    judge::ensure(right, || {
        judge::Broken::answer(
            format!("{call} = {got:?}"),
            format!("Err(File {{ path: {path:?}, reason: … }})"),
            look,
        )
    })
}
