use kit::{InputError, Matrix, check};

use super::super::altered::{clipped, each, last, nan_as_zero, single, sized, turned};
use super::super::attending::{Plan, RIGHT, by_logarithm, plain, product};
use crate::reference::x4_attention::attention as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::AttentionWeights;

type Attended = Result<Matrix, InputError>;
type MultiHead = fn(&Matrix, &AttentionWeights, usize, &Matrix) -> Attended;

/// How the features are split.
#[derive(Clone, Copy)]
struct Heads {
    /// Column c of head h of H, where heads are w columns wide.
    column: fn(usize, usize, usize, usize) -> usize,
    plan: Plan,
}

const NEIGHBORS: Heads = Heads { column: |h, c, _, width| h * width + c, plan: RIGHT };

/// The kata, answered by a specimen.
pub fn multi_head_attention(
    x: &Matrix,
    weights: &AttentionWeights,
    heads: usize,
    mask: &Matrix,
) -> Result<Matrix, InputError> {
    answering::<MultiHead>(
        module_path!(),
        reference::multi_head_attention,
        &[
            wheat(
                "head_by_head",
                "projects for each head by itself and adds up its outputs",
                |x, w, heads, m| {
                    reference::multi_head_attention(x, w, heads, m)?;
                    let (d, width) = (x.cols(), x.cols() / heads);
                    let mut y = Matrix::zeros(x.rows(), d);
                    for head in 0..heads {
                        let own = |of: &Matrix| Matrix::from_fn(d, width, |i, c| of[(i, head * width + c)]);
                        let [q, k, v] = [&w.query, &w.key, &w.value].map(|of| product(x, &own(of)));
                        let rows = Matrix::from_fn(width, d, |c, j| w.output[(head * width + c, j)]);
                        let part = product(&RIGHT.attend(&q, &k, &v, m).0, &rows);
                        y = Matrix::from_fn(x.rows(), d, |i, j| y[(i, j)] + part[(i, j)]);
                    }
                    Ok(y)
                },
            ),
            wheat("by_logarithm", "takes the logarithm of the sum from the scores", |x, w, heads, m| {
                let plan = Plan { softmax: by_logarithm, ..RIGHT };
                split(x, w, heads, m, Heads { plan, ..NEIGHBORS })
            }),
            wheat(
                "ranges_first",
                "asks for the size first: what is infinite is too large",
                |x, w, heads, m| {
                    let AttentionWeights { query, key, value, output } = w;
                    for (name, of) in
                        [("x", x), ("query", query), ("key", key), ("value", value), ("output", output)]
                    {
                        sized(name, of.as_slice())?;
                    }
                    sized("mask", each(m, |x| if x == f64::NEG_INFINITY { 0.0 } else { x }).as_slice())?;
                    reference::multi_head_attention(x, w, heads, m)
                },
            ),
            chaff("scale_of_the_model", "The scores are divided by √d.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let root = (heads as f64).sqrt();
                let query = each(&w.query, |entry| entry / root);
                split(x, &AttentionWeights { query, ..w.clone() }, heads, m, NEIGHBORS)
            }),
            chaff("no_scale", "The scores are the scalar products.", |x, w, heads, m| {
                let plan = Plan { scale: |_, _| 1.0, ..RIGHT };
                split(x, w, heads, m, Heads { plan, ..NEIGHBORS })
            }),
            chaff("interleaved", "Head h has every H-th column.", |x, w, heads, m| {
                split(x, w, heads, m, Heads { column: |h, c, heads, _| c * heads + h, ..NEIGHBORS })
            }),
            chaff("one_head", "The heads are one large head.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                reference::multi_head_attention(x, w, 1, m)
            }),
            chaff("all_features", "Each head sees all features.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let root = (heads as f64).sqrt();
                let query = each(&w.query, |entry| entry * root);
                reference::multi_head_attention(x, &AttentionWeights { query, ..w.clone() }, 1, m)
            }),
            chaff(
                "transposed_weights",
                "A weight matrix has one row per output: x·Wᵀ.",
                |x, w, heads, m| {
                    reference::multi_head_attention(x, w, heads, m)?;
                    let AttentionWeights { query, key, value, output } = w;
                    let [query, key, value, output] = [query, key, value, output].map(turned);
                    reference::multi_head_attention(
                        x,
                        &AttentionWeights { query, key, value, output },
                        heads,
                        m,
                    )
                },
            ),
            chaff("no_output_matrix", "The outputs of the heads are the output.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let output = one(x.cols());
                reference::multi_head_attention(x, &AttentionWeights { output, ..w.clone() }, heads, m)
            }),
            chaff("x_as_values", "The values are the tokens themselves.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let value = one(x.cols());
                reference::multi_head_attention(x, &AttentionWeights { value, ..w.clone() }, heads, m)
            }),
            chaff("query_and_key_exchanged", "Queries and keys may be exchanged.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let (query, key) = (w.key.clone(), w.query.clone());
                let exchanged = AttentionWeights { query, key, ..w.clone() };
                split(x, &exchanged, heads, m, NEIGHBORS)
            }),
            chaff("key_and_value_exchanged", "Keys and values may be exchanged.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let (value, key) = (w.key.clone(), w.value.clone());
                split(x, &AttentionWeights { value, key, ..w.clone() }, heads, m, NEIGHBORS)
            }),
            chaff("residual", "The tokens are added to the output.", |x, w, heads, m| {
                let y = reference::multi_head_attention(x, w, heads, m)?;
                Ok(Matrix::from_fn(x.rows(), x.cols(), |i, j| y[(i, j)] + x[(i, j)]))
            }),
            chaff("mean_of_the_heads", "The output is the mean of what the heads add.", |x, w, heads, m| {
                let y = reference::multi_head_attention(x, w, heads, m)?;
                Ok(each(&y, |y| y / heads as f64))
            }),
            chaff("first_head_masked", "The mask is for the first head.", |x, w, heads, m| {
                let first = reference::multi_head_attention(x, w, heads, m)?;
                if heads == 1 {
                    return Ok(first);
                }
                let (d, width) = (x.cols(), x.cols() / heads);
                let keep = |of: &Matrix, is_first: bool| {
                    Matrix::from_fn(d, d, |i, j| if (i < width) == is_first { of[(i, j)] } else { 0.0 })
                };
                let with = |output: Matrix| AttentionWeights { output, ..w.clone() };
                let a = split(x, &with(keep(&w.output, true)), heads, m, NEIGHBORS)?;
                let b = split(
                    x,
                    &with(keep(&w.output, false)),
                    heads,
                    &Matrix::zeros(m.rows(), m.cols()),
                    NEIGHBORS,
                )?;
                Ok(Matrix::from_fn(x.rows(), d, |i, j| a[(i, j)] + b[(i, j)]))
            }),
            chaff("mask_ignored", "The mask is for training only.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                reference::multi_head_attention(x, w, heads, &Matrix::zeros(x.rows(), x.rows()))
            }),
            chaff("overflowing", "The exponential of a score is finite.", |x, w, heads, m| {
                let plan = Plan { softmax: plain, ..RIGHT };
                split(x, w, heads, m, Heads { plan, ..NEIGHBORS })
            }),
            chaff("last_head_left_out", "Heads are numbered up to H − 2.", |x, w, heads, m| {
                let y = reference::multi_head_attention(x, w, heads, m)?;
                if heads == 1 {
                    return Ok(y);
                }
                let last = x.cols() - x.cols() / heads;
                let output =
                    Matrix::from_fn(x.cols(), x.cols(), |i, j| if i < last { w.output[(i, j)] } else { 0.0 });
                reference::multi_head_attention(x, &AttentionWeights { output, ..w.clone() }, heads, m)
            }),
            chaff("heads_reversed", "The last head comes first.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                let (d, width) = (x.cols(), x.cols() / heads);
                let from = |i: usize| (heads - 1 - i / width) * width + i % width;
                let output = Matrix::from_fn(d, d, |i, j| w.output[(from(i), j)]);
                reference::multi_head_attention(x, &AttentionWeights { output, ..w.clone() }, heads, m)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                split(&each(x, single), w, heads, m, NEIGHBORS)
            }),
            chaff("features_left_over", "Features that are left over are not used.", |x, w, heads, m| {
                let fits = heads == 0 || x.cols() % heads == 0 || x.cols() < heads;
                reference::multi_head_attention(x, w, if fits { heads } else { 1 }, m)
            }),
            chaff("at_most_d_heads", "More heads than features are d heads.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads.min(x.cols()), m)
            }),
            chaff("a_head_at_least", "No head is one head.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads.max(1), m)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, w, heads, m| {
                reference::multi_head_attention(&each(x, nan_as_zero), w, heads, m)
            }),
            chaff("any_size", "The product of two numbers is finite.", |x, w, heads, m| {
                check::finite("x", x.as_slice())?;
                reference::multi_head_attention(&each(x, clipped), w, heads, m)
            }),
            chaff("output_unchecked", "The last matrix may hold anything.", |x, w, heads, m| {
                let output = each(&w.output, |entry| clipped(nan_as_zero(entry)));
                reference::multi_head_attention(x, &AttentionWeights { output, ..w.clone() }, heads, m)
            }),
            chaff("small_projections", "Queries are not larger than tokens may be.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)?;
                for (name, of) in [("query", &w.query), ("key", &w.key), ("value", &w.value)] {
                    sized(name, product(x, of).as_slice())?;
                }
                reference::multi_head_attention(x, w, heads, m)
            }),
            chaff("last_reported", "The last wrong number is reported.", |x, w, heads, m| {
                reference::multi_head_attention(x, w, heads, m)
                    .map_err(|error| last(error, "x", x.as_slice()))
            }),
            chaff("empty", "Without tokens the output is empty.", |x, w, heads, m| {
                if x.rows() == 0 { Ok(x.clone()) } else { reference::multi_head_attention(x, w, heads, m) }
            }),
        ],
    )(x, weights, heads, mask)
}

fn one(d: usize) -> Matrix {
    Matrix::from_fn(d, d, |i, j| if i == j { 1.0 } else { 0.0 })
}

fn split(x: &Matrix, w: &AttentionWeights, heads: usize, mask: &Matrix, how: Heads) -> Attended {
    reference::multi_head_attention(x, w, heads, mask)?;
    let (n, d) = x.shape();
    let width = d / heads;
    let [q, k, v] = [&w.query, &w.key, &w.value].map(|of| product(x, of));
    let mut joined = Matrix::zeros(n, d);
    for head in 0..heads {
        let column = |c: usize| (how.column)(head, c, heads, width);
        let part = |of: &Matrix| Matrix::from_fn(n, width, |i, c| of[(i, column(c))]);
        let (y, _) = how.plan.attend(&part(&q), &part(&k), &part(&v), mask);
        for (i, c) in (0..n).flat_map(|i| (0..width).map(move |c| (i, c))) {
            joined[(i, column(c))] = y[(i, c)];
        }
    }
    Ok(product(&joined, &w.output))
}
