use judge::any::{Numbers, select};
use judge::{
    Answer, Broken, Verdict, any, close, equal, example, for_all, reads_as, rejected, rejected_for, rounding,
};
use katas::x4_attention::figures::explain_attention;
use kit::{Explanation, Matrix};
use proptest::prelude::*;

use super::super::matrices::{counting, each, matrix, too_large, wrong};
use super::super::rejection::{ALL_NUMBERS, NOTHING, reasons, shapes};
use super::super::rough::{attend, exact};

const CALL: &str = "explain_attention(query, keys, values)";
const NAMES: &str = "query, keys, values";

#[derive(Debug, Clone)]
struct Asked {
    query: Vec<f64>,
    keys: Matrix,
    values: Matrix,
}

impl judge::Inputs for Asked {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.query), format!("{:?}", self.keys), format!("{:?}", self.values)]
    }
}

fn asked([d, m, w]: [usize; 3], [fit, other]: [Numbers; 2], unit: f64) -> SBoxedStrategy<Asked> {
    (matrix(1, d, fit), matrix(m, d, fit), matrix(m, w, other))
        .prop_map(move |(query, keys, values)| Asked {
            query: each(&query, |q| q * unit).as_slice().to_vec(),
            keys,
            values,
        })
        .sboxed()
}

fn few() -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    // Slightly more than eighths, which f32 loses, or so small that four decimals are not enough.
    let unit = select(vec![0.125, 1.0, 1.0 + 2.0_f64.powi(-30), 2.0_f64.powi(-16)]);
    (1..=4_usize, 1..=4_usize, 1..=3_usize, unit)
        .prop_flat_map(|(d, m, w, unit)| asked([d, m, w], [Numbers::Eighths; 2], unit))
}

fn explained(asked: &Asked) -> Result<Explanation, Broken> {
    explain_attention(&asked.query, &asked.keys, &asked.values).accepted(CALL)
}

/// Four decimals; halfway between two the even one, as Rust writes it.
fn four(x: f64) -> String {
    let text = format!("{x:.4}");
    if text == "-0.0000" { "0.0000".to_owned() } else { text }
}

/// Name, formula, and the number of numbers put in, of every step. Numbers themselves are compared by [`written`].
fn outline(asked: &Asked) -> Vec<(String, String)> {
    let (d, m, w) = (asked.query.len(), asked.keys.rows(), asked.values.cols());
    let per_key = |name: &'static str, formula: fn(usize, usize) -> String| {
        (0..m).map(move |j| (format!("{name} {j}"), formula(j, d)))
    };
    per_key("score", |j, _| format!("q·k[{j}]"))
        .chain(per_key("scaled", |j, d| format!("score {j} / √{d}")))
        .chain([("largest".to_owned(), "max scaled".to_owned())])
        .chain(per_key("exp", |j, _| format!("exp(scaled {j} - largest)")))
        .chain([("sum".to_owned(), "Σ exp".to_owned())])
        .chain(per_key("weight", |j, _| format!("exp {j} / sum")))
        .chain((0..w).map(|c| (format!("y[{c}]"), format!("Σ weight j·v[j,{c}]"))))
        .collect()
}

/// The numbers put in, from the results of the steps themselves: these are compared with the definition elsewhere.
fn written(asked: &Asked, explanation: &Explanation) -> Vec<String> {
    let (d, m, w) = (asked.query.len(), asked.keys.rows(), asked.values.cols());
    let result = |step: usize| explanation.steps[step].result.first().copied().unwrap_or(f64::NAN);
    let (score, scaled, exp, weight) = (0, m, 2 * m + 1, 3 * m + 2);
    let root = four((d as f64).sqrt());
    let listed =
        |from: usize, between: &str| (0..m).map(|j| four(result(from + j))).collect::<Vec<_>>().join(between);
    let products = |n: usize, pair: &dyn Fn(usize) -> (f64, f64)| {
        let one = |k: usize| format!("{}·{}", four(pair(k).0), four(pair(k).1));
        (0..n).map(one).collect::<Vec<_>>().join(" + ")
    };
    (0..m)
        .map(|j| products(d, &|c| (asked.query[c], asked.keys[(j, c)])))
        .chain((0..m).map(|j| format!("{} / {root}", four(result(score + j)))))
        .chain([format!("max({})", listed(scaled, ", "))])
        .chain((0..m).map(|j| format!("exp({} - {})", four(result(scaled + j)), four(result(2 * m)))))
        .chain([listed(exp, " + ")])
        .chain((0..m).map(|j| format!("{} / {}", four(result(exp + j)), four(result(3 * m + 1)))))
        .chain((0..w).map(|c| products(m, &|j| (result(weight + j), asked.values[(j, c)]))))
        .collect()
}

