use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, equal, for_all, rejected, rounding};
use katas::x4_attention::gpt::next_token_loss;
use kit::InputError;
use proptest::prelude::*;

use super::super::definition::softmax;
use super::super::variables::{numbers, tensor};
use super::given::tokens;

const CALL: &str = "next_token_loss(logits, tokens, prompt)";
const NAMES: &str = "z, tokens, prompt";

/// Logits with the tokens that they should predict.
#[derive(Debug, Clone)]
struct Task {
    z: Vec<f64>,
    shape: [usize; 3],
    tokens: Vec<Vec<usize>>,
    prompt: usize,
}

impl judge::Inputs for Task {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.z), format!("{:?}", self.tokens), self.prompt.to_string()]
    }
}

fn task(shape: [usize; 3]) -> impl Strategy<Value = Task> + Send + Sync + Clone {
    let [batch, length, vocabulary] = shape;
    let z = any::numbers(any::Numbers::Eighths, batch * length * vocabulary);
    (z, any::seed(), any::place(length - 1)).prop_map(move |(z, seed, place)| Task {
        z,
        shape,
        tokens: tokens(batch, length, vocabulary, seed),
        prompt: place + 1,
    })
}

fn few() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (1..=2_usize, 2..=4_usize, 1..=3_usize).prop_flat_map(|(batch, length, v)| task([batch, length, v]))
}

fn any_size() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    any::sizes([1..=2, 2..=4, 1..=3], [257, 257, 301]).prop_flat_map(task)
}

impl Task {
    fn logits(&self) -> Tensor {
        tensor(&self.z, &self.shape)
    }

    /// The definition, and its gradient.
    fn want(&self, z: &[f64]) -> (f64, Vec<f64>) {
        let [batch, length, vocabulary] = self.shape;
        let n = (batch * (length - self.prompt)) as f64;
        let (mut sum, mut gradient) = (0.0, vec![0.0; z.len()]);
        for (b, sequence) in self.tokens.iter().enumerate() {
            for (t, &target) in sequence.iter().enumerate().skip(self.prompt) {
                let at = (b * length + t - 1) * vocabulary;
                let z = &z[at..at + vocabulary];
                let largest = z.iter().fold(f64::NEG_INFINITY, |max, z| max.max(*z));
                sum += z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln() - (z[target] - largest);
                softmax(z).iter().enumerate().for_each(|(i, p)| gradient[at + i] += p / n);
                gradient[at + target] -= 1.0 / n;
            }
        }
        (sum / n, gradient)
    }

    /// Each term is a difference of logits, and a logarithm of V powers.
    fn tolerance(&self) -> f64 {
        let size = self.z.iter().fold(0.0_f64, |most, z| most.max(z.abs()));
        rounding(4 * (self.shape.iter().sum::<usize>() + self.shape[0] * self.shape[1] + 8), 2.0 * size + 8.0)
    }
}

fn loss(logits: &Tensor, tokens: &[Vec<usize>], prompt: usize) -> Result<f64, Broken> {
    let loss = next_token_loss(logits, tokens, prompt).accepted(CALL)?;
    equal("the shape of the loss", loss.dims().to_vec(), Vec::<usize>::new(), "A scalar has no dimensions.")?;
    Ok(numbers(CALL, &loss)?[0])
}

#[test]
fn is_the_mean_surprise_at_the_following_tokens() {
    for_all(NAMES, few()).holds(|task| {
        let got = loss(&task.logits(), &task.tokens, task.prompt)?;
        let look = "The logits at t − 1 predict token t, for t from `prompt` on. \
            −ln of softmax's probability, averaged over all that count.";
        close(CALL, got, task.want(&task.z).0, task.tolerance(), look)
    });
}

#[test]
fn is_the_mean_for_any_size() {
    for_all(NAMES, any_size()).cases(96).holds(|task| {
        let got = loss(&task.logits(), &task.tokens, task.prompt)?;
        let look = "The mean is over all sequences and all tokens from `prompt` on, however many.";
        close(CALL, got, task.want(&task.z).0, task.tolerance(), look)
    });
}

