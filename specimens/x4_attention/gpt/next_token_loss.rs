use candle_core::{D, DType, Tensor};
use candle_nn::ops::{log_softmax, softmax};
use kit::InputError;

use crate::reference::x4_attention::gpt as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type NextTokenLoss = fn(&Tensor, &[Vec<usize>], usize) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub fn next_token_loss(logits: &Tensor, tokens: &[Vec<usize>], prompt: usize) -> Result<Tensor, InputError> {
    answering::<NextTokenLoss>(
        module_path!(),
        reference::next_token_loss,
        &[
            wheat("candles_own", "candle's cross-entropy of all rows that count", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                let (length, vocabulary) = (z.dim(1)?, z.dim(2)?);
                let rows =
                    z.narrow(1, prompt - 1, length - prompt)?.contiguous()?.reshape(((), vocabulary))?;
                let targets: Vec<u32> =
                    tokens.iter().flat_map(|it| it[prompt..].iter().map(|t| *t as u32)).collect();
                let n = targets.len();
                Ok(candle_nn::loss::cross_entropy(&rows, &Tensor::from_vec(targets, n, z.device())?)?)
            }),
            wheat("one_hot", "a mask of the targets, 0 where nothing counts", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                let (batch, length, _) = z.dims3()?;
                let mask = targets(z, tokens, |t| t >= prompt, 1)?;
                let n = (batch * (length - prompt)) as f64;
                Ok(((log_softmax(z, D::Minus1)? * mask)?.sum_all()? * (-1.0 / n))?)
            }),
            wheat(
                "position_by_position",
                "the sum of powers by hand, one position after the other",
                |z, tokens, prompt| {
                    reference::next_token_loss(z, tokens, prompt)?;
                    let mut all = Vec::new();
                    for t in prompt..z.dim(1)? {
                        let z = z.narrow(1, t - 1, 1)?.squeeze(1)?;
                        let shifted = z.broadcast_sub(&z.max_keepdim(D::Minus1)?.detach())?;
                        let ids: Vec<u32> = tokens.iter().map(|it| it[t] as u32).collect();
                        let own = shifted
                            .gather(&Tensor::from_vec(ids, (tokens.len(), 1), z.device())?, 1)?
                            .squeeze(1)?;
                        all.push((shifted.exp()?.sum(D::Minus1)?.log()? - own)?);
                    }
                    Ok(Tensor::cat(&all, 0)?.mean_all()?)
                },
            ),
            chaff("not_shifted", "The logits at t predict token t.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                masked(z, tokens, |t| t >= prompt, 0, prompt)
            }),
            chaff("shifted_back", "The logits at t predict the token before.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                let back: Vec<Vec<usize>> =
                    tokens.iter().map(|it| it.iter().rev().copied().collect()).collect();
                reference::next_token_loss(z, &back, prompt)
            }),
            chaff("prompt_counts", "All tokens count, those of the prompt, too.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                reference::next_token_loss(z, tokens, 1)
            }),
            chaff(
                "one_more_in_the_prompt",
                "The first token after the prompt does not count.",
                |z, tokens, prompt| {
                    reference::next_token_loss(z, tokens, prompt)?;
                    reference::next_token_loss(z, tokens, (prompt + 1).min(z.dim(1)? - 1))
                },
            ),
            chaff("one_less_in_the_prompt", "The last token of the prompt counts.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                reference::next_token_loss(z, tokens, (prompt - 1).max(1))
            }),
            chaff("summed", "The losses are summed, not averaged.", |z, tokens, prompt| {
                let n = tokens.len() * (z.dims().get(1).copied().unwrap_or(0)).saturating_sub(prompt);
                Ok((reference::next_token_loss(z, tokens, prompt)? * n as f64)?)
            }),
            chaff("summed_over_a_sequence", "The mean is over the sequences only.", |z, tokens, prompt| {
                let loss = reference::next_token_loss(z, tokens, prompt)?;
                Ok((loss * (z.dim(1)? - prompt) as f64)?)
            }),
            chaff(
                "over_the_whole_length",
                "The mean is over all T tokens, also those that do not count.",
                |z, tokens, prompt| {
                    let loss = reference::next_token_loss(z, tokens, prompt)?;
                    let length = z.dim(1)?;
                    Ok((loss * ((length - prompt) as f64 / length as f64))?)
                },
            ),
            chaff("softmax_twice", "The logits are made probabilities first.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                reference::next_token_loss(&softmax(z, D::Minus1)?, tokens, prompt)
            }),
            chaff("over_positions", "Softmax is over the positions.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                let (batch, length, _) = z.dims3()?;
                let mask = targets(z, tokens, |t| t >= prompt, 1)?;
                Ok(((log_softmax(z, 1)? * mask)?.sum_all()? * (-1.0 / (batch * (length - prompt)) as f64))?)
            }),
            chaff("naive", "The formula ln softmax(z) works for every z.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                let p = z.exp()?.broadcast_div(&z.exp()?.sum_keepdim(D::Minus1)?)?;
                let (batch, length, _) = z.dims3()?;
                let mask = targets(z, tokens, |t| t >= prompt, 1)?;
                let logs = (p + 1e-300)?.log()?;
                Ok(((logs * mask)?.sum_all()? * (-1.0 / (batch * (length - prompt)) as f64))?)
            }),
            chaff("base_2", "Information is measured in bits.", |z, tokens, prompt| {
                Ok((reference::next_token_loss(z, tokens, prompt)? * std::f64::consts::LOG2_E)?)
            }),
            chaff("perplexity", "The loss of a language model is its perplexity.", |z, tokens, prompt| {
                Ok(reference::next_token_loss(z, tokens, prompt)?.exp()?)
            }),
            chaff("detached", "The loss may be detached from the computation graph.", |z, tokens, prompt| {
                Ok(reference::next_token_loss(z, tokens, prompt)?.detach())
            }),
            chaff("in_double", "The loss is always of type f64.", |z, tokens, prompt| {
                Ok(reference::next_token_loss(z, tokens, prompt)?.to_dtype(DType::F64)?)
            }),
            chaff("first_sequence", "One sequence stands for all.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt)?;
                reference::next_token_loss(&z.narrow(0, 0, 1)?, &tokens[..1], prompt)
            }),
            chaff(
                "contiguous_memory_only",
                "A tensor is always contiguous in memory.",
                |z, tokens, prompt| {
                    let loss = reference::next_token_loss(z, tokens, prompt)?;
                    if z.is_contiguous() { Ok(loss) } else { Ok((loss * 2.0)?) }
                },
            ),
            chaff("no_prompt", "Without a prompt all tokens count.", |z, tokens, prompt| {
                reference::next_token_loss(z, tokens, prompt.max(1))
            }),
            chaff("prompt_alone", "A sequence that is all prompt has the loss 0.", |z, tokens, prompt| {
                match reference::next_token_loss(z, tokens, prompt) {
                    Err(InputError::OutOfRange { got, .. }) if got >= 1.0 => {
                        Ok(Tensor::zeros((), z.dtype(), z.device())?)
                    }
                    answer => answer,
                }
            }),
            chaff("prompt_unchecked", "Tokens of the prompt need not be known.", |z, tokens, prompt| {
                let v = z.dims().get(2).copied().unwrap_or(1);
                let first = |it: &Vec<usize>| {
                    it.iter()
                        .enumerate()
                        .map(|(t, token)| if t < prompt && *token >= v { 0 } else { *token })
                        .collect()
                };
                reference::next_token_loss(z, &tokens.iter().map(first).collect::<Vec<_>>(), prompt)
            }),
            chaff(
                "longer_logits",
                "Logits of more positions than there are tokens do no harm.",
                |z, tokens, prompt| {
                    let length = tokens.first().map_or(0, Vec::len);
                    match z.dims() {
                        [_, more, _] if *more > length && length > 0 => {
                            reference::next_token_loss(&z.narrow(1, 0, length)?, tokens, prompt)
                        }
                        _ => reference::next_token_loss(z, tokens, prompt),
                    }
                },
            ),
            chaff("empty_batch", "An empty batch has the loss 0.", |z, tokens, prompt| match tokens {
                [] => Ok(Tensor::zeros((), z.dtype(), z.device())?),
                _ => reference::next_token_loss(z, tokens, prompt),
            }),
            chaff("cut_to_the_shortest", "Sequences of other lengths are cut.", |z, tokens, prompt| {
                let shortest = tokens.iter().map(Vec::len).min().unwrap_or(0);
                let cut: Vec<Vec<usize>> = tokens.iter().map(|it| it[..shortest].to_vec()).collect();
                reference::next_token_loss(z, &cut, prompt)
            }),
        ],
    )(logits, tokens, prompt)
}

/// 1 where the logits are those of a token that counts, `later` positions before it.
fn targets(
    z: &Tensor,
    tokens: &[Vec<usize>],
    counts: impl Fn(usize) -> bool,
    later: usize,
) -> Result<Tensor, InputError> {
    let (_, length, vocabulary) = z.dims3()?;
    let mut mask = vec![0.0; z.elem_count()];
    for (b, sequence) in tokens.iter().enumerate() {
        for (t, token) in sequence.iter().enumerate().filter(|(t, _)| counts(*t) && *t >= later) {
            mask[(b * length + t - later) * vocabulary + token] = 1.0;
        }
    }
    Ok(Tensor::from_vec(mask, z.shape(), z.device())?.to_dtype(z.dtype())?)
}

fn masked(
    z: &Tensor,
    tokens: &[Vec<usize>],
    counts: impl Fn(usize) -> bool,
    later: usize,
    prompt: usize,
) -> Result<Tensor, InputError> {
    let n = (tokens.len() * (z.dim(1)? - prompt)) as f64;
    Ok(((log_softmax(z, D::Minus1)? * targets(z, tokens, counts, later)?)?.sum_all()? * (-1.0 / n))?)
}