/// Halfway between two the last digit may go either way: a number and what is written for it.
fn reads_the_same(got: &str, want: &str) -> bool {
    let parts = |text: &str| text.split([' ', '·', '(', ')', ',']).map(str::to_owned).collect::<Vec<_>>();
    let (got, want) = (parts(got), parts(want));
    let near = |(got, want): (&String, &String)| {
        let four_places = got.split_once('.').is_none_or(|(_, places)| places.len() == 4);
        let close = |got: f64, want: f64| (got - want).abs() <= 1.000001e-4 && got.abs() < 1e9;
        got == want
            || four_places
                && got != "-0.0000"
                && got.parse::<f64>().is_ok_and(|got| want.parse().is_ok_and(|want: f64| close(got, want)))
    };
    got.len() == want.len() && got.iter().zip(&want).all(near)
}

const STEPS: &str = "As in the table: for each key one score, then for each key one quotient, and so on.";

fn steps_are_right(asked: &Asked, look: &str) -> Verdict {
    let (explanation, want) = (explained(asked)?, outline(asked));
    equal("the number of steps", explanation.steps.len(), want.len(), look)?;
    let numbers = written(asked, &explanation);
    for (i, (step, (name, formula))) in explanation.steps.iter().zip(&want).enumerate() {
        equal(&format!("step {i}"), [&step.name, &step.formula], [name, formula], look)?;
        let look = "The numbers of the formula, in the order of the features or keys, with four decimals.";
        if !reads_the_same(&step.numbers, &numbers[i]) {
            equal(&format!("the numbers put into {name}"), &step.numbers, &numbers[i], look)?;
        }
        equal(&format!("how many numbers {name} has"), step.result.len(), 1, "One number per step.")?;
    }
    Ok(())
}

const EXACT: &str = "Compute with the exact numbers, not with the rounded ones of the text.";

/// The results, with their bounds.
fn results_are_right(asked: &Asked, look: &str) -> Verdict {
    let explanation = explained(asked)?;
    equal("the number of steps", explanation.steps.len(), outline(asked).len(), "As in the table.")?;
    let (d, m, w) = (asked.query.len(), asked.keys.rows(), asked.values.cols());
    let query = Matrix::from_fn(1, d, |_, c| asked.query[c]);
    let (y, a) = attend(&exact(&query), &exact(&asked.keys), &exact(&asked.values), &Matrix::zeros(1, m));
    let result = |step: usize| explanation.steps[step].result.first().copied().unwrap_or(f64::NAN);
    let (root, mut largest) = ((d as f64).sqrt(), f64::NEG_INFINITY);
    let named = |name: &str, step: usize, want: f64, slack: f64| {
        close(&format!("result of {name}"), result(step), want, slack, look)
    };
    for j in 0..m {
        let products = || (0..d).map(|c| asked.query[c] * asked.keys[(j, c)]);
        let (score, size) = (products().sum::<f64>(), products().map(f64::abs).sum());
        named(&format!("score {j}"), j, score, rounding(2 * d + 8, size))?;
        let slack = rounding(2 * d + 16, size / root);
        named(&format!("scaled {j}"), m + j, result(j) / root, slack)?;
        largest = result(m + j).max(largest);
    }
    named("largest", 2 * m, largest, 0.0)?;
    let mut sum = 0.0;
    for j in 0..m {
        let z = result(m + j) - largest;
        named(&format!("exp {j}"), 2 * m + 1 + j, z.exp(), rounding(8, z.exp()))?;
        sum += z.exp();
    }
    named("sum", 3 * m + 1, sum, rounding(2 * m + 16, sum))?;
    for j in 0..m {
        named(&format!("weight {j}"), 3 * m + 2 + j, a.value[(0, j)], a.slack[(0, j)])?;
    }
    (0..w).try_for_each(|c| named(&format!("y[{c}]"), 4 * m + 2 + c, y.value[(0, c)], y.slack[(0, c)]))
}

#[test]
fn steps_have_names_formulas_and_numbers() {
    for_all(NAMES, few()).cases(128).holds(|asked| steps_are_right(asked, STEPS));
}

#[test]
fn results_are_not_rounded() {
    for_all(NAMES, few()).cases(128).holds(|asked| results_are_right(asked, EXACT));
}

#[test]
fn title_counts_the_keys() {
    for_all(NAMES, few()).cases(32).holds(|asked| {
        let m = asked.keys.rows();
        let keys = if m == 1 { "1 key".to_owned() } else { format!("{m} keys") };
        equal(
            "title",
            explained(asked)?.title,
            format!("Attention of one query to {keys}"),
            "As the page says.",
        )
    });
}

