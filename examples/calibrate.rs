//! Fits `src/extract/confidence.tsv`: what each sign of a statement is worth, from articles that people have read.
//!
//!     cargo run --no-default-features --example calibrate -- seen:tests/gold/seeds.jsonl:seeds blind:GOLD:TEXTS … > table
//!
//! Each argument is a set: its role, the gold (`docs/gold.md`) and the folder of the texts.
//!
//! - `blind`: articles drawn by chance, every statement marked;
//! - `sample`: found statements drawn by chance, only these are in the gold: what is right with its speaker, what is no
//!   statement with a speaker that nobody is called;
//! - `seen`: articles for which rules were made; the program is better there than elsewhere, so such a set has a base of
//!   its own, and the table's base is that of the other sets.
//!
//! A statement is right if content and speaker are. The weights are those of a logistic regression whose penalty draws
//! them to zero where few statements speak for them. Standard error tells what ten-fold cross-validation over articles
//! says of the blind and sampled sets: each article's statements are judged with weights fitted without it.

use dixit::article::{ReadOptions, read_paths};
use dixit::entity::Entities;
use dixit::eval::{Gold, Judged, Names, Prediction, bands, calibration_error, sheets, speaker_right};
use dixit::extract::{Sign, extract, records, signs};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// How strongly weights are drawn to zero: as much as this many statements of even odds would.
const PENALTY: f64 = 6.0;
/// The same for the base of a seen set.
const SET_PENALTY: f64 = 0.1;
/// Steps of the fit; the sum of changes is then far below what two decimals show.
const STEPS: usize = 3000;
const FOLDS: usize = 10;
/// Weights nearer to zero are left out of the table.
const LEAST: f64 = 0.05;

/// A found statement that people have judged.
struct Case {
    article: String,
    signs: Vec<Sign>,
    /// Number of the seen set, or none.
    seen: Option<usize>,
    right: bool,
}

fn main() -> Result<(), String> {
    let mut cases = Vec::new();
    for (number, argument) in std::env::args().skip(1).enumerate() {
        let [role, gold, texts] = argument.splitn(3, ':').collect::<Vec<_>>()[..] else {
            return Err(format!("`{argument}` is no set: write ROLE:GOLD:TEXTS"));
        };
        let seen = match role {
            "blind" | "sample" => None,
            "seen" => Some(number),
            _ => return Err(format!("`{role}` is no role: write blind, sample or seen")),
        };
        cases.extend(read(Path::new(gold), Path::new(texts), role == "sample", seen)?);
    }
    if cases.is_empty() {
        return Err("name at least one set as ROLE:GOLD:TEXTS".to_owned());
    }
    report(&cases);
    print_table(&cases);
    Ok(())
}

/// The judged statements of one set.
fn read(gold: &Path, texts: &Path, listed_only: bool, seen: Option<usize>) -> Result<Vec<Case>, String> {
    let entities = Entities::embedded();
    let names = Names::of(entities);
    let gold = Gold::read(gold).map_err(|errors| errors[0].to_string())?;
    let (mut by_name, mut found, mut signs_of) = (HashMap::new(), Vec::new(), HashMap::new());
    for article in read_paths(&[texts.to_owned()], &ReadOptions::default()) {
        let article = article.map_err(|error| error.to_string())?;
        let statements = extract(&article, entities);
        for (statement, record) in statements.iter().zip(records(&article, &statements, entities)) {
            let prediction = Prediction::from(record);
            let key = (prediction.article.clone(), prediction.spans.clone());
            signs_of.insert(key, signs(statement, &article.text));
            found.push(prediction);
        }
        by_name.insert(article.name, article.text);
    }
    let sheets = sheets(gold, &by_name, found).map_err(|errors| errors[0].to_string())?;
    let mut cases = Vec::new();
    for article in sheets.iter().map(|sheet| sheet.compare(None)) {
        for (prediction, wanted) in article.counted().filter(|(_, wanted)| wanted.is_some() || !listed_only) {
            let right = wanted.is_some_and(|w| speaker_right(&w.actors, &prediction.actors, &names));
            let key = (prediction.article.clone(), prediction.spans.clone());
            cases.push(Case { article: prediction.article.clone(), signs: signs_of[&key].clone(), seen, right });
        }
    }
    Ok(cases)
}

/// The fitted weights, all in log-odds.
struct Fit {
    base: f64,
    signs: BTreeMap<Sign, f64>,
    sets: BTreeMap<usize, f64>,
}

/// A weight while it is fitted: how many cases have it, how strongly it is drawn to zero, and its slope.
#[derive(Clone, Copy, Default)]
struct Weight {
    value: f64,
    cases: f64,
    penalty: f64,
    slope: f64,
}

