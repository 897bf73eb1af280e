use std::collections::{BTreeMap, BTreeSet};

use super::learner::RosterLearner;
use super::matching::{KnownLearners, group, words};
use super::table::Roster;

/// Whose each submission is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// The learners of each submission by their place in the roster: several, where it is a group's.
    pub learners: BTreeMap<String, Vec<usize>>,
    /// Who submitted nothing.
    pub missing: Vec<usize>,
    /// Who submitted several times, and what.
    pub twice: Vec<(usize, Vec<String>)>,
    /// The submissions of which it is not known whose they are, and why.
    pub unknown: Vec<(String, String)>,
}

/// Finds the learners of these submissions; with `groups` one counts for the whole group of its learner. No one is guessed:
/// a name that fits two learners is of neither.
#[must_use]
pub fn join(roster: &Roster, submissions: &[String], groups: bool) -> Joined {
    let mut joined = Joined::default();
    let known = KnownLearners::new(roster);
    for name in submissions {
        match whose(roster, &known, name, groups) {
            Ok(learners) => {
                joined.learners.insert(name.clone(), learners);
            }
            Err(why) => joined.unknown.push((name.clone(), why)),
        }
    }
    let mut own: Vec<Vec<String>> = vec![Vec::new(); roster.learners.len()];
    for (name, places) in &joined.learners {
        places.iter().for_each(|place| own[*place].push(name.clone()));
    }
    for (place, own) in own.into_iter().enumerate() {
        match own.len() {
            0 => joined.missing.push(place),
            1 => {}
            _ => joined.twice.push((place, own)),
        }
    }
    joined
}

fn whose(roster: &Roster, known: &KnownLearners<'_>, name: &str, groups: bool) -> Result<Vec<usize>, String> {
    let of_group = |wanted: &str| -> Vec<usize> {
        let is_in = |it: &RosterLearner| !it.group.is_empty() && words(&it.group).join(" ") == wanted;
        (0..roster.learners.len()).filter(|place| is_in(&roster.learners[*place])).collect()
    };
    if groups {
        let members = of_group(&group(name));
        if !members.is_empty() {
            return Ok(members);
        }
    }
    let found = known.fitting(name);
    match found[..] {
        [] => Err("no learner of the roster is called so".to_owned()),
        [one] if groups && !roster.learners[one].group.is_empty() => {
            Ok(of_group(&words(&roster.learners[one].group).join(" ")))
        }
        [one] => Ok(vec![one]),
        _ => {
            let names: BTreeSet<&str> = found.iter().map(|place| roster.learners[*place].called()).collect();
            let lines: Vec<_> = found.iter().map(|place| roster.learners[*place].line.to_string()).collect();
            let names: Vec<_> = names.into_iter().collect();
            Err(format!("it may be of {} (lines {} of the roster)", names.join(" or "), lines.join(", ")))
        }
    }
}

impl Joined {
    /// Names and student numbers of the learners of each submission.
    #[must_use]
    pub fn named(&self, roster: &Roster) -> BTreeMap<String, Vec<(String, String)>> {
        let named = |place: &usize| {
            let learner = &roster.learners[*place];
            (learner.called().to_owned(), learner.number.clone())
        };
        let all = self.learners.iter();
        all.map(|(name, places)| (name.clone(), places.iter().map(named).collect())).collect()
    }

    /// The submission of a learner that counts: the only one.
    #[must_use]
    pub fn submission_of(&self, place: usize) -> Option<&str> {
        if self.twice.iter().any(|(twice, _)| *twice == place) {
            return None;
        }
        self.learners.iter().find(|(_, learners)| learners.contains(&place)).map(|(name, _)| name.as_str())
    }
}
