use judge::{Answer, any, equal, for_all, rejected};
use katas::x4_attention::gpt::{GptSettings, parameter_count};
use proptest::prelude::*;

use super::super::variables::of_gpt;
use super::given::{any_size, wrong};

const CALL: &str = "parameter_count(settings)";

/// V, C, h, d/h and L, of which one or all are large.
fn sizes() -> impl Strategy<Value = [usize; 5]> + Send + Sync + Clone {
    any::sizes([1..=9, 1..=9, 1..=4, 1..=4, 1..=4], [60_000, 4097, 129, 257, 151])
}

fn of([vocabulary, context, heads, size, layers]: [usize; 5]) -> GptSettings {
    GptSettings { vocabulary, context, width: heads * size, heads, layers }
}

#[test]
fn counts_the_numbers_of_all_variables() {
    for_all("settings, batch, T, seed", any_size()).cases(64).holds(|given| {
        let got = parameter_count(&given.settings).accepted(CALL)?;
        let want: usize =
            of_gpt(&given.settings).iter().map(|(_, shape)| shape.iter().product::<usize>()).sum();
        let look = "Two tables, 12·d² + 13·d for each block, γ and β, and the output layer with its bias.";
        equal(CALL, got, want, look)
    });
}

#[test]
fn a_block_more_adds_its_weights() {
    for_all("V, C, h, d/h, L", sizes()).holds(|&sizes| {
        let settings = of(sizes);
        let count = |layers| parameter_count(&GptSettings { layers, ..settings }).accepted(CALL);
        let d = settings.width;
        let look = "Four d×d matrices in attention and two of 4d² in the MLP, each with a bias per output; \
            and two layer normalizations.";
        let more = count(settings.layers + 1)? - count(settings.layers)?;
        equal("a block more", more, 12 * d * d + 13 * d, look)
    });
}

#[test]
fn a_token_more_adds_a_row_of_each_table_and_a_bias() {
    for_all("V, C, h, d/h, L", sizes()).holds(|&sizes| {
        let settings = of(sizes);
        let count = |settings: GptSettings| parameter_count(&settings).accepted(CALL);
        let (now, d) = (count(settings)?, settings.width);
        let more = count(GptSettings { vocabulary: settings.vocabulary + 1, ..settings })?;
        let look =
            "A token has a row of d numbers in the token table, another one in the output layer, and a bias.";
        equal("a token more", more - now, 2 * d + 1, look)?;
        let longer = count(GptSettings { context: settings.context + 1, ..settings })?;
        equal(
            "a position more",
            longer - now,
            d,
            "A position has a row of d numbers in the table of positions.",
        )
    });
}

#[test]
fn the_number_of_heads_does_not_matter() {
    for_all("V, C, h, d/h, L", sizes()).holds(|&sizes| {
        let settings = of(sizes);
        let count = |heads| parameter_count(&GptSettings { heads, ..settings }).accepted(CALL);
        let look = "The heads share the d columns of W_q, W_k and W_v.";
        equal("with one head", count(1)?, count(settings.heads)?, look)?;
        equal("with d heads", count(settings.width)?, count(settings.heads)?, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::gpt::{GptSettings, parameter_count};
        let gpt2 = GptSettings { vocabulary: 50_257, context: 1024, width: 768, heads: 12, layers: 12 };
        assert_eq!(parameter_count(&gpt2), Ok(163_087_441));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_exact_as_long_as_it_fits_into_usize() {
        let wide = any::part(1_usize << 20..1 << 26);
        for_all("d, V, L", (wide, 1..=1_000_000_usize, 1..=200_usize)).holds(
            |&(width, vocabulary, layers)| {
                let settings = GptSettings { vocabulary, context: 7, width, heads: 1, layers };
                let want = (vocabulary + 7) * width
                    + layers * (12 * width + 13) * width
                    + 2 * width
                    + (width + 1) * vocabulary;
                let look = "Whole numbers: f64 is exact only to 2⁵³.";
                equal(CALL, parameter_count(&settings).accepted(CALL)?, want, look)
            },
        );
    }

    #[test]
    fn rejects_invalid_settings() {
        for_all("V, C, h, d/h, L, way", (sizes(), 0..6_usize)).holds(|&(sizes, way)| {
            let (settings, want) = wrong(&of(sizes), way);
            let look = "All sizes are at least 1, and the heads divide the width.";
            rejected(&format!("parameter_count({settings:?})"), parameter_count(&settings), want, look)
        });
    }
}
