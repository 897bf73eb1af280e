use std::str::FromStr;

use serde_json::{Value, json};

/// One part of a class: every Nth submission, from the Ith on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Of how many.
    pub of: usize,
    /// Which one, from 1.
    pub number: usize,
}

impl Default for Shard {
    fn default() -> Self {
        Self { of: 1, number: 1 }
    }
}

impl Shard {
    /// Whether the submission at this place of the sorted class, from 0, belongs to it.
    #[must_use]
    pub fn takes(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }

    /// Whether it is all of the class.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// As a class keeps it.
    #[must_use]
    pub fn to_json(self) -> Value {
        json!({ "number": self.number, "of": self.of })
    }

    /// What [`Shard::to_json`] wrote.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let number = |key: &str| value[key].as_u64().and_then(|it| usize::try_from(it).ok());
        Self { of: number("of")?, number: number("number")? }.valid()
    }

    fn valid(self) -> Option<Self> {
        (1..=self.of).contains(&self.number).then_some(self)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        let shard = parts.and_then(|(number, of)| Self { of, number }.valid());
        shard.ok_or_else(|| "a part of a class is given as I/N, with I from 1 to N".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_submission_belongs_to_one_part() {
        let parts: Vec<Shard> = (1..=3).map(|it| format!("{it}/3").parse().unwrap()).collect();
        assert!((0..10).all(|place| parts.iter().filter(|part| part.takes(place)).count() == 1));
        assert!(["0/3", "4/3", "1", "1/0", "a/b"].iter().all(|it| it.parse::<Shard>().is_err()));
        assert_eq!(Shard::read(&parts[1].to_json()), Some(parts[1]));
    }
}
