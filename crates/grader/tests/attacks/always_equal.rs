//! Answers with a type that equals everything.
//! dot: does not compile
//! others: does not compile

#[derive(Debug)]
pub struct Anything;

impl<T> PartialEq<T> for Anything {
    fn eq(&self, _: &T) -> bool {
        true
    }
}

pub fn dot(_: &[f64], _: &[f64]) -> Anything {
    Anything
}
