use protocol::Assurance;

use super::marks::Marker;
use super::text::line;
use crate::rules::Points;

/// What a run would grade, and for whom: for an instructor who tries out an assignment file or a roster.
#[must_use]
pub fn dry_run(katas: &[(&str, Option<Assurance>)], submissions: &[&str], marker: &Marker) -> String {
    let worth = |(kata, assurance): &(&str, Option<Assurance>)| match assurance {
        Some(_) => marker.marking.worth(kata),
        None => Points::NONE,
    };
    let whole: Points = katas.iter().map(worth).sum();
    let scale = marker.marking.scale(whole);
    let graded = katas.iter().filter(|(_, assurance)| assurance.is_some()).count();
    let title = marker.title.as_deref().unwrap_or("without an assignment file");
    let mut out = format!("{title}: {graded} katas, {} points", whole * scale);
    if let Some(late) = &marker.late {
        out += &format!(", due {}", late.due);
    }
    out += "\n\n points  assurance   kata\n";
    for it in katas {
        let assurance = it.1.map_or("not graded", Assurance::word);
        out += &format!("{:>7}  {assurance:10}  {}\n", worth(it) * scale, it.0);
    }
    out += &format!("\n{} submissions\n", submissions.len());
    for name in submissions {
        let learners = marker.learners.get(*name).map_or(&[][..], Vec::as_slice);
        let learners: Vec<String> =
            learners.iter().map(|(name, number)| format!("{name} {number}")).collect();
        let mut facts = vec![(*name).to_owned()];
        facts.extend((!learners.is_empty()).then(|| learners.join(", ").trim_end().to_owned()));
        facts.extend(marker.times.get(*name).map(|time| format!("submitted {time}")));
        facts.extend(marker.extensions.get(*name).map(|(due, _)| format!("due {due}")));
        let set = marker.overrides.get(*name).map_or(0, Vec::len);
        facts.extend((set > 0).then(|| format!("{set} set by hand")));
        out += &format!("  {}\n", line(&facts.join("  ·  "), 500));
    }
    out
}
