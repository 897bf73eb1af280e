//! From what was handed in to a worker, in the cage. A file that does not compile is replaced by its stub; the others
//! keep their points.

mod blame;
mod specimens;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use engine::problem::{Doing, Problem};

use crate::assignment::Assignment;
use crate::cage::{COMPILER, Limits, Task, View, fresh};
use crate::crossing::dispatch;
pub(crate) use blame::{blame, shortened};

pub use specimens::compile_specimens;
pub(crate) use specimens::copy;

/// As much is read of what rustc says.
const LONGEST: u64 = 4 << 20;
/// As the system says it when the disk is full, which is nobody's mistake.
pub(crate) const NO_ROOM: &str = "No space left on device";
/// One compilation may take this long.
const PATIENCE: Duration = Duration::from_secs(90);

/// A worker that was compiled.
#[derive(Debug)]
pub struct Compiled {
    /// The program.
    pub worker: PathBuf,
    /// The files that do not compile, and what rustc says about each.
    pub refused: BTreeMap<String, String>,
}

/// Compiles these files (by id); stubs stand in for files that are missing. `folder` is the slot's own.
///
/// # Errors
///
/// [`Problem`] if not even the stubs compile: that is no fault of the submission.
pub fn compile(
    assignment: &Assignment,
    handed_in: &BTreeMap<String, String>,
    folder: &Path,
    slot: usize,
) -> Result<Compiled, Problem> {
    let stage = Stage { assignment, folder, slot };
    stage.lay_out()?;
    let mut refused: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let left: BTreeMap<_, _> = handed_in.iter().filter(|(id, _)| !refused.contains_key(*id)).collect();
        let said = match stage.rustc(&left)? {
            Ok(worker) => return Ok(Compiled { worker, refused }),
            Err(said) if left.is_empty() => {
                let remedy = "This is the grader's fault, not the submission's.".to_owned();
                return Err(Problem::Repository {
                    what: format!("the stubs do not compile\n{said}"),
                    remedy,
                });
            }
            Err(said) => said,
        };
        let (blamed, before) = (blame(&said, &left), refused.len());
        if blamed.is_empty() {
            // Nobody is named: a crash of rustc, a limit, a symbol that clashes. Each file is tried by itself.
            if said.contains(NO_ROOM) {
                let remedy = "No point is given or taken. Make room, and grade it again.".to_owned();
                return Err(Problem::Repository { what: shortened(&said), remedy });
            }
            stage.one_by_one(handed_in, &mut refused, &said)?;
        }
        refused.extend(blamed);
        if refused.len() == before {
            let remedy =
                "Each file compiles by itself, all together do not: is the machine short of memory or time?";
            return Err(Problem::Repository { what: shortened(&said), remedy: remedy.to_owned() });
        }
    }
}

struct Stage<'a> {
    assignment: &'a Assignment,
    folder: &'a Path,
    slot: usize,
}

