//! What the grader writes is what its schemas describe. The few words of JSON Schema that these use are checked here; a
//! complete validator reads them the same way.

use std::fs;
use std::path::Path;

use grader::result::{Found, Graded};
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    serde_json::from_str(&fs::read_to_string(path).expect("it is there")).expect("it is there")
}

/// Where a value differs from its schema.
fn differs(value: &Value, schema: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, said) in schema.as_object().expect("it is there") {
        let fits = match word.as_str() {
            "$schema" | "title" | "items" | "properties" | "maxItems" => true,
            "const" => value == said,
            "enum" => said.as_array().expect("it is there").contains(value),
            "minimum" => value.as_f64().expect("it is there") >= said.as_f64().expect("it is there"),
            "type" => {
                said.as_array().map_or(vec![said], |all| all.iter().collect()).iter().any(|it| is(value, it))
            }
            "required" => said
                .as_array()
                .expect("it is there")
                .iter()
                .all(|key| value.get(key.as_str().expect("it is there")).is_some()),
            "additionalProperties" if said.is_object() => {
                let entries = value.as_object().expect("it is there").iter();
                found.extend(entries.flat_map(|(key, it)| differs(it, said, &format!("{at}/{key}"))));
                true
            }
            "additionalProperties" => value
                .as_object()
                .expect("it is there")
                .keys()
                .all(|key| schema["properties"].get(key).is_some()),
            other => panic!("this test does not know the word {other}"),
        };
        if !fits {
            found.push(format!("{at}: {word} {said}: {value}"));
        }
    }
    for (key, part) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(value.get(key).map(|it| differs(it, part, &format!("{at}/{key}"))).unwrap_or_default());
    }
    for (place, part) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(differs(part, &schema["items"], &format!("{at}/{place}")));
    }
    found
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("it is there") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("no type {other}"),
    }
}

#[test]
fn a_result_is_as_described() {
    let found = [
        None,
        Some(Found::Refused),
        Some(Found::NotGraded("it is a type".to_owned())),
        Some(Found::AgainstTheRules("line 3: unsafe".to_owned())),
        Some(Found::GraderError("no cage".to_owned())),
    ];
    let katas = found.into_iter().enumerate().map(|(n, found)| (format!("m01/a/k{n}"), found)).collect();
    let graded =
        Graded { name: "ada".to_owned(), katas, ignored: vec!["x: no".to_owned()], ..Graded::default() };
    let mut result = graded.to_json();
    let law = json!({ "law": "it is", "status": "broken", "snapshot": true, "with": "", "got": "", "want": "", "look": "" });
    result["katas"][0]["laws"] = json!([law]);
    let schema = schema("result.schema.json");
    assert_eq!(differs(&result, &schema, ""), Vec::<String>::new());
    // And the schema is not one that everything fits.
    result["katas"][0]["laws"][0]["seed"] = json!(1);
    result["points"] = json!(-1);
    assert_eq!(differs(&result, &schema, "").len(), 2);
}

#[test]
fn a_class_is_as_described() {
    let class = json!({
        "schema": 1, "seed": 4711, "features": ["m01"], "scan": "advise", "version": "0.1.0", "assignment": "00ff",
        "shard": { "number": 1, "of": 2 }, "submissions": [grader::class::brief(&Graded::default().to_json())],
    });
    assert_eq!(differs(&class, &schema("class.schema.json"), ""), Vec::<String>::new());
}