#[test]
fn prompt_and_last_logits_do_not_count() {
    for_all("z, tokens, prompt, c", (few(), any::eighth())).holds(|(task, c)| {
        let [_, length, vocabulary] = task.shape;
        let mut other = task.clone();
        for i in 0..other.z.len() {
            let t = i / vocabulary % length;
            if t + 1 < task.prompt || t + 1 == length {
                other.z[i] += c * (i as f64 + 1.0);
            }
        }
        let [got, want] = [other, task.clone()].map(|it| loss(&it.logits(), &it.tokens, it.prompt));
        let look = "Logits before position prompt − 1 predict the prompt. \
            Those of the last position predict a token that is not there.";
        close("with those logits changed", got?, want?, task.tolerance(), look)
    });
}

#[test]
fn equal_logits_have_the_loss_ln_v() {
    for_all("V, T, prompt", (1..=9_usize, 2..=5_usize, 1..=4_usize)).cases(64).holds(
        |&(v, length, prompt)| {
            let prompt = prompt.min(length - 1);
            let logits = tensor(&vec![0.5; 2 * length * v], &[2, length, v]);
            let got = loss(&logits, &tokens(2, length, v, 1), prompt)?;
            let look = "Each of V tokens has the probability 1/V, and −ln(1/V) = ln V.";
            close("the loss of equal logits", got, (v as f64).ln(), rounding(64, 4.0), look)
        },
    );
}

#[test]
fn gradient_matches_finite_differences() {
    for_all(NAMES, few()).cases(32).holds(|task| {
        let var = Var::from_tensor(&task.logits()).accepted("a variable")?;
        let loss = next_token_loss(&var, &task.tokens, task.prompt).accepted(CALL)?;
        let gradients = loss.backward().accepted("backward()")?;
        let look =
            "Is the loss still connected to the logits? Numbers taken out of a tensor have no gradient.";
        let got = gradients.get(&var).map_or(Ok(vec![0.0; task.z.len()]), |g| numbers("the gradient", g))?;
        let value = |at: &[f64]| task.want(at).0;
        let of = Loss { value: &value, rounding: task.tolerance(), samples: task.shape[0] };
        is_gradient("backward()", &[Block::vector("z", &task.z, &got)], &of, look)
    });
}

