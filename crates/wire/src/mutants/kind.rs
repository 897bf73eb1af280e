//! The ways in which a mutant is wrong.

/// Where a mutant touches the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On the way in.
    Arguments,
    /// On the way out.
    Answer,
    /// Neither: it is about calls that came before, or about the generator.
    Call,
}

/// One way in which a program is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MutantKind {
    /// Its name.
    pub name: &'static str,
    /// What such a program does, in one sentence.
    pub does: &'static str,
    /// What a kata must take or give for this kind to exist, as [`super::Hand`] notes it.
    pub needs: &'static str,
    /// Where it touches the values.
    pub side: Side,
}

const fn kind(name: &'static str, side: Side, needs: &'static str, does: &'static str) -> MutantKind {
    MutantKind { name, does, needs, side }
}

use Side::{Answer, Arguments, Call};

/// All kinds. `argument_ignored/2`, `cached_without/2` and the like come in addition, one for each argument.
pub const KINDS: [MutantKind; 45] = [
    kind("rows_beyond_16", Arguments, "axis 0", "It takes everything beyond the 16th entry or row as 0."),
    kind("rows_beyond_100", Arguments, "axis 0", "It takes everything beyond the 100th entry or row as 0."),
    kind("rows_beyond_250", Arguments, "axis 0", "It takes everything beyond the 250th entry or row as 0."),
    kind("columns_beyond_8", Arguments, "axis 1", "It takes everything beyond the 8th column as 0."),
    kind("columns_beyond_32", Arguments, "axis 1", "It takes everything beyond the 32nd column as 0."),
    kind("columns_beyond_60", Arguments, "axis 1", "It takes everything beyond the 60th column as 0."),
    kind(
        "depth_beyond_6",
        Arguments,
        "axis 2",
        "It takes everything beyond the 6th layer of the third axis as 0.",
    ),
    kind("last_row_dropped", Arguments, "axis 0", "It takes the last entry or row as 0."),
    kind("first_row_dropped", Arguments, "axis 0", "It takes the first entry or row as 0."),
    kind("last_column_dropped", Arguments, "axis 1", "It takes the last column as 0."),
    kind("first_column_dropped", Arguments, "axis 1", "It takes the first column as 0."),
    kind("single_precision", Arguments, "number", "It reads its numbers as f32."),
    kind("tiny_dropped", Arguments, "number", "It takes numbers below 1e-9 in size as 0."),
    kind("clipped", Arguments, "number", "It takes numbers above 1e6 in size as 1e6."),
    kind(
        "large_is_off",
        Arguments,
        "number",
        "It is wrong by a thousandth where an argument is above 1000 in size.",
    ),
    kind(
        "small_is_off",
        Arguments,
        "number",
        "It is wrong by a thousandth where all arguments are below 0.001 in size.",
    ),
    kind(
        "huge_is_off",
        Arguments,
        "number",
        "It is wrong by a thousandth where an argument is above 1e100 in size.",
    ),
    kind(
        "minute_is_off",
        Arguments,
        "number",
        "It is wrong by a thousandth where all arguments are below 1e-100 in size.",
    ),
    kind("nan_replaced", Arguments, "number", "It takes NaN as 0."),
    kind("infinity_replaced", Arguments, "number", "It takes an infinity as the largest finite number."),
    kind("count_clipped", Arguments, "scalar", "It takes a count above 50 as 50."),
    kind("second_call", Call, "answer", "It is wrong from the second call on."),
    kind("tenth_call", Call, "answer", "It is wrong from the tenth call on."),
    kind("repeated_input", Call, "answer", "It is wrong where an earlier call had the same arguments."),
    kind("previous_answer", Call, "answer", "It gives the answer of the call before."),
    kind("cached_by_lengths", Call, "several", "It keeps its answers by the lengths of the arguments."),
    kind(
        "cached_by_first",
        Call,
        "several",
        "It keeps its answers by the lengths of the arguments and the number that each begins with.",
    ),
    kind(
        "generator_ignored",
        Call,
        "generator",
        "It draws from a generator of its own and leaves the given one alone.",
    ),
    kind("generator_rewound", Call, "generator", "It leaves the generator where it was."),
    kind("generator_once", Call, "generator", "It leaves the generator one draw further, whatever it drew."),
    kind("clock", Call, "generator", "It draws from a generator that is seeded by the clock."),
    kind(
        "clock_beyond_100",
        Call,
        "generator",
        "It seeds by the clock where a count or a length is above 100.",
    ),
    kind("answer_single", Answer, "answer fraction", "It gives its numbers as f32."),
    kind("answer_tiny_dropped", Answer, "answer tiny", "It gives 0 for numbers below 1e-9 in size."),
    kind("answer_clipped", Answer, "answer large", "It gives 1e6 for numbers above that in size."),
    kind("answer_nan_replaced", Answer, "answer NaN", "It gives 0 for NaN."),
    kind(
        "answer_infinity_replaced",
        Answer,
        "answer infinity",
        "It gives the largest finite number for an infinity.",
    ),
    kind("answer_last_off", Answer, "answer axis 0", "It is wrong in the last entry or row of its answer."),
    kind("answer_first_off", Answer, "answer axis 0", "It is wrong in the first entry or row of its answer."),
    kind(
        "answer_beyond_16",
        Answer,
        "answer axis 0",
        "It is wrong beyond the 16th entry or row of its answer.",
    ),
    kind(
        "answer_columns_beyond_8",
        Answer,
        "answer axis 1",
        "It is wrong beyond the 8th column of its answer.",
    ),
    kind(
        "answer_beyond_100",
        Answer,
        "answer axis 0",
        "It is wrong beyond the 100th entry or row of its answer.",
    ),
    kind(
        "answer_beyond_250",
        Answer,
        "answer axis 0",
        "It is wrong beyond the 250th entry or row of its answer.",
    ),
    kind(
        "answer_columns_beyond_60",
        Answer,
        "answer axis 1",
        "It is wrong beyond the 60th column of its answer.",
    ),
    kind("reason_number_off", Answer, "reason number", "It gives reasons whose numbers are too large by 1."),
];

impl MutantKind {
    /// The kind of this name; `argument_ignored/2` and `cached_without/2` stand for all of their families.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        if name.starts_with("argument_ignored/") {
            let does = "It takes the same value for this argument in every call.";
            return Some(kind("argument_ignored", Call, "argument", does));
        }
        if name.starts_with("cached_without/") {
            let does = "It keeps its answers by the other arguments.";
            return Some(kind("cached_without", Call, "argument", does));
        }
        KINDS.iter().find(|kind| kind.name == name).copied()
    }
}
