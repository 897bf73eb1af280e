//! What the grader writes is what its schemas describe.

use std::fs;
use std::path::Path;

use grader::judge::{Graded, KataOutcome};
use grader::report::lms::ExportRules;
use grader::report::{class::brief, result::to_json};
use jsonschema::Validator;
use serde_json::{Value, json};

fn validator(name: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(path).expect("the schema is published");
    let schema: Value = serde_json::from_str(&text).expect("it is JSON");
    jsonschema::meta::validate(&schema).expect("it is a schema");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

/// Where a value differs from its schema.
fn differs(value: &Value, validator: &Validator) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn a_result_is_as_described() {
    let outcomes = [
        None,
        Some(KataOutcome::DoesNotCompile),
        Some(KataOutcome::NotGraded("it is a type".to_owned())),
        Some(KataOutcome::AgainstTheRules("line 3: unsafe".to_owned())),
        Some(KataOutcome::GraderError("no sandbox".to_owned())),
    ];
    let katas = outcomes.into_iter().enumerate().map(|(n, outcome)| (format!("m01/a/k{n}"), outcome));
    let (katas, ignored) = (katas.collect(), vec!["x: no".to_owned()]);
    let mut result = to_json(&Graded { name: "ada".to_owned(), katas, ignored, ..Graded::default() });
    let law = json!({
        "law": "it is", "status": "broken", "snapshot": true, "with": "", "got": "", "want": "", "look": "",
        "tier": "core"
    });
    result["katas"][0]["laws"] = json!([law]);
    let validator = validator("result.schema.json");
    assert_eq!(differs(&result, &validator), Vec::<String>::new());
    // And the schema is not one that everything fits.
    result["katas"][0]["laws"][0]["seed"] = json!(1);
    result["points"] = json!(-1);
    assert_eq!(differs(&result, &validator).len(), 2);
}

#[test]
fn a_class_is_as_described() {
    let class = json!({
        "schema": 2, "title": null, "rules": null, "files": ["moodle.csv"],
        "exports": ExportRules::default().to_json(),
        "roster": { "learners": 2, "missing": [{ "name": "Ada", "number": "1" }],
                    "twice": [{ "name": "Kurt", "submissions": ["a", "b"] }],
                    "unknown": [{ "submission": "x", "why": "no learner" }] },
        "seed": 4711, "features": ["m01"], "scan": "advise", "version": "0.1.0",
        "assignment": "00ff", "shard": { "number": 1, "of": 2 },
        "submissions": [brief(&to_json(&Graded::default()))],
    });
    assert_eq!(differs(&class, &validator("class.schema.json")), Vec::<String>::new());
}
