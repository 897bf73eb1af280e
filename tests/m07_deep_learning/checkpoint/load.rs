use std::fs;

use candle_core::DType;
use candle_nn::VarMap;
use judge::{Answer, Verdict, equal, for_all, rejected};
use katas::m07_deep_learning::checkpoint::load;
use kit::InputError;

use super::super::tensors::{numbers, sorted};
use super::files::{Content, File, content, file_error, malformed};

/// The variables hold what this content says.
fn holds(variables: &VarMap, content: &Content, look: &str) -> Verdict {
    for ((name, var), (_, _, want)) in sorted(variables).iter().zip(&content.0) {
        let bits = |all: &[f64]| all.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        equal(&format!("{name} afterwards"), bits(&numbers(name, var)?), bits(want), look)?;
    }
    Ok(())
}

/// The same names and shapes, all numbers 7.
fn sevens(content: &Content) -> Content {
    let seven = |(name, shape, numbers): &(String, Vec<usize>, Vec<f64>)| {
        (name.clone(), shape.clone(), vec![7.0; numbers.len()])
    };
    Content(content.0.iter().map(seven).collect())
}

const ALL_OR_NOTHING: &str =
    "Look at everything before you change anything: half a network of one kind and half of another is none.";

#[test]
fn the_variables_take_on_what_was_saved() {
    for_all("saved", content()).cases(64).holds(|content| {
        let (file, content) = (File::new(), content.clone().hostile());
        content.write(DType::F64, file.path());
        let variables = sevens(&content).variables(DType::F64);
        load(&variables, file.path()).accepted("load(variables, path)")?;
        holds(&variables, &content, "Every variable, bit by bit; in place, so that the network sees it.")
    });
}

#[test]
fn networks_of_single_precision_are_loaded_too() {
    for_all("saved", content()).cases(16).holds(|content| {
        let file = File::new();
        content.write(DType::F32, file.path());
        let variables = sevens(content).variables(DType::F32);
        load(&variables, file.path()).accepted("load(variables, path)")?;
        // Eighths are whole in both types.
        holds(&variables, content, "The network's own type is the one that counts: here it is f32.")
    });
}

#[test]
fn a_file_cut_off_anywhere_is_rejected_and_changes_nothing() {
    for_all("saved, share", (content(), 0..16_usize)).cases(64).holds(|(content, share)| {
        let file = File::new();
        content.write(DType::F64, file.path());
        let bytes = fs::read(file.path()).accepted("the file")?;
        fs::write(file.path(), &bytes[..bytes.len() * share / 16]).accepted("the file")?;
        let sevens = sevens(content);
        let variables = sevens.variables(DType::F64);
        let call = format!("load of the first {} of {} bytes", bytes.len() * share / 16, bytes.len());
        malformed(
            &call,
            load(&variables, file.path()),
            file.path(),
            "The library notices that the file is short: hand that on, with the path.",
        )?;
        holds(&variables, &sevens, ALL_OR_NOTHING)
    });
}

#[test]
fn a_file_that_goes_on_behind_its_end_is_rejected() {
    for_all("saved", content()).cases(16).holds(|content| {
        let file = File::new();
        content.write(DType::F64, file.path());
        let bytes = [fs::read(file.path()).accepted("the file")?, vec![0; 3]].concat();
        fs::write(file.path(), bytes).accepted("the file")?;
        let got = load(&sevens(content).variables(DType::F64), file.path());
        malformed(
            "load of a file with three bytes too many",
            got,
            file.path(),
            "Such a file was not written by `save`.",
        )
    });
}

#[test]
fn a_file_that_is_not_there_or_not_one_is_rejected() {
    for_all("saved", content()).cases(8).holds(|content| {
        let (file, variables) = (File::new(), content.variables(DType::F64));
        let look = "`File` where the system cannot read it, `Malformed` where it holds something else; each \
            with the path.";
        file_error("load of a file that is not there", load(&variables, file.path()), file.path(), look)?;
        fs::write(file.path(), "epoch,loss\n1,0.5\n").accepted("the file")?;
        malformed("load of a table", load(&variables, file.path()), file.path(), look)
    });
}

