//! One call of a kata that is a mutant, or of its reference.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use kit::Generator;

use super::hand::Hand;
use super::outline::Outline;
use super::seen::note;
use crate::value::{Decode, Encode, Reader, WriteBack};

/// What earlier calls in the same law left: each law has a thread of its own.
#[derive(Debug, Default)]
struct Earlier {
    calls: usize,
    arguments: BTreeSet<Vec<Vec<u8>>>,
    answer: Option<Vec<u8>>,
    /// The first answer to each key of a cache.
    cached: BTreeMap<Vec<Vec<u8>>, Vec<u8>>,
    /// The first value of each argument.
    first: BTreeMap<usize, Vec<u8>>,
}

impl Earlier {
    /// The answer that a cache has for this key, which is the first that it was given for it.
    fn looked_up(&mut self, key: Vec<Vec<u8>>, answer: &[u8]) -> Option<Vec<u8>> {
        Some(self.cached.entry(key).or_insert_with(|| answer.to_vec()).clone())
    }
}

thread_local! {
    static EARLIER: RefCell<Earlier> = RefCell::default();
}

/// The kata and the kind that `KATAS_MUTANT` names.
fn asked() -> Option<(&'static str, &'static str)> {
    static ASKED: OnceLock<String> = OnceLock::new();
    ASKED.get_or_init(|| env::var("KATAS_MUTANT").unwrap_or_default()).split_once(' ')
}

/// Whether a mutant is to answer, and not what it is made of.
#[must_use]
pub fn is_asked() -> bool {
    asked().is_some()
}

/// A call at work.
#[derive(Debug)]
pub struct Call {
    /// The kind of the mutant; empty where another kata is meant.
    kind: &'static str,
    /// The arguments as they came.
    arguments: Vec<Vec<u8>>,
    /// What was seen of each.
    outlines: Vec<Outline>,
    acted: bool,
}

impl Call {
    /// Begins a call of this kata.
    #[must_use]
    pub fn of(kata: &str) -> Self {
        let kind = asked().filter(|(asked, _)| *asked == kata).map_or("", |(_, kind)| kind);
        Self { kind, arguments: Vec::new(), outlines: Vec::new(), acted: false }
    }

    /// A copy of an argument, touched where the kind touches arguments.
    ///
    /// # Panics
    ///
    /// If a value cannot be read as it was written: that is a fault of this crate.
    pub fn argument<T: Decode>(&mut self, value: &(impl Encode + ?Sized)) -> T {
        let mut bytes = Vec::new();
        value.encode(&mut bytes);
        let place = self.arguments.len();
        self.arguments.push(bytes.clone());
        if self.kind == "probe" {
            note(&format!("argument {place}"));
        }
        if self.kind.strip_prefix("argument_ignored/").is_some_and(|k| k.parse() == Ok(place)) {
            let first = EARLIER.with_borrow_mut(|it| it.first.entry(place).or_insert(bytes.clone()).clone());
            self.acted |= first != bytes;
            bytes = first;
        }
        let mut hand = Hand::of_argument(self.kind);
        let value = read(&bytes, Some(&mut hand).filter(|_| !self.kind.is_empty()));
        self.acted |= hand.acted;
        self.outlines.push(hand.outline);
        value
    }

