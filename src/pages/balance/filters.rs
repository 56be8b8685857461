//! The bar of filters that both tabs share. Each choice goes into the address.

use leptos::prelude::*;
use partner_api::{
    Day, FieldProblem, Granularity, Instant, Period,
    ledger::{Direction, FIRST_DAY, LedgerFilter, LedgerQuery, NO_SERVICE},
};

use super::{
    download::Download,
    query::{STATEMENT, set_period},
    state::{BalanceState, today},
    wording::Preset,
};
use crate::{
    browser::clock::now,
    i18n::{format::fill, locales::LedgerText},
    routes::BalanceTab,
    ui::{
        icon::Icon,
        live::{live, live_maybe},
        period_picker::{Days, PeriodPicker, PickerCalls, PickerWords, PresetDays},
        segments::Segments,
        tip::Tip,
    },
};

/// The bar, and what is wrong with the filters.
#[component]
pub fn FilterBar(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let is_detail = Memo::new(move |_| state.tab.get() == BalanceTab::Detail);
    let is_statement = Memo::new(move |_| is_detail.get() && state.is_statement());
    let granularity = Signal::derive(move || state.query.with(|query| query.granularity.clone().unwrap_or_default()));
    let granularity =
        Signal::derive(move || granularity.with(|code| if code.is_empty() { "day".into() } else { code.clone() }));
    let direction = Signal::derive(move || state.query.with(|query| query.direction.clone().unwrap_or_default()));
    let view = Signal::derive(move || state.query.with(|query| query.view.clone().unwrap_or_default()));
    let granularities = || Granularity::ALL.map(|it| (it.code(), granularity_words(text, it))).to_vec();
    let directions = || {
        let both = [Direction::Debit, Direction::Deposit].map(|it| (it.code(), direction_words(text, it)));
        [&[("", text.both)], &both[..]].concat()
    };
    let views = || vec![("", text.view_grouped), (STATEMENT, text.view_statement)];
    let set = move |field: fn(&mut LedgerQuery) -> &mut Option<String>| {
        Callback::new(move |code: &'static str| {
            state.change(|query| *field(query) = (!code.is_empty()).then(|| code.to_owned()));
        })
    };
    // Of what the sheet hides, how much narrows what is shown.
    let chosen = move || {
        state.query.with(|query| {
            usize::from(is_detail.get() && query.direction.is_some()) + usize::from(query.service.is_some())
        })
    };
    let filters_label = move || match chosen() {
        0 => text.filters.to_owned(),
        chosen => format!("{}: {}", text.filters, i18n.number(chosen)),
    };
    view! {
        <div class="filter-bar">
            <PeriodFilter state />
            // Side by side on a desk; on a phone, a sheet.
            <button type="button" class="button filter-button" popovertarget="filter-more"
                aria-label=live_maybe(move || Some(filters_label()))>
                <Icon name="sliders-horizontal" />
                <span class="filter-count">{live_maybe(move || (chosen() > 0).then(|| i18n.number(chosen())))}</span>
            </button>
            <div id="filter-more" class="filter-more menu" popover="auto" role="group" aria-label=text.filters>
            {live(move || (!is_statement.get()).then(|| view! {
                <Segments label=text.granularity prefix=text.by name="granularity" options=granularities() value=granularity
                    on_choose=set(|query| &mut query.granularity) />
            }))}
            {live(move || is_detail.get().then(|| view! {
                <Segments label=text.direction name="direction" options=directions() value=direction
                    on_choose=set(|query| &mut query.direction) />
            }))}
            <ServiceFilter state />
            {live(move || is_detail.get().then(|| view! {
                <Segments label=text.view name="view" options=views() value=view
                    on_choose=set(|query| &mut query.view) />
            }))}
            <button type="button" class="button filter-done" data-mode="primary" popovertarget="filter-more"
                popovertargetaction="hide">{text.filters_done}</button>
            </div>
            <Download state />
        </div>
        <Problems state />
    }
}

/// Whose clock the page follows.
#[component]
pub fn Zone(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let local = i18n.local(Instant(now())).map(|time| fill(text.local_zone, &[("time", &time)]));
    view! { <p class="zone"><Icon name="clock" /><Tip text=text.moscow_time.to_owned() tip=local id="zone-local" /></p> }
}

/// Words of a granularity, to stand after [`LedgerText::by`].
pub const fn granularity_words(text: &LedgerText, granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Day => text.by_day,
        Granularity::Week => text.by_week,
        Granularity::Month => text.by_month,
        Granularity::Year => text.by_year,
    }
}

/// Words of a direction.
pub const fn direction_words(text: &LedgerText, direction: Direction) -> &'static str {
    match direction {
        Direction::Debit => text.debits,
        Direction::Deposit => text.deposits,
    }
}

