//! Katas that share a process with their laws, as those of `boss/serve` do: right and wrong answers have their verdicts there too, and no point
//! is unearned.
//!
//! `KATAS_IN_PROCESS` names other katas by how their ids begin, and `KATAS_FEATURES` the features that they need, as in
//! `KATAS_IN_PROCESS=boss/serve KATAS_FEATURES=boss`; `KATAS_ATTACK` names a single attack.

mod attacks;
mod countered;
mod ground;
mod leaning;
mod verdicts;
