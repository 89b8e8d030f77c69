//! `collex config`: the settings in force and where each came from.

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};

/// Runs the command.
pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let settings = serde_json::to_value(context.settings())?;
    let tuning = serde_json::to_value(open::tuning(context)?)?;
    let own = settings
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "search");
    let own = own.map(|(key, value)| (key.clone(), value.clone()));
    let search = tuning
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (format!("search.{key}"), short(value)));
    let origin = |key: &str| {
        context
            .loaded
            .origins
            .get(key)
            .cloned()
            .unwrap_or_else(|| "default".to_owned())
    };
    let rows: Vec<_> = own
        .chain(search)
        .map(|(key, value)| (origin(&key), key, value))
        .collect();
    let mut out = anstream::stdout();
    if context.json {
        let object: serde_json::Map<String, serde_json::Value> = rows
            .into_iter()
            .map(|(origin, key, value)| (key, serde_json::json!({"value": value, "origin": origin})))
            .collect();
        print::json(&mut out, &object)?;
    } else {
        let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let rows = rows
            .iter()
            .map(|(origin, key, value)| vec![key.clone(), plain(value), origin.clone()]);
        print::table(&mut out, &["setting", "value", "from"], rows)?;
    }
    Ok(())
}

/// A number as it was written: settings of ranking are single-precision, and JSON would show their noise.
fn short(value: &serde_json::Value) -> serde_json::Value {
    let number = value.as_f64().filter(|_| value.is_f64());
    number
        .and_then(|number| (number as f32).to_string().parse::<f64>().ok())
        .map_or_else(|| value.clone(), Into::into)
}
