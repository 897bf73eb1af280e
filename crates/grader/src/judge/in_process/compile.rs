use std::collections::BTreeMap;
use std::path::PathBuf;

use engine::catalog::Kata;
use engine::problem::Doing;

use super::laws;
use super::state::{InProcess, InProcessRun};
use crate::intake::{flat_name, is_list};
use crate::judge::faults::ByFile;
use crate::sandbox::{Compilation, CrateSource};

/// Libraries of the laws alone: a kata that named them would not compile.
const OF_THE_LAWS: [&str; 4] = ["approx", "insta", "judge", "proptest"];

/// Where a submission is compiled: first what a learner wrote, as a library; then the laws around it, as a program.
pub(super) struct Bench<'a> {
    pub(super) in_process: &'a InProcess,
    pub(super) slot: usize,
    pub(super) katas_source: PathBuf,
    pub(super) katas_out: PathBuf,
    pub(super) spoiled_source: PathBuf,
    pub(super) spoiled_out: PathBuf,
    laws_source: PathBuf,
    laws_out: PathBuf,
}

impl InProcess {
    /// Where a submission is compiled.
    pub(super) fn bench(&self, run: &InProcessRun<'_>) -> Bench<'_> {
        let at = |name: &str| run.folder.join(name);
        Bench {
            in_process: self,
            slot: run.slot,
            katas_source: at("katas-src"),
            katas_out: at("katas-out"),
            spoiled_source: at("spoiled-src"),
            spoiled_out: at("spoiled-out"),
            laws_source: at("laws-src"),
            laws_out: at("laws-out"),
        }
    }
}

impl Bench<'_> {
    /// Compiles the stubs with these texts in their places, and the laws of the chosen files around them.
    pub(super) fn build(&self, texts: &ByFile, chosen: &[&str]) -> Compilation<PathBuf> {
        match self.katas(&self.tree(texts), &[])? {
            Ok(_) => self.laws(chosen),
            Err(diagnostics) => Ok(Err(diagnostics)),
        }
    }

    /// Compiles these sources of katas.
    pub(super) fn katas(&self, files: &BTreeMap<String, String>, also: &[&str]) -> Compilation<PathBuf> {
        let crate_source = self.katas_crate(also);
        crate_source.write(files)?;
        self.compile(&crate_source)
    }

    /// Compiles what lies there as the source of the katas.
    pub(super) fn katas_as_they_lie(&self, also: &[&str]) -> Compilation<PathBuf> {
        self.compile(&self.katas_crate(also))
    }

    /// Compiles the laws of these files around the katas that were compiled last.
    pub(super) fn laws(&self, chosen: &[&str]) -> Compilation<PathBuf> {
        self.laws_around(chosen, None)
    }

    /// The same, or around a counter-check of them.
    pub(super) fn laws_around(&self, chosen: &[&str], spoiled: Option<&PathBuf>) -> Compilation<PathBuf> {
        let judge = self.in_process;
        let (out, katas) = match spoiled {
            None => (self.laws_out.clone(), &self.katas_out),
            Some(spoiled) => (self.laws_out.with_extension("spoiled"), spoiled),
        };
        let mut arguments = vec!["-Awarnings".to_owned(), "--extern=katas=/katas/libkatas.rlib".to_owned()];
        arguments.push("-Ldependency=/learner".to_owned());
        arguments.extend(judge.libraries.arguments(&[]));
        let crate_source = CrateSource {
            name: "laws",
            source: &self.laws_source,
            out: &out,
            output: "laws",
            kind: "bin",
            mounts: vec![
                (judge.libraries.folder.as_path(), "/deps"),
                (katas.as_path(), "/katas"),
                (self.katas_out.as_path(), "/learner"),
            ],
            arguments,
        };
        crate_source.write(&BTreeMap::new())?;
        let katas: Vec<&Kata> = judge.katas.iter().filter(|kata| chosen.contains(&kata.file_id())).collect();
        laws::write(&judge.workspace.path("tests"), &judge.catalog, chosen, &katas, &self.laws_source)
            .doing("write the laws to", &self.laws_source)?;
        self.compile(&crate_source)
    }

    fn compile(&self, crate_source: &CrateSource<'_>) -> Compilation<PathBuf> {
        let compiled = self.in_process.rustc.compile(crate_source, self.slot)?;
        if compiled.is_err() {
            self.in_process.libraries.check()?;
        }
        Ok(compiled)
    }

    fn katas_crate(&self, also: &[&str]) -> CrateSource<'_> {
        let libraries = &self.in_process.libraries;
        // Without a cap on lints: what is denied here stays denied. That no file allows it again, the scan makes sure.
        let lints = ["-Awarnings", "-Dunsafe_code"];
        let mut arguments: Vec<String> = lints.iter().chain(also).map(|it| (*it).to_owned()).collect();
        arguments.extend(libraries.arguments(&OF_THE_LAWS));
        CrateSource {
            name: "katas",
            source: &self.katas_source,
            out: &self.katas_out,
            output: "libkatas.rlib",
            kind: "rlib",
            mounts: vec![(libraries.folder.as_path(), "/deps")],
            arguments,
        }
    }

    /// The sources of the katas: these texts, each file with its pins next to it. A list of modules of the learner's own has
    /// the pins behind it.
    fn tree(&self, texts: &ByFile) -> BTreeMap<String, String> {
        let (mut tree, mut lists) = (BTreeMap::new(), BTreeMap::<String, String>::new());
        let own = |list: &str| texts.get(list).cloned();
        for (id, text) in texts.iter().filter(|(id, _)| !is_list(id)) {
            tree.insert(format!("katas/{id}.rs"), text.clone());
            let Some(pinned) = self.in_process.files.get(id) else { continue };
            let (milestone, file) = id.split_once('/').unwrap_or(("", id));
            let (pins, list) = (flat_name(id), format!("{milestone}/mod"));
            let written = own(&list);
            let modules = lists.entry(list).or_insert_with(|| written.clone().unwrap_or_default() + "\n");
            if written.is_none() {
                *modules += &format!("pub mod {file};\n");
            }
            *modules += &format!("#[path = \"../../pins/{pins}.rs\"]\nmod pins_of_{file};\n");
            tree.insert(format!("pins/{pins}.rs"), pinned.pins.clone());
        }
        let milestones = lists.keys().filter_map(|it| it.strip_suffix("/mod"));
        let list = milestones.map(|it| format!("pub mod {it};\n")).collect();
        lists.insert("mod".to_owned(), own("mod").unwrap_or(list));
        tree.extend(lists.into_iter().map(|(id, text)| (format!("katas/{id}.rs"), text)));
        let root = "#![allow(warnings)]\n#[path = \"katas/mod.rs\"]\nmod chosen;\npub use chosen::*;\n";
        tree.insert("root.rs".to_owned(), root.to_owned());
        tree
    }
}
