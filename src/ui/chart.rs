//! A chart of stacked columns in SVG, with a legend that switches series off and on and reads a column out.
//!
//! The drawing is one path a series, so hundreds of columns cost nothing. Who points at a column, taps it or walks
//! there sees its figures in the legend; without a column the legend has the sums. The keyboard (and a screen reader)
//! walks by a native slider over the plot: arrows, Home and End are the platform's, and each step is read out politely
//! as the slider's value. Values are whole numbers; their texts come from outside.

mod geometry;
mod reading;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::ResizeObserver;

use self::{
    geometry::Tenths,
    reading::{Legend, Readout, Walker},
};
use super::live::{live, live_flag, live_maybe};

/// Height of the drawing, which the style sheet stretches.
const HEIGHT: Tenths = 2_000;
/// Width until the real one is known.
const USUAL_WIDTH: Tenths = 7_000;
/// Room of a letter of a column's name, and between two names.
const LETTER: Tenths = 66;
const BETWEEN_NAMES: Tenths = 140;

/// A series: one colour in every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// By which it is switched off.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Its colour, by number; see the style sheet.
    pub colour: usize,
    /// One value for each column.
    pub values: Vec<u64>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// In full, for the readout.
    pub name: String,
    /// In short, under the column.
    pub mark: String,
}

/// What a chart says by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTexts {
    /// Name of the slider: what the columns are.
    pub label: String,
    /// What all columns together are.
    pub whole: String,
    /// Before the sum of a column, or of all.
    pub total: &'static str,
    /// Goes one column back.
    pub previous: &'static str,
    /// Goes one column on.
    pub next: &'static str,
    /// Lets the column go.
    pub release: &'static str,
    /// Under the legend while some series are off: the sums leave them out.
    pub some_off: &'static str,
    /// In the plot while all are.
    pub all_off: &'static str,
    /// Switches all on.
    pub show_all: &'static str,
}

/// What is drawn for the series that are on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawing {
    marks: Vec<u64>,
    outlines: Vec<String>,
}

/// What a chart shows. Shared, not copied, by everything that changes in it.
struct Data {
    series: Vec<Series>,
    columns: Vec<Column>,
    texts: ChartTexts,
}

impl Data {
    /// Sum over the series that are on: of a column, or of all.
    fn total(&self, off: &[String], column: Option<usize>) -> u64 {
        let is_on = |series: &&Series| !off.contains(&series.key);
        self.series.iter().filter(is_on).map(|series| value(series, column)).fold(0, u64::saturating_add)
    }

    fn name(&self, column: Option<usize>) -> String {
        column.and_then(|at| self.columns.get(at)).map_or_else(|| self.texts.whole.clone(), |it| it.name.clone())
    }
}

