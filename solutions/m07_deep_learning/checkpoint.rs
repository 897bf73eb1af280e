//! Checkpoints: the trained parameters in a file.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use candle_core::{Device, safetensors};
use candle_nn::VarMap;
use kit::InputError;

/// Saves a checkpoint: writes all variables (parameters) of a network into a file.
///
/// * `variables`: the network's variables, by name.
/// * `path`: a file in the safetensors format: each variable under its name, with shape, type, and every bit of it.
///   An existing file is replaced.
///
/// # Errors
///
/// [`InputError::File`] with the `path` if the file cannot be written; the text `why` is not specified, because
/// candle wraps the reason.
///
/// ```
/// # use candle_core::{DType, Device};
/// # use candle_nn::{Init, VarMap};
/// # use katas::m07_deep_learning::checkpoint::save;
/// let variables = VarMap::new();
/// variables.get((2, 3), "weight", Init::Const(0.5), DType::F32, &Device::Cpu)?;
/// let path = std::env::temp_dir().join(format!("katas-save-{}.safetensors", std::process::id()));
/// save(&variables, &path)?;
/// let saved = candle_core::safetensors::load(&path, &Device::Cpu)?;
/// assert_eq!(saved["weight"].dims(), [2, 3]);
/// # let _ = std::fs::remove_file(&path);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `safetensors.torch.save_file(model.state_dict(), path)`, or `torch.save(model.state_dict(), path)`.
///
/// Source: the format's specification, in the repository `huggingface/safetensors`.
pub fn save(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    variables.save(path).map_err(|error| {
        // The operating system's reason is the cause of candle's error.
        let cause = error.source().and_then(|source| source.downcast_ref::<io::Error>());
        InputError::file(path, cause.unwrap_or(&io::ErrorKind::Other.into()))
    })
}

/// Loads a checkpoint: reads what [`save`] wrote into the variables of a network of the same architecture.
///
/// All or nothing: on an error the variables keep their values.
///
/// * `variables`: the network's variables; they keep their names, shapes and types and get the file's values.
/// * `path`: the file.
///
/// # Errors
///
/// * [`InputError::File`] with the `path` and the operating system's reason if the file does not exist or cannot be
///   read;
/// * [`InputError::Malformed`] with the `path` if it is not in the format, truncated, or longer than its header says;
/// * [`InputError::Names`], both sides sorted, if the variables in the file are not those of the network: others,
///   fewer, or more;
/// * [`InputError::Dimensions`] with the name of a variable whose shape in the file (`got`) differs from that in the
///   network (`wanted`);
/// * [`InputError::Malformed`] if a variable has another type.
///
/// ```
/// # use candle_core::{DType, Device};
/// # use candle_nn::{Init, VarMap};
/// # use katas::m07_deep_learning::checkpoint::load;
/// let variables = VarMap::new();
/// variables.get((2, 3), "weight", Init::Const(0.5), DType::F32, &Device::Cpu)?;
/// assert!(load(&variables, std::path::Path::new("nowhere.safetensors")).is_err());
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `model.load_state_dict(safetensors.torch.load_file(path))`; PyTorch raises a `RuntimeError` after it
/// has copied the parameters that do fit.
///
/// Source: the format's specification, in the repository `huggingface/safetensors`.
pub fn load(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    let malformed = |wanted| InputError::Malformed { path: path.to_owned(), wanted };
    let bytes = fs::read(path).map_err(|error| InputError::file(path, &error))?;
    let saved = safetensors::load_buffer(&bytes, &Device::Cpu).map_err(|_| malformed("safetensors"))?;
    let own = variables.data().lock().unwrap_or_else(PoisonError::into_inner);
    let mut wanted: Vec<&String> = own.keys().collect();
    let mut got: Vec<&String> = saved.keys().collect();
    wanted.sort();
    got.sort();
    if got != wanted {
        let owned = |names: &[&String]| names.iter().map(ToString::to_string).collect();
        return Err(InputError::Names { got: owned(&got), wanted: owned(&wanted) });
    }
    // Everything is looked at before anything is changed.
    for name in &wanted {
        let (got, wanted) = (&saved[*name], &own[*name]);
        if got.dims() != wanted.dims() {
            let (got, wanted) = (got.dims().to_vec(), wanted.dims().to_vec());
            return Err(InputError::Dimensions { name: name.to_string(), got, wanted });
        }
        if got.dtype() != wanted.dtype() {
            return Err(malformed("numbers of the network's type"));
        }
    }
    wanted.iter().try_for_each(|name| Ok(own[*name].set(&saved[*name])?))
}
