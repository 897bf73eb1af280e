/// Parts of the standard library that reach outside of a computation.
pub(super) const OUTSIDE: [&str; 5] = ["process", "fs", "net", "env", "os"];
/// What brings in a text that was not submitted.
pub(super) const MACROS: [&str; 5] = ["include", "include_str", "include_bytes", "env", "option_env"];
/// Attributes that reach into the program around the kata.
pub(super) const ATTRIBUTES: [&str; 6] =
    ["no_mangle", "link_section", "export_name", "link", "used", "global_allocator"];

/// Parts of the standard library that are closed as well, where a kata is judged in its own process.
pub(super) const SHUT: [&str; 11] =
    ["alloc", "arch", "backtrace", "env", "ffi", "fs", "intrinsics", "net", "os", "panic", "process"];
/// Names that stand for nothing else than a way past the compiler, or to what judges.
pub(super) const LEADS_OUT: [&str; 14] = [
    "catch_unwind",
    "cfg_attr",
    "from_raw_fd",
    "global_asm",
    "macro_rules",
    "macro_use",
    "naked_asm",
    "panic_any",
    "resume_unwind",
    "set_hook",
    "take_hook",
    "thread_local",
    "track_caller",
    "unsafe_code",
];
/// Libraries of the laws.
pub(super) const OTHERS: [&str; 4] = ["insta", "judge", "proptest", "wire"];
/// What changes the numbers of a tensor that others hold, such as the law that lent it.
pub(super) const IN_PLACE: [&str; 9] = [
    "const_set",
    "inplace_op1",
    "inplace_op2",
    "inplace_op3",
    "one_set",
    "scatter_add_set",
    "scatter_set",
    "slice_set",
    "zero_set",
];

/// A library that does what a kata asks for.
pub(super) struct Remade {
    /// The files that are from scratch, by how their ids begin.
    pub(super) files: &'static [&'static str],
    pub(super) libraries: &'static [&'static str],
    /// The calls that do it; every use of the library, where there is none.
    pub(super) calls: &'static [&'static str],
}

const DECOMPOSITIONS: &[&str] = &[
    "SVD",
    "Schur",
    "SymmetricEigen",
    "bidiagonalize",
    "cholesky",
    "complex_eigenvalues",
    "eigenvalues",
    "hessenberg",
    "lu",
    "pseudo_inverse",
    "qr",
    "schur",
    "solve",
    "svd",
    "svd_unordered",
    "symmetric_eigen",
    "symmetric_eigenvalues",
    "symmetric_tridiagonalize",
    "try_inverse",
    "try_schur",
    "try_svd",
    "try_symmetric_eigen",
];

/// Where the way is the exercise. A file whose reference uses a library may use it, too.
pub(super) const FROM_SCRATCH: [Remade; 5] = [
    Remade {
        files: &["m01_linear_algebra/vectors", "m01_linear_algebra/matrices"],
        libraries: &["nalgebra", "ndarray"],
        calls: &[
            "dot",
            "general_mat_mul",
            "general_mat_vec_mul",
            "norm",
            "norm_squared",
            "normalize",
            "t",
            "tr_dot",
            "transpose",
        ],
    },
    Remade {
        files: &["m01_linear_algebra/eigen", "m04_ml_from_scratch/", "boss/"],
        libraries: &["nalgebra"],
        calls: DECOMPOSITIONS,
    },
    Remade {
        files: &[
            "m04_ml_from_scratch/",
            "m05_classifiers/",
            "m06_perceptron/",
            "boss/",
            "x1_trees/",
            "x2_clustering/",
        ],
        libraries: &["smartcore"],
        calls: &[],
    },
    Remade {
        files: &[
            "m04_ml_from_scratch/",
            "m06_perceptron/",
            "m07_deep_learning/",
            "m09_convolution/",
            "x3_regularization/",
            "x4_attention/tokens",
            "x4_attention/positions",
            "x4_attention/attention",
            "x4_attention/figures",
            "x4_attention/laws",
        ],
        libraries: &["candle_core", "candle_nn"],
        calls: &[],
    },
    Remade { files: &["m08_vision/"], libraries: &["opencv"], calls: &[] },
];
