//! The live page in a real browser: a learner saves, and looks.

mod chromium;
mod learner;

use std::time::Duration;
use std::{env, fs};

use chromium::Browser;
use learner::Learner;

const VECTORS: &str = "katas/m01_linear_algebra/vectors.rs";
/// The first verdict builds the laws.
const FIRST: Duration = Duration::from_secs(300);
/// The later ones do not. It is no measure: other tests run at the same time.
const LATER: Duration = Duration::from_secs(60);

fn summary_has(words: &str) -> String {
    format!("document.getElementById('summary').textContent.includes({words:?})")
}

/// One browser and one repository for all of it: what takes time is the first build of the laws.
#[test]
fn a_learner_looks_while_they_work() {
    let Some(mut browser) = Browser::start() else { return };
    let learner = Learner::start("looks");
    it_fits_a_phone_and_is_accessible(&learner, &mut browser);
    the_verdict_follows_each_save(&learner, &mut browser);
    hints_come_one_by_one_by_the_keyboard(&mut browser);
    a_picture_stands_next_to_the_reference(&learner, &mut browser);
    assert_eq!(browser.complaints, Vec::<String>::new());
    let foreign: Vec<&String> = browser
        .requests
        .iter()
        .filter(|url| !url.starts_with(&learner.address) && !url.starts_with("about:"))
        .collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

fn it_fits_a_phone_and_is_accessible(learner: &Learner, browser: &mut Browser) {
    for (width, is_dark) in [(360, false), (360, true), (1280, false), (1280, true)] {
        browser.go_to(&learner.address, width, 800, is_dark);
        browser.wait_for(&summary_has("Not written yet"), FIRST);
        let overflow = browser.value("document.documentElement.scrollWidth - window.innerWidth");
        assert!(overflow.as_i64().is_some_and(|it| it <= 0), "{width}: {overflow} pixels too wide");
        browser.picture(&format!("stub-{width}-{}", if is_dark { "dark" } else { "light" }));
        is_accessible(browser);
    }
}

/// axe-core is not part of this repository: `KATAS_AXE` names its file.
fn is_accessible(browser: &mut Browser) {
    let Some(axe) = env::var_os("KATAS_AXE") else {
        return println!("without axe: KATAS_AXE does not name axe.min.js");
    };
    browser.value(&fs::read_to_string(axe).expect("axe-core"));
    let found = browser
        .value("axe.run().then((it) => it.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html}`))");
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{found:#}");
}

fn the_verdict_follows_each_save(learner: &Learner, browser: &mut Browser) {
    learner.write(VECTORS, "add", "Ok(x.iter().zip(y).map(|(x, y)| x - y).collect())");
    browser.wait_for(&summary_has("laws are broken"), LATER);
    browser.wait_for("document.querySelector('.why dt')", LATER);
    let said = browser.value("document.querySelector('.why').innerText");
    let said = said.as_str().unwrap_or_default();
    assert!(said.contains("with") && said.contains("got") && said.contains("want"), "{said}");
    browser.picture("broken");
    is_accessible(browser);
    // It does not compile, while the page is open.
    learner.edit(VECTORS, "x - y", "x -");
    browser.wait_for(&summary_has("does not compile"), LATER);
    browser.wait_for("document.querySelector('#laws pre').textContent.includes('error')", LATER);
    learner.solve("m01_linear_algebra/vectors.rs");
    browser.wait_for(&summary_has("Every law holds. ★★"), LATER);
    browser.picture("holds");
    assert!(browser.value("document.title").as_str().is_some_and(|title| title.starts_with('✓')));
}

fn hints_come_one_by_one_by_the_keyboard(browser: &mut Browser) {
    browser.value("document.getElementById('judge').focus()");
    browser.press("Tab");
    assert_eq!(browser.value("document.activeElement.id"), "next-hint");
    browser.press("Enter");
    browser.wait_for("document.querySelectorAll('#hint-list article').length === 1", LATER);
    // The page changed, and who pressed the key is still there.
    assert_eq!(browser.value("document.activeElement.id"), "next-hint");
}

fn a_picture_stands_next_to_the_reference(learner: &Learner, browser: &mut Browser) {
    learner.solve("m01_linear_algebra/transforms.rs");
    browser.value(
        "[...document.querySelectorAll('#map button')]
             .find((it) => it.textContent.startsWith('transform_figure')).click()",
    );
    browser.wait_for("document.querySelectorAll('#pairs img').length === 2", LATER);
    let is_drawn = "[...document.querySelectorAll('#pairs img')].every((it) => it.naturalWidth > 100)";
    browser.wait_for(is_drawn, LATER);
    browser.value("document.getElementById('pictures').scrollIntoView()");
    browser.picture("pictures-dark");
    browser.value("document.getElementById('chapter').open = true");
    browser.wait_for("document.querySelector('#chapter-text math')", LATER);
    is_accessible(browser);
    browser.value("document.getElementById('chapter').scrollIntoView()");
    browser.picture("chapter-dark");
}

#[test]
fn no_one_else_gets_in() {
    let learner = Learner::start("guard");
    let path = learner.path();
    let status = |method, path: &str, headers: &[&str]| learner.status_of(method, path, headers);
    assert_eq!(status("GET", &path, &[]), 200);
    // Without the secret there is nothing.
    assert_eq!(status("GET", "/", &[]), 404);
    assert_eq!(status("GET", "/state", &[]), 404);
    assert_eq!(status("GET", &format!("/{}/state", "0".repeat(32)), &[]), 404);
    // DNS rebinding: another name that leads here.
    assert_eq!(status("GET", &path, &["Host: evil.example"]), 403);
    assert_eq!(status("GET", &format!("{path}state"), &["Host: 127.0.0.1.evil.example:80"]), 403);
    // A page of another site.
    assert_eq!(status("GET", &format!("{path}state"), &["Origin: http://evil.example"]), 403);
    assert_eq!(status("GET", &format!("{path}state"), &["Sec-Fetch-Site: cross-site"]), 403);
    assert_eq!(status("POST", &format!("{path}judge"), &[]), 403);
    assert_eq!(status("POST", &format!("{path}judge"), &["Origin: null", "X-Katas: 1"]), 403);
    assert_eq!(status("POST", &format!("{path}judge"), &["X-Katas: 1"]), 202);
    // No file but chapters and pictures.
    for name in ["..%2f..%2fCargo", "..", "%2e%2e%2f%2e%2e%2fREADME", "nothing"] {
        assert_eq!(status("GET", &format!("{path}chapter/{name}"), &[]), 404, "{name}");
    }
    assert_eq!(
        status("GET", &format!("{path}pictures/m01_linear_algebra/..%2f..%2f..%2fbook.toml"), &[]),
        404
    );
    assert_eq!(status("DELETE", &format!("{path}judge"), &["X-Katas: 1"]), 405);
}
