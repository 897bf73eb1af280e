use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use candle_core::{DType, Tensor};
use candle_nn::VarMap;
use kit::InputError;

use crate::reference::m07_deep_learning::checkpoint as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Save = fn(&VarMap, &Path) -> Result<(), InputError>;

/// The kata, answered by a specimen.
pub fn save(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    answering::<Save>(
        module_path!(),
        reference::save,
        &[
            wheat("tensor_by_tensor", "hands candle a table of tensors", |variables, path| {
                write(&tensors(variables), path)
            }),
            wheat(
                "written_next_to_it_and_renamed",
                "writes next to the file and puts it in its place",
                |variables, path| {
                    let next = path.with_extension("new");
                    write(&tensors(variables), &next).map_err(|rejection| named(rejection, path))?;
                    fs::rename(&next, path).map_err(|error| InputError::file(path, &error))
                },
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |variables, path| {
                let single = tensors(variables).into_iter().map(|(n, t)| Ok((n, t.to_dtype(DType::F32)?)));
                write(&single.collect::<Result<_, InputError>>()?, path)
            }),
            chaff("flattened", "The shape need not be saved.", |variables, path| {
                let flat = tensors(variables).into_iter().map(|(n, t)| Ok((n, t.flatten_all()?)));
                write(&flat.collect::<Result<_, InputError>>()?, path)
            }),
            chaff("weights_only", "The biases need not be saved.", |variables, path| {
                write(&tensors(variables).into_iter().filter(|(n, _)| !n.ends_with("bias")).collect(), path)
            }),
            chaff("never_overwrites", "An existing file is not replaced.", |variables, path| {
                if path.exists() { Ok(()) } else { reference::save(variables, path) }
            }),
            chaff("says_nothing", "Errors while saving can be ignored.", |variables, path| {
                let _lost = reference::save(variables, path);
                Ok(())
            }),
            chaff("zeroed", "The variables may be reset after saving.", |variables, path| {
                reference::save(variables, path)?;
                for var in variables.all_vars() {
                    var.set(&var.zeros_like()?)?;
                }
                Ok(())
            }),
            chaff("always_double", "All variables are saved as f64.", |variables, path| {
                let double = tensors(variables).into_iter().map(|(n, t)| Ok((n, t.to_dtype(DType::F64)?)));
                write(&double.collect::<Result<_, InputError>>()?, path)
            }),
            chaff("at_most_two_dimensions", "Variables are vectors or matrices.", |variables, path| {
                let all = tensors(variables)
                    .into_iter()
                    .map(|(n, t)| Ok((n, if t.rank() > 2 { t.flatten_from(1)? } else { t })));
                write(&all.collect::<Result<_, InputError>>()?, path)
            }),
            chaff(
                "extension_of_the_format",
                "The file name is given the extension of the format.",
                |variables, path| reference::save(variables, &path.with_extension("safetensors")),
            ),
            chaff("nan_as_zero", "A NaN is saved as 0.", |variables, path| {
                let all = tensors(variables).into_iter().map(|(n, t)| {
                    let v = t.ne(&t)?;
                    Ok((n, v.where_cond(&t.zeros_like()?, &t)?))
                });
                write(&all.collect::<Result<_, InputError>>()?, path)
            }),
            wheat(
                "by_hand",
                "the length, the header and all bytes, as the format says, biggest variable last",
                by_hand,
            ),
            chaff("folders_left_alone", "A path that is a folder needs no error.", |variables, path| {
                if path.is_dir() {
                    return Ok(());
                }
                reference::save(variables, path)
            }),
            chaff("twenty_four_at_most", "A checkpoint holds at most 24 variables.", |variables, path| {
                let few: HashMap<_, _> = tensors(variables).into_iter().take(24).collect();
                write(&few, path)
            }),
        ],
    )(variables, path)
}

fn tensors(variables: &VarMap) -> HashMap<String, Tensor> {
    let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    held.iter().map(|(name, var)| (name.clone(), var.as_tensor().clone())).collect()
}

fn write(tensors: &HashMap<String, Tensor>, path: &Path) -> Result<(), InputError> {
    candle_core::safetensors::save(tensors, path)
        .map_err(|_| InputError::File { path: path.to_owned(), why: ErrorKind::Other })
}

fn named(rejection: InputError, path: &Path) -> InputError {
    match rejection {
        InputError::File { why, .. } => InputError::File { path: path.to_owned(), why },
        other => other,
    }
}

fn by_hand(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    let mut all: Vec<(String, Tensor)> = tensors(variables).into_iter().collect();
    all.sort_by_key(|(name, tensor)| (tensor.elem_count(), name.clone()));
    let (mut header, mut bytes) = (Vec::new(), Vec::<u8>::new());
    for (name, tensor) in &all {
        let (from, dtype) = (bytes.len(), format!("{:?}", tensor.dtype()));
        tensor.write_bytes(&mut bytes)?;
        let (shape, to) = (tensor.dims(), bytes.len());
        header.push(format!(
            "{name:?}:{{\"dtype\":\"{dtype}\",\"shape\":{shape:?},\"data_offsets\":[{from},{to}]}}"
        ));
    }
    let mut header = format!("{{{}}}", header.join(","));
    header += &" ".repeat(header.len().next_multiple_of(8) - header.len());
    let length = (header.len() as u64).to_le_bytes();
    fs::write(path, [&length[..], header.as_bytes(), &bytes].concat())
        .map_err(|error| InputError::file(path, &error))
}
