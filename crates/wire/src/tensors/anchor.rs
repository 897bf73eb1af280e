//! Backpropagation through the other end: an operation that has no formula, and asks for the gradients instead.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};

use candle_core::backend::BackendStorage;
use candle_core::backprop::GradStore;
use candle_core::{CpuStorage, CustomOp2, CustomOp3, Layout, Result, Shape, Tensor};

use super::{context, numbers};
use crate::value::{Decode, Encode, Malformed, Reader};

/// A tensor at the other end, and what it may depend on at this one.
pub(super) struct Far {
    number: u64,
    known: Vec<(u64, Tensor)>,
    /// What was asked last: all its gradients come at once, and are wanted one by one.
    answered: Mutex<Option<(Vec<u8>, Gradients)>>,
    /// The number is given back with this value.
    #[cfg(feature = "proxy")]
    _held: crate::kept::Held,
}

type Gradients = Vec<Option<Tensor>>;

impl Far {
    pub(super) fn new(number: u64, known: Vec<(u64, Tensor)>) -> Self {
        Self {
            number,
            known,
            answered: Mutex::default(),
            #[cfg(feature = "proxy")]
            _held: crate::kept::Held::new(number),
        }
    }

    /// The gradient with respect to what is known under this index, given that with respect to the tensor itself.
    fn gradient(&self, index: usize, upstream: &Tensor) -> Result<Option<Tensor>> {
        if ANSWERING.get() {
            // The other end goes on from here by itself.
            return Ok(None);
        }
        let mut asked = Vec::new();
        numbers::put(upstream, &mut asked);
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        if answered.as_ref().is_none_or(|(known, _)| *known != asked) {
            let numbers: Vec<u64> = self.known.iter().map(|it| it.0).collect();
            let mut question = Vec::new();
            (self.number, numbers).encode(&mut question);
            question.extend_from_slice(&asked);
            let gradients = ask(&question).map_err(candle_core::Error::Msg)?;
            *answered = Some((asked, gradients));
        }
        let gradients = answered.as_ref().map_or(&[][..], |(_, gradients)| gradients);
        let (gradient, known) = (gradients.get(index).cloned().flatten(), &self.known[index].1);
        // The other end may answer anything.
        let fits = |it: &Tensor| it.dims() == known.dims() && it.dtype() == known.dtype();
        match gradient {
            Some(it) if !fits(&it) => Err(candle_core::Error::Msg("a gradient of another shape".to_owned())),
            gradient => Ok(gradient),
        }
    }
}

thread_local! {
    /// Whether the other end asks for gradients at the moment.
    static ANSWERING: Cell<bool> = const { Cell::new(false) };
}

fn ask(question: &[u8]) -> std::result::Result<Gradients, String> {
    let ask = context::ASK.get().ok_or("there is no other end")?;
    take(&mut Reader::new(&ask(question))).map_err(|it| it.to_string())?
}

fn take(from: &mut Reader<'_>) -> std::result::Result<std::result::Result<Gradients, String>, Malformed> {
    if !from.flag()? {
        return Ok(Err(from.decode()?));
    }
    let one = |from: &mut Reader<'_>| Ok(if from.flag()? { Some(numbers::take(from)?) } else { None });
    (0..from.count()?).map(|_| one(from)).collect::<std::result::Result<_, _>>().map(Ok)
}

/// Answers the other end: the number of a tensor here, those of what it may depend on, and the gradient with respect to it.
pub(crate) fn gradients(from: &mut Reader<'_>, out: &mut Vec<u8>) -> std::result::Result<(), Malformed> {
    let (number, wanted) = (u64::decode(from)?, Vec::<u64>::decode(from)?);
    let upstream = numbers::take(from)?;
    let (tensor, known) = kept(number).ok_or(Malformed)?;
    let was = ANSWERING.replace(cfg!(not(feature = "proxy")));
    let found = backward(&tensor, &upstream);
    ANSWERING.set(was);
    found.is_ok().encode(out);
    match found {
        Err(error) => error.to_string().encode(out),
        Ok(found) => {
            wanted.len().encode(out);
            for number in wanted {
                let tensor = known.iter().find(|it| it.0 == number).map(|it| it.1.clone());
                let gradient =
                    tensor.or_else(|| context::find(number)).and_then(|it| found.get(&it).cloned());
                gradient.is_some().encode(out);
                gradient.iter().for_each(|it| numbers::put(it, out));
            }
        }
    }
    Ok(())
}

fn backward(tensor: &Tensor, upstream: &Tensor) -> Result<GradStore> {
    // A sum has the gradient 1, so what arrives at the tensor is what the other end has for it.
    tensor.mul(upstream)?.sum_all()?.backward()
}

type KeptTensor = (Tensor, Vec<(u64, Tensor)>);

#[cfg(feature = "proxy")]
fn kept(number: u64) -> Option<KeptTensor> {
    Some((context::find(number)?, Vec::new()))
}

#[cfg(not(feature = "proxy"))]
fn kept(number: u64) -> Option<KeptTensor> {
    crate::kept::find::<KeptTensor>(number).ok().map(|it| (*it).clone())
}

/// Keeps a tensor that was sent to the laws, with what it may depend on, until they let go of it.
#[cfg(not(feature = "proxy"))]
pub(super) fn keep(number: u64, tensor: Tensor, known: Vec<(u64, Tensor)>) {
    crate::kept::keep_as(number, (tensor, known));
}

/// These numbers, hanging on all that the far tensor may depend on.
pub(super) fn anchored(value: &Tensor, far: Far) -> Result<Tensor> {
    let (far, mut tensor) = (Arc::new(far), value.contiguous()?);
    for (pair, known) in far.known.chunks(2).enumerate() {
        let anchor = Anchor { far: Arc::clone(&far), first: 2 * pair };
        tensor = match known {
            [(_, a), (_, b)] => tensor.apply_op3(a, b, anchor)?,
            [(_, a)] => tensor.apply_op2(a, anchor)?,
            _ => tensor,
        };
    }
    Ok(tensor)
}

/// Gives its first argument back, and hangs it on one or two others.
struct Anchor {
    far: Arc<Far>,
    first: usize,
}

fn copied(storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
    Ok((storage.try_clone(layout)?, layout.shape().clone()))
}

impl CustomOp2 for Anchor {
    fn name(&self) -> &'static str {
        "the other end"
    }

    fn cpu_fwd(
        &self,
        storage: &CpuStorage,
        layout: &Layout,
        _: &CpuStorage,
        _: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        copied(storage, layout)
    }

    fn bwd(
        &self,
        _: &Tensor,
        _: &Tensor,
        _: &Tensor,
        upstream: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        Ok((Some(upstream.clone()), self.far.gradient(self.first, upstream)?))
    }
}

impl CustomOp3 for Anchor {
    fn name(&self) -> &'static str {
        "the other end"
    }

    fn cpu_fwd(
        &self,
        storage: &CpuStorage,
        layout: &Layout,
        _: &CpuStorage,
        _: &Layout,
        _: &CpuStorage,
        _: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        copied(storage, layout)
    }

    fn bwd(
        &self,
        _: &Tensor,
        _: &Tensor,
        _: &Tensor,
        _: &Tensor,
        upstream: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gradient = |index| self.far.gradient(index, upstream);
        Ok((Some(upstream.clone()), gradient(self.first)?, gradient(self.first + 1)?))
    }
}
