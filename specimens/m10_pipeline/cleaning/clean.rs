use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m10_pipeline::cleaning as reference;

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
            chaff("repeated_neighbours_only", "equal rows stand together", |table, target, ranges| {
                cleaned(table, target, ranges, Slip::NeighboursOnly)
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
                    if low > high || low.is_nan() || high.is_nan() {
                        return Err(InputError::OutOfRange {
                            name: "low",
                            got: *low,
                            wanted: "at most high",
                        });
                    }
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
                "neighbours_after_sorting",
                "rows sorted by what they say, of equal ones the first by number",
                sorted_out,
            ),
        ],
    )(table, target, ranges)
}

#[derive(Clone, Copy, PartialEq)]
enum Slip {
    None,
    EveryGapDrops,
    HalfIsTooMuch,
    TargetIsAFeature,
    RangeDrops,
    Clamped,
    EndsOutside,
    RangesLast,
    NeighboursOnly,
    ClassIgnored,
    GapsDiffer,
    BitsCompared,
    GapIsZero,
    GapIsNa,
    CaseIgnored,
    TargetGapsKept,
}

fn cleaned(table: &Table, target: &str, ranges: Ranges, slip: Slip) -> Cleaned {
    reference::clean(table, target, ranges)?;
    let mut counts = Cleaning { came: table.rows(), ..Cleaning::default() };
    let mut believed = table.clone();
    let known = filled(table, target);
    if slip == Slip::Clamped {
        clamp(&mut believed, ranges);
    }
    let inside: fn(f64, f64, f64) -> bool = if slip == Slip::EndsOutside {
        |low, x, high| low < x && x < high
    } else {
        |low, x, high| low <= x && x <= high
    };
    in_range(&mut believed, ranges, inside);
    let changed = |i: usize| gaps(&believed, target, i) - gaps(table, target, i);
    let compared = as_compared(&believed, slip);
    let mut kept: Vec<usize> = Vec::new();
    for i in 0..table.rows() {
        let judged = if slip == Slip::RangesLast { table } else { &believed };
        let (width, empty) = (table.columns.len() - 1, gaps(judged, target, i));
        let too_empty = match slip {
            Slip::EveryGapDrops => empty > 0,
            Slip::HalfIsTooMuch => 2 * empty >= width && width > 0,
            Slip::TargetIsAFeature => 2 * empty > width + 1,
            Slip::RangeDrops => 2 * empty > width || changed(i) > 0,
            _ => 2 * empty > width,
        };
        let skipped: &[&str] = if slip == Slip::ClassIgnored { &[target] } else { &[] };
        let same = |k: &usize| match slip {
            Slip::GapsDiffer => gaps(&believed, target, i) == 0 && is_same(&believed, *k, i, skipped),
            Slip::BitsCompared => shown(&believed, *k) == shown(&believed, i),
            _ => is_same(&compared, *k, i, skipped),
        };
        if !known.contains(&i) && slip != Slip::TargetGapsKept {
            counts.without_target += 1;
            continue;
        }
        counts.out_of_range += changed(i);
        if too_empty {
            counts.too_empty += 1;
        } else if if slip == Slip::NeighboursOnly {
            kept.last().is_some_and(same)
        } else {
            kept.iter().any(same)
        } {
            counts.repeated += 1;
        } else {
            counts.gaps += gaps(&believed, target, i);
            kept.push(i);
        }
    }
    counts.kept = kept.len();
    Ok((believed.select(&kept), counts))
}

/// The table with whatever is held to be the same made the same.
fn as_compared(table: &Table, slip: Slip) -> Table {
    let mut table = table.clone();
    for column in &mut table.columns {
        match &mut column.cells {
            Cells::Numbers(cells) if slip == Slip::GapIsZero => {
                cells.iter_mut().for_each(|cell| *cell = cell.or(Some(0.0)));
            }
            Cells::Words(cells) if slip == Slip::GapIsNa => {
                cells.iter_mut().for_each(|cell| *cell = cell.take().or(Some("NA".to_owned())));
            }
            Cells::Words(cells) if slip == Slip::CaseIgnored => {
                cells.iter_mut().flatten().for_each(|word| *word = word.to_lowercase());
            }
            _ => {}
        }
    }
    table
}

/// Row i as text, in which 0 and −0 differ.
fn shown(table: &Table, i: usize) -> String {
    format!("{:?}", table.select(&[i]))
}

