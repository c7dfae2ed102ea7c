//! To whom a speaker's words lead: office holders by date, homonyms, places that stand for authorities, spellings,
//! acronyms, and those who are nobody that the table knows. The rows are in `tests/links.tsv`.

use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::extract;
use std::collections::BTreeSet;

#[test]
fn every_speaker_leads_to_the_right_entity() {
    let entities = Entities::embedded();
    let rows = include_str!("links.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in rows {
        let cells: Vec<_> = row.split('\t').collect();
        let [published, key, name, text] = cells[..] else { panic!("four cells: {row}") };
        let expected = (key != "-").then(|| entities.by_key(key).unwrap_or_else(|| panic!("{key} is in the table")));
        if let Some(id) = expected {
            assert_eq!(&*entities.get(id).fr, name, "{row}");
        }
        let published = Some(published.parse().expect(row));
        let article = Article { published, ..Article::from_text("row.txt", text) };
        let statements = extract(&article, entities);
        let found: BTreeSet<_> = statements.iter().flat_map(|s| &s.actors).map(|actor| actor.entity).collect();
        count += 1;
        if found != BTreeSet::from([expected]) {
            let found: Vec<_> = found.iter().map(|id| id.map_or("nobody", |id| &*entities.get(id).fr)).collect();
            wrong.push(format!("{row}\n    found: {}", found.join(", ")));
        }
    }
    assert!(count >= 150);
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
