/// What an untrusted program may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceLimits {
    /// Seconds of processor time, of each process.
    pub cpu: u64,
    /// Bytes of address space, of each process.
    pub memory: u64,
    /// Bytes of a file.
    pub file: u64,
    /// Processes and threads together.
    pub processes: u64,
}

/// For a worker: it answers calls, and no kata needs much.
pub const WORKER: ResourceLimits = ResourceLimits { cpu: 40, memory: 1 << 30, file: 0, processes: 48 };

/// For a worker that is given tensors, images or files: networks are trained there. A file may be as long as a law about long
/// files wants it; what it really takes is bounded by the folder in memory.
pub const LARGE_WORKER: ResourceLimits =
    ResourceLimits { cpu: 300, memory: 6 << 30, file: 1 << 40, processes: 96 };

/// For rustc and the linker.
pub const COMPILER: ResourceLimits =
    ResourceLimits { cpu: 20, memory: 6 << 30, file: 256 << 20, processes: 96 };

/// For laws and katas in one process: a network is trained there, over files and sockets of its own. A file may be as
/// long as a law about long files wants it; what it really takes is bounded by the folder in memory.
pub const IN_PROCESS: ResourceLimits =
    ResourceLimits { cpu: 300, memory: 6 << 30, file: 1 << 40, processes: 96 };
