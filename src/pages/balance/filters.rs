//! The filter bar, shared by both tabs. A changed filter changes the address, and the page loads the data for the
//! address.

use leptos::prelude::*;
use partner_api::{
    Day, FieldProblem, Granularity, Instant, Period,
    ledger::{Direction, FIRST_DAY, LedgerFilter, LedgerQuery, NO_SERVICE},
};

use super::{
    address::today,
    files::FilesMenu,
    periods::Preset,
    query::{STATEMENT, set_period},
    state::BalanceState,
};
use crate::{
    browser::clock::now,
    i18n::{format::fill, locales::BalanceText},
    ui::{
        icon::Icon,
        period_picker::{Days, PeriodPicker, PickerCalls, PickerTexts, PresetDays},
        segments::Segments,
        tip::Tip,
    },
};

#[component]
pub fn FilterBar(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let query = state.address().query();
    let is_detail = Memo::new(move |_| state.address().is_detail());
    let is_statement = Memo::new(move |_| state.address().is_detail() && state.address().is_statement());
    let granularity = Signal::derive(move || {
        query.with(|query| query.granularity.clone().unwrap_or_else(|| Granularity::Day.code().to_owned()))
    });
    let direction = Signal::derive(move || query.with(|query| query.direction.clone().unwrap_or_default()));
    let view = Signal::derive(move || query.with(|query| query.view.clone().unwrap_or_default()));
    let granularities = || Granularity::ALL.map(|it| (it.code(), granularity_label(text, it))).to_vec();
    let directions = || {
        let both = [Direction::Debit, Direction::Deposit].map(|it| (it.code(), direction_label(text, it)));
        [&[("", text.both)], &both[..]].concat()
    };
    let views = || vec![("", text.view_grouped), (STATEMENT, text.view_statement)];
    let set = move |field: fn(&mut LedgerQuery) -> &mut Option<String>| {
        Callback::new(move |code: &'static str| {
            state.address().change_query(|query| *field(query) = (!code.is_empty()).then(|| code.to_owned()));
        })
    };
    // Count the active filters for the button that opens the filter sheet on a phone. Count only filters that exclude
    // movements and that are in the sheet, because a closed sheet hides them.
    let active = move || {
        query.with(|query| {
            usize::from(is_detail.get() && query.direction.is_some()) + usize::from(query.service.is_some())
        })
    };
    let filters_label = move || match active() {
        0 => text.filters.to_owned(),
        active => format!("{}: {}", text.filters, i18n.number(active)),
    };
    view! {
        <div class="filter-bar">
            <PeriodFilter state />
            // On a phone, this button opens a sheet with the filters. On wide screens, the filters are always visible.
            <button type="button" class="button filter-button" popovertarget="filter-more" aria-label=filters_label>
                <Icon name="sliders-horizontal" />
                <span class="filter-count">{move || (active() > 0).then(|| i18n.number(active()))}</span>
            </button>
            <div id="filter-more" class="filter-more menu" popover="auto" role="group" aria-label=text.filters>
            {move || (!is_statement.get()).then(|| view! {
                <Segments label=text.granularity prefix=text.by name="granularity" options=granularities() value=granularity
                    on_choose=set(|query| &mut query.granularity) />
            })}
            {move || is_detail.get().then(|| view! {
                <Segments label=text.direction name="direction" options=directions() value=direction
                    on_choose=set(|query| &mut query.direction) />
            })}
            <ServiceFilter state />
            {move || is_detail.get().then(|| view! {
                <Segments label=text.view name="view" options=views() value=view
                    on_choose=set(|query| &mut query.view) />
            })}
            <button type="button" class="button filter-done" data-mode="primary" popovertarget="filter-more"
                popovertargetaction="hide">{text.filters_done}</button>
            </div>
            <FilesMenu state />
        </div>
        <FilterProblems state />
    }
}

/// Says that the page uses Moscow time. A tooltip shows the user's local time if it differs.
#[component]
pub fn Zone(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let local = state.i18n().local(Instant(now())).map(|time| fill(text.local_zone, &[("time", &time)]));
    view! { <p class="zone"><Icon name="clock" /><Tip text=text.moscow_time.to_owned() tip=local id="zone-local" /></p> }
}

/// The label of a granularity. It completes the text of [`BalanceText::by`].
pub const fn granularity_label(text: &BalanceText, granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Day => text.by_day,
        Granularity::Week => text.by_week,
        Granularity::Month => text.by_month,
        Granularity::Year => text.by_year,
    }
}

pub const fn direction_label(text: &BalanceText, direction: Direction) -> &'static str {
    match direction {
        Direction::Debit => text.debits,
        Direction::Deposit => text.deposits,
    }
}

const fn preset_label(text: &BalanceText, preset: Preset) -> &'static str {
    match preset {
        Preset::Today => text.today,
        Preset::Yesterday => text.yesterday,
        Preset::Days7 => text.days_7,
        Preset::Days30 => text.days_30,
        Preset::ThisMonth => text.this_month,
        Preset::LastMonth => text.last_month,
        Preset::ThisQuarter => text.this_quarter,
    }
}

