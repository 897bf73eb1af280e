use engine::problem::Problem;
use serde::de::DeserializeOwned;

use super::source::Located;

/// Reads a TOML file into its form.
///
/// # Errors
///
/// [`Problem::Usage`] with the line, where it is no TOML or has another form; `remedy` says where the form is described.
pub(super) fn parse<T: DeserializeOwned>(file: &Located, remedy: &str) -> Result<T, Problem> {
    toml::from_str(file.text()).map_err(|error| {
        let said = error.message().lines().collect::<Vec<_>>().join("; ");
        file.wrong(error.span().unwrap_or_default(), &said, remedy)
    })
}
