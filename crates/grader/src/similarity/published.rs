use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

use super::grams::grams;
use super::text::Work;

/// What every learner can read: the reference and the wheats of the repository.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// All of it, as if one had written it.
    pub(super) work: Work,
    /// The grams of it,
    pub(super) grams: HashSet<u64>,
    /// and those that several of its functions share: there are not many ways to write them.
    pub(super) idioms: HashSet<u64>,
}

impl Published {
    /// Reads what is published of these files, by their ids.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a file cannot be read.
    pub fn read<'a>(workspace: &Workspace, ids: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        let mut works = Vec::new();
        for id in ids {
            let path = workspace.path(format!("solutions/{id}.rs"));
            let text = fs::read_to_string(&path).doing("read", &path)?;
            works.push(Work::new("solutions", &BTreeMap::from([(format!("solutions/{id}"), text)])));
            let folder = workspace.path(format!("specimens/{id}"));
            for path in specimens(&folder).doing("read", &folder)? {
                let text = fs::read_to_string(&path).doing("read", &path)?;
                let kata = path.file_stem().unwrap_or_default().to_string_lossy();
                works.push(Work::of_specimens("specimens", &format!("specimens/{id}/{kata}"), &text));
            }
        }
        Ok(Self::new(&works))
    }

    /// Of these works.
    #[must_use]
    pub fn new(works: &[Work]) -> Self {
        let mut published = Self::default();
        published.work.name = "solutions/ and specimens/".to_owned();
        let mut written: HashMap<u64, usize> = HashMap::new();
        for function in works.iter().flat_map(|it| &it.functions) {
            let its: HashSet<u64> = grams(&function.tokens).into_iter().collect();
            its.iter().for_each(|gram| *written.entry(*gram).or_default() += 1);
            published.grams.extend(its);
            published.work.functions.push(function.clone());
        }
        published.idioms =
            written.into_iter().filter(|(_, times)| *times > 1).map(|(gram, _)| gram).collect();
        published
    }
}

fn specimens(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|it| it.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "rs") && !path.ends_with("mod.rs"));
    paths.sort();
    Ok(paths)
}
