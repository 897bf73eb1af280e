//! The pages that the grader writes, in a real browser: of a class, of a learner, and of similar submissions.

#[path = "../../../site/tests/browser/chromium.rs"]
mod chromium;
mod made_up;

use std::path::{Path, PathBuf};
use std::{env, fs};

use chromium::Browser;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// Both pages, written where a browser finds them.
fn pages() -> (PathBuf, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let learner = made_up::write(&folder);
    (folder.join("class.html"), folder.join(learner).join("report.html"))
}

fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn the_only_script_is_the_one_that_is_allowed() {
    let (class, learner) = pages();
    let text = fs::read_to_string(class).unwrap();
    let script = text.split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
    let hash = BASE64.encode(&Sha256::digest(script.as_bytes()));
    assert!(text.contains(&format!("script-src 'sha256-{hash}'")), "sort.js has the hash sha256-{hash}");
    assert!(!fs::read_to_string(learner).unwrap().contains("<script"));
}

#[test]
fn the_pages_fit_are_accessible_and_sort() {
    let Some(mut browser) = Browser::start() else { return };
    let (class, learner) = pages();
    let similar = made_up::similar(class.parent().unwrap());
    for (path, name) in [(&class, "class"), (&learner, "learner"), (&similar, "similarity")] {
        for (width, is_dark) in [(360, false), (360, true), (1280, false), (1280, true)] {
            browser.go_to(&address(path), width, 1600, is_dark);
            browser.wait_for("document.querySelector('h1')", std::time::Duration::from_secs(20));
            let overflow = browser.value("document.documentElement.scrollWidth - window.innerWidth");
            assert!(
                overflow.as_i64().is_some_and(|it| it <= 0),
                "{name} {width}: {overflow} pixels too wide"
            );
            browser.picture(&format!("{name}-{width}-{}", if is_dark { "dark" } else { "light" }));
            is_accessible(&mut browser, name);
        }
    }
    browser.go_to(&address(&class), 1280, 1600, false);
    browser.wait_for("document.querySelector('th button')", std::time::Duration::from_secs(20));
    it_sorts(&mut browser);
    assert_eq!(browser.complaints, Vec::<String>::new());
    assert!(browser.requests.iter().all(|url| url.starts_with("file:") || url.starts_with("about:")));
}

/// axe-core is not part of this repository: `KATAS_AXE` names its file.
fn is_accessible(browser: &mut Browser, page: &str) {
    let Some(axe) = env::var_os("KATAS_AXE") else {
        return println!("without axe: KATAS_AXE does not name axe.min.js");
    };
    browser.value(&fs::read_to_string(axe).expect("axe-core"));
    let found = browser
        .value("axe.run().then((it) => it.violations.map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html}`))");
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{page}: {found:#}");
}

/// By mouse and by keyboard, numbers as numbers, and with a word for those who do not see it.
fn it_sorts(browser: &mut Browser) {
    let column = |number: usize| {
        format!(
            "[...document.querySelectorAll('table')[0].tBodies[0].rows]\
             .map((row) => row.cells[{number}].dataset.sort ?? row.cells[{number}].textContent)"
        )
    };
    let read = |browser: &mut Browser, number| -> Vec<String> {
        let list = browser.value(&column(number));
        list.as_array().expect("a list").iter().map(|it| it.as_str().expect("a text").to_owned()).collect()
    };
    let numbers = |browser: &mut Browser| -> Vec<f64> {
        read(browser, 1).iter().map(|it| it.parse().expect("a number")).collect()
    };
    let names = read(browser, 0);
    browser.value("document.querySelectorAll('th button')[1].click()");
    let (up, is_sorted) = (numbers(browser), |all: &[f64]| all.windows(2).all(|pair| pair[0] <= pair[1]));
    assert!(up.len() > 10 && is_sorted(&up), "{up:?}");
    browser.value("document.querySelectorAll('th button')[1].focus()");
    browser.press("Enter");
    let mut down = numbers(browser);
    down.reverse();
    assert!(is_sorted(&down), "{down:?}");
    assert_eq!(browser.value("document.querySelectorAll('th')[1].getAttribute('aria-sort')"), "descending");
    let mut sorted = read(browser, 0);
    sorted.sort();
    let mut expected = names;
    expected.sort();
    assert_eq!(sorted, expected, "no row is lost");
}
