//! `collex search`: provisions that answer a question, best first or by jurisdiction.

use std::io::Write;

use crate::cli::arguments::Search;
use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::index::Filters;
use crate::library::Library;
use crate::search::{Answer, Hit, Leg, Mode, Request, SearchError, Why};

/// Runs the command; fails with 1 if nothing was found.
pub(super) fn run(context: &Context, asked: &Search) -> Result<(), Failure> {
    let request = request(asked);
    // Refused before a model is loaded for it.
    let (chars, most) = (request.query.chars().count(), context.settings().max_query_chars);
    if chars > most {
        return Err(SearchError::QueryTooLong {
            found: chars,
            limit: most,
        }
        .into());
    }
    let model = if request.mode == Mode::Keyword {
        None
    } else {
        open::model(context, false)?
    };
    let library = open::library(context, model)?;
    open::say_if_behind(context, &library);
    let answer = library.search(&request).map_err(|error| refusal(error, &library))?;
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &answer)?;
    } else {
        for note in answer
            .notes
            .iter()
            .filter(|_| request.mode != Mode::Keyword || answer.total > 0)
        {
            context.remark(note);
        }
        show(&mut out, &answer, &request)?;
    }
    if answer.total == 0 { Err(Failure::Found) } else { Ok(()) }
}

fn request(asked: &Search) -> Request {
    Request {
        query: asked.query.join(" "),
        mode: asked.mode,
        filters: Filters {
            kinds: asked.kind.clone(),
            jurisdictions: asked.jurisdiction.clone(),
            regions: asked.region.clone(),
            legal_systems: asked.legal_system.clone(),
            topics: asked.topic.clone(),
            languages: asked.language.clone(),
            statuses: asked.status.clone(),
            confidences: asked.confidence.clone(),
            as_of: asked.as_of,
        },
        offset: asked.offset,
        limit: asked.limit,
        group: asked.group.as_ref().map(|_| asked.per_group),
        expand: !asked.no_expand,
        explain: asked.explain,
    }
}

/// For an unknown jurisdiction, the codes there are, nearest first by code and by name.
fn refusal(error: SearchError, library: &Library) -> Failure {
    let SearchError::UnknownJurisdiction { given, .. } = &error else {
        return error.into();
    };
    let Ok(jurisdictions) = library.jurisdictions() else {
        return error.into();
    };
    let asked = given.to_lowercase();
    let mut known: Vec<(f64, String, String)> = jurisdictions
        .into_iter()
        .map(|counted| (counted.jurisdiction.code.to_string(), counted.jurisdiction.name))
        .map(|(code, name)| {
            let by_code = strsim::jaro_winkler(&asked, &code.to_lowercase());
            (
                by_code.max(strsim::jaro_winkler(&asked, &name.to_lowercase())),
                code,
                name,
            )
        })
        .collect();
    known.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let nearest: Vec<String> = known
        .iter()
        .take(3)
        .map(|(_, code, name)| format!("{code} ({name})"))
        .collect();
    let mut others: Vec<&str> = known.iter().skip(3).map(|(_, code, _)| code.as_str()).collect();
    others.sort_unstable();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("; the others: {}", others.join(", "))
    };
    Failure::refused(format!(
        "the corpus has no jurisdiction `{given}`; nearest: {}{others}",
        nearest.join(", ")
    ))
}

