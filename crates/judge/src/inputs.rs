use std::fmt::Debug;

/// What a law draws: one value or several, each shown under its own name.
pub trait Inputs: Debug + Send + Sync + 'static {
    /// The values one by one, as text.
    fn describe(&self) -> Vec<String> {
        vec![format!("{self:?}")]
    }
}

macro_rules! one_value {
    ($($type:ty),*) => {$(
        impl Inputs for $type {}
    )*};
}

one_value!(
    bool,
    f32,
    f64,
    i32,
    i64,
    u8,
    u32,
    u64,
    usize,
    String,
    kit::Dense,
    kit::Matrix,
    kit::Figure,
    kit::Table
);

impl<T: Debug + Send + Sync + 'static> Inputs for Vec<T> {}

/// An array holds several inputs of one kind.
impl<T: Inputs, const N: usize> Inputs for [T; N] {
    fn describe(&self) -> Vec<String> {
        self.iter().flat_map(Inputs::describe).collect()
    }
}

macro_rules! several_values {
    ($($name:ident)*) => {
        impl<$($name: Inputs),*> Inputs for ($($name,)*) {
            fn describe(&self) -> Vec<String> {
                #[expect(non_snake_case, reason = "each value is named like its type")]
                let ($($name,)*) = self;
                [$($name.describe()),*].concat()
            }
        }
    };
}

several_values!(A);
several_values!(A B);
several_values!(A B C);
several_values!(A B C D);
several_values!(A B C D E);
several_values!(A B C D E F);

/// The values under their names, one a line; a very long one is cut.
pub(crate) fn with_names(names: &str, values: &[String]) -> String {
    const LONGEST: usize = 600;
    let mut names = names.split(", ");
    let line = |value: &String| {
        let name = names.next().unwrap_or("…");
        let shown: String = value.chars().take(LONGEST).collect();
        let cut = if shown.len() < value.len() { " …" } else { "" };
        format!("{name} = {shown}{cut}")
    };
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}
