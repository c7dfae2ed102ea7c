use std::io::BufRead;
fn main() {
    let entities = dixit::entity::Entities::embedded();
    let (mut n, mut bytes, mut slow, mut long) = (0, 0, 0f64, 0);
    let show = std::env::args().nth(1).is_some();
    let mut articles = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let text = v["text"].as_str().unwrap_or_default().to_owned();
        let mut a = dixit::article::Article::from_text(v["id"].as_str().unwrap_or("x"), &text);
        a.published = v["published"].as_str().or(v["date"].as_str()).and_then(|d| d.parse().ok());
        articles.push(a);
    }
    let start = std::time::Instant::now();
    for a in &articles {
        let t = std::time::Instant::now();
        let found = dixit::extract::extract(a, entities);
        let d = t.elapsed().as_secs_f64();
        if d > slow {
            slow = d;
            eprintln!("slowest {} {:.1} ms {} bytes", a.name, d * 1e3, a.text.len());
        }
        n += found.len();
        bytes += a.text.len();
        for s in &found {
            let l = s.text(&a.text).chars().count();
            if l > 2500 {
                long += 1;
            }
            if show {
                println!(
                    "{}\t{:?}\t{:?}\t{}\t{}\t{:.2}\t{}",
                    a.name,
                    s.kind,
                    s.polarity,
                    s.actors.iter().map(|x| x.name.as_str()).collect::<Vec<_>>().join("+"),
                    s.cue.as_ref().map_or("", |c| c.lemma.as_str()),
                    s.confidence,
                    s.text(&a.text).replace(['\n', '\t'], " ")
                );
            }
        }
    }
    let t = start.elapsed().as_secs_f64();
    eprintln!(
        "{} articles {n} statements {bytes} bytes {t:.2} s {:.1} MB/s long {long}",
        articles.len(),
        bytes as f64 / t / 1e6
    );
}
