use std::collections::BTreeMap;
use std::fs;

use engine::problem::{Doing, Problem};

use super::room::Part;
use super::{Asked, Inside};
use crate::compile::copy;
use crate::result::Found;

impl Inside {
    /// What comes of these wheats and chaffs of a kata, each named as `milestone/file/kata/specimen`, to try the grader
    /// itself out.
    ///
    /// # Errors
    ///
    /// [`Problem`] if they do not compile.
    pub fn specimens(
        &self,
        kata: &str,
        names: &[String],
        asked: Asked<'_>,
    ) -> Result<BTreeMap<String, Found>, Problem> {
        let room = self.room(&asked);
        let root = "#![allow(warnings)]\n#[path = \"specimens/mod.rs\"]\nmod chosen;\n\
                    #[path = \"solutions/mod.rs\"]\npub mod reference;\npub use chosen::*;\n";
        room.lay_out(Part::Katas, &BTreeMap::from([("root.rs".to_owned(), root.to_owned())]))?;
        for tree in ["solutions", "specimens"] {
            let to = room.source(Part::Katas).join(tree);
            copy(&self.workspace.path(tree), &to).doing("copy", &to)?;
        }
        let refused = |what: String| Problem::Repository {
            what,
            remedy: "`cargo kata verify` checks the specimens.".to_owned(),
        };
        room.compile(Part::Katas, &["--cfg=feature=\"specimens\""])?.map_err(refused)?;
        let file = kata.rsplit_once('/').map_or(kata, |(file, _)| file);
        let program = self.laws(&room, &[file], &[])?.map_err(refused)?;
        let mut found = BTreeMap::new();
        for name in names {
            for kata in self.katas.iter().filter(|it| it.id == kata) {
                let verdict = self.kata(&program, kata, asked, Some(name))?;
                found.insert(name.clone(), verdict.map_or_else(Found::GraderError, Found::Judged));
            }
        }
        // They are large, and nobody asks for them again.
        let _left_there = fs::remove_dir_all(asked.folder);
        Ok(found)
    }

    /// Without the scan, to try out what the other walls hold. Nothing that grades anybody calls this.
    #[must_use]
    pub fn without_scan(mut self) -> Self {
        self.scans = false;
        self
    }
}
