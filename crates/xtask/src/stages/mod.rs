//! `cargo xtask test` and `check`: stages that run one after the other, each timed, and what came of them.

mod list;
mod nginx;
mod postgres;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use list::{CHECKED, STAGES, Stage};
pub(crate) use list::{in_tests, playwright};

/// What a stage that did not fail says.
pub(crate) enum Outcome {
    /// It ran, and all was well.
    Passed,
    /// It could not run here, for this reason.
    Skipped(String),
}

/// What the command line wants of a stage.
#[derive(Clone, Default)]
pub(crate) struct Wish {
    /// Only tests with this word in their name.
    pub(crate) word: Option<String>,
    /// Further arguments for Playwright.
    pub(crate) playwright: Vec<String>,
}

struct Report {
    name: &'static str,
    result: Result<Outcome>,
    time: Duration,
}

/// Runs all stages, or those that the filter names; whether none failed.
pub(crate) fn test(filter: &[String], playwright: Vec<String>) -> Result<bool> {
    let chosen = choose(filter)?;
    let reports = chosen.into_iter().map(|(stage, word)| run(stage, &Wish { word, playwright: playwright.clone() }));
    Ok(summarise(&reports.collect::<Vec<_>>()))
}

/// Runs the stages that one waits for before a commit; whether none failed.
pub(crate) fn check() -> Result<bool> {
    let stages = STAGES.iter().filter(|stage| CHECKED.contains(&stage.name));
    Ok(summarise(&stages.map(|stage| run(stage, &Wish::default())).collect::<Vec<_>>()))
}

/// The former name of the stage `e2e`, which scripts may still use.
const FORMER_E2E: &str = "journeys";

/// The stages whose name begins with one of the words, with the word behind a colon.
fn choose(filter: &[String]) -> Result<Vec<(&'static Stage, Option<String>)>> {
    let mut chosen = Vec::new();
    for wish in filter {
        let (name, word) = wish.split_once(':').map_or((wish.as_str(), None), |(name, word)| (name, Some(word)));
        let name = if !name.is_empty() && FORMER_E2E.starts_with(name) { "e2e" } else { name };
        let before = chosen.len();
        let matching = STAGES.iter().filter(|stage| stage.name.starts_with(name));
        chosen.extend(matching.map(|stage| (stage, word.map(str::to_owned))));
        if chosen.len() == before {
            let names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
            bail!("no stage is called {name}; there are {}", names.join(", "));
        }
    }
    if filter.is_empty() {
        chosen.extend(STAGES.iter().map(|stage| (stage, None)));
    }
    Ok(chosen)
}

fn run(stage: &Stage, wish: &Wish) -> Report {
    println!("\n──── {}: {}", stage.name, stage.what);
    let start = Instant::now();
    let result = (stage.run)(wish);
    match &result {
        Ok(Outcome::Passed) => {}
        Ok(Outcome::Skipped(reason)) => println!("not run: {reason}"),
        Err(error) => println!("error: {error:#}"),
    }
    Report { name: stage.name, result, time: start.elapsed() }
}

/// Prints the table and, as the last line, the counts.
fn summarise(reports: &[Report]) -> bool {
    println!();
    for Report { name, result, time } in reports {
        let (word, detail) = match result {
            Ok(Outcome::Passed) => ("passed", String::new()),
            Ok(Outcome::Skipped(reason)) => ("not run", format!("  {reason}")),
            Err(error) => ("FAILED", format!("  {error}")),
        };
        println!("{name:<12}{word:<8}{:>6} s{detail}", time.as_secs());
    }
    println!("{}", counts(reports));
    reports.iter().all(|report| report.result.is_ok())
}

fn counts(reports: &[Report]) -> String {
    let count =
        |is_counted: fn(&Result<Outcome>) -> bool| reports.iter().filter(|report| is_counted(&report.result)).count();
    let passed = count(|result| matches!(result, Ok(Outcome::Passed)));
    let failed = count(Result::is_err);
    match count(|result| matches!(result, Ok(Outcome::Skipped(_)))) {
        0 => format!("{passed} passed, {failed} failed"),
        skipped => format!("{passed} passed, {failed} failed, {skipped} skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(filter: &[&str]) -> Vec<(&'static str, Option<String>)> {
        let filter: Vec<_> = filter.iter().map(|&word| word.to_owned()).collect();
        choose(&filter).unwrap().into_iter().map(|(stage, word)| (stage.name, word)).collect()
    }

    #[test]
    fn a_filter_picks_stages_by_the_beginning_of_their_name() {
        assert_eq!(names(&["lint"]), [("lint-host", None), ("lint-wasm", None), ("lint-tests", None)]);
        assert_eq!(names(&["e2e:add"]), [("e2e", Some("add".to_owned()))]);
        assert_eq!(names(&["journeys:add"]), names(&["e2e:add"]));
        assert_eq!(names(&[]).len(), STAGES.len());
    }

    #[test]
    fn an_unknown_stage_is_an_error_and_not_an_empty_run() {
        assert!(choose(&["jurneys".to_owned()]).is_err());
    }

    #[test]
    fn a_stage_that_did_not_run_is_never_counted_as_passed() {
        let report = |result| Report { name: "x", result, time: Duration::ZERO };
        let passed = || report(Ok(Outcome::Passed));
        assert_eq!(counts(&[passed(), report(Err(anyhow::anyhow!("no")))]), "1 passed, 1 failed");
        assert_eq!(counts(&[passed(), report(Ok(Outcome::Skipped(String::new())))]), "1 passed, 0 failed, 1 skipped");
    }
}
