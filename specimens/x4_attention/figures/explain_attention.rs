use kit::{Explanation, InputError, Matrix, Step, check};

use super::super::altered::{clipped, each, last, nan_as_zero, single, sized};
use super::super::attending::dot;
use crate::reference::x4_attention::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Explained = Result<Explanation, InputError>;
type ExplainAttention = fn(&[f64], &Matrix, &Matrix) -> Explained;

/// The kata, answered by a specimen.
pub fn explain_attention(query: &[f64], keys: &Matrix, values: &Matrix) -> Result<Explanation, InputError> {
    answering::<ExplainAttention>(
        module_path!(),
        reference::explain_attention,
        &[
            wheat("from_the_back", "adds up the products in reverse order", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for step in &mut explanation.steps {
                    if let Some(j) = step.name.strip_prefix("score ").and_then(|j| j.parse::<usize>().ok()) {
                        step.result = vec![q.iter().zip(k.row(j)).rev().map(|(q, k)| q * k).sum()];
                    }
                }
                Ok(explanation)
            }),
            wheat("one_by_one", "writes the steps anew", |q, k, v| {
                let Explanation { title, steps } = reference::explain_attention(q, k, v)?;
                let steps = steps.iter().map(|it| {
                    Step::new(it.name.as_str(), it.formula.as_str(), it.numbers.as_str(), &it.result)
                });
                Ok(Explanation { title, steps: steps.collect() })
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |q, k, v| {
                for (name, numbers) in [("query", q), ("keys", k.as_slice()), ("values", v.as_slice())] {
                    sized(name, numbers)?;
                }
                reference::explain_attention(q, k, v)
            }),
            chaff("no_scale", "The scores are not divided.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for j in 0..k.rows() {
                    explanation.steps[k.rows() + j].result = vec![dot(q, k.row(j))];
                }
                Ok(explanation)
            }),
            chaff("divided_by_d", "The scores are divided by d.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for j in 0..k.rows() {
                    explanation.steps[k.rows() + j].result = vec![dot(q, k.row(j)) / q.len() as f64];
                }
                Ok(explanation)
            }),
            chaff("rounded", "The results are those of the rounded numbers.", |q, k, v| {
                let four = |x: f64| (1e4 * x).round() / 1e4;
                let mut explanation = reference::explain_attention(q, k, v)?;
                explanation.steps.iter_mut().for_each(|step| step.result = vec![four(step.result[0])]);
                Ok(explanation)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                explanation.steps.iter_mut().for_each(|step| step.result = vec![single(step.result[0])]);
                Ok(explanation)
            }),
            chaff("no_largest", "The largest score is not needed.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                explanation.steps.retain(|step| step.name != "largest");
                Ok(explanation)
            }),
            chaff("largest_is_0", "The exponentials are those of the scaled scores.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                let m = k.rows();
                for j in 0..m {
                    explanation.steps[2 * m + 1 + j].result = vec![explanation.steps[m + j].result[0].exp()];
                }
                Ok(explanation)
            }),
            chaff("key_by_key", "All steps of a key stand together.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                let of = |name: &str| name.split(' ').nth(1).and_then(|j| j.parse::<usize>().ok());
                explanation.steps.sort_by_key(|step| of(&step.name).unwrap_or(usize::MAX));
                Ok(explanation)
            }),
            chaff("numbered_from_1", "Keys are numbered from 1.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for (j, step) in explanation.steps.iter_mut().take(k.rows()).enumerate() {
                    step.name = format!("score {}", j + 1);
                }
                Ok(explanation)
            }),
            chaff("output_as_vector", "The output is one step.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                let y: Vec<f64> =
                    explanation.steps.iter().rev().take(v.cols()).map(|it| it.result[0]).collect();
                let all = explanation.steps.len() - v.cols() + 1;
                explanation.steps.truncate(all);
                explanation.steps[all - 1].result = y.into_iter().rev().collect();
                Ok(explanation)
            }),
            chaff("two_decimals", "Two decimals are enough.", |q, k, v| {
                written(q, k, v, |number| format!("{number:.2}"))
            }),
            chaff("six_decimals", "More decimals are better.", |q, k, v| {
                written(q, k, v, |number| format!("{number:.6}"))
            }),
            chaff("negative_zero", "−0.0000 is a number like others.", |q, k, v| {
                written(q, k, v, |number| format!("{:.4}", if number == 0.0 { -0.0 } else { number }))
            }),
            chaff("root_of_the_keys", "The scale is the root of the number of keys.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                let m = k.rows();
                for (j, step) in explanation.steps.iter_mut().skip(m).take(m).enumerate() {
                    step.formula = format!("score {j} / √{m}");
                }
                Ok(explanation)
            }),
            chaff("values_first", "A product names the value first.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for step in explanation.steps.iter_mut().filter(|step| step.name.starts_with('y')) {
                    let turned = |pair: &str| {
                        pair.split_once('·')
                            .map_or(pair.to_owned(), |(weight, value)| format!("{value}·{weight}"))
                    };
                    step.numbers = step.numbers.split(" + ").map(turned).collect::<Vec<_>>().join(" + ");
                }
                Ok(explanation)
            }),
            chaff("no_spaces", "Spaces around a sign do not matter.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                for step in explanation.steps.iter_mut().filter(|step| step.name == "sum") {
                    step.numbers = step.numbers.replace(" + ", "+");
                }
                Ok(explanation)
            }),
            chaff("titled", "A title needs no number.", |q, k, v| {
                let explanation = reference::explain_attention(q, k, v)?;
                Ok(Explanation { title: "Attention of one query".to_owned(), ..explanation })
            }),
            chaff("one_keys", "One is a number like others.", |q, k, v| {
                let explanation = reference::explain_attention(q, k, v)?;
                Ok(Explanation {
                    title: format!("Attention of one query to {} keys", k.rows()),
                    ..explanation
                })
            }),
            chaff("first_column", "The first column of the values is enough.", |q, k, v| {
                reference::explain_attention(q, k, v)?;
                reference::explain_attention(q, k, &Matrix::from_fn(v.rows(), 1, |j, _| v[(j, 0)]))
            }),
            chaff("sixty_keys", "Sixty steps are enough to read.", |q, k, v| {
                let mut explanation = reference::explain_attention(q, k, v)?;
                explanation.steps.truncate(60);
                Ok(explanation)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |q, k, v| {
                reference::explain_attention(q, &each(k, nan_as_zero), &each(v, nan_as_zero))
            }),
            chaff("any_size", "The product of two numbers is finite.", |q, k, v| {
                check::finite("query", q)?;
                let q: Vec<f64> = q.iter().map(|q| clipped(*q)).collect();
                reference::explain_attention(&q, k, v)
            }),
            chaff("last_reported", "The last wrong number is reported.", |q, k, v| {
                reference::explain_attention(q, k, v).map_err(|error| last(error, "keys", k.as_slice()))
            }),
            chaff("empty", "Without values there is nothing to explain.", |q, k, v| {
                if v.cols() == 0 { Ok(Explanation::default()) } else { reference::explain_attention(q, k, v) }
            }),
        ],
    )(query, keys, values)
}

/// With the products of the output written otherwise.
fn written(q: &[f64], k: &Matrix, v: &Matrix, number: fn(f64) -> String) -> Explained {
    let mut explanation = reference::explain_attention(q, k, v)?;
    for (j, step) in explanation.steps.iter_mut().take(k.rows()).enumerate() {
        let product = |(q, k): (&f64, &f64)| format!("{}·{}", number(*q), number(*k));
        step.numbers = q.iter().zip(k.row(j)).map(product).collect::<Vec<_>>().join(" + ");
    }
    Ok(explanation)
}