#[test]
fn each_logit_of_any_batch_has_its_gradient() {
    for_all("z, tokens, prompt, in f32", (any_size(), any::part(proptest::bool::ANY))).cases(64).holds(
        |(task, single)| {
            let dtype = if *single { DType::F32 } else { DType::F64 };
            let given = task.logits().to_dtype(dtype).accepted("a tensor")?;
            let var = Var::from_tensor(&given).accepted("a variable")?;
            let loss = next_token_loss(&var, &task.tokens, task.prompt).accepted(CALL)?;
            let look =
                "softmax − one-hot, over the number of tokens that count; 0 where nothing is predicted.";
            equal("the type of the loss", loss.dtype(), dtype, "The type of the logits.")?;
            let gradients = loss.backward().accepted("backward()")?;
            let got =
                gradients.get(&var).map_or(Ok(vec![0.0; task.z.len()]), |g| numbers("the gradient", g))?;
            let (value, want) = task.want(&task.z);
            let unit = if *single { 2.0_f64.powi(29) } else { 1.0 };
            // A probability is at most 1, from as many powers as there are tokens.
            let tolerance = rounding(8 * (task.shape[2] + 16), 1.0) * unit;
            close("the gradient", got.as_slice(), want.as_slice(), tolerance, look)?;
            close(CALL, numbers(CALL, &loss)?[0], value, task.tolerance() * unit, look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::x4_attention::gpt::next_token_loss;
        let logits = Tensor::new(&[[[0.0_f64, 0.0], [500.0, -500.0], [0.0, 9.0]]], &Device::Cpu)?;
        assert_eq!(next_token_loss(&logits, &[vec![0, 1, 0]], 1)?.to_scalar::<f64>()?, 2.0_f64.ln() / 2.0);
        assert_eq!(next_token_loss(&logits, &[vec![0, 1, 0]], 2)?.to_scalar::<f64>()?, 0.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn logits_of_any_size_do_not_overflow() {
        for_all("z, tokens, prompt, c", (any_size(), any::magnitude(-9, 150))).cases(96).holds(
            |(task, c)| {
                let mut task = task.clone();
                task.z.iter_mut().for_each(|z| *z *= c);
                let got = loss(&task.logits(), &task.tokens, task.prompt)?;
                let look = "Subtract the largest logit of each position first; no probability is taken as 0.";
                close(CALL, got, task.want(&task.z).0, task.tolerance(), look)
            },
        );
    }

    #[test]
    fn accepts_logits_that_are_not_contiguous() {
        for_all(NAMES, few()).cases(48).holds(|task| {
            let turned = task.logits().transpose(0, 2).and_then(|z| z.contiguous()?.transpose(0, 2));
            let got = loss(&turned.accepted("a tensor")?, &task.tokens, task.prompt)?;
            let look = "A transposed tensor lies in memory in another order.";
            close("of logits that are not contiguous", got, task.want(&task.z).0, task.tolerance(), look)
        });
    }

    #[test]
    fn rejects_unknown_tokens() {
        let more = any::select(vec![0_usize, 1, 9, 1 << 32]);
        for_all("z, tokens, prompt, place, more", (any_size(), any::seed(), more)).cases(96).holds(
            |(task, place, more)| {
                let [batch, length, classes] = task.shape;
                let (index, got) = ((*place % (batch * length) as u64) as usize, classes + more);
                let mut tokens = task.tokens.clone();
                tokens[batch - 1][length - 1] = classes + 3;
                tokens[index / length][index % length] = got;
                let answer = next_token_loss(&task.logits(), &tokens, task.prompt).map(|_| "a loss");
                let look = "Tokens are below V, those of the prompt as well.";
                rejected(CALL, answer, InputError::UnknownClass { index, got, classes }, look)
            },
        );
    }

    #[test]
    fn rejects_prompts_without_anything_to_predict() {
        for_all("z, tokens, prompt, more", (any_size(), any::size(0..=3, 65))).cases(64).holds(
            |(task, more)| {
                let length = task.shape[1];
                for prompt in [0, length, length + more] {
                    let answer = next_token_loss(&task.logits(), &task.tokens, prompt).map(|_| "a loss");
                    let (got, wanted) = (prompt as f64, "1 to T − 1");
                    let want = InputError::OutOfRange { name: "prompt", got, wanted };
                    let look = "The first token has nothing before it, and at least one must count.";
                    rejected(&format!("next_token_loss(logits, tokens, {prompt})"), answer, want, look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_other_shapes() {
        for_all("z, tokens, prompt, way", (any_size(), 0..7_usize)).cases(96).holds(|(task, way)| {
            let [batch, length, v] = task.shape;
            let (mut shape, mut tokens) = (vec![batch, length, v], task.tokens.clone());
            let library = InputError::Library { name: "candle", says: String::new() };
            let want = match way {
                0 => {
                    shape[0] += 1;
                    None
                }
                1 => {
                    shape[1] += 1;
                    None
                }
                2 => {
                    shape.pop();
                    Some(library)
                }
                3 => {
                    shape.push(1);
                    Some(library)
                }
                4 => {
                    (shape[0], tokens) = (0, Vec::new());
                    Some(InputError::TooFew { got: 0, wanted: 1 })
                }
                5 => {
                    (shape[1], tokens) = (0, vec![Vec::new(); batch]);
                    Some(InputError::TooFew { got: 0, wanted: 1 })
                }
                _ => {
                    (shape[0], tokens) = (batch + 1, [tokens, vec![vec![0; length + 1]]].concat());
                    Some(InputError::LengthMismatch { left: length, right: length + 1 })
                }
            };
            let dimensions = InputError::Dimensions {
                name: "logits".to_owned(),
                got: shape.clone(),
                wanted: vec![batch, length, v],
            };
            let logits = Tensor::zeros(&shape[..], DType::F64, &Device::Cpu).accepted("a tensor")?;
            let mut wants = vec![want.unwrap_or(dimensions)];
            if matches!(way, 4 | 5) {
                wants.push(InputError::OutOfRange {
                    name: "prompt",
                    got: task.prompt as f64,
                    wanted: "1 to T − 1",
                });
            }
            let answer = next_token_loss(&logits, &tokens, task.prompt).map(|_| "a loss");
            let look = "Logits for each token of each sequence, which all have one length.";
            judge::rejected_for(CALL, answer, &wants, look)
        });
    }
}