impl Stage<'_> {
    fn source(&self) -> PathBuf {
        self.folder.join("src")
    }

    /// Writes what no submission has a say in.
    fn lay_out(&self) -> Result<(), Problem> {
        let source = self.source();
        fresh(&source).doing("make the folder", &source)?;
        let write = |below: String, text: String| {
            let path = source.join(below);
            let folder = path.parent().unwrap_or(&source).to_owned();
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text)).doing("write", &path)
        };
        write("root.rs".to_owned(), self.assignment.root())?;
        let mut milestones: BTreeMap<&str, String> = BTreeMap::new();
        for file in &self.assignment.files {
            let (milestone, name) = file.id.split_once('/').unwrap_or(("", &file.id));
            *milestones.entry(milestone).or_default() += &format!("pub mod {name};\n");
            write(format!("answers/{}.rs", dispatch::name(&file.id)), dispatch::answers(file))?;
        }
        write("katas/mod.rs".to_owned(), milestones.keys().map(|it| format!("pub mod {it};\n")).collect())?;
        for (milestone, modules) in milestones {
            write(format!("katas/{milestone}/mod.rs"), modules)?;
        }
        Ok(())
    }

    /// Compiles the stubs with these files in their places; `Ok(Err)` with what rustc says.
    fn rustc(&self, files: &BTreeMap<&String, &String>) -> Result<Result<PathBuf, String>, Problem> {
        for (id, stub) in &self.assignment.stubs {
            let path = self.source().join(format!("katas/{id}.rs"));
            fs::write(&path, files.get(id).copied().unwrap_or(stub)).doing("write", &path)?;
        }
        self.run(&[])
    }

    /// Compiles what lies there.
    fn run(&self, also: &[&str]) -> Result<Result<PathBuf, String>, Problem> {
        let out = self.folder.join("out");
        fresh(&out)
            .and_then(|()| self.assignment.cage.give(&out, self.slot))
            .doing("make the folder", &out)?;
        let deps = self.assignment.folder.join("deps");
        let source = self.source();
        let mut shown = vec![
            (source.as_path(), "/src"),
            (deps.as_path(), "/deps"),
            (self.assignment.sysroot.as_path(), "/rust"),
        ];
        // Where the linker and its parts lie.
        let linker = ["/usr/bin", "/bin", "/usr/libexec", "/etc/alternatives"].map(Path::new);
        shown.extend(linker.iter().filter(|it| it.exists()).filter_map(|it| Some((*it, it.to_str()?))));
        let view = View { shown, out: Some(&out), ..View::default() };
        let limits = Limits { cpu: self.assignment.patience.compiler, ..COMPILER };
        let mut command = self.assignment.cage.command(
            &view,
            limits,
            Task::Run,
            self.slot,
            Path::new("/rust/bin/rustc"),
            &self.arguments(also),
        );
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().doing("start", &out)?;
        let (success, said) = wait(child).doing("compile in", &out)?;
        let worker = out.join("worker");
        let is_file = fs::symlink_metadata(&worker).is_ok_and(|it| it.is_file());
        Ok(if success && is_file { Ok(worker) } else { Err(said) })
    }

    fn arguments(&self, also: &[&str]) -> Vec<OsString> {
        let mut arguments: Vec<String> = [
            "/src/root.rs",
            "--crate-name",
            "katas",
            "--crate-type",
            "bin",
            "--edition",
            "2024",
            "-o",
            "/out/worker",
            // As the learner's own build: an overflow panics there, so it panics here.
            "-Cdebug-assertions=on",
            "-Coverflow-checks=on",
            "-Ccodegen-units=4",
            "--cap-lints",
            "allow",
            "--error-format",
            "json",
            "--remap-path-prefix",
            "/src/=",
            "-Ldependency=/deps",
            "--sysroot=/rust",
        ]
        .map(ToOwned::to_owned)
        .to_vec();
        let assignment = self.assignment;
        arguments.extend(assignment.features.iter().map(|it| format!("--cfg=feature=\"{it}\"")));
        arguments
            .extend(assignment.externs.iter().map(|(name, file)| format!("--extern={name}=/deps/{file}")));
        arguments.extend(also.iter().map(|it| (*it).to_owned()));
        arguments.into_iter().map(OsString::from).collect()
    }

    /// Adds file after file, and leaves out each with which it does not compile.
    fn one_by_one(
        &self,
        handed_in: &BTreeMap<String, String>,
        refused: &mut BTreeMap<String, String>,
        said: &str,
    ) -> Result<(), Problem> {
        let stubs = &self.assignment.stubs;
        let suspects = handed_in.iter().filter(|(id, text)| stubs.get(*id).is_some_and(|stub| stub != *text));
        let suspects: Vec<_> = suspects.filter(|(id, _)| !refused.contains_key(*id)).collect();
        if let [(id, _)] = suspects[..] {
            refused.insert(id.clone(), shortened(said));
            return Ok(());
        }
        let mut good: BTreeMap<&String, &String> = BTreeMap::new();
        for (id, text) in suspects {
            good.insert(id, text);
            if let Err(said) = self.rustc(&good)? {
                good.remove(id);
                refused.insert(id.clone(), shortened(&said));
            }
        }
        Ok(())
    }
}

/// Reads what a program says, and ends it when it takes too long.
pub(crate) fn wait(mut child: Child) -> io::Result<(bool, String)> {
    let mut errors = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(errors) = errors.as_mut() {
            let _as_far_as_it_goes = errors.take(LONGEST).read_to_end(&mut said);
            let _the_rest = io::copy(errors, &mut io::sink());
        }
        said
    });
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status.success();
        }
        if began.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            break false;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = reader.join().unwrap_or_default();
    Ok((status, String::from_utf8_lossy(&said).into_owned()))
}