#[test]
fn explains_a_query_with_three_keys() {
    example(|| {
        let asked = Asked {
            query: vec![1.0, 0.5],
            keys: Matrix::from_rows([[2.0, -1.0], [0.0, 1.0], [-1.5, 0.25]]),
            values: Matrix::from_rows([[4.0, 0.0], [8.0, 1.0], [-2.0, -0.5]]),
        };
        let look = "The other laws of this kata say which step should hold what: look at those first.";
        reads_as("x4_attention/figures/explain_attention", &explained(&asked)?.to_string(), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::figures::explain_attention;
        use kit::Matrix;
        let (keys, values) = (Matrix::from_rows([[3.0], [3.0]]), Matrix::from_rows([[1.0], [5.0]]));
        let explanation = explain_attention(&[2.0], &keys, &values)?;
        assert_eq!(explanation.result("score 1"), Some(&[6.0][..]));
        assert_eq!(explanation.result("weight 0"), Some(&[0.5][..]));
        assert_eq!(explanation.result("y[0]"), Some(&[3.0][..]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn explains_any_number_of_features_keys_and_columns() {
        let inputs = (any::sizes([1..=4, 1..=4, 1..=3], [301, 301, 301]), select(vec![0.125, 1.0, 0.001]))
            .prop_flat_map(|(sizes, unit)| asked(sizes, [Numbers::Eighths; 2], unit));
        for_all(NAMES, inputs).cases(64).holds(|asked| {
            steps_are_right(asked, STEPS)?;
            results_are_right(asked, EXACT)
        });
    }

    #[test]
    fn is_right_for_numbers_of_any_magnitude() {
        let inputs = (any::sizes([1..=4, 1..=4, 1..=3], [65, 65, 65]), any::kinds())
            .prop_flat_map(|(sizes, kinds)| asked(sizes, kinds, 1.0));
        for_all(NAMES, inputs).cases(64).holds(|asked| results_are_right(asked, EXACT));
    }

    /// Features, keys, columns of the values.
    fn sizes() -> impl Strategy<Value = [usize; 3]> + Send + Sync + Clone {
        any::part(any::sizes([1..=4, 1..=4, 1..=3], [301, 301, 151]))
    }

    fn row(d: usize) -> Vec<f64> {
        counting(1, d).as_slice().to_vec()
    }

    #[test]
    fn rejects_other_shapes_and_nothing() {
        for_all("d, m, w, [a, b]", (sizes(), any::unequal_lengths(301))).cases(48).holds(
            |&([d, m, w], [a, b])| {
                let ask = |d: usize, keys: (usize, usize), values: (usize, usize)| {
                    explain_attention(&row(d), &counting(keys.0, keys.1), &counting(values.0, values.1))
                };
                rejected(
                    CALL,
                    ask(a, (m, b), (m, w)),
                    shapes((1, a), (m, b)),
                    "Keys are as wide as the query.",
                )?;
                rejected(
                    CALL,
                    ask(d, (a, d), (b, w)),
                    shapes((a, d), (b, w)),
                    "There is one value per key.",
                )?;
                let look = "At least one feature, one key, and one column of values.";
                rejected(CALL, ask(0, (m, 0), (m, w)), NOTHING, look)?;
                rejected(CALL, ask(d, (0, d), (0, w)), NOTHING, look)?;
                rejected(CALL, ask(d, (m, d), (m, 0)), NOTHING, look)
            },
        );
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let places = sizes().prop_flat_map(|[d, m, w]| (Just([d, m, w]), [d, m, w].map(any::place)));
        for_all("sizes, places, bad, large", (places, any::not_finite(), too_large())).cases(64).holds(
            |&(([d, m, w], [c, j, e]), bad, large)| {
                for got in [bad, large] {
                    let want = |name, index| reasons(name, index, got);
                    let of_query = wrong([1, d], [0, c], got).as_slice().to_vec();
                    let answer = explain_attention(&of_query, &counting(m, d), &counting(m, w));
                    rejected_for(CALL, answer, &want("query", c), ALL_NUMBERS)?;
                    let answer = explain_attention(&row(d), &wrong([m, d], [j, c], got), &counting(m, w));
                    rejected_for(CALL, answer, &want("keys", j * d + c), ALL_NUMBERS)?;
                    let answer = explain_attention(&row(d), &counting(m, d), &wrong([m, w], [j, e], got));
                    rejected_for(CALL, answer, &want("values", j * w + e), ALL_NUMBERS)?;
                }
                Ok(())
            },
        );
    }
}
