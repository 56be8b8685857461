//! Parts of the account that are fetched when they are first needed, so that the first page is small.
//!
//! `cargo xtask build` cuts the WebAssembly at the functions that [`lazy_chunk!`](crate::lazy_chunk!) declares
//! (`docs/decisions/parts.md`). Every other build, Trunk's own among them, keeps all in one piece: there, a part is
//! simply there.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use crate::{
    api::ErrorKind,
    data::load::{Failure, Waiting},
    i18n::use_i18n,
    ui::{live::live, toast::Toasts},
};

/// Why a part is not there: it could not be downloaded. Asked again, it is fetched again.
#[cfg(lazy_chunks)]
pub use wasm_split_helpers::SplitLoaderError as Unfetched;
/// Why a part is not there: here, it always is.
#[cfg(not(lazy_chunks))]
pub type Unfetched = std::convert::Infallible;

/// The download of a part.
pub type Fetching = Pin<Box<dyn Future<Output = Result<(), Unfetched>>>>;

/// Declares a part: a module with `part`, which makes a [`Part`] of its values, and `fetch`, which fetches it ahead.
///
/// Parts of one chunk share a download. What only they use is in it; what the first page uses as well is not.
#[macro_export]
macro_rules! lazy_chunk {
    ($(#[$doc:meta])* $name:ident in $chunk:ident: ($($value:ident: $type:ty),*) => $body:expr) => {
        $(#[$doc])*
        pub mod $name {
            use leptos::prelude::*;

            use super::*;

            #[cfg(lazy_chunks)]
            #[wasm_split_helpers::wasm_split($chunk, fallible, preload(#[doc = "Fetches it ahead."] fetch))]
            #[doc(hidden)]
            pub fn draw($($value: $type),*) -> Result<AnyView, $crate::data::lazy::Unfetched> {
                Ok($body)
            }

            /// Fetches it ahead.
            #[cfg(not(lazy_chunks))]
            pub async fn fetch() -> Result<(), $crate::data::lazy::Unfetched> {
                Ok(())
            }

            #[cfg(not(lazy_chunks))]
            async fn draw($($value: $type),*) -> Result<AnyView, $crate::data::lazy::Unfetched> {
                Ok($body)
            }

            /// The part, to be shown with these values.
            pub fn chunk($($value: $type),*) -> $crate::data::lazy::Part {
                $crate::data::lazy::Part::new(
                    || Box::pin(fetch()),
                    Box::new(move || {
                        let drawn = draw($($value.clone()),*);
                        futures::FutureExt::now_or_never(drawn).and_then(Result::ok)
                    }),
                )
            }
        }
    };
}

/// A part of the account, with what it shows.
pub struct Part {
    fetch: fn() -> Fetching,
    draw: Box<dyn Fn() -> Option<AnyView> + Send>,
}

impl Part {
    /// `draw` draws it if it is there.
    pub fn new(fetch: fn() -> Fetching, draw: Box<dyn Fn() -> Option<AnyView> + Send>) -> Self {
        Self { fetch, draw }
    }

    /// A page, or a piece of one: while it is fetched, the page waits; a failure has a retry.
    pub fn on_page(self) -> AnyView {
        let fetched = RwSignal::new(None);
        let fetch = self.fetch;
        let retry = Callback::new(move |()| {
            fetched.set(None);
            follow(fetch, fetched);
        });
        self.shown(fetched, move |state| match state {
            None => view! { <Waiting /> }.into_any(),
            Some(()) => view! { <Failure error=ErrorKind::Part.into() on_retry=retry /> }.into_any(),
        })
    }

    /// A dialog: a failure is told, and closes what was never seen.
    pub fn over_page(self, on_close: Callback<()>) -> AnyView {
        let toasts = expect_context::<Toasts>();
        let i18n = use_i18n();
        self.shown(RwSignal::new(None), move |state| {
            if state.is_some() {
                toasts.fail(i18n.text.error_part);
                on_close.run(());
            }
            ().into_any()
        })
    }

    /// `otherwise` draws what stands there while it is fetched, and (for `Some`) after that failed.
    fn shown(
        self,
        fetched: RwSignal<Option<bool>>,
        otherwise: impl Fn(Option<()>) -> AnyView + Send + 'static,
    ) -> AnyView {
        let Self { fetch, draw } = self;
        // Most parts are there before anybody asks for them.
        if let Some(view) = draw() {
            return view;
        }
        follow(fetch, fetched);
        live(move || match fetched.get() {
            Some(true) => draw().into_any(),
            Some(false) => otherwise(Some(())),
            None => otherwise(None),
        })
        .into_any()
    }
}

fn follow(fetch: fn() -> Fetching, fetched: RwSignal<Option<bool>>) {
    leptos::task::spawn_local(async move {
        let is_here = fetch().await.is_ok();
        if !is_here {
            crate::browser::boot::look_for_newer();
        }
        _ = fetched.try_set(Some(is_here));
    });
}