fn column<'a>(table: &'a Table, name: &str) -> &'a Cells {
    &table.columns.iter().find(|column| column.name == name).expect("the reference has looked").cells
}

fn filled(table: &Table, target: &str) -> Vec<usize> {
    (0..table.rows()).filter(|&i| !column(table, target).is_gap(i)).collect()
}

fn gaps(table: &Table, target: &str, i: usize) -> usize {
    table.columns.iter().filter(|column| column.name != target && column.cells.is_gap(i)).count()
}

fn is_too_empty(table: &Table, target: &str, i: usize) -> bool {
    gaps(table, target, i) > (table.columns.len() - 1) / 2
}

fn is_same(table: &Table, a: usize, b: usize, skipped: &[&str]) -> bool {
    table.columns.iter().filter(|column| !skipped.contains(&column.name.as_str())).all(|column| match &column
        .cells
    {
        Cells::Numbers(cells) => cells[a] == cells[b],
        Cells::Words(cells) => cells[a] == cells[b],
    })
}

fn in_range(table: &mut Table, ranges: Ranges, inside: fn(f64, f64, f64) -> bool) -> usize {
    let mut changed = 0;
    for (name, [low, high]) in ranges {
        let Some(column) = table.columns.iter_mut().find(|column| column.name == *name) else { continue };
        let Cells::Numbers(cells) = &mut column.cells else { continue };
        for cell in cells.iter_mut().filter(|cell| cell.is_some_and(|x| !inside(*low, x, *high))) {
            *cell = None;
            changed += 1;
        }
    }
    changed
}

fn clamp(table: &mut Table, ranges: Ranges) {
    for (name, [low, high]) in ranges {
        for column in table.columns.iter_mut().filter(|column| column.name == *name) {
            let Cells::Numbers(cells) = &mut column.cells else { continue };
            cells.iter_mut().for_each(|cell| *cell = cell.map(|x| x.clamp(*low, *high)));
        }
    }
}

fn sorted_out(table: &Table, target: &str, ranges: Ranges) -> Cleaned {
    let column = |name: &str| table.columns.iter().find(|column| column.name == name);
    let no = |got: &str, wanted| Err(InputError::NoColumn { got: got.to_owned(), wanted });
    let Some(Cells::Words(classes)) = column(target).map(|column| &column.cells) else {
        return no(target, "words");
    };
    for (name, _) in ranges {
        if !matches!(column(name).map(|column| &column.cells), Some(Cells::Numbers(_))) {
            return no(name, "numbers");
        }
    }
    for (_, [low, high]) in ranges {
        if low > high || low.is_nan() || high.is_nan() {
            return Err(InputError::OutOfRange { name: "low", got: *low, wanted: "at most high" });
        }
    }
    let (mut table, n, d) = (table.clone(), classes.len(), table.columns.len() - 1);
    let mut counts = Cleaning { came: n, ..Cleaning::default() };
    let known: Vec<bool> = classes.iter().map(Option::is_some).collect();
    counts.without_target = known.iter().filter(|known| !**known).count();
    for (name, [low, high]) in ranges {
        for column in table.columns.iter_mut().filter(|column| column.name == *name) {
            let Cells::Numbers(cells) = &mut column.cells else { continue };
            for (cell, _) in cells.iter_mut().zip(&known).filter(|(_, known)| **known) {
                if cell.is_some_and(|x| x < *low || x > *high) {
                    (*cell, counts.out_of_range) = (None, counts.out_of_range + 1);
                }
            }
        }
    }
    let gaps = |i: usize| table.columns.iter().filter(|column| column.cells.is_gap(i)).count();
    let full: Vec<usize> = (0..n).filter(|&i| known[i] && 2 * gaps(i) <= d).collect();
    counts.too_empty = n - counts.without_target - full.len();
    let compared = |a: usize, b: usize| {
        let orders = table.columns.iter().map(|column| match &column.cells {
            Cells::Numbers(x) => x[a].partial_cmp(&x[b]).unwrap_or(std::cmp::Ordering::Equal),
            Cells::Words(words) => words[a].cmp(&words[b]),
        });
        orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    let mut order = full.clone();
    order.sort_by(|&a, &b| compared(a, b));
    order.dedup_by(|later, first| compared(*later, *first).is_eq());
    order.sort_unstable();
    counts.repeated = full.len() - order.len();
    counts.kept = order.len();
    counts.gaps = order.iter().map(|&i| gaps(i)).sum();
    Ok((table.select(&order), counts))
}