/// The chart.
#[component]
pub fn StackedColumns(
    /// The series, the first one lowest.
    series: Vec<Series>,
    /// The columns.
    columns: Vec<Column>,
    /// Keys of the series that are switched off.
    off: RwSignal<Vec<String>>,
    /// What it says.
    texts: ChartTexts,
    /// A value in full.
    format: Callback<u64, String>,
    /// A value in short, for the axis.
    format_mark: Callback<u64, String>,
) -> impl IntoView {
    let count = columns.len();
    let longest = columns.iter().map(|column| column.mark.chars().count()).max().unwrap_or_default();
    let name_width = longest as u64 * LETTER + BETWEEN_NAMES;
    let all_off = texts.all_off;
    let data = StoredValue::new(Data { series, columns, texts });
    let active = RwSignal::new(None::<usize>);
    let plot = NodeRef::<html::Div>::new();
    let width = measured_width(plot);
    let drawing = Memo::new(move |_| data.with_value(|data| off.with(|off| draw(data, off, width.get()))));
    let is_empty = Memo::new(move |_| {
        data.with_value(|data| off.with(|off| data.series.iter().all(|series| off.contains(&series.key))))
    });
    let paths = data.with_value(|data| data.series.iter().map(|series| series.colour).enumerate().collect::<Vec<_>>());
    let paths = paths
        .into_iter()
        .map(|(at, colour)| {
            let outline = move || drawing.with(|drawing| drawing.outlines.get(at).cloned());
            view! { <path data-colour=colour.to_string() d=live_maybe(outline) /> }
        })
        .collect_view();
    let lines = move || {
        let steps = drawing.with(|drawing| drawing.marks.len() as u64 - 1);
        Some((0..=steps).map(|step| format!("M0 {}H{}", step * HEIGHT / steps, width.get())).collect::<String>())
    };
    let cursor = move || {
        let slot = geometry::slot(active.get()?, count, width.get());
        Some(format!("M{} 0V{HEIGHT}H{}V0z", slot.start, slot.end))
    };
    view! {
        <div class="chart">
            <div class="chart-frame">
                <div class="chart-marks" aria-hidden="true">
                    {live(move || drawing.with(|drawing| {
                        let marks = drawing.marks.iter().rev();
                        marks.map(|mark| view! { <span>{format_mark.run(*mark)}</span> }).collect_view()
                    }))}
                </div>
                <div class="chart-plot" node_ref=plot
                    on:pointermove=move |event| point(&event, plot, count, active)
                    on:pointerdown=move |event| point(&event, plot, count, active)
                    on:pointerleave=move |event: ev::PointerEvent| {
                        // A finger leaves the column it lifts off from.
                        if event.pointer_type() == "mouse" {
                            active.set(None);
                        }
                    }
                >
                    <svg viewBox=live_maybe(move || Some(format!("0 0 {} {HEIGHT}", width.get())))
                        preserveAspectRatio="none" aria-hidden="true"
                        data-dense=live_flag(move || geometry::is_dense(count, width.get()))>
                        <path class="chart-cursor" d=live_maybe(cursor) />
                        <path class="chart-lines" d=live_maybe(lines) />
                        {paths}
                    </svg>
                    <Walker data active off count format />
                    {live(move || is_empty.get().then(|| view! { <p class="chart-empty">{all_off}</p> }))}
                </div>
                <div class="chart-names" aria-hidden="true">
                    {live(move || names(data, width.get(), name_width))}
                </div>
            </div>
            <Readout data active off count format />
            <Legend data active off format />
        </div>
    }
}

/// Value of a column, or of all.
fn value(series: &Series, column: Option<usize>) -> u64 {
    match column {
        Some(column) => series.values.get(column).copied().unwrap_or_default(),
        None => series.values.iter().copied().fold(0, u64::saturating_add),
    }
}

fn draw(data: &Data, off: &[String], width: Tenths) -> Drawing {
    let count = data.columns.len();
    let greatest = (0..count).map(|column| data.total(off, Some(column))).max().unwrap_or_default();
    let marks = geometry::marks(greatest);
    let values = data.series.iter().map(|series| (!off.contains(&series.key)).then_some(&series.values[..]));
    let values: Vec<_> = values.collect();
    let top = marks.last().copied().unwrap_or(1);
    Drawing { outlines: geometry::outlines(&values, count, top, width, HEIGHT), marks }
}

fn names(data: StoredValue<Data>, width: Tenths, name_width: Tenths) -> impl IntoView {
    data.with_value(|data| {
        let names = geometry::named(data.columns.len(), width, name_width);
        let is_each = names.len() == data.columns.len();
        let percent = |part: Tenths| {
            let part = part * 10_000 / width.max(1);
            format!("{}.{:02}%", part / 100, part % 100)
        };
        let name = |(at, reach): (usize, std::ops::Range<Tenths>)| {
            view! {
                <span style:inset-inline-start=percent(reach.start) style:inline-size=percent(reach.end - reach.start)
                    data-each=is_each.then_some("")>
                    {data.columns[at].mark.clone()}
                </span>
            }
        };
        names.into_iter().map(name).collect_view()
    })
}

/// Takes the column under the pointer.
fn point(event: &ev::PointerEvent, plot: NodeRef<html::Div>, count: usize, active: RwSignal<Option<usize>>) {
    let Some(plot) = plot.get_untracked() else { return };
    let area = plot.get_bounding_client_rect();
    let (left, width) = (area.left() as i32, area.width() as i32);
    let column = u64::try_from(event.client_x() - left)
        .ok()
        .and_then(|place| geometry::column_at(place, count, u64::try_from(width).ok()?));
    if column.is_some() && active.get_untracked() != column {
        active.set(column);
    }
}

/// Width of an element in tenths of a pixel; follows it.
fn measured_width(element: NodeRef<html::Div>) -> RwSignal<Tenths> {
    let width = RwSignal::new(USUAL_WIDTH);
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let measure = Closure::<dyn Fn()>::new(move || {
            let real = Tenths::from(measured.offset_width().unsigned_abs()) * 10;
            if real > 0 && width.try_get_untracked().is_some_and(|known| known != real) {
                width.set(real);
            }
        });
        let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        let kept = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
    width
}
