//! Writes `Encode` and `Decode` for the kit's plain types, from the kit's own source: a field or a reason added there
//! is sent at once.

#[path = "derive.rs"]
mod derive;

use std::path::Path;
use std::{env, fs};

fn main() {
    // Asked for when this runs: clones with one target folder share the program, and each has a kit of its own.
    let here = env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where");
    let kit = Path::new(&here).join("../kit/src");
    println!("cargo::rerun-if-changed={}", kit.display());
    println!("cargo::rerun-if-changed=derive.rs");
    let mut out = String::new();
    for (file, path) in derive::KIT {
        let name = path.rsplit("::").next().unwrap_or(path);
        let text = fs::read_to_string(kit.join(file)).expect("the kit lies next to this crate");
        let file = syn::parse_file(&text).expect("the kit compiles");
        let item = file.items.iter().find(|item| derive::name(item).is_some_and(|it| it == name));
        let item = item.unwrap_or_else(|| panic!("{path} is gone from the kit: take it from the list"));
        out += &derive::impls(item, path, "crate").expect("a struct or an enum");
    }
    let out_dir = env::var("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&out_dir).join("kit_types.rs"), out).expect("the folder can be written to");
}
