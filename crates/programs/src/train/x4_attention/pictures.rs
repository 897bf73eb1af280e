use candle_core::{D, DType, Device, Tensor};
use katas::x4_attention::attention::{causal_mask, scaled_dot_product_attention};
use katas::x4_attention::block::TransformerBlock;
use katas::x4_attention::figures::attention_figure;
use katas::x4_attention::gpt::Gpt;
use kit::figure::Layer;
use kit::{Figure, Generator, InputError, Matrix};
use programs::ProgramError;

use super::lesson::Lesson;
use super::steps::Epoch;
use crate::folder::Folder;

pub fn curves(epochs: &[Epoch]) -> Figure {
    let line = |label: &str, of: fn(&Epoch) -> f64| {
        let through = epochs.iter().enumerate().map(|(i, epoch)| [(i + 1) as f64, of(epoch)]).collect();
        Layer::Line { label: label.to_owned(), through }
    };
    Figure::new("Training", "epoch", "loss and accuracy")
        .with(line("training loss", |epoch| epoch.training[0]))
        .with(line("validation loss", |epoch| epoch.validation[0]))
        .with(line("training accuracy", |epoch| epoch.training[1]))
        .with(line("validation accuracy", |epoch| epoch.validation[1]))
}

/// What each head of each block attends to in one sequence.
pub fn attention(gpt: &Gpt, lesson: &dyn Lesson, out: &Folder) -> Result<(), ProgramError> {
    let (settings, tokens) = (lesson.settings(), lesson.example());
    let names: Vec<String> = tokens.iter().map(|&token| lesson.name(token)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let variables = Variables::of(gpt);
    let mut x = variables.embedded(&tokens)?;
    for l in 1..=settings.layers {
        let prefix = format!("block{l}.");
        let [queries, keys, values] =
            ["query", "key", "value"].map(|name| variables.projected(&x, &prefix, name));
        let (queries, keys, values) = (queries?, keys?, values?);
        let size = settings.width / settings.heads;
        for head in 0..settings.heads {
            let part = |of: &Matrix| Matrix::from_fn(of.rows(), size, |t, j| of[(t, head * size + j)]);
            let mask = causal_mask(tokens.len());
            let (_, weights) =
                scaled_dot_product_attention(&part(&queries), &part(&keys), &part(&values), &mask)?;
            let mut figure = attention_figure(&names, &names, &weights)?;
            figure.title += &format!(" of block {l}, head {}", head + 1);
            out.leave(&figure, &format!("attention_block{l}_head{}", head + 1))?;
        }
        x = variables.block(&prefix, settings.width, settings.heads)?.forward(&x)?;
    }
    Ok(())
}

/// The variables of a network by name.
struct Variables(Vec<(String, Tensor)>);

impl Variables {
    fn of(gpt: &Gpt) -> Self {
        let held = gpt.variables().data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Self(held.iter().map(|(name, var)| (name.clone(), var.as_detached_tensor())).collect())
    }

    fn get(&self, name: &str) -> Result<&Tensor, InputError> {
        let found = self.0.iter().find(|(of, _)| of == name).map(|(_, tensor)| tensor);
        found.ok_or_else(|| InputError::Library { name: "candle", says: format!("no variable {name}") })
    }

    /// Tokens and positions as 1 × T × d.
    fn embedded(&self, tokens: &[usize]) -> Result<Tensor, InputError> {
        let ids: Vec<u32> = tokens.iter().map(|&token| token as u32).collect();
        let rows = self.get("token_embedding")?.index_select(&Tensor::new(ids, &Device::Cpu)?, 0)?;
        let positions = self.get("position_embedding")?.narrow(0, 0, tokens.len())?;
        Ok((rows + positions)?.unsqueeze(0)?)
    }

    /// The queries, keys or values of a block for what enters it.
    fn projected(&self, x: &Tensor, prefix: &str, name: &str) -> Result<Matrix, InputError> {
        let of = |name: &str| self.get(&format!("{prefix}{name}"));
        let x = x.squeeze(0)?;
        let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let deviation = (centered.sqr()?.mean_keepdim(D::Minus1)? + 1e-5)?.sqrt()?;
        let normalized = centered.broadcast_div(&deviation)?;
        let z = normalized.broadcast_mul(of("layer_norm1.gamma")?)?.broadcast_add(of("layer_norm1.beta")?)?;
        let weight = of(&format!("attention.{name}.weight"))?.t()?;
        let y = z.matmul(&weight)?.broadcast_add(of(&format!("attention.{name}.bias"))?)?;
        let (rows, columns) = y.dims2()?;
        Matrix::new(rows, columns, y.to_dtype(DType::F64)?.flatten_all()?.to_vec1()?)
    }

    /// A block of its own with the values of one of the network's.
    fn block(&self, prefix: &str, width: usize, heads: usize) -> Result<TransformerBlock, InputError> {
        let block = TransformerBlock::new(width, heads, DType::F32, &mut Generator::from_seed(0))?;
        let held = block.variables().data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for (name, var) in held.iter() {
            var.set(self.get(&format!("{prefix}{name}"))?)?;
        }
        drop(held);
        Ok(block)
    }
}
