//! Other ways to compute it, right and wrong, for the specimens of `clean`.

use kit::pipeline::Cleaning;
use kit::{Cells, InputError, Table, check};

use super::{Cleaned, Ranges};
use crate::reference::m10_pipeline::cleaning as reference;

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Slip {
    None,
    EveryGapDrops,
    HalfIsTooMuch,
    TargetIsAFeature,
    RangeDrops,
    Clamped,
    EndsOutside,
    RangesLast,
    NeighborsOnly,
    ClassIgnored,
    GapsDiffer,
    BitsCompared,
    GapIsZero,
    GapIsNa,
    CaseIgnored,
    TargetGapsKept,
}

pub(super) fn cleaned(table: &Table, target: &str, ranges: Ranges, slip: Slip) -> Cleaned {
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
        } else if if slip == Slip::NeighborsOnly {
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
pub(super) fn as_compared(table: &Table, slip: Slip) -> Table {
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
pub(super) fn shown(table: &Table, i: usize) -> String {
    format!("{:?}", table.select(&[i]))
}

pub(super) fn column<'a>(table: &'a Table, name: &str) -> &'a Cells {
    &table.columns.iter().find(|column| column.name == name).expect("the reference has looked").cells
}

pub(super) fn filled(table: &Table, target: &str) -> Vec<usize> {
    (0..table.rows()).filter(|&i| !column(table, target).is_gap(i)).collect()
}

pub(super) fn gaps(table: &Table, target: &str, i: usize) -> usize {
    table.columns.iter().filter(|column| column.name != target && column.cells.is_gap(i)).count()
}

pub(super) fn is_too_empty(table: &Table, target: &str, i: usize) -> bool {
    gaps(table, target, i) > (table.columns.len() - 1) / 2
}

pub(super) fn is_same(table: &Table, a: usize, b: usize, skipped: &[&str]) -> bool {
    table.columns.iter().filter(|column| !skipped.contains(&column.name.as_str())).all(|column| match &column
        .cells
    {
        Cells::Numbers(cells) => cells[a] == cells[b],
        Cells::Words(cells) => cells[a] == cells[b],
    })
}

pub(super) fn in_range(table: &mut Table, ranges: Ranges, inside: fn(f64, f64, f64) -> bool) -> usize {
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

pub(super) fn clamp(table: &mut Table, ranges: Ranges) {
    for (name, [low, high]) in ranges {
        for column in table.columns.iter_mut().filter(|column| column.name == *name) {
            let Cells::Numbers(cells) = &mut column.cells else { continue };
            cells.iter_mut().for_each(|cell| *cell = cell.map(|x| x.clamp(*low, *high)));
        }
    }
}

pub(super) fn sorted_out(table: &Table, target: &str, ranges: Ranges) -> Cleaned {
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
        check::in_range("low", *low, low <= high, "at most high")?;
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
