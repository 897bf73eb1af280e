//! Puts a folder of files where its file should be, and files around it.
//! kata: m07_deep_learning/checkpoint/save
//! state: broken

pub fn save(variables: &VarMap, path: &Path) -> Result<(), InputError> {
    let write = |path: &Path| std::fs::write(path, "left behind");
    let folder = path.parent().unwrap_or(path);
    let done = std::fs::create_dir_all(path).and_then(|()| write(&path.join("inside")));
    let done = done.and_then(|()| write(&folder.join("katas-left-behind")));
    done.map_err(|error| InputError::file(path, &error))
}
