//! Variables: both ends have them, under numbers.

use candle_core::{Tensor, Var};
use candle_nn::VarMap;

use super::{context, numbers};
use crate::kept::SharedPart;
use crate::value::{Decode, Encode, Malformed, Reader};

impl Encode for Var {
    fn encode(&self, out: &mut Vec<u8>) {
        let number = context::number_of(self).unwrap_or_else(|| {
            let number = context::number();
            context::share(number, self);
            number
        });
        number.encode(out);
        numbers::put(self, out);
    }
}

impl Decode for Var {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let number = from.decode()?;
        let var = variable(&numbers::take(from)?)?;
        context::share(number, &var);
        Ok(var)
    }
}

fn variable(value: &Tensor) -> Result<Var, Malformed> {
    Var::from_tensor(value).map_err(|_| Malformed)
}

/// The names in alphabetical order, each with its variable.
fn sorted(variables: &VarMap) -> Vec<(String, Var)> {
    let Ok(held) = variables.data().lock() else { return Vec::new() };
    let mut sorted: Vec<_> = held.iter().map(|(name, var)| (name.clone(), var.clone())).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted
}

/// On the way to a kata: names and variables.
#[cfg(feature = "proxy")]
impl Encode for VarMap {
    fn encode(&self, out: &mut Vec<u8>) {
        sorted(self).encode(out);
    }
}

impl Decode for VarMap {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (variables, all) = (Self::new(), Vec::<(String, Var)>::decode(from)?);
        variables.data().lock().map_err(|_| Malformed)?.extend(all);
        Ok(variables)
    }
}

/// On the way back: names, and the number of each variable or the numbers of one that was not there.
#[cfg(not(feature = "proxy"))]
impl Encode for VarMap {
    fn encode(&self, out: &mut Vec<u8>) {
        let all = sorted(self);
        all.len().encode(out);
        for (name, var) in all {
            let number = context::number_of(&var);
            (name, number).encode(out);
            if number.is_none() {
                numbers::put(&var, out);
            }
        }
    }
}

/// What became of the map; what became of its variables comes by itself.
#[cfg(feature = "proxy")]
impl crate::value::WriteBack for &VarMap {
    fn write_back(self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        let mut all = Vec::new();
        for _ in 0..from.count()? {
            let (name, number) = <(String, Option<u64>)>::decode(from)?;
            let own =
                |number| sorted(self).into_iter().find(|(_, var)| context::number_of(var) == Some(number));
            let var = match number {
                Some(number) => own(number).ok_or(Malformed)?.1,
                None => variable(&numbers::take(from)?)?,
            };
            all.push((name, var));
        }
        let mut held = self.data().lock().map_err(|_| Malformed)?;
        held.clear();
        held.extend(all);
        Ok(())
    }
}

/// The variables of an object that stays with the worker, under the numbers that both ends have for them.
#[derive(Debug, Default)]
struct SharedVariables(Vec<(u64, Var)>);

impl SharedPart for SharedVariables {
    #[cfg(feature = "proxy")]
    fn put(&self, out: &mut Vec<u8>) {
        self.0.len().encode(out);
        for (number, var) in &self.0 {
            context::share(*number, var);
            number.encode(out);
            numbers::put(var, out);
        }
    }

    #[cfg(not(feature = "proxy"))]
    fn take(&self, from: &mut Reader<'_>) -> Result<(), Malformed> {
        for _ in 0..from.count()? {
            let (number, value) = (u64::decode(from)?, numbers::take(from)?);
            let (_, var) = self.0.iter().find(|it| it.0 == number).ok_or(Malformed)?;
            var.set(&value).map_err(|_| Malformed)?;
            context::share(number, var);
        }
        Ok(())
    }
}

/// The worker's end: the variables of an object of its own.
///
/// # Errors
///
/// [`Malformed`] if there is no such object.
#[cfg(not(feature = "proxy"))]
pub fn put_own_variables(object: u64, variables: &VarMap, out: &mut Vec<u8>) -> Result<(), Malformed> {
    let all = sorted(variables);
    all.len().encode(out);
    let mut shared = Vec::new();
    for (name, var) in all {
        let number = context::number();
        (name, number).encode(out);
        numbers::put(&var, out);
        shared.push((number, var));
    }
    crate::kept::share(object, SharedVariables(shared))
}

/// The laws' end: variables as the object has them; whatever is done to these is done to those before they are used.
///
/// # Errors
///
/// [`Malformed`] if these bytes are no variables.
#[cfg(feature = "proxy")]
pub fn own_variables(object: &crate::kept::Object, from: &mut Reader<'_>) -> Result<VarMap, Malformed> {
    let (variables, mut shared) = (VarMap::new(), Vec::new());
    for _ in 0..from.count()? {
        let (name, number) = <(String, u64)>::decode(from)?;
        let var = variable(&numbers::take(from)?)?;
        variables.data().lock().map_err(|_| Malformed)?.insert(name, var.clone());
        shared.push((number, var));
    }
    object.share(SharedVariables(shared));
    Ok(variables)
}