#[component]
fn PeriodFilter(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let period = move || state.address().filter().with(|filter| filter.as_ref().ok().map(|filter| filter.period));
    let shown = Signal::derive(move || period().map_or_else(|| "—".to_owned(), |period| i18n.period(period)));
    let label = Signal::derive(move || fill(text.period, &[("period", &shown.get())]));
    // If the period in the address is invalid, put its dates into the fields unchanged, so that the user can correct
    // the dates.
    let days = Signal::derive(move || match period() {
        Some(period) => (period.from.to_string(), period.to.to_string()),
        None => state
            .address()
            .query()
            .with(|query| (query.from.clone().unwrap_or_default(), query.to.clone().unwrap_or_default())),
    });
    let texts = PickerTexts { title: text.choose_period, from: text.from, to: text.to, apply: text.apply };
    let presets = move |()| {
        let preset = |preset: Preset| {
            let period = preset.period(today());
            PresetDays { label: preset_label(text, preset), days: (period.from.to_string(), period.to.to_string()) }
        };
        Preset::ALL.map(preset).to_vec()
    };
    let check = move |(from, to): Days| {
        let query = LedgerQuery { from: Some(from), to: Some(to), ..LedgerQuery::default() };
        let problems = LedgerFilter::parse(&query, today()).err().unwrap_or_default();
        // Report only problems with `from` and `to`. A period that is too long to show by day is not a problem,
        // because the app then shows it by month.
        let of_field = |pointer: &str| {
            problems.iter().find(|problem| problem.pointer == pointer).map(|problem| i18n.ledger_problem(problem))
        };
        (of_field("/from"), of_field("/to"))
    };
    let choose = move |(from, to): Days| {
        if let (Ok(from), Ok(to)) = (from.parse::<Day>(), to.parse::<Day>()) {
            state.address().update_today();
            state.address().change_query(|query| set_period(query, Period { from, to }, today()));
        }
    };
    let calls = PickerCalls {
        presets: Callback::new(presets),
        bounds: Callback::new(|()| (FIRST_DAY.to_owned(), today().to_string())),
        check: Callback::new(check),
        choose: Callback::new(choose),
    };
    let is_bad = Signal::derive(move || state.address().filter().with(Result::is_err));
    view! { <PeriodPicker shown label days is_bad texts calls /> }
}

#[component]
fn ServiceFilter(state: BalanceState) -> impl IntoView {
    let text = state.text();
    let options = move || {
        let chosen = state.address().query().with(|query| query.service.clone().unwrap_or_default());
        let mut options = vec![(String::new(), text.all_services.to_owned())];
        state.services().with(|services| {
            let services = services.into_iter().flatten();
            options.extend(services.map(|service| (service.code.clone(), service.name.clone())));
        });
        options.push((NO_SERVICE.to_owned(), text.no_service.to_owned()));
        // Add the selected service to the options if it is missing. The address may contain a service that does not
        // exist or has not been loaded yet.
        if !options.iter().any(|(code, _)| *code == chosen) {
            options.push((chosen.clone(), chosen.clone()));
        }
        let option = |(code, name): (String, String)| {
            let is_chosen = code == chosen;
            view! { <option value=code selected=is_chosen>{name}</option> }
        };
        options.into_iter().map(option).collect_view()
    };
    let on_change = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        state.address().change_query(|query| query.service = (!chosen.is_empty()).then_some(chosen));
    };
    view! {
        <label class="service-filter">
            <span class="filter-legend visually-hidden">{text.service}</span>
            <select class="input" id="service" on:change=on_change>{options}</select>
        </label>
    }
}

/// Lists the invalid parameters of the address, and has a button that resets the filters.
#[component]
fn FilterProblems(state: BalanceState) -> impl IntoView {
    let (i18n, text) = (state.i18n(), state.text());
    let field = move |problem: &FieldProblem| match &*problem.pointer {
        "/from" => text.from,
        "/to" => text.to,
        "/granularity" => text.granularity,
        "/direction" => text.direction,
        "/service" => text.service,
        _ => "",
    };
    let problems = Memo::new(move |_| state.filter_problems());
    let reset = move |_| {
        state.address().change_query(|query| {
            *query = LedgerQuery { view: query.view.take(), sort: query.sort.take(), ..LedgerQuery::default() }
        });
    };
    move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let line = |problem: &FieldProblem| {
                view! { <li><strong>{field(problem)}</strong> ": " {i18n.ledger_problem(problem)}</li> }
            };
            let list = problems.iter().map(line).collect_view();
            view! {
                <div class="notice" data-kind="warning" role="alert">
                    <Icon name="triangle-alert" />
                    <div>
                        <p>{text.bad_filter}</p>
                        <ul class="problem-list">{list}</ul>
                        <button type="button" class="link" on:click=reset>{text.usual_filter}</button>
                    </div>
                </div>
            }
        })
    }
}
