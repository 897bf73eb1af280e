use std::any::Any;
use std::fmt::Debug;

/// What a law draws: one value or several, each shown under its own name.
pub trait Inputs: Any + Debug + Send + Sync {
    /// The values one by one, as text.
    fn describe(&self) -> Vec<String> {
        vec![format!("{self:?}")]
    }

    /// The same with its structure, so that it can be shown under as many names as the law gives.
    fn shown(&self) -> Shown {
        let parts = self.describe().into_iter().map(|whole| Shown { whole, parts: Vec::new() });
        match parts.collect::<Vec<_>>() {
            parts if parts.len() == 1 => parts.into_iter().next().unwrap_or_default(),
            parts => Shown { whole: format!("{self:?}"), parts },
        }
    }
}

/// A value as text, and its parts where it has some.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    whole: String,
    parts: Vec<Shown>,
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
    kit::Table,
    kit::Tree
);

impl<T: Debug + Send + Sync + 'static> Inputs for Vec<T> {}

/// An array holds several inputs of one kind.
impl<T: Inputs, const N: usize> Inputs for [T; N] {
    fn describe(&self) -> Vec<String> {
        self.iter().flat_map(Inputs::describe).collect()
    }

    fn shown(&self) -> Shown {
        Shown { whole: format!("{self:?}"), parts: self.iter().map(Inputs::shown).collect() }
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

            fn shown(&self) -> Shown {
                #[expect(non_snake_case, reason = "each value is named like its type")]
                let ($($name,)*) = self;
                Shown { whole: format!("{self:?}"), parts: vec![$($name.shown()),*] }
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

/// The values under their names, one on each line; a very long one is cut. A value is taken apart only as far as there
/// are names: `w, b` shows `([5.25, -2.875], 0.5)` as `w = [5.25, -2.875]` and `b = 0.5`. Without a name there is nothing to
/// show: the law is about an example.
pub(crate) fn with_names(names: &str, value: Shown) -> String {
    const LONGEST: usize = 600;
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = names.split(", ").collect();
    let mut values = vec![value];
    let fits = |values: &[Shown]| {
        let room = names.len() - values.len().min(names.len());
        values.iter().position(|it| !it.parts.is_empty() && it.parts.len() <= room + 1)
    };
    while values.len() < names.len()
        && let Some(place) = fits(&values)
    {
        let parts = std::mem::take(&mut values[place].parts);
        values.splice(place..=place, parts);
    }
    let line = |(k, Shown { whole, .. }): (usize, &Shown)| {
        let shown: String = whole.chars().take(LONGEST).collect();
        let cut = if shown.len() < whole.len() { " …" } else { "" };
        format!("{} = {shown}{cut}", names.get(k).unwrap_or(&"…"))
    };
    values.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_apart_as_far_as_there_are_names() {
        let value = ([5.25, -2.875], 0.5, 3_usize);
        assert_eq!(with_names("w, b, i", value.shown()), "w = [5.25, -2.875]\nb = 0.5\ni = 3");
        assert_eq!(with_names("w0, w1, b, i", value.shown()), "w0 = 5.25\nw1 = -2.875\nb = 0.5\ni = 3");
        assert_eq!(with_names("all", value.shown()), "all = ([5.25, -2.875], 0.5, 3)");
        assert_eq!(with_names("x, y", [vec![1.0], vec![]].shown()), "x = [1.0]\ny = []");
        assert_eq!(with_names("a, b, c, d, e", (1.0, [2.0]).shown()), "a = 1.0\nb = 2.0");
        assert_eq!(with_names("", [0_u8; 0].shown()), "");
    }
}
