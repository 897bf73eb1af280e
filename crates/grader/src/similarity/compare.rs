use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::grams::{LENGTH, fingerprints, grams};
use super::plain::PlainToken;
use super::published::Published;
use super::text::{Function, Work};
use super::tiles::{Tile, tiles};

/// As much of the shorter one must be shared, in per cent: see the book's chapter for what that finds.
const LEAST_SHARE: usize = 40;
/// And as many tokens. What is shorter two learners may well write alike.
const LEAST_TOKENS: usize = 60;
/// Each work is compared closely with as many others that share the most fingerprints with it.
const CLOSEST: usize = 8;
/// A gram that more functions have is a habit of the class; more of a large class may have it.
const HABIT: usize = 3;

/// Two works that share what few have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one, by its place.
    pub one: usize,
    /// The other, by its place; `None` is what is published.
    pub other: Option<usize>,
    /// The milestone: who copies one of many shall be found, too.
    pub milestone: String,
    /// How much of the shorter one is shared there, in per cent.
    pub share: usize,
    /// How many tokens are shared.
    pub tokens: usize,
    /// What is shared, function by function.
    pub passages: Vec<Passage>,
}

/// What a function shares with one of another work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The function of the one, by its place.
    pub one: usize,
    /// The function of the other, by its place.
    pub other: usize,
    /// The lines of both that are shared, run by run, from the first to the last.
    pub runs: Vec<[(usize, usize); 2]>,
    /// How many tokens those are.
    pub tokens: usize,
}

/// Compares each work with all others and with what is published. The most similar come first; pairs that share no more than
/// is usual are left out.
#[must_use]
pub fn compare(works: &[Work], published: &Published) -> Vec<Pair> {
    let mut pairs = all_pairs(works, published);
    pairs.retain(|pair| pair.share >= LEAST_SHARE && pair.tokens >= LEAST_TOKENS);
    pairs
}

/// The same with all pairs that share anything.
#[must_use]
pub fn all_pairs(works: &[Work], published: &Published) -> Vec<Pair> {
    let habits = habits(works);
    let is_common = |gram: &u64| published.grams.contains(gram) || habits.contains(gram);
    let mut pairs: Vec<Pair> = candidates(works, &is_common)
        .into_iter()
        .flat_map(|(one, other)| pairs_of((one, &works[one]), (Some(other), &works[other]), &is_common))
        .collect();
    let is_idiom = |gram: &u64| published.idioms.contains(gram);
    let with_published = |work: (usize, &Work)| pairs_of(work, (None, &published.work), &is_idiom);
    pairs.extend(works.iter().enumerate().flat_map(with_published));
    pairs.sort_by_key(|pair| (std::cmp::Reverse((pair.share, pair.tokens)), pair.one, pair.other));
    pairs
}

/// The grams that many functions have which differ: a copy of a function is no second one.
fn habits(works: &[Work]) -> HashSet<u64> {
    let most = HABIT.max(works.len() / 10);
    let mut functions: HashMap<u64, Vec<u64>> = HashMap::new();
    for function in works.iter().flat_map(|it| &it.functions) {
        let mut hasher = DefaultHasher::new();
        function.tokens.iter().for_each(|it| it.hash.hash(&mut hasher));
        let whole = hasher.finish();
        for gram in grams(&function.tokens) {
            let known = functions.entry(gram).or_default();
            if known.len() <= most && !known.contains(&whole) {
                known.push(whole);
            }
        }
    }
    functions.into_iter().filter(|(_, known)| known.len() > most).map(|(gram, _)| gram).collect()
}