    /// The generator that the kata draws from. `given` is the caller's, where the kata leaves it.
    pub fn generator(&mut self, given: &Generator) -> Generator {
        let own: Generator = self.argument(given);
        if self.kind == "probe" {
            note("generator");
        }
        let clock = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Generator::from_seed(since.subsec_nanos().into())
        };
        let other = match self.kind {
            "generator_ignored" => Some(Generator::from_seed(1)),
            "clock" => Some(clock()),
            "clock_beyond_100" if self.outlines.iter().any(|it| it.longest > 100) => Some(clock()),
            _ => None,
        };
        self.acted |= other.is_some() || self.kind == "generator_rewound";
        other.unwrap_or(own)
    }

    /// Where the caller's generator stands afterwards.
    pub fn generator_after(&mut self, given: &mut Generator, own: Generator) {
        match self.kind {
            "generator_ignored" | "generator_rewound" => {}
            "generator_once" => {
                given.uniform();
                self.acted |= *given != own;
            }
            _ => *given = own,
        }
    }

    /// What a cache that keeps too little of the arguments looks an answer up by.
    fn key(&self) -> Option<Vec<Vec<u8>>> {
        let outline = |with_first| {
            let of_one = |outline: &Outline| {
                let lengths = outline.lengths.iter().flat_map(|length| length.to_le_bytes());
                let first = outline.first.unwrap_or_default().to_le_bytes();
                lengths.chain(first.into_iter().filter(|_| with_first)).collect()
            };
            Some(self.outlines.iter().map(of_one).collect())
        };
        match self.kind.split_once('/') {
            Some(("cached_without", place)) => {
                let without = place.parse::<usize>().ok()?;
                let others = self.arguments.iter().enumerate().filter(|(k, _)| *k != without);
                Some(others.map(|(_, bytes)| bytes.clone()).collect())
            }
            None if self.kind == "cached_by_lengths" => outline(false),
            None if self.kind == "cached_by_first" => outline(true),
            _ => None,
        }
    }

    /// An answer that cannot be copied, such as a tensor with its graph.
    pub fn opaque<T>(self, answer: T) -> T {
        if self.acted {
            note("acted");
        }
        answer
    }

    /// The answer, touched where the kind touches answers.
    ///
    /// # Panics
    ///
    /// As [`Call::argument`].
    pub fn answer<T: Encode + Decode>(mut self, answer: T) -> T {
        if self.kind.is_empty() {
            return answer;
        }
        // Where each argument is one number, a cache by the first number keeps all.
        if self.kind == "probe" && self.outlines.iter().any(|it| it.numbers > 1) {
            note("several");
        }
        let mut bytes = Vec::new();
        answer.encode(&mut bytes);
        let largest = self.outlines.iter().map(|it| it.largest).fold(0.0, f64::max);
        let (spoils, instead) = EARLIER.with_borrow_mut(|earlier| {
            let cached = self.key().and_then(|key| earlier.looked_up(key, &bytes));
            let is_repeated = !earlier.arguments.insert(std::mem::take(&mut self.arguments));
            earlier.calls += 1;
            let before = earlier.answer.replace(bytes.clone());
            let spoils = match self.kind {
                "second_call" => earlier.calls > 1,
                "tenth_call" => earlier.calls >= 10,
                "repeated_input" => is_repeated,
                "large_is_off" => largest > 1e3 && largest.is_finite(),
                "small_is_off" => largest > 0.0 && largest < 1e-3,
                "huge_is_off" => largest > 1e100 && largest.is_finite(),
                "minute_is_off" => largest > 0.0 && largest < 1e-100,
                _ => false,
            };
            (spoils, cached.or(before.filter(|_| self.kind == "previous_answer")))
        });
        if let Some(before) = instead {
            self.acted |= before != bytes;
            bytes = before;
        }
        let mut hand = Hand::of_answer(self.kind, spoils);
        let answer = read(&bytes, Some(&mut hand));
        if self.acted || hand.acted {
            note("acted");
        }
        answer
    }
}

/// Gives back what was lent to be changed.
///
/// # Panics
///
/// As [`Call::argument`].
pub fn write_back(place: impl WriteBack, value: &(impl Encode + ?Sized)) {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    place.write_back(&mut Reader::new(&bytes)).expect("it has the form of what it was copied from");
}

/// As [`write_back`], where a view was lent.
///
/// # Panics
///
/// As [`Call::argument`].
#[cfg(feature = "ndarray")]
pub fn write_back_into_view<A: Decode, D: ndarray::Dimension>(
    view: ndarray::ArrayViewMut<'_, A, D>,
    value: &(impl Encode + ?Sized),
) {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    crate::write_back_into_view(view, &mut Reader::new(&bytes))
        .expect("it has the shape of what it was copied from");
}

fn read<T: Decode>(bytes: &[u8], hand: Option<&mut Hand>) -> T {
    let mut from = Reader::new(bytes);
    from.hand = hand;
    from.decode().expect("it was written by its own type")
}
