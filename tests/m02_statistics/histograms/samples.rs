//! Samples in bins.

use judge::any;
use judge::any::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

/// Edges at eighths, a few bins of any width, now and then as many as 65.
pub(crate) fn edges() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let widths = any::length(1..=5, 65).prop_flat_map(|bins| vec(1..=16_u8, bins));
    // Now and then all of one width.
    (any::eighth(), widths, any::part(0..=7_u8)).prop_map(|(first, mut widths, equal)| {
        if equal == 7 {
            widths = vec![widths[0]; widths.len()];
        }
        let mut edges = vec![first];
        edges.extend(widths.iter().scan(first, |edge, &width| {
            *edge += f64::from(width) / 8.0;
            Some(*edge)
        }));
        edges
    })
}

/// A sample of eighths between the edges, and the edges; every third number is an edge.
pub(crate) fn sample_and_edges() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    edges().prop_flat_map(|edges| {
        let (first, last) = (edges[0], edges[edges.len() - 1]);
        let anywhere = (0..=(8.0 * (last - first)) as u32).prop_map(move |k| first + f64::from(k) / 8.0);
        let on_an_edge = prop_oneof![4 => judge::any::select(edges.clone()), 1 => Just(last)];
        let number = prop_oneof![2 => anywhere, 1 => on_an_edge];
        let n = prop_oneof![40 => any::length(1..=8, 1025), 1 => Just(4001)];
        let x = (n.prop_flat_map(move |n| vec(number.clone(), n)), any::part(0..=9_u8));
        let x = x.prop_map(|(mut x, form)| {
            match form {
                7 => x.sort_by(f64::total_cmp),
                8 => x.sort_by(|a, b| b.total_cmp(a)),
                9 => x = vec![x[0]; x.len()],
                _ => {}
            }
            x
        });
        (x, Just(edges)).prop_map(|(x, edges)| [x, edges])
    })
}
