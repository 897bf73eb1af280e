//! Whether OpenCV can be built against on this machine, and how it gets here.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{PoisonError, RwLock};
use std::{env, fs};

use super::install::{in_path, with_sudo};

/// What the last look has found; `None` before the first and after an installation.
static FOUND: RwLock<Option<bool>> = RwLock::new(None);

/// Whether library and libclang are both there. Looked at once; `KATAS_OPENCV=no` hides them, `yes` trusts you.
pub fn is_there() -> bool {
    let known = *FOUND.read().unwrap_or_else(PoisonError::into_inner);
    known.unwrap_or_else(|| {
        let found = missing().is_empty();
        *FOUND.write().unwrap_or_else(PoisonError::into_inner) = Some(found);
        found
    })
}

/// Whether somebody wishes to do without.
pub fn is_declined() -> bool {
    env::var_os("KATAS_OPENCV").is_some_and(|word| word == "no")
}

/// What is missing, in words.
pub fn missing() -> Vec<&'static str> {
    match env::var("KATAS_OPENCV").as_deref() {
        Ok("no") => return vec!["KATAS_OPENCV=no hides it"],
        Ok("yes") => return Vec::new(),
        _ => {}
    }
    let mut missing = Vec::new();
    if !has_library() {
        missing.push("OpenCV with its headers");
    }
    if !has_libclang() {
        missing.push("libclang, which reads the headers");
    }
    missing
}

/// In the order in which the crate `opencv` searches: its variables, pkg-config, CMake, vcpkg.
fn has_library() -> bool {
    let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if ["OPENCV_LINK_LIBS", "OPENCV_LINK_PATHS", "OPENCV_INCLUDE_PATHS"].iter().all(is_set) {
        return true;
    }
    let named = env::var("OPENCV_PACKAGE_NAME").ok();
    let packages = named.as_deref().into_iter().chain(["opencv4", "opencv"]);
    let pkg_config = env::var_os("PKG_CONFIG").unwrap_or_else(|| "pkg-config".into());
    for package in packages {
        let mut command = Command::new(&pkg_config);
        command.args(["--exists", package]).stdout(Stdio::null()).stderr(Stdio::null());
        if command.status().is_ok_and(|status| status.success()) {
            return true;
        }
    }
    let cmake = env::var_os("OpenCV_DIR").map(PathBuf::from);
    let vcpkg = env::var_os("VCPKG_ROOT").map(|root| PathBuf::from(root).join("installed"));
    cmake.is_some_and(|folder| folder.join("OpenCVConfig.cmake").is_file())
        || vcpkg.is_some_and(|folder| below(&folder).any(|it| it.join("include/opencv4").is_dir()))
}

fn has_libclang() -> bool {
    let named = env::var_os("LIBCLANG_PATH").map(PathBuf::from);
    let fixed = [
        "/usr/lib",
        "/usr/lib64",
        "/usr/local/lib",
        "/opt/homebrew/opt/llvm/lib",
        "/usr/local/opt/llvm/lib",
        "/Library/Developer/CommandLineTools/usr/lib",
        "/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib",
        "C:/Program Files/LLVM/bin",
    ];
    // Debian keeps it in /usr/lib/llvm-14/lib, with a link in /usr/lib/x86_64-linux-gnu.
    let deeper = below(Path::new("/usr/lib")).flat_map(|folder| [folder.join("lib"), folder]);
    let folders = named.into_iter().chain(fixed.map(PathBuf::from)).chain(deeper);
    folders.into_iter().any(|folder| is_libclang(&folder) || below(&folder).any(|file| is_libclang(&file)))
}

fn is_libclang(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let rest = name.strip_prefix("libclang").filter(|rest| rest.starts_with(['.', '-']));
    rest.is_some_and(|rest| [".so", ".dylib", ".dll"].iter().any(|kind| rest.contains(kind)))
        && file.is_file()
}

fn below(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// The commands that install it here, as far as this system's packages are known.
pub fn installation() -> Vec<Vec<String>> {
    let lines: &[&str] = match env::consts::OS {
        "macos" if in_path("brew") => &["brew install opencv llvm pkgconf"],
        "windows" if in_path("vcpkg") => {
            &["vcpkg install opencv4[contrib]:x64-windows", "winget install --id LLVM.LLVM --exact"]
        }
        "linux" if in_path("apt-get") => &[
            "apt-get update",
            "apt-get install --yes --no-install-recommends libopencv-dev clang libclang-dev opencv-data \
             pkg-config",
        ],
        "linux" if in_path("dnf") => &["dnf install --assumeyes opencv-devel clang-devel"],
        _ => &[],
    };
    with_sudo(lines)
}

/// Looks anew: after an installation.
pub fn look_again() -> bool {
    *FOUND.write().unwrap_or_else(PoisonError::into_inner) = None;
    is_there()
}