const fn preset_words(text: &LedgerText, preset: Preset) -> &'static str {
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
    let i18n = state.i18n;
    let text = i18n.ledger();
    let period = move || state.filter.with(|filter| filter.as_ref().ok().map(|filter| filter.period));
    let shown = Signal::derive(move || period().map_or_else(|| "—".to_owned(), |period| i18n.period(period)));
    let label = Signal::derive(move || fill(text.period, &[("period", &shown.get())]));
    // Of a bad period, what there is: the fields show it, and what is wrong with it.
    let days = Signal::derive(move || match period() {
        Some(period) => (period.from.to_string(), period.to.to_string()),
        None => {
            state.query.with(|query| (query.from.clone().unwrap_or_default(), query.to.clone().unwrap_or_default()))
        }
    });
    let words = PickerWords { title: text.choose_period, from: text.from, to: text.to, apply: text.apply };
    let presets = move |()| {
        let preset = |preset: Preset| {
            let period = preset.period(today());
            PresetDays { label: preset_words(text, preset), days: (period.from.to_string(), period.to.to_string()) }
        };
        Preset::ALL.map(preset).to_vec()
    };
    let check = move |(from, to): Days| {
        let query = LedgerQuery { from: Some(from), to: Some(to), ..LedgerQuery::default() };
        let problems = LedgerFilter::parse(&query, today()).err().unwrap_or_default();
        let of = |pointer: &str| {
            // That it is too long by day is no problem here: it will be asked for by month.
            problems.iter().find(|problem| problem.pointer == pointer).map(|problem| i18n.ledger_problem(problem))
        };
        (of("/from"), of("/to"))
    };
    let choose = move |(from, to): Days| {
        if let (Ok(from), Ok(to)) = (from.parse::<Day>(), to.parse::<Day>()) {
            state.today.set(today());
            state.change(|query| set_period(query, Period { from, to }, today()));
        }
    };
    let calls = PickerCalls {
        presets: Callback::new(presets),
        bounds: Callback::new(|()| (FIRST_DAY.to_owned(), today().to_string())),
        check: Callback::new(check),
        choose: Callback::new(choose),
    };
    let is_bad = Signal::derive(move || state.filter.with(Result::is_err));
    view! { <PeriodPicker shown label days is_bad words calls /> }
}

#[component]
fn ServiceFilter(state: BalanceState) -> impl IntoView {
    let text = state.i18n.ledger();
    let options = move || {
        let chosen = state.query.with(|query| query.service.clone().unwrap_or_default());
        let mut options = vec![(String::new(), text.all_services.to_owned())];
        state.services.value.with(|services| {
            let services = services.iter().flatten();
            options.extend(services.map(|service| (service.code.clone(), service.name.clone())));
        });
        options.push((NO_SERVICE.to_owned(), text.no_service.to_owned()));
        // One that nobody knows, or not yet: it is what is asked for all the same.
        if !options.iter().any(|(code, _)| *code == chosen) {
            options.push((chosen.clone(), chosen.clone()));
        }
        let option = |(code, words): (String, String)| {
            let is_chosen = code == chosen;
            view! { <option value=code selected=is_chosen>{words}</option> }
        };
        options.into_iter().map(option).collect_view()
    };
    let on_change = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event);
        state.change(|query| query.service = (!chosen.is_empty()).then_some(chosen));
    };
    view! {
        <label class="service-filter">
            <span class="filter-legend visually-hidden">{text.service}</span>
            <select class="input" id="service" on:change=on_change>{live(options)}</select>
        </label>
    }
}

/// What is wrong with what the address asks for.
#[component]
fn Problems(state: BalanceState) -> impl IntoView {
    let i18n = state.i18n;
    let text = i18n.ledger();
    let field = move |problem: &FieldProblem| match &*problem.pointer {
        "/from" => text.from,
        "/to" => text.to,
        "/granularity" => text.granularity,
        "/direction" => text.direction,
        "/service" => text.service,
        _ => "",
    };
    let problems = Memo::new(move |_| state.problems());
    let as_usual = move |_| {
        state.change(|query| {
            *query = LedgerQuery { view: query.view.take(), sort: query.sort.take(), ..LedgerQuery::default() }
        });
    };
    live(move || {
        let problems = problems.get();
        (!problems.is_empty()).then(|| {
            let line = |problem: &FieldProblem| {
                let words = i18n.ledger_problem(problem);
                view! { <li><strong>{field(problem)}</strong> ": " {words}</li> }
            };
            let list = problems.iter().map(line).collect_view();
            view! {
                <div class="notice" data-kind="warning" role="alert">
                    <Icon name="triangle-alert" />
                    <div>
                        <p>{text.bad_filter}</p>
                        <ul class="problem-list">{list}</ul>
                        <button type="button" class="link" on:click=as_usual>{text.usual_filter}</button>
                    </div>
                </div>
            }
        })
    })
}
