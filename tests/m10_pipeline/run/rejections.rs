//! Files and recipes that one of the stages rejects.

use judge::{Verdict, equal, rejected};
use katas::m10_pipeline::run::run;
use kit::InputError;
use kit::pipeline::Recipe;

use super::file::{Row, ran, text};

/// The error is that of the stage: of the file, of a name in the recipe, or of what is left. The recipe fits the file as it is.
pub fn rejects_what_a_stage_rejects(plain: &Recipe) -> Verdict {
    let rows: Vec<Row> =
        (0..8).map(|i| (f64::from(i), Some(1.0), "red", ["cat", "dog"][i as usize % 2])).collect();
    let file = text(&rows);
    let bad = file.replace("5,1,red", "5,1o,red");
    let want = InputError::BadCell {
        line: 7,
        column: "mass".to_owned(),
        got: "1o".to_owned(),
        wanted: "a finite number",
    };
    rejected("run(a file with 1o in line 7, …)", run(&bad, plain), want, "Return the error of `load`.")?;
    let no = |got: &str, wanted| InputError::NoColumn { got: got.to_owned(), wanted };
    let ask = |change: fn(&mut Recipe)| {
        let mut recipe = plain.clone();
        change(&mut recipe);
        recipe
    };
    for (what, recipe, want) in [
        ("target species", ask(|it| it.target = "species".to_owned()), no("species", "words")),
        ("ignored color", ask(|it| it.ignored = vec!["color".to_owned()]), no("color", "words or numbers")),
        ("the target ignored", ask(|it| it.ignored = vec!["kind".to_owned()]), no("kind", "words")),
        ("a range for hue", ask(|it| it.ranges = vec![("hue".to_owned(), [0.0, 1.0])]), no("hue", "numbers")),
        ("an empty test", ask(|it| it.test_share = 0.0625), InputError::TooFew { got: 0, wanted: 1 }),
    ] {
        rejected(
            &format!("run(file, recipe with {what})"),
            run(&file, &recipe),
            want,
            "Every name must be a column, and a row must be left.",
        )?;
    }
    let one = file.replace("dog", "cat");
    rejected(
        "run(cats only, …)",
        run(&one, plain),
        InputError::Constant { name: "target" },
        "All rows are of one class.",
    )?;
    let dropped = one + "99,NA,,dog\n98,NA,,dog\n";
    let look = "The dogs are dropped as nearly empty: all remaining rows are cats.";
    let want = InputError::Constant { name: "target" };
    rejected("run(cats, and dogs of missing values)", run(&dropped, plain), want, look)?;
    let named = Recipe { target: "Kind".to_owned(), ..plain.clone() };
    let report = ran(&file.replace("kind", "Kind"), &named)?;
    equal("the target of the report", report.target.as_str(), "Kind", "The name as written in the recipe.")?;
    let none = run("number,mass,hue,kind\n", plain);
    rejected("run(a header, …)", none, InputError::TooFew { got: 0, wanted: 1 }, "No row is left.")
}
