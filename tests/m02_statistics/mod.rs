//! Laws about random answers carry a stated error on both sides. **False alarm:** each check refuses a right answer with
//! a chance below 1e-14 on any seed (`judge::bounds`), so that 100,000 checks together stay below 1e-9. **Power:** the
//! documentation of the law names the bias that it overlooks with a chance below 1e-9.
//!
//! `PROPTEST_CASES=320000` runs those with eight cases on 10,000 seeds.

mod exact;
mod moments;
mod order_statistics;
mod simulation;