fn show(out: &mut impl Write, answer: &Answer, request: &Request) -> std::io::Result<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    let day = request
        .filters
        .as_of
        .map_or_else(|| "today".to_owned(), |day| format!("on {day}"));
    for group in &answer.groups {
        let code = group
            .jurisdiction
            .as_deref()
            .map(|code| format!(" {code}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{strong}{}{code}{strong:#} {faint}{} found{faint:#}\n",
            group.name, group.total
        )?;
        group.hits.iter().try_for_each(|hit| show_hit(out, hit, false, &day))?;
    }
    answer.hits.iter().try_for_each(|hit| show_hit(out, hit, true, &day))?;
    if !answer.model_articles.is_empty() {
        writeln!(
            out,
            "{strong}Model articles on this{strong:#} {faint}our drafts, the law of no country{faint:#}\n"
        )?;
        answer
            .model_articles
            .iter()
            .try_for_each(|hit| show_hit(out, hit, true, &day))?;
    }
    if let Some(query) = &answer.did_you_mean {
        writeln!(out, "Did you mean: {strong}{}{strong:#}", print::isolated(query))?;
    }
    if answer.total == 0 {
        return writeln!(out, "Nothing found.");
    }
    let (shown, what) = match request.group {
        Some(_) => (answer.groups.len(), "jurisdictions"),
        None => (answer.hits.len(), "hits"),
    };
    let page = match shown {
        0 => format!("no {what} from {} on", request.offset + 1),
        _ => format!("{what} {} to {}", request.offset + 1, request.offset + shown),
    };
    let (mode, took) = (answer.mode.as_str(), answer.took_ms.total);
    writeln!(
        out,
        "{faint}{} found, {page}; {mode}, {took:.1} ms{faint:#}",
        answer.total
    )
}

fn show_hit(out: &mut impl Write, hit: &Hit, with_jurisdiction: bool, day: &str) -> std::io::Result<()> {
    let (strong, faint, warning) = (print::STRONG, print::FAINT, print::WARNING);
    let place = match (&hit.jurisdiction_name, with_jurisdiction) {
        (Some(name), true) if *name != hit.title => format!("{name} · "),
        _ => String::new(),
    };
    let pinpoint = hit
        .pinpoint
        .as_deref()
        .map(|pinpoint| format!("{pinpoint} — "))
        .unwrap_or_default();
    let (title, heading) = (print::isolated(&hit.title), print::isolated(&hit.heading));
    let headline = if title == heading {
        title
    } else {
        format!("{title} · {pinpoint}{heading}")
    };
    writeln!(out, "{:>3}. {strong}{place}{headline}{strong:#}", hit.rank)?;
    let mut about = Vec::new();
    about.extend(hit.validity.map(|validity| validity.status.to_string()));
    about.extend(hit.in_force_on_date.map(|answer| format!("in force {day}: {answer}")));
    about.extend(
        hit.confidence
            .filter(|_| !hit.unverified)
            .map(|confidence| confidence.to_string()),
    );
    about.extend(hit.topics.iter().map(|topic| topic.to_string()));
    if hit.unverified {
        about.push(format!("{warning}unverified{warning:#}"));
    }
    if !about.is_empty() {
        writeln!(out, "     {faint}{}{faint:#}", about.join(" · "))?;
    }
    let before = if hit.snippet.offset > 0 { "… " } else { "" };
    writeln!(out, "     {before}{}", print::isolated(&print::marked(&hit.snippet)))?;
    writeln!(out, "     {faint}{}{faint:#}", hit.id)?;
    if let Some(why) = &hit.why {
        writeln!(out, "     {faint}why: {}{faint:#}", reasons(why))?;
    }
    writeln!(out)
}

/// The reasons in one line.
fn reasons(why: &Why) -> String {
    let leg = |name: &str, leg: &Leg| format!("{name} {} ({:.3}, weight {:.2})", leg.rank, leg.score, leg.weight);
    let mut parts = Vec::new();
    parts.extend(why.reference.map(|fit| format!("named in the query (fit {fit} of 4)")));
    parts.extend(why.keyword.as_ref().map(|found| leg("by words", found)));
    parts.extend(why.vector.as_ref().map(|found| leg("by meaning", found)));
    if why.topic_factor > 1.0 {
        parts.push(format!("on a topic of the question (× {:.2})", why.topic_factor));
    }
    parts.extend(why.fused.map(|score| format!("fused {score:.4}")));
    let words = why.matched_words.join(", ");
    let topics = why
        .matched_topics
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    for (name, what) in [
        ("words", words),
        ("topics", topics),
        ("filters", why.filters.join(", ")),
    ] {
        if !what.is_empty() {
            parts.push(format!("{name}: {what}"));
        }
    }
    parts.join("; ")
}
