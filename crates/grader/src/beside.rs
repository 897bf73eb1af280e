//! Which katas of an assignment are judged in one process with their laws, and how a submission comes by those verdicts.

use std::collections::BTreeMap;

use engine::catalogue::{Catalogue, Kata};

use crate::assignment::{Assignment, PROFILE};
use crate::inside::{self, Inside, Plan};
use crate::result::{Found, Graded};
use crate::submission::Submission;

impl Assignment {
    /// Makes the judge of those katas ready that do not cross. Where that fails, the others are graded all the same.
    pub(crate) fn prepare_inside(&mut self, catalogue: Catalogue, say: &mut dyn FnMut(&str)) {
        let katas: Vec<Kata> = self.katas.iter().filter(|kata| self.needs_company(kata)).cloned().collect();
        if katas.is_empty() {
            return;
        }
        let mut features: Vec<String> = self.features.iter().cloned().chain(["worker".to_owned()]).collect();
        if katas.iter().any(|kata| kata.features.iter().any(|it| it == "opencv")) {
            features.push("opencv".to_owned());
        }
        let plan = Plan {
            katas,
            features,
            profile: PROFILE,
            folder: self.folder.join("inside"),
            sysroot: self.sysroot.clone(),
        };
        let inside = Inside::prepare(&self.workspace, catalogue, &self.cage, plan, say);
        if let Ok(inside) = &inside {
            self.stubs.extend(inside.stubs());
        }
        self.inside = inside.map_err(|problem| problem.to_string());
    }

    /// Whether a kata is judged beside its laws if at all: it does not cross, and all that it needs is there.
    fn needs_company(&self, kata: &Kata) -> bool {
        self.alone(kata).is_some() && kata.unmet().is_none()
    }

    /// Why a kata is not graded, if it is not.
    #[must_use]
    pub fn stays(&self, kata: &Kata) -> Option<String> {
        let why = self.alone(kata)?;
        let beside = match &self.inside {
            Ok(inside) => inside.stays_out(&kata.id),
            Err(problem) => Some(Some(problem.as_str())).filter(|_| !problem.is_empty()),
        };
        match (beside, kata.unmet()) {
            (Some(None), _) => None,
            (_, Some(need)) => Some(need.remedy()),
            (Some(Some(problem)), None) => Some(format!("{why}; nor beside its laws: {problem}")),
            (None, None) => Some(why),
        }
    }

    /// Why a kata cannot be asked in a process of its own, if it cannot.
    #[must_use]
    pub fn alone(&self, kata: &Kata) -> Option<String> {
        let why = match self.files.iter().find(|file| file.id == kata.file_id()) {
            Some(file) => file.stays(&kata.item)?.to_string(),
            None => "it needs a library of the system".to_owned(),
        };
        Some(format!("it cannot be asked in a process of its own: {why}"))
    }
}

/// Judges the katas that cannot be asked from afar, each beside its laws.
pub(crate) fn judged_beside(
    assignment: &Assignment,
    submission: &Submission,
    graded: &mut Graded,
    katas: &[&Kata],
    slot: usize,
) -> BTreeMap<String, Found> {
    let failed = |why: &str| {
        let error = Found::GraderError(why.to_owned());
        katas.iter().map(move |kata| (kata.id.clone(), error.clone()))
    };
    let inside = match &assignment.inside {
        Ok(inside) if !katas.is_empty() => inside,
        Ok(_) => return BTreeMap::new(),
        Err(why) => return failed(why).collect(),
    };
    let folder = assignment.folder.join(format!("slot-{slot}")).join("inside");
    let asked = inside::Asked { slot, folder: &folder, seed: assignment.seed };
    match inside.judge(&submission.files, &graded.refused, asked) {
        Ok(judged) => {
            graded.refused.extend(judged.refused);
            failed("nobody judged it").chain(judged.found).collect()
        }
        Err(problem) => failed(&problem.to_string()).collect(),
    }
}
