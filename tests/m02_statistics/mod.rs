//! Laws about random answers carry a stated error on both sides. **False alarm:** each check rejects a right answer with
//! a chance below 1e-14 on any seed (`judge::bounds`), so that 100,000 checks together stay below 1e-9. **Power:** the
//! documentation of the law names the bias that it overlooks with a chance below 1e-9.
//!
//! `PROPTEST_CASES=1280000` runs even those with two cases on 10,000 seeds; `KATAS_SPECIMEN` and the feature `specimens`
//! do so for a wheat.

mod comparison;
mod distributions;
mod exact;
mod figures;
mod histograms;
mod laws;
mod limit_theorems;
mod moments;
mod order_statistics;
mod pairs;
mod range;
mod simulation;
