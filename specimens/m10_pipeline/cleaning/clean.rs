use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::cleaning as reference;

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
                "takes every decision for a row before it looks at the next",
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
            chaff("every_gap_drops_the_row", "a row with a gap is useless", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::EveryGapDrops)
            }),
            chaff("half_is_too_much", "a row that is half empty is too empty", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::HalfIsTooMuch)
            }),
            chaff(
                "target_counts_as_feature",
                "the target is a column like any other",
                |table, target, ranges| cleaned(table, target, ranges, Slip::TargetIsAFeature),
            ),
            chaff(
                "out_of_range_drops_the_row",
                "a row with a number that cannot be true is not true",
                |table, target, ranges| cleaned(table, target, ranges, Slip::RangeDrops),
            ),
            chaff(
                "clamped",
                "a number that is too large is as large as possible",
                |table, target, ranges| cleaned(table, target, ranges, Slip::Clamped),
            ),
            chaff("ends_outside", "a range does not include its ends", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::EndsOutside)
            }),
            chaff(
                "ranges_last",
                "what is nearly empty is seen in the file as it came",
                |table, target, ranges| cleaned(table, target, ranges, Slip::RangesLast),
            ),
            chaff("repeated_neighbors_only", "equal rows stand together", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::NeighborsOnly)
            }),
            chaff(
                "repeated_without_class",
                "rows with the same features are the same",
                |table, target, ranges| cleaned(table, target, ranges, Slip::ClassIgnored),
            ),
            chaff(
                "gaps_differ",
                "a gap may be anything, so two gaps are not the same",
                |table, target, ranges| cleaned(table, target, ranges, Slip::GapsDiffer),
            ),
            chaff("gap_is_zero", "a gap says as much as 0", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::GapIsZero)
            }),
            chaff(
                "gap_is_na",
                "rows are the same if they are written alike, gaps as NA",
                |table, target, ranges| cleaned(table, target, ranges, Slip::GapIsNa),
            ),
            chaff("case_ignored", "Red is red", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::CaseIgnored)
            }),
            chaff(
                "bits_compared",
                "numbers are the same if they are written alike",
                |table, target, ranges| cleaned(table, target, ranges, Slip::BitsCompared),
            ),
            chaff(
                "target_gaps_kept",
                "a row without a class still has its features",
                |table, target, ranges| cleaned(table, target, ranges, Slip::TargetGapsKept),
            ),
            chaff(
                "all_reasons_counted",
                "a row is counted for each reason that applies",
                |table, target, ranges| {
                    let (kept, mut counts) = reference::clean(table, target, ranges)?;
                    let without = (0..table.rows()).filter(|&i| column(table, target).is_gap(i));
                    counts.too_empty += without.filter(|&i| is_too_empty(table, target, i)).count();
                    Ok((kept, counts))
                },
            ),
            chaff("gaps_filled_with_zero", "a gap is nothing, and nothing is 0", |table, target, ranges| {
                let (mut kept, counts) = reference::clean(table, target, ranges)?;
                for column in &mut kept.columns {
                    if let Cells::Numbers(cells) = &mut column.cells {
                        cells.iter_mut().for_each(|cell| *cell = cell.or(Some(0.0)));
                    }
                }
                Ok((kept, counts))
            }),
            chaff("sorted", "order says nothing, so rows may be sorted", |table, target, ranges| {
                let (kept, counts) = reference::clean(table, target, ranges)?;
                let mut order: Vec<usize> = (0..kept.rows()).collect();
                order.sort_by_key(|&i| format!("{:?}", kept.select(&[i])));
                Ok((kept.select(&order), counts))
            }),
            chaff(
                "nan_range_allowed",
                "a range is upside down if low is greater than high",
                |table, target, ranges| {
                    if ranges.iter().any(|(_, [low, high])| low.is_nan() || high.is_nan()) {
                        return reference::clean(table, target, &[]);
                    }
                    reference::clean(table, target, ranges)
                },
            ),
            chaff("first_range_only", "a column has one range", |table, target, ranges| {
                reference::clean(table, target, &ranges[..ranges.len().min(1)])
            }),
            chaff("left_as_it_is", "the data are clean", |table, target, ranges| {
                reference::clean(table, target, ranges)?;
                let came = table.rows();
                Ok((table.clone(), Cleaning { came, kept: came, ..Cleaning::default() }))
            }),
            chaff(
                "ranges_before_classes",
                "what cannot be true is counted in every row",
                |table, target, ranges| {
                    let (kept, mut counts) = reference::clean(table, target, ranges)?;
                    let mut all = table.clone();
                    counts.out_of_range = in_range(&mut all, ranges, |low, x, high| low <= x && x <= high);
                    Ok((kept, counts))
                },
            ),
            chaff("range_by_range", "each range is looked at in turn", |table, target, ranges| {
                table.words(target)?;
                for (column, [low, high]) in ranges {
                    table.numbers(column)?;
                    check::in_range("low", *low, low <= high, "at most high")?;
                }
                reference::clean(table, target, ranges)
            }),
            chaff(
                "ranges_before_target",
                "ranges are looked at before the target",
                |table, target, ranges| {
                    for (column, _) in ranges {
                        table.numbers(column)?;
                    }
                    reference::clean(table, target, ranges)
                },
            ),
            wheat(
                "neighbors_after_sorting",
                "rows sorted by what they say, of equal ones the first by number",
                sorted_out,
            ),
        ],
    )(table, target, ranges)
}
