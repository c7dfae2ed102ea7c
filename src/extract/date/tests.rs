use super::*;
use proptest::prelude::*;

fn years(text: &str) -> Vec<i16> {
    find::years(text, &tokens::tokens(text, Span::new(0, text.len())))
}

fn found(text: &str) -> Vec<&str> {
    find_dates(text, Span::new(0, text.len())).into_iter().map(|m| m.span.of(text)).collect()
}

/// The dates of `text` as `words: first..last`, an article of `published` around them.
fn resolved(text: &str, published: &str) -> Vec<String> {
    let context = DateContext { published: published.parse().ok(), years: years(text), other: None };
    let show = |date: ResolvedDate| {
        let days = match date.days {
            None => "?".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}..{last}"),
        };
        let ahead = if date.mention.expression.is_future() { " (ahead)" } else { "" };
        format!("{}: {days}{ahead}", date.mention.span.of(text))
    };
    resolve_dates(text, &context).into_iter().map(show).collect()
}

#[test]
fn each_way_to_write_a_date_is_found_whole() {
    let cases: &[(&str, &[&str])] = &[
        ("Jeudi, Anne Roy a dit oui.", &["Jeudi"]),
        ("Elle l'a dit ce jeudi soir à Vaux.", &["ce jeudi soir"]),
        ("Elle l'a dit jeudi dernier.", &["jeudi dernier"]),
        ("Elle l'a dit le jeudi 3 mai 2018, à 20 heures.", &["le jeudi 3 mai 2018"]),
        ("Mardi 1er mars à 20 heures, elle a parlé.", &["Mardi 1er mars"]),
        ("Elle parlera mardi 20 heures.", &["mardi"]),
        ("Elle a parlé ce mardi 20.", &["ce mardi 20"]),
        ("Elle a parlé mardi 20 à Vaux.", &["mardi 20"]),
        ("Ce matin du 29 décembre, elle a parlé.", &["Ce matin du 29 décembre"]),
        ("Hier soir et aujourd’hui.", &["Hier soir", "aujourd’hui"]),
        ("Avant-hier, ou après-demain matin ?", &["Avant-hier", "après-demain matin"]),
        ("La veille, elle riait ; le lendemain aussi.", &["La veille", "le lendemain"]),
        ("À la veille du scrutin, au lendemain de la fête.", &[]),
        ("Deux jours plus tôt, il y a trois semaines.", &["Deux jours plus tôt", "il y a trois semaines"]),
        (
            "Du 3 au 5 mai, les 7 et 8 juin, entre le 3 et le 4 avril 2020.",
            &["Du 3 au 5 mai", "les 7 et 8 juin", "entre le 3 et le 4 avril 2020"],
        ),
        ("3-4 avril 2020", &["3-4 avril 2020"]),
        ("Dans la nuit de jeudi à vendredi.", &["jeudi à vendredi"]),
        ("Entre jeudi et vendredi ; de jeudi et de lundi.", &["jeudi et vendredi", "jeudi", "lundi"]),
        ("Deux jours après sa mort, trois jours plus tard.", &["trois jours plus tard"]),
        ("LE 3 FÉVRIER, puis Le 1er Août.", &["LE 3 FÉVRIER", "Le 1er Août"]),
        ("Dans la nuit du samedi au dimanche.", &["samedi au dimanche"]),
        ("Le 04/05/2021, le 4.5.2021 et le 2021-05-04.", &["04/05/2021", "4.5.2021", "2021-05-04"]),
        ("Le 12 sept. 2021 et le 3 févr.", &["Le 12 sept. 2021", "le 3 févr"]),
        ("En mars dernier, fin mai, à la mi-juin 2020.", &["En mars dernier", "fin mai", "mi-juin 2020"]),
        ("Mars 2022, et depuis octobre.", &["Mars 2022", "depuis octobre"]),
        ("Depuis 2015, comme en 2014.", &["Depuis 2015", "en 2014"]),
        (
            "La semaine dernière, ce week-end, le mois prochain.",
            &["La semaine dernière", "ce week-end", "le mois prochain"],
        ),
        ("Le Journal du Dimanche et la planète Mars.", &[]),
        ("Chaque jeudi, un lundi, le marché du samedi, les mardis.", &[]),
        ("Sept personnes, mai-juin, le G20 de mai-68, 20h30, 3,5 ans.", &[]),
        ("Le 32 mai, 04/13/2021, 1.2.3.4, Vendredi saint.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(found(text), *expected, "{text}");
    }
}

#[test]
fn dates_are_counted_from_the_day_of_publication() {
    // 2021-05-05 was a Wednesday.
    let cases = [
        ("mercredi", "2021-05-05"),
        ("mercredi dernier", "2021-04-28"),
        ("mercredi prochain", "2021-05-12 (ahead)"),
        ("ce jeudi", "2021-04-29"),
        ("dimanche soir", "2021-05-02"),
        ("hier", "2021-05-04"),
        ("cette nuit", "2021-05-04..2021-05-05"),
        ("demain", "2021-05-06 (ahead)"),
        ("la veille", "2021-05-04"),
        ("le lendemain", "?"),
        ("il y a trois jours", "2021-05-02"),
        ("il y a deux semaines", "2021-04-18..2021-04-24"),
        ("le 3 mai", "2021-05-03"),
        ("le 11 octobre", "2020-10-11"),
        ("le 20 juin", "2021-06-20"),
        ("le 20 juin dernier", "2020-06-20"),
        ("le 29 février", "2020-02-29"),
        ("le 3 mai 2018", "2018-05-03"),
        ("lundi 3 mai", "2021-05-03"),
        ("mardi 20", "2021-04-20"),
        ("lundi 4 mai", "2020-05-04"),
        ("lundi 5 mai", "?"),
        ("04/05/20", "2020-05-04"),
        ("du 30 au 2 mai", "2021-04-30..2021-05-02"),
        ("en mars", "2021-03-01..2021-03-31"),
        ("en octobre", "2020-10-01..2020-10-31"),
        ("début juin", "2021-06-01..2021-06-10"),
        ("en juin dernier", "2020-06-01..2020-06-30"),
        ("mi-mars 2019", "2019-03-11..2019-03-20"),
        ("en 2014", "2014-01-01..2014-12-31"),
        ("cette semaine", "2021-05-03..2021-05-09"),
        ("la semaine dernière", "2021-04-26..2021-05-02"),
        ("ce week-end", "2021-05-01..2021-05-02"),
        ("le week-end prochain", "2021-05-15..2021-05-16 (ahead)"),
        ("le mois dernier", "2021-04-01..2021-04-30"),
        ("l'an dernier", "2020-01-01..2020-12-31"),
    ];
    for (words, expected) in cases {
        assert_eq!(resolved(words, "2021-05-05"), [format!("{words}: {expected}")]);
    }
    assert_eq!(resolved("de samedi à dimanche", "2021-05-05"), ["samedi à dimanche: 2021-05-01..2021-05-02"]);
}

#[test]
fn a_publication_known_only_to_the_month_gives_intervals() {
    let cases = [
        ("lundi 28 février", "2022-02-28"),
        ("le 3 mars", "2022-03-03"),
        ("jeudi", "2022-02-23..2022-03-31"),
        ("hier", "2022-02-28..2022-03-30"),
        ("le mois dernier", "2022-02-01..2022-02-28"),
    ];
    for (words, expected) in cases {
        assert_eq!(resolved(words, "2022-03"), [format!("{words}: {expected}")]);
    }
    assert_eq!(resolved("jeudi et le 3 mars", "2022"), ["jeudi: ?", "le 3 mars: 2022-03-03"]);
}

#[test]
fn without_publication_the_weekday_and_the_years_named_fix_the_year() {
    let cases = [
        ("Le décret de 2016 a été lu lundi 28 février.", "lundi 28 février: 2022-02-28"),
        ("D'ici à 2050, ou lundi 28 février.", "lundi 28 février: ?"),
        ("Lundi 28 février, elle a parlé.", "Lundi 28 février: ?"),
        ("Le 3 mai, elle a parlé.", "Le 3 mai: ?"),
        ("Jeudi, elle a parlé.", "Jeudi: ?"),
        ("Le 3 mai 2021, elle a parlé.", "Le 3 mai 2021: 2021-05-03"),
    ];
    for (text, expected) in cases {
        assert_eq!(resolved(text, "").last().unwrap(), expected, "{text}");
    }
    let text = "En 2011 comme en 2014, et lundi 28 février.";
    assert_eq!(
        resolved(text, "").last().unwrap(),
        "lundi 28 février: 2011-02-28",
        "a named year that fits comes first"
    );
}

#[test]
fn a_weekday_far_from_the_publication_looks_at_the_years_named() {
    let text = "En 2011, lundi 28 février, elle a parlé.";
    assert_eq!(resolved(text, "2019-06-01").last().unwrap(), "lundi 28 février: 2011-02-28");
}

#[test]
fn the_day_before_counts_from_the_date_named_before_it() {
    let text = "Le 3 mai 2018, elle a parlé. La veille, elle se taisait. Trois jours plus tard, elle riait.";
    let expected = ["Le 3 mai 2018: 2018-05-03", "La veille: 2018-05-02", "Trois jours plus tard: 2018-05-05"];
    assert_eq!(resolved(text, "2021-05-05"), expected);
    let far = format!("Le 3 mai 2018, elle a parlé. {} La veille, elle se taisait.", "Le pont tient. ".repeat(80));
    assert_eq!(resolved(&far, "2021-05-05").last().unwrap(), "La veille: 2021-05-04");
}

#[test]
fn only_the_span_is_searched() {
    let text = "Lundi, elle a parlé ; mardi, elle riait ; mercredi, plus rien.";
    let span = Span::new(text.find(" ; mardi").unwrap(), text.find("mercredi").unwrap());
    let found: Vec<&str> = find_dates(text, span).into_iter().map(|m| m.span.of(text)).collect();
    assert_eq!(found, ["mardi"]);
}

#[test]
fn the_years_named_leave_out_counts_and_plans() {
    let text =
        "En 2014, le décret de 2016, mars 2017 et le 04/05/2018 ; d'ici 2050, 2000 euros, pour près de 1950 habitants.";
    assert_eq!(years(text), [2014, 2016, 2017, 2018]);
}

proptest! {
    /// Mentions are ordered, do not overlap, lie on character boundaries, and can be resolved without stumbling.
    #[test]
    fn no_text_makes_it_stumble(
        text in r#"((le|du|au|et|ce|lundi|mars|mai|1er|31|29|2021|02/03/2021|il y a|hier|la veille|jours|plus tôt|dernier|nuit de|fin|mi|’|é|«|…| |-|,|\PC)( )?){0,40}"#,
        published in prop_oneof![Just("2021-05-05"), Just("2020-02"), Just("9999-12-31"), Just("0001-01-01"), Just("x")],
    ) {
        let mut end = 0;
        for mention in find_dates(&text, Span::new(0, text.len())) {
            prop_assert!(mention.span.start >= end);
            prop_assert!(!mention.span.of(&text).is_empty());
            end = mention.span.end;
        }
        resolved(&text, published);
    }
}
