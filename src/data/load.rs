//! The old names of the data layer, until all pages use the new ones.

pub use super::{
    request::RequestState as Fetch,
    views::{Failure, Loading as Waiting, UnknownOutcomeNotice as Unsure, on_online},
};
