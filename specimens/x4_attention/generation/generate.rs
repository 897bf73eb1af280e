use kit::{Generator, InputError};

use crate::reference::x4_attention::generation as reference;
use crate::reference::x4_attention::generation::{Model, Sampling, next_token_probabilities};
use crate::specimens::specimen::{answering, chaff, wheat};

type Generate = fn(
    &mut Model,
    &[usize],
    usize,
    Option<usize>,
    &Sampling,
    &mut Generator,
) -> Result<Vec<usize>, InputError>;

/// The kata, answered by a specimen.
pub fn generate(
    model: &mut Model,
    prompt: &[usize],
    count: usize,
    end: Option<usize>,
    sampling: &Sampling,
    generator: &mut Generator,
) -> Result<Vec<usize>, InputError> {
    answering::<Generate>(
        module_path!(),
        reference::generate,
        &[
            wheat(
                "scanned",
                "cumulative sums first, then the first one above u",
                |model, prompt, count, end, s, g| {
                    looped(model, prompt, count, end, s, g, &Loop { chosen: by_sums, ..LOOP })
                },
            ),
            wheat("recursive", "calls itself for each token", recursive),
            chaff(
                "largest_taken",
                "The most probable token is the next one.",
                |model, prompt, count, end, s, g| {
                    looped(model, prompt, count, end, s, g, &Loop { chosen: |p, _| best(p), ..LOOP })
                },
            ),
            chaff(
                "one_token_late",
                "The token is the first one whose sum before it exceeds u.",
                |model, prompt, count, end, s, g| {
                    let chosen: Chosen = |p, u| (by_sums(p, u) + 1).min(p.len() - 1);
                    looped(model, prompt, count, end, s, g, &Loop { chosen, ..LOOP })
                },
            ),
            chaff(
                "from_the_back",
                "The probabilities may be summed up from the last token.",
                |model, prompt, count, end, s, g| {
                    let chosen: Chosen = |p, u| {
                        let back: Vec<f64> = p.iter().rev().copied().collect();
                        p.len() - 1 - by_sums(&back, u)
                    };
                    looped(model, prompt, count, end, s, g, &Loop { chosen, ..LOOP })
                },
            ),
            chaff(
                "uniform_token",
                "Every token that is kept is as good as the others.",
                |model, prompt, count, end, s, g| {
                    let chosen: Chosen = |p, u| {
                        let kept: Vec<usize> = (0..p.len()).filter(|&i| p[i] > 0.0).collect();
                        kept[(u * kept.len() as f64) as usize]
                    };
                    looped(model, prompt, count, end, s, g, &Loop { chosen, ..LOOP })
                },
            ),
            chaff(
                "threshold",
                "The first token with a probability above u is taken.",
                |model, prompt, count, end, s, g| {
                    let chosen: Chosen = |p, u| p.iter().position(|p| *p > u).unwrap_or_else(|| best(p));
                    looped(model, prompt, count, end, s, g, &Loop { chosen, ..LOOP })
                },
            ),
            chaff("prompt_only", "The model predicts from the prompt.", |model, prompt, count, end, s, g| {
                looped(model, prompt, count, end, s, g, &Loop { seen: |_, prompt| (0, prompt), ..LOOP })
            }),
            chaff(
                "last_token_only",
                "The model predicts from the last token.",
                |model, prompt, count, end, s, g| {
                    looped(model, prompt, count, end, s, g, &Loop { seen: |n, _| (n - 1, n), ..LOOP })
                },
            ),
            chaff(
                "last_64_tokens",
                "The model predicts from 64 tokens at most.",
                |model, prompt, count, end, s, g| {
                    looped(
                        model,
                        prompt,
                        count,
                        end,
                        s,
                        g,
                        &Loop { seen: |n, _| (n.saturating_sub(64), n), ..LOOP },
                    )
                },
            ),
            chaff(
                "end_dropped",
                "The end token is not part of the text.",
                |model, prompt, count, end, s, g| {
                    let mut tokens = reference::generate(model, prompt, count, end, s, g)?;
                    if end.is_some() && tokens.last().copied() == end {
                        tokens.pop();
                    }
                    Ok(tokens)
                },
            ),
            chaff("end_ignored", "The caller looks for the end token.", |model, prompt, count, _, s, g| {
                reference::generate(model, prompt, count, None, s, g)
            }),
            chaff(
                "end_in_the_prompt",
                "A prompt that ends with the end token is complete.",
                |model, prompt, count, end, s, g| {
                    if end.is_some() && prompt.last().copied() == end {
                        return Ok(Vec::new());
                    }
                    reference::generate(model, prompt, count, end, s, g)
                },
            ),
            chaff("token_0_ends", "Token 0 is the end token.", |model, prompt, count, end, s, g| {
                reference::generate(model, prompt, count, end.or(Some(0)), s, g)
            }),
            chaff(
                "with_the_prompt",
                "The text begins with the prompt.",
                |model, prompt, count, end, s, g| {
                    Ok([prompt, &reference::generate(model, prompt, count, end, s, g)?].concat())
                },
            ),
            chaff(
                "count_with_the_prompt",
                "The count is the length of the text, with its prompt.",
                |model, prompt, count, end, s, g| {
                    reference::generate(model, prompt, count.saturating_sub(prompt.len()), end, s, g)
                },
            ),
            chaff(
                "one_more",
                "The token that follows the last one is returned, too.",
                |model, prompt, count, end, s, g| reference::generate(model, prompt, count + 1, end, s, g),
            ),
            chaff("one_at_least", "At least one token is generated.", |model, prompt, count, end, s, g| {
                reference::generate(model, prompt, count.max(1), end, s, g)
            }),
            chaff(
                "generator_cloned",
                "A copy of the generator is as random.",
                |model, prompt, count, end, s, g| {
                    reference::generate(model, prompt, count, end, s, &mut g.clone())
                },
            ),
            chaff("one_u", "One random number is enough for a text.", |model, prompt, count, end, s, g| {
                let mut tokens = prompt.to_vec();
                let mut fixed = g.clone();
                reference::generate(model, prompt, 0, end, s, g)?;
                for _ in 0..count {
                    let next = reference::generate(model, &tokens, 1, None, s, &mut fixed.clone())?;
                    tokens.extend(next);
                    if tokens.last().copied() == end {
                        break;
                    }
                }
                fixed.uniform();
                *g = fixed;
                Ok(tokens.split_off(prompt.len()))
            }),
            chaff(
                "greedy_draws_nothing",
                "A greedy choice draws no random number.",
                |model, prompt, count, end, s, g| {
                    let mut copy = g.clone();
                    let greedy = s.temperature == 0.0;
                    reference::generate(model, prompt, count, end, s, if greedy { &mut copy } else { g })
                },
            ),
            chaff(
                "filters_forgotten",
                "Top-k and top-p are for the first token.",
                |model, prompt, count, end, s, g| {
                    let first = reference::generate(model, prompt, count.min(1), end, s, g)?;
                    if first.is_empty() || first.last().copied() == end {
                        return Ok(first);
                    }
                    let open = Sampling { top_k: usize::MAX, top_p: 1.0, ..*s };
                    let rest =
                        reference::generate(model, &[prompt, &first].concat(), count - 1, end, &open, g)?;
                    Ok([first, rest].concat())
                },
            ),
            chaff(
                "empty_prompt_begins_with_0",
                "Without a prompt a text begins with token 0.",
                |model, prompt, count, end, s, g| {
                    reference::generate(
                        model,
                        if prompt.is_empty() { &[0] } else { prompt },
                        count,
                        end,
                        s,
                        g,
                    )
                },
            ),
            chaff(
                "nothing_from_nothing",
                "Nothing is wrong with an empty prompt where nothing is generated.",
                |model, prompt, count, end, s, g| {
                    if count == 0 {
                        Ok(Vec::new())
                    } else {
                        reference::generate(model, prompt, count, end, s, g)
                    }
                },
            ),
            chaff("error_ends", "Where the model fails the text ends.", |model, prompt, count, end, s, g| {
                let mut failed = false;
                let mut kept = Vec::new();
                for n in 0..count {
                    match reference::generate(model, &[prompt, &kept].concat(), 1, None, s, g) {
                        Ok(next) => kept.extend(next),
                        Err(why) if n == 0 => return Err(why),
                        Err(_) => failed = true,
                    }
                    if failed || kept.last().copied() == end {
                        break;
                    }
                }
                if count == 0 { reference::generate(model, prompt, 0, end, s, g) } else { Ok(kept) }
            }),
            chaff(
                "asked_once_more",
                "The model is asked once before the first token.",
                |model, prompt, count, end, s, g| {
                    if !prompt.is_empty() {
                        model(prompt)?;
                    }
                    reference::generate(model, prompt, count, end, s, g)
                },
            ),
        ],
    )(model, prompt, count, end, sampling, generator)
}

