use crate::ground::{FILE, Ground, state};

#[test]
fn a_file_that_calls_one_against_the_rules_is_reported_why() {
    let ground = Ground::new();
    // Another file of the milestone, which is judged elsewhere, and one that calls it.
    let helper = "m07_deep_learning/batches";
    let broken = format!("{}\nmacro_rules! nothing {{ () => {{}}; }}\n", ground.solution(helper));
    let calls = ground.solution(FILE).replace(
        "    let (n, classes) = logits.dims2()?;\n",
        "    let mut generator = kit::Generator::from_seed(1);\n    \
         let _batches = super::batches::shuffled_batches(1, 1, &mut generator)?;\n    \
         let (n, classes) = logits.dims2()?;\n",
    );
    let judged = ground.judge([(helper.to_owned(), broken.clone()), (FILE.to_owned(), calls)].into());
    assert_eq!(state(judged.values().next()), "against the rules", "{judged:?}");
    assert!(format!("{judged:?}").contains("it calls m07_deep_learning/batches.rs, line "), "{judged:?}");
    // One that does not call it loses nothing.
    let judged =
        ground.judge([(helper.to_owned(), broken), (FILE.to_owned(), ground.solution(FILE) + "\n")].into());
    assert_eq!(state(judged.values().next()), "holds", "{judged:?}");
}
