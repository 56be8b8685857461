//! Former names of `ui::forms` and `browser::focus`.

pub use super::forms::{
    field::{Field, InputKind as Kind},
    problems::ProblemSummary,
};
pub use crate::browser::focus::{by_id as focus, keep_in_view as keep_in_sight};