/// The pairs of works that may share more than what is common.
fn candidates(works: &[Work], is_common: &dyn Fn(&u64) -> bool) -> Vec<(usize, usize)> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, work) in works.iter().enumerate() {
        let prints = work.functions.iter().flat_map(|it| fingerprints(&grams(&it.tokens)));
        let prints: HashSet<u64> = prints.filter(|it| !is_common(it)).collect();
        prints.into_iter().for_each(|print| holders.entry(print).or_default().push(place));
    }
    let mut shared: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); works.len()];
    for places in holders.values() {
        for (k, one) in places.iter().enumerate() {
            for other in &places[k + 1..] {
                *shared[*one].entry(*other).or_default() += 1;
                *shared[*other].entry(*one).or_default() += 1;
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for (one, others) in shared.into_iter().enumerate() {
        let mut others: Vec<(usize, usize)> = others.into_iter().collect();
        others.sort_by_key(|(place, prints)| (std::cmp::Reverse(*prints), *place));
        pairs.extend(others.into_iter().take(CLOSEST).map(|(other, _)| (one.min(other), one.max(other))));
    }
    pairs.into_iter().collect()
}

/// What two works share of what is not common, milestone by milestone.
fn pairs_of(
    (one, a): (usize, &Work),
    (other, b): (Option<usize>, &Work),
    is_common: &dyn Fn(&u64) -> bool,
) -> Vec<Pair> {
    let (own_a, own_b) = (own(a, is_common), own(b, is_common));
    let (all_a, all_b) = (sums(a, &own_a), sums(b, &own_b));
    let mut pairs: BTreeMap<&str, Pair> = BTreeMap::new();
    for tile in tiles(a, b) {
        let (of_a, of_b) = (&own_a[tile.one.0][tile.one.1..], &own_b[tile.other.0][tile.other.1..]);
        let shared = of_a.iter().zip(of_b).take(tile.length).filter(|(a, b)| **a && **b).count();
        let (from, to) = (&a.functions[tile.one.0], &b.functions[tile.other.0]);
        if shared == 0 || from.milestone != to.milestone {
            continue;
        }
        let pair = pairs.entry(&from.milestone).or_insert_with(|| {
            let milestone = from.milestone.clone();
            Pair { one, other, milestone, share: 0, tokens: 0, passages: Vec::new() }
        });
        pair.add(&tile, shared, lines(&tile, from, to));
        let shorter = all_a[from.milestone.as_str()].min(all_b[to.milestone.as_str()]);
        pair.share = pair.tokens * 100 / shorter.max(1);
    }
    pairs.into_values().collect()
}

impl Pair {
    fn add(&mut self, tile: &Tile, tokens: usize, lines: [(usize, usize); 2]) {
        let (one, other) = (tile.one.0, tile.other.0);
        self.tokens += tokens;
        match self.passages.iter_mut().find(|it| (it.one, it.other) == (one, other)) {
            Some(passage) => {
                passage.tokens += tokens;
                passage.runs.push(lines);
            }
            None => self.passages.push(Passage { one, other, runs: vec![lines], tokens }),
        }
    }
}

/// How many own tokens a work has in each milestone.
fn sums<'a>(work: &'a Work, own: &[Vec<bool>]) -> BTreeMap<&'a str, usize> {
    let mut sums = BTreeMap::new();
    for (function, own) in work.functions.iter().zip(own) {
        *sums.entry(function.milestone.as_str()).or_default() += own.iter().filter(|it| **it).count();
    }
    sums
}

/// Which tokens of each function are no part of what is common. Those of a function that is shorter than a gram are none.
fn own(work: &Work, is_common: &dyn Fn(&u64) -> bool) -> Vec<Vec<bool>> {
    let of = |function: &Function| {
        let grams = grams(&function.tokens);
        let mut own = vec![!grams.is_empty(); function.tokens.len()];
        for (at, _) in grams.iter().enumerate().filter(|(_, gram)| is_common(gram)) {
            own[at..at + LENGTH].fill(false);
        }
        own
    };
    work.functions.iter().map(of).collect()
}

/// The lines of a tile in both texts.
fn lines(tile: &Tile, one: &Function, other: &Function) -> [(usize, usize); 2] {
    let span = |tokens: &[PlainToken]| {
        let lines = tokens.iter().map(|it| it.line);
        (lines.clone().min().unwrap_or_default(), lines.max().unwrap_or_default())
    };
    let of = |function: &Function, from: usize| span(&function.tokens[from..from + tile.length]);
    [of(one, tile.one.1), of(other, tile.other.1)]
}
