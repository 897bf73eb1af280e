use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table};

use crate::reference::m10_pipeline::cleaning as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Slip, cleaned, column, filled, gaps, in_range, is_same, is_too_empty, sorted_out};

type Ranges<'a> = &'a [(String, [f64; 2])];

type Cleaned = Result<(Table, Cleaning), InputError>;

type Clean = fn(&Table, &str, Ranges) -> Cleaned;

/// The kata, answered by a specimen.
pub fn clean(table: &Table, target: &str, ranges: Ranges) -> Cleaned {
    answering::<Clean>(
        module_path!(),
        reference::clean,
        &[
            wheat(
                "row_by_row",
                "takes every decision for a row before it goes to the next",
                |table, target, ranges| cleaned(table, target, ranges, Slip::None),
            ),
            wheat("in_passes", "one table after each decision, compared in size", |table, target, ranges| {
                reference::clean(table, target, ranges)?;
                let known = filled(table, target);
                let mut counts = Cleaning { came: table.rows(), ..Cleaning::default() };
                let mut now = table.select(&known);
                counts.without_target = counts.came - now.rows();
                counts.out_of_range = in_range(&mut now, ranges, |low, x, high| (low..=high).contains(&x));
                let full = now
                    .select(&(0..now.rows()).filter(|&i| !is_too_empty(&now, target, i)).collect::<Vec<_>>());
                counts.too_empty = now.rows() - full.rows();
                let first = |i: &usize| (0..*i).all(|k| !is_same(&full, k, *i, &[]));
                let kept = full.select(&(0..full.rows()).filter(first).collect::<Vec<_>>());
                counts.repeated = full.rows() - kept.rows();
                counts.kept = kept.rows();
                counts.gaps = (0..kept.rows()).map(|i| gaps(&kept, target, i)).sum();
                Ok((kept, counts))
            }),
            chaff(
                "every_missing_value_drops_the_row",
                "A row with a missing value is dropped.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::EveryGapDrops),
            ),
            chaff(
                "half_is_too_much",
                "A row with exactly half of its features missing is dropped.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::HalfIsTooMuch),
            ),
            chaff(
                "target_counts_as_feature",
                "The target counts as one of the features.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::TargetIsAFeature),
            ),
            chaff(
                "out_of_range_drops_the_row",
                "A row with a number out of range is dropped.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::RangeDrops),
            ),
            chaff("clamped", "A number out of range is clipped to the range.", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::Clamped)
            }),
            chaff("ends_outside", "The ends of a range are outside of it.", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::EndsOutside)
            }),
            chaff(
                "ranges_last",
                "Missing features are counted before numbers out of range become missing.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::RangesLast),
            ),
            chaff(
                "repeated_neighbors_only",
                "Only adjacent duplicate rows are found.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::NeighborsOnly),
            ),
            chaff(
                "repeated_without_class",
                "Rows with the same features are duplicates, whatever their class.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::ClassIgnored),
            ),
            chaff(
                "missing_values_differ",
                "Two missing values are not equal (as NaN ≠ NaN).",
                |table, target, ranges| cleaned(table, target, ranges, Slip::GapsDiffer),
            ),
            chaff(
                "missing_is_zero",
                "A missing value equals 0 when rows are compared.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::GapIsZero),
            ),
            chaff(
                "missing_is_the_word_na",
                "A missing value equals the word NA when rows are compared.",
                |table, target, ranges| cleaned(table, target, ranges, Slip::GapIsNa),
            ),
            chaff("case_ignored", "Words that differ only in case are equal.", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::CaseIgnored)
            }),
            chaff(
                "bits_compared",
                "Equal numbers have equal bits (0 and −0 differ).",
                |table, target, ranges| cleaned(table, target, ranges, Slip::BitsCompared),
            ),
            chaff("missing_targets_kept", "Rows with a missing target are kept.", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::TargetGapsKept)
            }),
            chaff(
                "all_reasons_counted",
                "A dropped row is counted for each reason that applies.",
                |table, target, ranges| {
                    let (kept, mut counts) = reference::clean(table, target, ranges)?;
                    let without = (0..table.rows()).filter(|&i| column(table, target).is_gap(i));
                    counts.too_empty += without.filter(|&i| is_too_empty(table, target, i)).count();
                    Ok((kept, counts))
                },
            ),
            chaff(
                "imputed_with_zero",
                "Missing values are imputed with 0 during cleaning.",
                |table, target, ranges| {
                    let (mut kept, counts) = reference::clean(table, target, ranges)?;
                    for column in &mut kept.columns {
                        if let Cells::Numbers(cells) = &mut column.cells {
                            cells.iter_mut().for_each(|cell| *cell = cell.or(Some(0.0)));
                        }
                    }
                    Ok((kept, counts))
                },
            ),
            chaff("sorted", "The rows may be returned in another order.", |table, target, ranges| {
                let (kept, counts) = reference::clean(table, target, ranges)?;
                let mut order: Vec<usize> = (0..kept.rows()).collect();
                order.sort_by_key(|&i| format!("{:?}", kept.select(&[i])));
                Ok((kept.select(&order), counts))
            }),
            chaff("nan_range_allowed", "A range with a NaN is valid.", |table, target, ranges| {
                if ranges.iter().any(|(_, [low, high])| low.is_nan() || high.is_nan()) {
                    return reference::clean(table, target, &[]);
                }
                reference::clean(table, target, ranges)
            }),
            chaff("first_range_only", "Only the first range of a column holds.", |table, target, ranges| {
                reference::clean(table, target, &ranges[..ranges.len().min(1)])
            }),
            chaff("left_as_it_is", "The data need no cleaning.", |table, target, ranges| {
                reference::clean(table, target, ranges)?;
                let came = table.rows();
                Ok((table.clone(), Cleaning { came, kept: came, ..Cleaning::default() }))
            }),
            chaff(
                "ranges_before_classes",
                "Numbers out of range are counted in rows without a target as well.",
                |table, target, ranges| {
                    let (kept, mut counts) = reference::clean(table, target, ranges)?;
                    let mut all = table.clone();
                    counts.out_of_range = in_range(&mut all, ranges, |low, x, high| low <= x && x <= high);
                    Ok((kept, counts))
                },
            ),
            wheat(
                "neighbors_after_sorting",
                "sorts rows by their contents, keeps the first of equal ones",
                sorted_out,
            ),
        ],
    )(table, target, ranges)
}
