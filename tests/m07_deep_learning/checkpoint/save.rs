use candle_core::{DType, Device, Tensor};
use candle_nn::VarMap;
use judge::{Answer, equal, example, for_all};
use katas::m07_deep_learning::checkpoint::save;

use super::super::tensors::numbers;
use super::files::{Content, File, content, file_error};

#[test]
fn saves_every_name_and_shape() {
    for_all("variables", content()).cases(64).holds(|content| {
        let file = File::new();
        save(&content.variables(DType::F64), file.path()).accepted("save(variables, path)")?;
        let saved =
            candle_core::safetensors::load(file.path(), &Device::Cpu).accepted("candle reads the file")?;
        let mut got: Vec<_> = saved.iter().map(|(name, t)| (name.clone(), t.dims().to_vec())).collect();
        got.sort();
        let want: Vec<_> = content.0.iter().map(|(name, shape, _)| (name.clone(), shape.clone())).collect();
        equal(
            "names and shapes in the file",
            got,
            want,
            "All variables and no others, each with its name and shape.",
        )
    });
}

#[test]
fn keeps_the_type_of_the_variables() {
    for_all("variables", content()).cases(32).holds(|content| {
        let (file, dtype) = (File::new(), DType::F32);
        save(&content.variables(dtype), file.path()).accepted("save(variables, path)")?;
        let saved =
            candle_core::safetensors::load(file.path(), &Device::Cpu).accepted("candle reads the file")?;
        for (name, _, want) in &content.0 {
            let got = saved.get(name).map(|t| (t.dtype(), numbers(name, t).unwrap_or_default()));
            // Eighths are whole in both types.
            equal(
                &format!("type and numbers of {name}"),
                got,
                Some((dtype, want.clone())),
                "Each in its own type.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn does_not_change_the_network() {
    for_all("variables", content()).cases(16).holds(|content| {
        let (file, variables) = (File::new(), content.variables(DType::F64));
        save(&variables, file.path()).accepted("save(variables, path)")?;
        for ((name, var), (_, _, want)) in super::super::tensors::sorted(&variables).iter().zip(&content.0) {
            equal(name, &numbers(name, var)?, want, "Saving changes nothing.")?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{DType, Device};
        use candle_nn::{Init, VarMap};
        use katas::m07_deep_learning::checkpoint::save;
        let variables = VarMap::new();
        variables.get((2, 3), "weight", Init::Const(0.5), DType::F32, &Device::Cpu)?;
        let path = std::env::temp_dir().join(format!("katas-save-{}.safetensors", std::process::id()));
        save(&variables, &path)?;
        let saved = candle_core::safetensors::load(&path, &Device::Cpu)?;
        assert_eq!(saved["weight"].dims(), [2, 3]);
        let _ = std::fs::remove_file(&path);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_every_bit() {
        for_all("variables", content()).cases(64).holds(|content| {
            let content = content.clone().hostile();
            let file = File::new();
            save(&content.variables(DType::F64), file.path()).accepted("save(variables, path)")?;
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file")?;
            for (name, _, want) in &content.0 {
                let got = saved.get(name).map(|t| (t.dtype(), numbers(name, t).unwrap_or_default()));
                let got =
                    got.map(|(dtype, all)| (dtype, all.into_iter().map(f64::to_bits).collect::<Vec<_>>()));
                let want = Some((DType::F64, want.iter().map(|x| x.to_bits()).collect()));
                equal(
                    &format!("type and bits of {name}"),
                    got,
                    want,
                    "Unchanged, in their own type: not as text, not rounded.",
                )?;
            }
            let single = [f32::NAN, f32::INFINITY, -0.0, f32::MIN_POSITIVE / 8.0];
            let special = Content(vec![("w".to_owned(), vec![4], single.map(f64::from).to_vec())]);
            save(&special.variables(DType::F32), file.path()).accepted("save(variables, path)")?;
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file")?;
            let got = saved.get("w").and_then(|t| t.to_vec1::<f32>().ok()).unwrap_or_default();
            let bits = |all: &[f32]| all.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            equal("the bits of [NaN, ∞, −0, 2⁻¹²⁹]", bits(&got), bits(&single), "Unchanged.")
        });
    }

    #[test]
    fn replaces_an_existing_file() {
        for_all("variables, others", (content(), content())).cases(32).holds(|(content, other)| {
            let file = File::new();
            for content in [other, content] {
                save(&content.variables(DType::F32), file.path()).accepted("save(variables, path)")?;
            }
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file")?;
            let mut got: Vec<String> = saved.into_keys().collect();
            got.sort();
            let want: Vec<String> = content.0.iter().map(|(name, ..)| name.clone()).collect();
            equal(
                "names in the file after the second save",
                got,
                want,
                "Only the second network; the file is replaced, not overwritten in part.",
            )
        });
    }

    #[test]
    fn saves_a_network_again_after_it_has_learned() {
        for_all("variables", content()).cases(16).holds(|content| {
            let (file, mut later) = (File::new(), content.clone());
            later.0.iter_mut().for_each(|(_, _, numbers)| numbers.iter_mut().for_each(|x| *x += 1.0));
            for content in [content, &later] {
                save(&content.variables(DType::F64), file.path()).accepted("save(variables, path)")?;
            }
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file")?;
            for (name, _, want) in &later.0 {
                let got = saved.get(name).map(|t| numbers(name, t).unwrap_or_default());
                let look = "The same names in the same file, and other numbers: write them each time.";
                equal(&format!("{name} after the second save"), got, Some(want.clone()), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn saves_every_type_and_an_empty_network() {
        for_all("variables, first type", (content(), 0..7_usize)).cases(32).holds(|(content, first)| {
            let types = [DType::F32, DType::F16, DType::BF16, DType::F64, DType::U8, DType::U32, DType::I64];
            let mut content = content.clone();
            // Whole numbers from 0 to 15 are exact in all types.
            let numbers_of = content.0.iter_mut().flat_map(|(_, _, numbers)| numbers);
            numbers_of.enumerate().for_each(|(i, number)| *number = (i % 16) as f64);
            let (file, dtype) = (File::new(), |i: usize| types[(first + i) % types.len()]);
            save(&content.typed_variables(dtype), file.path()).accepted("save(variables, path)")?;
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file")?;
            for (i, (name, _, want)) in content.0.iter().enumerate() {
                let as_numbers = |t: &Tensor| {
                    let flat = t.to_dtype(DType::F64).and_then(|t| t.flatten_all()?.to_vec1::<f64>());
                    flat.unwrap_or_default()
                };
                let got = saved.get(name).map(|t| (t.dtype(), as_numbers(t)));
                let look = "Every type that candle can store, as it is.";
                equal(&format!("type and numbers of {name}"), got, Some((dtype(i), want.clone())), look)?;
            }
            save(&VarMap::new(), file.path()).accepted("save(no variables, path)")?;
            let saved = candle_core::safetensors::load(file.path(), &Device::Cpu)
                .accepted("candle reads the file of no variables")?;
            equal("the number of tensors in the file of no variables", saved.len(), 0, "A file without any.")
        });
    }

    #[test]
    fn reports_a_file_that_cannot_be_written() {
        example(|| {
            let content = Content(vec![("a".to_owned(), vec![1], vec![1.0])]);
            let folder = File::new().path().join("nowhere").join("a.safetensors");
            let got = save(&content.variables(DType::F64), &folder);
            file_error(
                "save into a folder that is not there",
                got,
                &folder,
                "The error names the path and the reason of the operating system.",
            )?;
            // A path that is a folder, or whose folder is a file.
            let file = File::new();
            save(&content.variables(DType::F64), file.path()).accepted("save(variables, path)")?;
            for path in [std::env::temp_dir(), file.path().join("a.safetensors")] {
                let got = save(&content.variables(DType::F64), &path);
                file_error(
                    "save into a path that is a folder or below a file",
                    got,
                    &path,
                    "Report the error.",
                )?;
            }
            Ok(())
        });
    }
}
