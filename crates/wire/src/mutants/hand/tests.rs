use kit::Matrix;

use super::*;
use crate::{Decode, Encode, Reader};

fn touched<T: Encode + Decode>(value: &T, mut hand: Hand) -> T {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    let mut from = Reader::new(&bytes);
    from.hand = Some(&mut hand);
    from.decode().unwrap()
}

#[test]
fn each_kind_touches_what_it_says() {
    let long: Vec<f64> = (1..=18).map(f64::from).collect();
    let argument = |kind| touched(&long, Hand::of_argument(kind));
    assert_eq!(argument("rows_beyond_16")[14..], [15.0, 16.0, 0.0, 0.0]);
    assert_eq!(argument("last_row_dropped")[16..], [17.0, 0.0]);
    assert_eq!(argument("answer_last_off"), long);
    let a = Matrix::from_rows([[1e-10, 2e6], [1.0 + 1e-12, f64::NAN]]);
    assert_eq!(touched(&a, Hand::of_argument("first_column_dropped"))[(1, 0)], 0.0);
    assert_eq!(touched(&a, Hand::of_argument("tiny_dropped")).row(0), [0.0, 2e6]);
    assert_eq!(touched(&a, Hand::of_argument("clipped")).row(0), [1e-10, 1e6]);
    assert_eq!(touched(&a, Hand::of_argument("single_precision"))[(1, 0)], 1.0);
    assert_eq!(touched(&a, Hand::of_argument("nan_replaced"))[(1, 1)], 0.0);
}

#[test]
fn bytes_and_truth_values_are_touched_like_numbers() {
    let image = vec![vec![7_u8, 8], vec![9, 10]];
    assert_eq!(touched(&image, Hand::of_argument("last_row_dropped")), [[7, 8], [0, 0]]);
    assert_eq!(touched(&image, Hand::of_answer("answer_first_off", false)), [[6, 9], [9, 10]]);
    let edges = vec![true, true];
    assert_eq!(touched(&edges, Hand::of_argument("last_row_dropped")), [true, false]);
}

#[test]
fn reasons_are_left_alone_and_answers_are_not() {
    let spoiled = |value: Result<(f64, bool), usize>| touched(&value, Hand::of_answer("second_call", true));
    assert_eq!(spoiled(Err(3)), Err(3));
    let off = touched(&Err::<f64, usize>(3), Hand::of_answer("reason_number_off", false));
    assert_eq!(off, Err(4));
    assert_eq!(spoiled(Ok((1.0, true))), Ok((1.002, false)));
    assert_eq!(touched(&7_usize, Hand::of_argument("count_clipped")), 7);
    assert_eq!(touched(&70_usize, Hand::of_argument("count_clipped")), 50);
}
