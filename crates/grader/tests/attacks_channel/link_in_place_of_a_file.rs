//! Puts a link where its file should be, to have the laws read or write somewhere else.
//! kata: m07_deep_learning/checkpoint/save
//! state: broken
//! enforced: the kata

pub fn save(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    let _ = std::fs::remove_file(path);
    std::os::unix::fs::symlink("/etc/hostname", path).map_err(|error| InputError::file(path, &error))
}
