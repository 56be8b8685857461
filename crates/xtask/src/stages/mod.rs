//! `cargo xtask test` and `cargo xtask check`: run stages one after the other and print a summary.

mod list;
mod nginx;
mod postgres;

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use list::{CHECKED, STAGES, Stage};

/// The former name of the stage `e2e`. It still works, because scripts may use it.
const FORMER_E2E: &str = "journeys";

/// The result of a stage that did not fail.
pub(crate) enum Outcome {
    Passed,
    /// The stage cannot run on this machine. Contains the reason.
    NotRun(String),
}

/// The command line options that a stage receives.
#[derive(Clone, Default)]
pub(crate) struct Options {
    /// If set, the stage runs only tests whose name contains this word.
    pub(crate) word: Option<String>,
    /// Arguments that the stage passes on to Playwright.
    pub(crate) playwright: Vec<String>,
}

struct Report {
    name: &'static str,
    result: Result<Outcome>,
    time: Duration,
}

/// Returns the list of stages for `cargo xtask help test`.
pub(crate) fn help() -> String {
    let mut help = String::from("Stages, in this order:\n");
    for Stage { name, about, .. } in STAGES {
        let _ = writeln!(help, "  {name:<12}{about}");
    }
    help
}

/// Runs all stages, or only those that the filter names. Returns `true` if no stage failed.
pub(crate) fn test(filter: &[String], playwright: Vec<String>) -> Result<bool> {
    let chosen = choose(filter)?;
    let reports = chosen.into_iter().map(|(stage, word)| run(stage, &Options { word, playwright: playwright.clone() }));
    Ok(summarise(&reports.collect::<Vec<_>>()))
}

/// Runs the stages that should pass before each commit. Returns `true` if no stage failed.
pub(crate) fn check() -> Result<bool> {
    let stages = STAGES.iter().filter(|stage| CHECKED.contains(&stage.name));
    Ok(summarise(&stages.map(|stage| run(stage, &Options::default())).collect::<Vec<_>>()))
}

/// Returns the stages whose names start with one of the filters, or all stages without a filter. A filter may end with
/// a colon and a word, which is returned with each stage.
fn choose(filter: &[String]) -> Result<Vec<(&'static Stage, Option<String>)>> {
    let mut chosen = Vec::new();
    for argument in filter {
        let (name, word) =
            argument.split_once(':').map_or((argument.as_str(), None), |(name, word)| (name, Some(word)));
        let name = if !name.is_empty() && FORMER_E2E.starts_with(name) { "e2e" } else { name };
        let before = chosen.len();
        let matching = STAGES.iter().filter(|stage| stage.name.starts_with(name));
        chosen.extend(matching.map(|stage| (stage, word.map(str::to_owned))));
        if chosen.len() == before {
            let names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
            bail!("no stage is called {name}; the stages are {}", names.join(", "));
        }
    }
    if filter.is_empty() {
        chosen.extend(STAGES.iter().map(|stage| (stage, None)));
    }
    Ok(chosen)
}

fn run(stage: &Stage, options: &Options) -> Report {
    println!("\n──── {}: {}", stage.name, stage.about);
    let start = Instant::now();
    let result = (stage.run)(options);
    match &result {
        Ok(Outcome::Passed) => {}
        Ok(Outcome::NotRun(reason)) => println!("not run: {reason}"),
        Err(error) => println!("error: {error:#}"),
    }
    Report { name: stage.name, result, time: start.elapsed() }
}

/// Prints a table of all stages, then the stages that did not run, then the counts. Returns `true` if no stage failed.
fn summarise(reports: &[Report]) -> bool {
    println!();
    for Report { name, result, time } in reports {
        let (word, detail) = match result {
            Ok(Outcome::Passed) => ("passed", String::new()),
            Ok(Outcome::NotRun(reason)) => ("not run", format!("  {reason}")),
            Err(error) => ("FAILED", format!("  {error}")),
        };
        println!("{name:<12}{word:<8}{:>6} s{detail}", time.as_secs());
    }
    println!("{}", closing_lines(reports));
    reports.iter().all(|report| report.result.is_ok())
}

/// Returns the last lines of the output. CI reads the very last line, so this line contains only the counts. It starts
/// with `incomplete:` if a stage did not run.
fn closing_lines(reports: &[Report]) -> String {
    let passed = reports.iter().filter(|report| matches!(report.result, Ok(Outcome::Passed))).count();
    let failed = reports.iter().filter(|report| report.result.is_err()).count();
    let not_run = reports.iter().filter(|report| matches!(report.result, Ok(Outcome::NotRun(_))));
    let not_run: Vec<_> = not_run.map(|report| report.name).collect();
    if not_run.is_empty() {
        return format!("{passed} passed, {failed} failed");
    }
    let (names, skipped) = (not_run.join(", "), not_run.len());
    format!("not run: {names}\nincomplete: {passed} passed, {failed} failed, {skipped} skipped")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(filter: &[&str]) -> Vec<(&'static str, Option<String>)> {
        let filter: Vec<_> = filter.iter().map(|&word| word.to_owned()).collect();
        choose(&filter).unwrap().into_iter().map(|(stage, word)| (stage.name, word)).collect()
    }

    #[test]
    fn filter_selects_stages_by_prefix() {
        assert_eq!(names(&["lint"]), [("lint-host", None), ("lint-wasm", None), ("lint-tests", None)]);
        assert_eq!(names(&["e2e:add"]), [("e2e", Some("add".to_owned()))]);
        assert_eq!(names(&["journeys:add"]), names(&["e2e:add"]));
        assert_eq!(names(&[]).len(), STAGES.len());
    }

    #[test]
    fn unknown_stage_is_an_error() {
        assert!(choose(&["ee2e".to_owned()]).is_err());
    }

    #[test]
    fn stage_that_did_not_run_is_named_and_not_counted_as_passed() {
        let report = |name, result| Report { name, result, time: Duration::ZERO };
        let passed = || report("unit", Ok(Outcome::Passed));
        let failed = report("docs", Err(anyhow::anyhow!("no")));
        assert_eq!(closing_lines(&[passed(), failed]), "1 passed, 1 failed");
        let not_run = report("advisories", Ok(Outcome::NotRun("offline".to_owned())));
        assert_eq!(
            closing_lines(&[passed(), not_run]),
            "not run: advisories\nincomplete: 1 passed, 0 failed, 1 skipped"
        );
    }

    #[test]
    fn documented_stages_are_the_stages_that_run() {
        let stages: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        let documents = ["README.md", "CONTRIBUTING.md"].map(|name| crate::project::root().join(name));
        let lists: Vec<_> =
            documents.iter().filter_map(|file| documented(&std::fs::read_to_string(file).ok()?)).collect();
        assert!(!lists.is_empty(), "README.md or CONTRIBUTING.md lists the stages in a table headed `| stage |`");
        for list in lists {
            assert_eq!(list, stages);
        }
    }

    /// Returns the stage names in the table with the heading `| stage |`. A row of the table may name several stages.
    fn documented(text: &str) -> Option<Vec<String>> {
        let (_, table) = text.split_once("| stage |")?;
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let cells = rows.filter_map(|row| row.split('|').nth(1));
        Some(cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect())
    }
}