#[test]
fn other_names_are_rejected_and_change_nothing() {
    for_all("network, saved", (content(), content())).cases(64).holds(|(network, saved)| {
        let names = |content: &Content| content.0.iter().map(|(name, ..)| name.clone()).collect::<Vec<_>>();
        let saved = if names(network) == names(saved) {
            Content(vec![("other".to_owned(), vec![1], vec![1.0])])
        } else {
            saved.clone()
        };
        let (file, variables) = (File::new(), network.variables(DType::F64));
        saved.write(DType::F64, file.path());
        let want = InputError::Names { got: names(&saved), wanted: names(network) };
        let look = "Compare the sorted names of both sides: a variable too few is as wrong as one too many.";
        rejected("load(variables, path)", load(&variables, file.path()), want, look)?;
        holds(&variables, network, ALL_OR_NOTHING)
    });
}

#[test]
fn another_shape_is_rejected_and_changes_nothing() {
    let inputs = (content(), 0..3_usize, proptest::bool::ANY);
    for_all("network, k, more", inputs).cases(64).holds(|(network, k, more)| {
        let mut saved = sevens(network);
        let k = k % saved.0.len();
        // The same numbers in another shape, too: one extent more.
        let (name, shape, _) = &mut saved.0[k];
        let wanted = shape.clone();
        shape.insert(0, 1);
        let want = InputError::Dimensions { name: name.clone(), got: shape.clone(), wanted };
        if *more {
            saved.0[k + 1..].iter_mut().for_each(|(_, shape, _)| shape.push(1));
        }
        let (file, variables) = (File::new(), network.variables(DType::F64));
        saved.write(DType::F64, file.path());
        rejected(
            "load(variables, path)",
            load(&variables, file.path()),
            want,
            "The network's shape is wanted, the file's is what came. Of several the first in the alphabet \
             is told.",
        )?;
        holds(&variables, network, ALL_OR_NOTHING)
    });
}

#[test]
fn another_type_is_rejected_and_changes_nothing() {
    for_all("network", content()).cases(16).holds(|network| {
        let (file, variables) = (File::new(), network.variables(DType::F64));
        sevens(network).write(DType::F32, file.path());
        let look = "Numbers of another precision are other numbers: this file is of another network.";
        malformed(
            "load of f32 numbers into a network of f64",
            load(&variables, file.path()),
            file.path(),
            look,
        )?;
        holds(&variables, network, ALL_OR_NOTHING)
    });
}

#[test]
fn another_type_of_one_variable_is_rejected_and_changes_nothing() {
    for_all("network, k", (content(), 0..3_usize)).cases(32).holds(|(network, k)| {
        let (file, k) = (File::new(), k % network.0.len());
        let typed = |i: usize| if i == k { DType::F32 } else { DType::F64 };
        sevens(network).write_typed(typed, file.path());
        let look = "Look at the type of every variable, and at all of them before the first is changed.";
        let call = format!("load where {} alone is f32", network.0[k].0);
        // A `VarMap` goes through its variables in an order of its own, another for each: one that comes early enough to do
        // harm is soon among them.
        for _ in 0..24 {
            let variables = network.variables(DType::F64);
            malformed(&call, load(&variables, file.path()), file.path(), look)?;
            holds(&variables, network, ALL_OR_NOTHING)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{DType, Device};
        use candle_nn::{Init, VarMap};
        use katas::m07_deep_learning::checkpoint::load;
        let variables = VarMap::new();
        variables.get((2, 3), "weight", Init::Const(0.5), DType::F32, &Device::Cpu)?;
        assert!(load(&variables, std::path::Path::new("nowhere.safetensors")).is_err());
        Ok::<(), kit::InputError>(())
    });
}
