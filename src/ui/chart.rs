//! A chart of stacked columns in SVG, with a legend that shows the figures of a column and hides or shows each series.
//!
//! Each series is one path, so hundreds of columns cost little. The user makes a column active by pointing at it,
//! tapping it or moving the slider. The legend then shows the figures of this column, and otherwise sums. The slider is
//! the browser's own, for keyboards and screen readers: the browser handles its keys and announces each column as its
//! value. Values are whole numbers, and the page formats them.

mod geometry;
mod reading;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::ResizeObserver;

use self::{
    geometry::Tenths,
    reading::{ColumnSlider, Legend, Readout},
};

/// Height of the drawing. The style sheet stretches the drawing to the height on screen.
const HEIGHT: Tenths = 2_000;
/// Width of the plot until the real width is measured.
const USUAL_WIDTH: Tenths = 7_000;
/// Assumed width of a character in a column's label.
const CHARACTER: Tenths = 66;
/// Space between two labels.
const LABEL_GAP: Tenths = 140;

/// A series of values, drawn in the same colour in every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub key: String,
    pub label: String,
    /// Index of the colour among those of `style/chart.css`.
    pub colour: usize,
    pub values: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Full name, for the line below the plot.
    pub name: String,
    /// Short name, for the label below the column.
    pub mark: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTexts {
    /// Name of the slider for screen readers.
    pub label: String,
    /// Name of the whole period. The line below the plot shows it while no column is active.
    pub whole: String,
    /// Label of the sum of all series that are not hidden.
    pub total: &'static str,
    /// Label of the button that goes one column back.
    pub previous: &'static str,
    /// Label of the button that goes one column on.
    pub next: &'static str,
    /// Label of the button that shows the sums again.
    pub release: &'static str,
    /// Text below the legend while some series are hidden: it says that the sums exclude these series.
    pub some_off: &'static str,
    /// Text in the plot while all series are hidden.
    pub all_off: &'static str,
    /// Label of the button that shows all series.
    pub show_all: &'static str,
}

/// The axis marks, and the outlines of the series that are not hidden.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawing {
    marks: Vec<u64>,
    outlines: Vec<String>,
}

/// The properties of the chart, for the parts that draw it.
struct Data {
    series: Vec<Series>,
    columns: Vec<Column>,
    texts: ChartTexts,
}

impl Data {
    /// The sum of the series that are not hidden, for one column or for all columns.
    fn total(&self, off: &[String], column: Option<usize>) -> u64 {
        let is_on = |series: &&Series| !off.contains(&series.key);
        self.series.iter().filter(is_on).map(|series| value(series, column)).fold(0, u64::saturating_add)
    }

    fn name(&self, column: Option<usize>) -> String {
        column.and_then(|at| self.columns.get(at)).map_or_else(|| self.texts.whole.clone(), |it| it.name.clone())
    }
}

#[component]
pub fn StackedColumns(
    /// The series in the order in which they are stacked, the lowest first.
    series: Vec<Series>,
    columns: Vec<Column>,
    /// Keys of the series that the user has hidden.
    off: RwSignal<Vec<String>>,
    texts: ChartTexts,
    /// Formats a value with all its digits.
    format: Callback<u64, String>,
    /// Formats a value in short form, for the axis.
    format_mark: Callback<u64, String>,
) -> impl IntoView {
    let count = columns.len();
    let longest = columns.iter().map(|column| column.mark.chars().count()).max().unwrap_or_default();
    let label_width = longest as u64 * CHARACTER + LABEL_GAP;
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
            view! { <path data-colour=colour.to_string() d=outline /> }
        })
        .collect_view();
    let lines = move || {
        let steps = drawing.with(|drawing| drawing.marks.len() as u64 - 1);
        (0..=steps).map(|step| format!("M0 {}H{}", step * HEIGHT / steps, width.get())).collect::<String>()
    };
    let cursor = move || {
        let slot = geometry::slot(active.get()?, count, width.get());
        Some(format!("M{} 0V{HEIGHT}H{}V0z", slot.start, slot.end))
    };
    view! {
        <div class="chart">
            <div class="chart-frame">
                <div class="chart-marks" aria-hidden="true">
                    {move || drawing.with(|drawing| {
                        let marks = drawing.marks.iter().rev();
                        marks.map(|mark| view! { <span>{format_mark.run(*mark)}</span> }).collect_view()
                    })}
                </div>
                <div class="chart-plot" node_ref=plot
                    on:pointermove=move |event| point(&event, plot, count, active)
                    on:pointerdown=move |event| point(&event, plot, count, active)
                    on:pointerleave=move |event: ev::PointerEvent| {
                        // Keep the active column after a touch: lifting the finger also fires `pointerleave`.
                        if event.pointer_type() == "mouse" {
                            active.set(None);
                        }
                    }
                >
                    <svg viewBox=move || format!("0 0 {} {HEIGHT}", width.get())
                        preserveAspectRatio="none" aria-hidden="true"
                        data-dense=move || geometry::is_dense(count, width.get())>
                        <path class="chart-cursor" d=cursor />
                        <path class="chart-lines" d=lines />
                        {paths}
                    </svg>
                    <ColumnSlider data active off count format />
                    {move || is_empty.get().then(|| view! { <p class="chart-empty">{all_off}</p> })}
                </div>
                <div class="chart-names" aria-hidden="true">
                    {move || labels(data, width.get(), label_width)}
                </div>
            </div>
            <Readout data active off count format />
            <Legend data active off format />
        </div>
    }
}

/// The value of a series in one column, or its sum over all columns.
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

fn labels(data: StoredValue<Data>, width: Tenths, label_width: Tenths) -> impl IntoView {
    data.with_value(|data| {
        let labelled = geometry::labelled(data.columns.len(), width, label_width);
        let is_each = labelled.len() == data.columns.len();
        let percent = |part: Tenths| {
            let part = part * 10_000 / width.max(1);
            format!("{}.{:02}%", part / 100, part % 100)
        };
        let label = |(at, reach): (usize, std::ops::Range<Tenths>)| {
            view! {
                <span style:inset-inline-start=percent(reach.start) style:inline-size=percent(reach.end - reach.start)
                    data-each=is_each.then_some("")>
                    {data.columns[at].mark.clone()}
                </span>
            }
        };
        labelled.into_iter().map(label).collect_view()
    })
}

/// Makes the column under the pointer the active column.
fn point(event: &ev::PointerEvent, plot: NodeRef<html::Div>, count: usize, active: RwSignal<Option<usize>>) {
    let Some(plot) = plot.get_untracked() else { return };
    let area = plot.get_bounding_client_rect();
    let (left, width) = (area.left() as i32, area.width() as i32);
    let column = u64::try_from(event.client_x() - left)
        .ok()
        .and_then(|across| geometry::column_at(across, count, u64::try_from(width).ok()?));
    if column.is_some() && active.get_untracked() != column {
        active.set(column);
    }
}

/// Returns a signal with the width of an element in tenths of a pixel, and updates it whenever the width changes.
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
        let stored = StoredValue::new_local((observer, measure));
        on_cleanup(move || {
            stored.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
    width
}
