//! The command line of the supervisor, which the grader writes and the supervisor reads.
//!
//! ```text
//! supervisor CPU_SECONDS MEMORY FILE_SIZE PROCESSES USER run   PROGRAM ARGUMENTS…
//! supervisor CPU_SECONDS MEMORY FILE_SIZE PROCESSES USER serve PROGRAM [SPECIMEN]
//! ```

use std::ffi::OsString;

use super::limits::ResourceLimits;

/// What the supervisor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupervisorTask {
    /// Run one program to its end.
    Run,
    /// Start a worker for each pair of pipes that comes over standard input.
    Serve,
}

/// What the supervisor is asked to start, and within which limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The limits, which everything inside inherits.
    pub limits: ResourceLimits,
    /// The user to change to, where the supervisor may choose.
    pub user: Option<u32>,
    /// What it does.
    pub task: SupervisorTask,
    /// The program.
    pub program: OsString,
    /// The program's arguments.
    pub arguments: Vec<OsString>,
}

impl Launch {
    /// As arguments of the supervisor.
    #[must_use]
    pub fn to_arguments(&self) -> Vec<OsString> {
        let limits = self.limits;
        let numbers = [limits.cpu, limits.memory, limits.file, limits.processes];
        let user = self.user.map_or("-".to_owned(), |user| user.to_string());
        let task = if self.task == SupervisorTask::Run { "run" } else { "serve" };
        let mut arguments: Vec<OsString> = numbers.map(|it| it.to_string().into()).to_vec();
        arguments.extend([user.into(), task.into(), self.program.clone()]);
        arguments.extend(self.arguments.iter().cloned());
        arguments
    }

    /// Reads what [`Launch::to_arguments`] wrote.
    #[must_use]
    pub fn from_arguments(arguments: &[OsString]) -> Option<Self> {
        let [cpu, memory, file, processes, user, task, program, rest @ ..] = arguments else { return None };
        let number = |text: &OsString| text.to_str()?.parse().ok();
        let limits = ResourceLimits {
            cpu: number(cpu)?,
            memory: number(memory)?,
            file: number(file)?,
            processes: number(processes)?,
        };
        let user = match user.to_str()? {
            "-" => None,
            user => Some(user.parse().ok()?),
        };
        let task = match task.to_str()? {
            "run" => SupervisorTask::Run,
            "serve" => SupervisorTask::Serve,
            _ => return None,
        };
        Some(Self { limits, user, task, program: program.clone(), arguments: rest.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::WORKER;
    use super::*;

    #[test]
    fn a_launch_is_read_as_it_was_written() {
        for (user, task) in [(None, SupervisorTask::Run), (Some(61_003), SupervisorTask::Serve)] {
            let arguments = vec!["a b".into()];
            let launch = Launch { limits: WORKER, user, task, program: "/worker".into(), arguments };
            assert_eq!(Launch::from_arguments(&launch.to_arguments()), Some(launch));
        }
        assert_eq!(Launch::from_arguments(&["1".into(), "run".into()]), None);
    }
}
