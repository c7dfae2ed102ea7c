//! Articles in any number: paragraphs of the seeds in changing company, and sentences made of parts, so that some say the
//! same, some are copies of one text, and all are found again by the same seed.

use crate::random::Random;
use serde_json::json;
use std::fs;
use std::path::Path;

const OUTLETS: [&str; 6] =
    ["Le Courrier de Valmont", "Ouest Bocage", "La Dépêche du Port", "Radio Estuaire", "Le Phare", "Agence Rivage"];
const FIRST: [&str; 12] =
    ["Anne", "Luc", "Maëlle", "Yves", "Chantal", "Omar", "Jeanne", "Paul", "Inès", "Loïc", "Nadia", "Hervé"];
const LAST: [&str; 12] = [
    "Kervadec",
    "Morel",
    "Tanguy",
    "Aubert",
    "Le Bihan",
    "Duroc",
    "Castel",
    "Vasquin",
    "Orsenne",
    "Lerouvier",
    "Brunet",
    "Salaün",
];
const ROLES: [&str; 8] = [
    "maire de Vernoy",
    "présidente de la région",
    "ministre de la Santé",
    "porte-parole du Kremlin",
    "directeur de l’hôpital",
    "juriste à l’Institut Hauterive",
    "secrétaire général de l’OTAN",
    "préfète de la Manche",
];
const THINGS: [&str; 10] = [
    "le pont",
    "la digue",
    "le budget de l’hôpital",
    "l’accord avec l’Ukraine",
    "la ligne de Vernoy",
    "le port",
    "l’usine de Saint-Aubry",
    "la réforme des retraites",
    "la trêve",
    "le vaccin",
];
const DOES: [&str; 8] = ["attend", "quittera", "soutient", "paiera", "rejoindra", "inquiète", "remplace", "protégera"];
const VERBS: [&str; 6] = ["a déclaré", "a promis", "a assuré", "a regretté", "a ajouté", "a expliqué"];

/// This many articles as JSON, one a line. Another `edition` has the same articles, a third of them with other words.
pub fn articles(number: usize, edition: u64) -> String {
    let seeds = paragraphs();
    let mut lines = String::new();
    let mut before = String::new();
    for n in 0..number {
        let mut random = Random::new(n as u64 * 31 + 7);
        let mut text = String::new();
        if n % 3 == 0 {
            text.push_str(&sentence(&mut Random::new(edition * 1000 + n as u64)));
        }
        for _ in 0..2 + random.below(4) {
            text.push_str(&sentence(&mut random));
        }
        for _ in 0..usize::from(random.below(5) == 0) {
            text.push_str(random.pick::<String>(&seeds));
            text.push_str("\n\n");
        }
        // A dispatch that another outlet takes up.
        if n % 17 == 16 {
            text.clone_from(&before);
        }
        before.clone_from(&text);
        let outlet = OUTLETS[n % OUTLETS.len()];
        let day = format!("2022-{:02}-{:02}", 1 + n % 12, 1 + n / 12 % 28);
        let url = format!("https://journal{}.example/{day}/{n}", n % OUTLETS.len());
        let title = format!("Vernoy, jour {n} : {}", random.pick(&THINGS));
        let article =
            json!({ "url": url, "outlet": outlet, "published": day, "title": title, "language": "fr", "text": text });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines
}

fn sentence(random: &mut Random) -> String {
    let name = format!("{} {}", random.pick(&FIRST), random.pick(&LAST));
    let (role, verb) = (random.pick(&ROLES), random.pick(&VERBS));
    // Most sentences are of their own: else all articles would tell one event.
    let (here, there, days) = (place(random), place(random), random.below(900));
    let told = format!("{} de {here} {} {there}", random.pick(&THINGS), random.pick(&DOES));
    match random.below(4) {
        0 => format!("« {told} », {verb} {name}, {role}.\n\n"),
        1 => format!("Selon {name}, {role}, {told}.\n\n"),
        2 => format!("{name}, {role}, {verb} que {told} dans {days} jours.\n\n"),
        _ => format!("{name} a démenti que {told}. « {there} {} {here} », {verb} l’intéressé.\n\n", random.pick(&DOES)),
    }
}

/// A place that is on no map.
fn place(random: &mut Random) -> String {
    const PARTS: [&str; 16] = [
        "ver", "lan", "quais", "mor", "tin", "val", "beau", "bri", "gue", "nac", "sel", "vi", "lle", "cour", "dun",
        "aub",
    ];
    let word: String = (0..3 + random.below(2)).map(|_| *random.pick(&PARTS)).collect();
    word[..1].to_uppercase() + &word[1..]
}

/// The paragraphs of `seeds/` that are more than a heading.
fn paragraphs() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| text.split("\n\n").filter(|p| p.len() > 90).map(str::to_owned).collect::<Vec<_>>()).collect()
}
