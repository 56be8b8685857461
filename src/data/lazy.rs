//! Lazy chunks: pages and dialogs that are downloaded when they are first needed, so that the first page stays small.
//!
//! `cargo xtask build` splits the WebAssembly at the functions that [`lazy_chunk!`](crate::lazy_chunk!) declares
//! (`docs/decisions/lazy-chunks.md`). All other builds, such as Trunk's own, make one file that contains every chunk.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

use crate::{
    api::ErrorKind,
    browser::boot::check_for_new_version,
    data::views::{Failure, Loading},
    i18n::use_i18n,
    ui::toast::Toasts,
};

/// The error of a failed download. Calling `fetch` again retries the download.
#[cfg(lazy_chunks)]
pub use wasm_split_helpers::SplitLoaderError as DownloadError;
#[cfg(not(lazy_chunks))]
pub type DownloadError = std::convert::Infallible;

pub type Download = Pin<Box<dyn Future<Output = Result<(), DownloadError>>>>;

/// Declares a lazy view. The macro makes a module with two functions: `chunk` returns a [`LazyView`] for the given
/// values, and `fetch` downloads the chunk ahead of use.
///
/// Views in the same chunk share one download, which contains the code that only these views use.
#[macro_export]
macro_rules! lazy_chunk {
    ($(#[$doc:meta])* $name:ident in $chunk:ident: ($($value:ident: $type:ty),*) => $body:expr) => {
        $(#[$doc])*
        pub mod $name {
            use leptos::prelude::*;

            use super::*;

            #[cfg(lazy_chunks)]
            #[wasm_split_helpers::wasm_split($chunk, fallible, preload(#[doc = "Downloads the chunk ahead of use."] fetch))]
            #[doc(hidden)]
            pub fn draw($($value: $type),*) -> Result<AnyView, $crate::data::lazy::DownloadError> {
                Ok($body)
            }

            /// Does nothing, because this build has no lazy chunks.
            #[cfg(not(lazy_chunks))]
            pub async fn fetch() -> Result<(), $crate::data::lazy::DownloadError> {
                Ok(())
            }

            #[cfg(not(lazy_chunks))]
            async fn draw($($value: $type),*) -> Result<AnyView, $crate::data::lazy::DownloadError> {
                Ok($body)
            }

            pub fn chunk($($value: $type),*) -> $crate::data::lazy::LazyView {
                $crate::data::lazy::LazyView::new(
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

/// A view whose code is in a lazy chunk.
pub struct LazyView {
    fetch: fn() -> Download,
    /// Returns `None` until the chunk has been downloaded.
    draw: Box<dyn Fn() -> Option<AnyView> + Send>,
}

#[derive(Clone, Copy, PartialEq)]
enum DownloadState {
    Loading,
    Ready,
    Failed,
}

impl LazyView {
    /// Only [`lazy_chunk!`](crate::lazy_chunk!) calls this function.
    pub fn new(fetch: fn() -> Download, draw: Box<dyn Fn() -> Option<AnyView> + Send>) -> Self {
        Self { fetch, draw }
    }

    /// Shows the view as a page or a part of one. During the download a placeholder is shown; a failed download offers
    /// a retry.
    pub fn on_page(self) -> AnyView {
        let fetch = self.fetch;
        self.show(move |state, download| match state {
            DownloadState::Failed => {
                let on_retry = Callback::new(move |()| start(fetch, download));
                view! { <Failure error=ErrorKind::LazyChunk.into() on_retry /> }.into_any()
            }
            _ => view! { <Loading /> }.into_any(),
        })
    }

    /// Shows a dialog once its chunk is downloaded. If the download fails, shows a toast and calls `on_close`.
    pub fn over_page(self, on_close: Callback<()>) -> AnyView {
        let toasts = expect_context::<Toasts>();
        let i18n = use_i18n();
        self.show(move |state, _| {
            if state == DownloadState::Failed {
                toasts.failure(i18n.text.errors().chunk_failed);
                on_close.run(());
            }
            ().into_any()
        })
    }

    /// `until_ready` draws the placeholder or the error until the chunk has been downloaded.
    fn show(self, until_ready: impl Fn(DownloadState, RwSignal<DownloadState>) -> AnyView + Send + 'static) -> AnyView {
        let Self { fetch, draw } = self;
        // If the chunk is already downloaded, draw it at once, so that no placeholder flashes for a frame.
        if let Some(view) = draw() {
            return view;
        }
        let download = RwSignal::new(DownloadState::Loading);
        start(fetch, download);
        let view = move || match download.get() {
            DownloadState::Ready => draw().into_any(),
            state => until_ready(state, download),
        };
        view.into_any()
    }
}

fn start(fetch: fn() -> Download, download: RwSignal<DownloadState>) {
    download.set(DownloadState::Loading);
    leptos::task::spawn_local(async move {
        let is_ready = fetch().await.is_ok();
        if !is_ready {
            // The download may have failed because a newer version on the server has other file names. If there is a
            // newer version, the app offers to load it.
            check_for_new_version();
        }
        _ = download.try_set(if is_ready { DownloadState::Ready } else { DownloadState::Failed });
    });
}