type Chosen = fn(&[f64], f64) -> usize;

/// What the loop does with each token.
struct Loop {
    chosen: Chosen,
    /// From where to where the tokens are shown to the model, of their number and that of the prompt.
    seen: fn(usize, usize) -> (usize, usize),
}

const LOOP: Loop = Loop { chosen: by_sums, seen: |n, _| (0, n) };

fn best(p: &[f64]) -> usize {
    (0..p.len()).rev().max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0)
}

fn by_sums(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let sums: Vec<f64> = p
        .iter()
        .map(|p| {
            sum += p;
            sum
        })
        .collect();
    let reached = sums.partition_point(|sum| *sum <= u);
    let last = p.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    reached.min(last)
}

fn looped(
    model: &mut Model,
    prompt: &[usize],
    count: usize,
    end: Option<usize>,
    sampling: &Sampling,
    generator: &mut Generator,
    plan: &Loop,
) -> Result<Vec<usize>, InputError> {
    kit::check::at_least(1, prompt.len())?;
    let mut tokens = prompt.to_vec();
    while tokens.len() < prompt.len() + count {
        let (from, to) = (plan.seen)(tokens.len(), prompt.len());
        let p = next_token_probabilities(&model(&tokens[from..to])?, sampling)?;
        tokens.push((plan.chosen)(&p, generator.uniform()));
        if tokens.last().copied() == end {
            break;
        }
    }
    Ok(tokens.split_off(prompt.len()))
}

/// One token, then those after it.
fn recursive(
    model: &mut Model,
    prompt: &[usize],
    count: usize,
    end: Option<usize>,
    sampling: &Sampling,
    generator: &mut Generator,
) -> Result<Vec<usize>, InputError> {
    let first = looped(model, prompt, count.min(1), end, sampling, generator, &LOOP)?;
    if count <= 1 || first.last().copied() == end {
        return Ok(first);
    }
    let longer = [prompt, &first].concat();
    Ok([first, recursive(model, &longer, count - 1, end, sampling, generator)?].concat())
}
