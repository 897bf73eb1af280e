use std::fs;

use candle_core::{DType, Device, Tensor};
use candle_nn::{Init, VarMap};
use judge::{Answer, Verdict, any, equal, for_all, rejected};
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

/// Types of numbers that candle stores, from one byte to eight.
const TYPES: [DType; 7] =
    [DType::F32, DType::F16, DType::BF16, DType::F64, DType::U8, DType::U32, DType::I64];

const ALL_OR_NOTHING: &str = "Check everything before you change anything: all or nothing.";

#[test]
fn restores_every_bit() {
    for_all("saved", content()).cases(64).holds(|content| {
        let (file, content) = (File::new(), content.clone().hostile());
        content.write(DType::F64, file.path());
        let variables = sevens(&content).variables(DType::F64);
        load(&variables, file.path()).accepted("load(variables, path)")?;
        holds(&variables, &content, "Every variable, bit by bit; in place, so that the network uses it.")
    });
}

#[test]
fn keeps_the_type_of_the_network() {
    for_all("saved", content()).cases(32).holds(|content| {
        let (file, dtype) = (File::new(), DType::F32);
        content.write(dtype, file.path());
        let variables = sevens(content).variables(dtype);
        load(&variables, file.path()).accepted("load(variables, path)")?;
        let types: Vec<DType> = sorted(&variables).iter().map(|(_, var)| var.dtype()).collect();
        let look = "The network keeps its own type.";
        equal("types afterwards", types, vec![dtype; content.0.len()], look)?;
        // Eighths are whole in both types.
        holds(&variables, content, look)
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

#[test]
fn the_network_uses_what_was_loaded() {
    for_all("saved", content()).cases(32).holds(|content| {
        let (file, variables) = (File::new(), sevens(content).variables(DType::F64));
        // What a network computes with: the tensors that it got when its variables were made.
        let used: Vec<Tensor> = content
            .0
            .iter()
            .map(|(name, shape, _)| {
                variables
                    .get(&shape[..], name, Init::Const(0.0), DType::F64, &Device::Cpu)
                    .accepted("a variable")
            })
            .collect::<Result<_, _>>()?;
        content.write(DType::F64, file.path());
        load(&variables, file.path()).accepted("load(variables, path)")?;
        for (tensor, (name, _, want)) in used.iter().zip(&content.0) {
            let look =
                "Set the variables in place: a new variable in the map is not the one that the network uses.";
            equal(&format!("{name} as the network sees it"), &numbers(name, tensor)?, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn loads_two_files_one_after_the_other() {
    for_all("first, second", (content(), any::seed())).cases(16).holds(|(first, seed)| {
        let other = |(name, shape, numbers): &(String, Vec<usize>, Vec<f64>)| {
            let shift = 1.0 + (seed % 8) as f64;
            (name.clone(), shape.clone(), numbers.iter().map(|x| x + shift).collect())
        };
        let second = Content(first.0.iter().map(other).collect());
        let (file, variables) = (File::new(), sevens(first).variables(DType::F64));
        for content in [first, &second, first] {
            content.write(DType::F64, file.path());
            load(&variables, file.path()).accepted("load(variables, path)")?;
            holds(&variables, content, "Read the file anew in each call: its content may have changed.")?;
        }
        Ok(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_a_truncated_file_and_changes_nothing() {
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
                "The library reports that the file is truncated: return that, with the path.",
            )?;
            holds(&variables, &sevens, ALL_OR_NOTHING)
        });
    }

    #[test]
    fn rejects_a_file_with_missing_or_surplus_bytes() {
        for_all("saved, bytes", (content(), judge::any::part(1..=40_usize))).cases(32).holds(
            |(content, by)| {
                let (file, sevens) = (File::new(), sevens(content));
                content.write(DType::F64, file.path());
                let whole = fs::read(file.path()).accepted("the file")?;
                let (more, less) = ([&whole[..], &vec![0; *by]].concat(), &whole[..whole.len() - by]);
                for (how, bytes) in [("too many", &more[..]), ("too few", less)] {
                    fs::write(file.path(), bytes).accepted("the file")?;
                    let variables = sevens.variables(DType::F64);
                    let look = "The file ends where its header says: neither before nor after.";
                    let call = format!("load of a file with {by} bytes {how}");
                    malformed(&call, load(&variables, file.path()), file.path(), look)?;
                    holds(&variables, &sevens, ALL_OR_NOTHING)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn loads_every_type_and_an_empty_network() {
        for_all("saved, first type", (content(), judge::any::part(0..7_usize))).cases(32).holds(
            |(content, first)| {
                let mut content = content.clone();
                // Whole numbers from 0 to 15 are exact in all types.
                let all = content.0.iter_mut().flat_map(|(_, _, numbers)| numbers);
                all.enumerate().for_each(|(i, number)| *number = (i % 16) as f64);
                let (file, dtype) = (File::new(), |i: usize| TYPES[(first + i) % TYPES.len()]);
                content.write_typed(dtype, file.path());
                let variables = sevens(&content).typed_variables(dtype);
                let look = "Every type that candle can store, as it is.";
                load(&variables, file.path()).accepted("load(variables, path)")?;
                holds(&variables, &content, look)?;
                let types: Vec<DType> = sorted(&variables).iter().map(|(_, var)| var.dtype()).collect();
                equal("types afterwards", types, (0..content.0.len()).map(dtype).collect(), look)?;
                Content(vec![]).write(DType::F32, file.path());
                load(&VarMap::new(), file.path()).accepted("load(no variables, a file of none)")
            },
        );
    }

    #[test]
    fn rejects_a_missing_or_foreign_file() {
        for_all("saved", content()).cases(8).holds(|content| {
            let (file, variables) = (File::new(), content.variables(DType::F64));
            let look = "`File` if the file cannot be read, `Malformed` if its content is something else; \
                each with \
                the path.";
            let missing =
                InputError::File { path: file.path().to_owned(), why: std::io::ErrorKind::NotFound };
            rejected("load of a file that is not there", load(&variables, file.path()), missing, look)?;
            let folder = std::env::temp_dir();
            let got = load(&variables, &folder);
            let found = !matches!(got, Err(InputError::File { why: std::io::ErrorKind::NotFound, .. }));
            equal(
                "load of a folder says that there is something",
                found,
                true,
                "Return the system's reason.",
            )?;
            file_error("load of a folder", got, &folder, look)?;
            fs::write(file.path(), "epoch,loss\n1,0.5\n").accepted("the file")?;
            malformed("load of a table", load(&variables, file.path()), file.path(), look)
        });
    }

    #[test]
    fn rejects_other_names_and_changes_nothing() {
        let cases = (content(), content(), 0..4_usize);
        for_all("network, saved, share", cases).cases(64).holds(|(network, saved, share)| {
            let names =
                |content: &Content| content.0.iter().map(|(name, ..)| name.clone()).collect::<Vec<_>>();
            let saved = if names(network) == names(saved) {
                Content(vec![("other".to_owned(), vec![1], vec![1.0])])
            } else {
                // What both have fits, so that the names alone are wrong.
                let same = |entry: &(String, Vec<usize>, Vec<f64>)| {
                    network.0.iter().find(|own| own.0 == entry.0).unwrap_or(entry).clone()
                };
                Content(saved.0.iter().map(same).collect())
            };
            let (file, variables) = (File::new(), network.variables(DType::F64));
            saved.write(DType::F64, file.path());
            let want = InputError::Names { got: names(&saved), wanted: names(network) };
            let look =
                "Compare the sorted names of both sides: a missing variable is as wrong as a surplus one.";
            rejected("load(variables, path)", load(&variables, file.path()), want, look)?;
            holds(&variables, network, ALL_OR_NOTHING)?;
            // One name alone is another one.
            let mut saved = network.clone();
            let k = saved.0.len() * share / 4;
            saved.0[k].0.push('2');
            saved.0.sort_by(|a, b| a.0.cmp(&b.0));
            saved.write(DType::F64, file.path());
            let want = InputError::Names { got: names(&saved), wanted: names(network) };
            rejected("load(variables, path)", load(&variables, file.path()), want, look)?;
            holds(&variables, network, ALL_OR_NOTHING)
        });
    }

    #[test]
    fn rejects_another_shape_and_changes_nothing() {
        for_all("network, k, how", (content(), 0..21_usize, 0..4_usize)).cases(64).holds(
            |(network, k, how)| {
                let mut saved = sevens(network);
                let k = k % saved.0.len();
                // The same numbers in another shape, or a row more.
                let (name, shape, numbers) = &mut saved.0[k];
                let wanted = shape.clone();
                match how {
                    0 => shape.push(1),
                    1 => shape.reverse(),
                    2 if !shape.is_empty() => {
                        shape[0] += 1;
                        *numbers = vec![7.0; shape.iter().product()];
                    }
                    _ => {}
                }
                if *shape == wanted {
                    shape.insert(0, 1);
                }
                let want = InputError::Dimensions { name: name.clone(), got: shape.clone(), wanted };

                let (file, variables) = (File::new(), network.variables(DType::F64));
                saved.write(DType::F64, file.path());
                rejected(
                    "load(variables, path)",
                    load(&variables, file.path()),
                    want,
                    "`wanted` is the network's shape, `got` the file's.",
                )?;
                holds(&variables, network, ALL_OR_NOTHING)
            },
        );
    }

    #[test]
    fn rejects_another_type_and_changes_nothing() {
        let types = (judge::any::part(0..7_usize), judge::any::part(1..7_usize));
        for_all("network, type, by how many other", (content(), types)).cases(32).holds(
            |(network, (own, by))| {
                let mut network = network.clone();
                let all = network.0.iter_mut().flat_map(|(_, _, numbers)| numbers);
                all.enumerate().for_each(|(i, number)| *number = (i % 16) as f64);
                let (own, other) = (TYPES[*own], TYPES[(own + by) % TYPES.len()]);
                let (file, variables) = (File::new(), network.typed_variables(|_| own));
                sevens(&network).write(other, file.path());
                let look = "The type in the file has to be that of the network: do not convert.";
                let call = format!("load of {other:?} numbers into a network of {own:?}");
                malformed(&call, load(&variables, file.path()), file.path(), look)?;
                holds(&variables, &network, ALL_OR_NOTHING)
            },
        );
    }

    #[test]
    fn rejects_another_type_of_one_variable_and_changes_nothing() {
        for_all("network, k", (content(), 0..21_usize)).cases(32).holds(|(network, k)| {
            let (file, k) = (File::new(), k % network.0.len());
            let typed = |i: usize| if i == k { DType::F32 } else { DType::F64 };
            sevens(network).write_typed(typed, file.path());
            let look = "Check the type of every variable before the first is changed.";
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
}
