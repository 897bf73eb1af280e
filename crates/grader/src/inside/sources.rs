use std::collections::BTreeMap;
use std::path::PathBuf;

use engine::catalogue::Kata;
use engine::problem::{Doing, Problem};

use super::room::{Part, Room};
use super::{Asked, Inside, laws};
use crate::crossing::dispatch;

impl Inside {
    /// Where a submission is compiled.
    pub(super) fn room<'a>(&'a self, asked: &Asked<'a>) -> Room<'a> {
        let (cage, sysroot, libraries) = (&self.cage, &self.sysroot, &self.libraries);
        Room { cage, sysroot, libraries, folder: asked.folder, slot: asked.slot }
    }

    /// Compiles these texts, and the laws of the chosen files around them.
    pub(super) fn compile(
        &self,
        room: &Room<'_>,
        texts: &BTreeMap<String, String>,
        chosen: &[&str],
    ) -> Result<Result<PathBuf, (Part, String)>, Problem> {
        room.lay_out(Part::Katas, &self.tree(texts))?;
        if let Err(said) = room.compile(Part::Katas, &[])? {
            return Ok(Err((Part::Katas, said)));
        }
        let program = self.laws(room, chosen, &[])?;
        Ok(program.map_err(|said| (Part::Laws, said)))
    }

    /// Compiles the laws of these files around the katas that were compiled last.
    pub(super) fn laws(
        &self,
        room: &Room<'_>,
        chosen: &[&str],
        also: &[&str],
    ) -> Result<Result<PathBuf, String>, Problem> {
        room.lay_out(Part::Laws, &BTreeMap::new())?;
        let katas: Vec<&Kata> = self.katas.iter().filter(|kata| chosen.contains(&kata.file_id())).collect();
        let source = room.source(Part::Laws);
        laws::write(&self.workspace.path("tests"), &self.catalogue, chosen, &katas, &source)
            .doing("write the laws to", &source)?;
        room.compile(Part::Laws, also)
    }

    /// The sources of the katas: these texts, each with its pins beside it.
    fn tree(&self, texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        let mut milestones: BTreeMap<&str, String> = BTreeMap::new();
        for (id, text) in texts {
            let (milestone, file) = id.split_once('/').unwrap_or(("", id));
            let pins = dispatch::name(id);
            *milestones.entry(milestone).or_default() +=
                &format!("pub mod {file};\n#[path = \"../../pins/{pins}.rs\"]\nmod pins_of_{file};\n");
            tree.insert(format!("katas/{id}.rs"), text.clone());
            tree.insert(
                format!("pins/{pins}.rs"),
                self.files.get(id).map(|it| it.pins.clone()).unwrap_or_default(),
            );
        }
        let modules: String = milestones.keys().map(|it| format!("pub mod {it};\n")).collect();
        tree.insert("katas/mod.rs".to_owned(), modules);
        tree.extend(milestones.into_iter().map(|(it, text)| (format!("katas/{it}/mod.rs"), text)));
        let root = "#![allow(warnings)]\n#[path = \"katas/mod.rs\"]\nmod chosen;\npub use chosen::*;\n";
        tree.insert("root.rs".to_owned(), root.to_owned());
        tree
    }
}

/// The files of katas whose laws rustc complains of.
pub(super) fn blame_laws(said: &str, chosen: &[&str]) -> BTreeMap<String, String> {
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("\"level\":\"error\"")).collect();
    let of = |id: &&&str| lines.iter().any(|line| line.contains(&format!("{id}/")));
    chosen.iter().filter(of).map(|id| ((*id).to_owned(), "the laws cannot call it".to_owned())).collect()
}
