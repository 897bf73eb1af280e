use std::path::Path;

use candle_core::{DType, Device, safetensors};
use candle_nn::VarMap;
use kit::InputError;

use crate::reference::m07_deep_learning::checkpoint as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

/// What the reference wants where a variable has another type.
const OTHER_TYPE: &str = "numbers of the network's type";

type Load = fn(&VarMap, &Path) -> Result<(), InputError>;

/// The kata, answered by a specimen.
pub fn load(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    answering::<Load>(
        module_path!(),
        reference::load,
        &[
            wheat(
                "through_a_copy",
                "reads into a copy, and takes that over when it is whole",
                |variables, path| {
                    let copy = twin(variables)?;
                    reference::load(&copy, path)?;
                    take_over(variables, &copy)
                },
            ),
            wheat("checked_then_candles_own", "looks first, then lets candle read", |variables, path| {
                reference::load(&twin(variables)?, path)?;
                variables.clone().load(path).map_err(|_| malformed(path))
            }),
            chaff("candles_own", "The method `load` of candle finds every error.", |variables, path| {
                variables.clone().load(path).map_err(|_| malformed(path))
            }),
            chaff(
                "half_and_half",
                "Variables that fit may be loaded before an error is reported.",
                |variables, path| {
                    let answer = reference::load(&twin(variables)?, path);
                    if let Ok(saved) = safetensors::load(path, &Device::Cpu) {
                        let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        for (name, var) in held.iter() {
                            let fits = saved
                                .get(name)
                                .filter(|t| t.dims() == var.dims() && t.dtype() == var.dtype());
                            fits.map_or(Ok(()), |t| var.set(t))?;
                        }
                    }
                    answer
                },
            ),
            chaff(
                "reshaped",
                "A tensor with the right number of elements can be reshaped.",
                |variables, path| match reference::load(variables, path) {
                    Err(InputError::Dimensions { got, wanted, .. })
                        if got.iter().product::<usize>() == wanted.iter().product::<usize>() =>
                    {
                        Ok(())
                    }
                    answer => answer,
                },
            ),
            chaff("more_is_no_harm", "Unknown variables in the file are ignored.", |variables, path| {
                match reference::load(variables, path) {
                    Err(InputError::Names { got, wanted }) if wanted.iter().all(|n| got.contains(n)) => {
                        Ok(())
                    }
                    answer => answer,
                }
            }),
            chaff("converted", "Numbers of another type are converted.", |variables, path| {
                match reference::load(variables, path) {
                    Err(InputError::Malformed { wanted: OTHER_TYPE, .. }) => {
                        let saved = safetensors::load(path, &Device::Cpu)?;
                        let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        held.iter().try_for_each(|(n, var)| Ok(var.set(&saved[n].to_dtype(var.dtype())?)?))
                    }
                    answer => answer,
                }
            }),
            chaff("nothing_there_nothing_loaded", "A missing file is not an error.", |variables, path| {
                if path.exists() { reference::load(variables, path) } else { Ok(()) }
            }),
            chaff("into_a_copy", "Loading into a clone of the variables is enough.", |variables, path| {
                reference::load(&twin(variables)?, path)
            }),
            chaff("rounded", "Six digits are accurate enough.", |variables, path| {
                reference::load(variables, path)?;
                for var in variables.all_vars() {
                    var.set(&(var.as_tensor().to_dtype(DType::F32)? + 1.0 / 3.0)?.to_dtype(var.dtype())?)?;
                }
                Ok(())
            }),
            chaff("first_type_only", "All variables in a file have the same type.", |variables, path| {
                let answer = reference::load(variables, path);
                let Err(InputError::Malformed { wanted: OTHER_TYPE, .. }) = &answer else { return answer };
                let saved = safetensors::load(path, &Device::Cpu)?;
                let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let Some(first) = held.keys().min() else { return answer };
                if saved[first].dtype() != held[first].dtype() {
                    return answer;
                }
                for (n, var) in held.iter() {
                    var.set(&saved[n].to_dtype(var.dtype())?)?;
                }
                Ok(())
            }),
            chaff(
                "types_noticed_on_the_way",
                "The method `set` reports a wrong type before anything is changed.",
                |variables, path| {
                    let answer = reference::load(&twin(variables)?, path);
                    if let Err(InputError::Malformed { wanted: OTHER_TYPE, .. }) = &answer {
                        let saved = safetensors::load(path, &Device::Cpu)?;
                        let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        let mut names: Vec<_> = held.keys().collect();
                        names.sort();
                        for n in names {
                            if saved[n].dtype() != held[n].dtype() {
                                return answer;
                            }
                            held[n].set(&saved[n])?;
                        }
                    }
                    reference::load(variables, path)
                },
            ),
            chaff("through_single", "Single precision (f32) is accurate enough.", |variables, path| {
                reference::load(variables, path)?;
                variables
                    .all_vars()
                    .iter()
                    .try_for_each(|v| Ok(v.set(&v.to_dtype(DType::F32)?.to_dtype(v.dtype())?)?))
            }),
            chaff("double_only", "All variables are of type f64.", |variables, path| {
                if variables.all_vars().iter().any(|v| v.dtype() != DType::F64) {
                    return Err(malformed(path));
                }
                reference::load(variables, path)
            }),
            chaff("finite_only", "A value that is not finite is an error.", |variables, path| {
                reference::load(&twin(variables)?, path)?;
                for t in safetensors::load(path, &Device::Cpu)?.values() {
                    if !t.to_dtype(DType::F64)?.flatten_all()?.to_vec1::<f64>()?.iter().all(|x| x.is_finite())
                    {
                        return Err(malformed(path));
                    }
                }
                reference::load(variables, path)
            }),
            chaff("vectors_and_matrices_only", "Variables are vectors or matrices.", |variables, path| {
                if variables.all_vars().iter().any(|v| v.rank() > 2 || v.rank() == 0) {
                    return Err(malformed(path));
                }
                reference::load(variables, path)
            }),
            chaff("floats_only", "A network has variables of f32 and f64 only.", |variables, path| {
                let is_float = |dtype| [DType::F32, DType::F64].contains(&dtype);
                if !variables.all_vars().iter().all(|var| is_float(var.dtype())) {
                    return Err(malformed(path));
                }
                reference::load(variables, path)
            }),
            chaff("nothing_to_load", "A network without variables has no checkpoint.", |variables, path| {
                if variables.all_vars().is_empty() {
                    return Err(malformed(path));
                }
                reference::load(variables, path)
            }),
        ],
    )(variables, path)
}

/// Variables of the same names, shapes and types.
fn twin(variables: &VarMap) -> Result<VarMap, InputError> {
    let copy = VarMap::new();
    let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for (name, var) in held.iter() {
        copy.get(var.shape().clone(), name, candle_nn::Init::Const(0.0), var.dtype(), var.device())?;
    }
    Ok(copy)
}

fn take_over(variables: &VarMap, copy: &VarMap) -> Result<(), InputError> {
    let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let new = copy.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    held.iter().try_for_each(|(name, var)| Ok(var.set(&new[name])?))
}

fn malformed(path: &Path) -> InputError {
    InputError::Malformed { path: path.to_owned(), wanted: "a checkpoint of this network" }
}