impl Fit {
    fn of(cases: &[&Case]) -> Self {
        let mut numbers: BTreeMap<Sign, usize> = BTreeMap::new();
        let mut sets: BTreeMap<usize, usize> = BTreeMap::new();
        // The base is weight 0, which every case has.
        let mut weights = vec![Weight::default()];
        let number = |weights: &mut Vec<Weight>, penalty| {
            weights.push(Weight { penalty, ..Weight::default() });
            weights.len() - 1
        };
        let rows: Vec<(Vec<usize>, f64)> = cases
            .iter()
            .map(|case| {
                let mut row = vec![0];
                for sign in &case.signs {
                    row.push(*numbers.entry(*sign).or_insert_with(|| number(&mut weights, PENALTY)));
                }
                row.extend(case.seen.map(|set| *sets.entry(set).or_insert_with(|| number(&mut weights, SET_PENALTY))));
                row.iter().for_each(|w| weights[*w].cases += 1.0);
                (row, f64::from(u8::from(case.right)))
            })
            .collect();
        for _ in 0..STEPS {
            for (row, right) in &rows {
                let miss = right - chance(row.iter().map(|w| weights[*w].value).sum());
                row.iter().for_each(|w| weights[*w].slope += miss);
            }
            // The curvature is at most a quarter a case and weight, and a case has a dozen weights: no step overshoots.
            for w in &mut weights {
                w.value += (w.slope - w.penalty * w.value) / (3.0 * w.cases + w.penalty);
                w.slope = 0.0;
            }
        }
        Self {
            base: weights[0].value,
            signs: numbers.into_iter().map(|(sign, w)| (sign, weights[w].value)).collect(),
            sets: sets.into_iter().map(|(set, w)| (set, weights[w].value)).collect(),
        }
    }

    /// The chance that a statement of an article that nobody has seen is right.
    fn chance(&self, signs: &[Sign]) -> f64 {
        chance(self.base + signs.iter().filter_map(|sign| self.signs.get(sign)).sum::<f64>())
    }
}

/// The logistic function.
fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Cross-validation over articles, of the sets that are not seen.
fn report(cases: &[Case]) {
    let mut articles: Vec<&str> = cases.iter().map(|case| case.article.as_str()).collect();
    articles.sort_unstable();
    articles.dedup();
    let fold = |case: &Case| articles.binary_search(&case.article.as_str()).unwrap_or(0) % FOLDS;
    let mut judged = Vec::new();
    for held in 0..FOLDS {
        let (test, train): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| fold(case) == held);
        let fit = Fit::of(&train);
        judged.extend(
            test.iter().filter(|case| case.seen.is_none()).map(|case| Judged {
                confidence: (fit.chance(&case.signs) * 100.0).round() / 100.0,
                right: case.right,
            }),
        );
    }
    let right = judged.iter().filter(|j| j.right).count();
    eprintln!("{} statements, {} of them blind or sampled, {right} of these right", cases.len(), judged.len());
    let bands = bands(&judged);
    eprintln!("cross-validated over articles:\nband        statements  mean   share right");
    for b in &bands {
        eprintln!("{:4} – {:4} {:>10}  {:.3}  {:.3}", b.from, b.to, b.statements, b.confidence, b.right);
    }
    let mean = right as f64 / judged.len() as f64;
    let brier = |chance: &dyn Fn(&Judged) -> f64| {
        let squares = judged.iter().map(|j| (chance(j) - f64::from(u8::from(j.right))).powi(2));
        squares.sum::<f64>() / judged.len() as f64
    };
    eprintln!("calibration error {:.3}", calibration_error(&bands));
    eprintln!("Brier score {:.4} (the mean for all: {:.4})", brier(&|j| j.confidence), brier(&|_| mean));
    eprintln!("at least  kept  share right  right ones kept");
    for least in [0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97] {
        let kept: Vec<&Judged> = judged.iter().filter(|j| j.confidence >= least).collect();
        let good = kept.iter().filter(|j| j.right).count();
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        eprintln!("{least:<8} {:>5}  {:.3}        {:.3}", kept.len(), share(good, kept.len()), share(good, right));
    }
}

/// The table, one row a sign, with the statements that speak for its weight.
fn print_table(cases: &[Case]) {
    let fit = Fit::of(&cases.iter().collect::<Vec<_>>());
    let mut counts: BTreeMap<Sign, (usize, usize)> = BTreeMap::new();
    for case in cases {
        for sign in &case.signs {
            let (all, right) = counts.entry(*sign).or_default();
            (*all, *right) = (*all + 1, *right + usize::from(case.right));
        }
    }
    println!(
        "# What each sign of a statement is worth, in log-odds. Fitted by examples/calibrate.rs, not written by hand."
    );
    println!("of\tis\tweight\tstatements\tright");
    for (set, base) in &fit.sets {
        eprintln!("base of set {}: {base:+.2}", set + 1);
    }
    println!("base\t\t{:.2}\t{}\t{}", fit.base, cases.len(), cases.iter().filter(|case| case.right).count());
    let tells = |sign: &Sign| fit.signs[sign].abs() >= LEAST;
    for (sign, (all, right)) in counts.into_iter().filter(|(sign, _)| tells(sign)) {
        println!("{}\t{}\t{:.2}\t{all}\t{right}", sign.of, sign.is, fit.signs[&sign]);
    }
}
