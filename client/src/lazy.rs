//! Lazy loading: parts of the page whose code is fetched when they are first shown.
//!
//! The first load holds the list, the sign-in and the frame. Everything else is compiled with it
//! but moved to separate WebAssembly modules ("chunks") that share its memory. This module knows
//! no page: each file in `pages/chunks/` declares one chunk with [`lazy_chunk!`] and lists the
//! views in it.
//!
//! The split happens when `cargo xtask page` builds the page (`xtask/src/page/chunks.rs`).
//! Without it, in tests or with plain trunk, the code is one module and each chunk is available
//! at once.

use crate::components::{Dialog, Page};
use crate::text::general::{CANCEL, LOADING, NOT_LOADED_BODY, NOT_LOADED_TITLE, TRY_AGAIN};
use futures_util::future::LocalBoxFuture;
use std::sync::OnceLock;
use thiserror::Error;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The function that draws the views of a chunk.
pub type Render<V> = fn(&V) -> Html;

/// A chunk and, once it is loaded, the function that draws its views.
pub struct Chunk<V: 'static> {
    load: fn() -> LocalBoxFuture<'static, Result<Render<V>, ChunkLoadError>>,
    render: OnceLock<Render<V>>,
}

/// The chunk could not be fetched: the network is down, or the server has a newer version of the
/// page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a part of the page cannot be loaded")]
pub struct ChunkLoadError;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for ChunkLoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        // The browser has logged the cause in its console.
        Self
    }
}

impl<V> Chunk<V> {
    pub const fn new(
        load: fn() -> LocalBoxFuture<'static, Result<Render<V>, ChunkLoadError>>,
    ) -> Self {
        Self {
            load,
            render: OnceLock::new(),
        }
    }

    /// Fetches the chunk. After an error it can be called again.
    async fn load(&self) -> Result<(), ChunkLoadError> {
        let render = (self.load)().await?;
        self.render.get_or_init(|| render);
        Ok(())
    }
}

/// Content that a chunk draws.
pub trait LazyView: Clone + PartialEq + 'static {
    fn chunk() -> &'static Chunk<Self>;

    /// The surroundings of the loading message.
    fn placeholder(&self) -> Placeholder;
}

/// The element that shows that a chunk is loading or could not be loaded.
#[derive(Debug, Clone, PartialEq)]
pub enum Placeholder {
    Page,
    /// Open at once and can be cancelled while it loads.
    Dialog {
        title: AttrValue,
        on_close: Callback<()>,
    },
    Inline,
}

/// Makes a type the [`LazyView`] of the chunk `$name`, drawn by `$render`.
///
/// The generated function is the only way from the first load into the chunk. A direct call of
/// `$render` would move the code into the first load.
macro_rules! lazy_chunk {
    ($name:ident, $view:ty, $render:path, $placeholder:path) => {
        #[cfg(split)]
        #[wasm_split_helpers::wasm_split($name, fallible)]
        fn $name() -> Result<$crate::lazy::Render<$view>, $crate::lazy::ChunkLoadError> {
            Ok($render)
        }

        #[cfg(not(split))]
        #[allow(
            clippy::unused_async,
            reason = "the split version of this function is async"
        )]
        async fn $name() -> Result<$crate::lazy::Render<$view>, $crate::lazy::ChunkLoadError> {
            Ok($render)
        }

        impl $crate::lazy::LazyView for $view {
            fn chunk() -> &'static $crate::lazy::Chunk<Self> {
                static CHUNK: $crate::lazy::Chunk<$view> =
                    $crate::lazy::Chunk::new(|| Box::pin($name()));
                &CHUNK
            }

            fn placeholder(&self) -> $crate::lazy::Placeholder {
                $placeholder(self)
            }
        }
    };
}
pub(crate) use lazy_chunk;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LazyProps<V: LazyView> {
    pub view: V,
}

/// Shows a view as soon as its chunk is loaded. Until then it shows a loading message, or an error
/// with a button that tries again.
#[component]
pub fn Lazy<V: LazyView>(props: &LazyProps<V>) -> Html {
    let attempt = use_state(|| 0_u32);
    let failed = use_state(|| false);
    {
        let failed = failed.clone();
        use_effect_with(*attempt, move |_| {
            if V::chunk().render.get().is_none() {
                // Continues when this component goes away: the chunk will be needed again.
                spawn_local(async move {
                    // Draws the component again, also after success.
                    failed.set(V::chunk().load().await.is_err());
                });
            }
        });
    }
    if let Some(render) = V::chunk().render.get() {
        return render(&props.view);
    }
    let on_retry = {
        let failed = failed.clone();
        Callback::from(move |_: MouseEvent| {
            failed.set(false);
            attempt.set(attempt.wrapping_add(1));
        })
    };
    placeholder(&props.view.placeholder(), *failed, on_retry)
}

fn placeholder(kind: &Placeholder, failed: bool, on_retry: Callback<MouseEvent>) -> Html {
    let retry = |class: &'static str| {
        html! { <button type="button" {class} onclick={&on_retry}>{ TRY_AGAIN }</button> }
    };
    let error = || html! { <p role="alert">{ NOT_LOADED_TITLE }{ ". " }{ NOT_LOADED_BODY }</p> };
    match kind {
        Placeholder::Dialog { title, on_close } => html! {
            <Dialog key="waiting" title={title.clone()} on_cancel={on_close.clone()}>
                if failed {
                    { error() }
                } else {
                    <p class="loading" role="status">{ LOADING }</p>
                }
                <div class="dialog__actions">
                    <button type="button" class="button" onclick={on_close.reform(|_| ())}>{ CANCEL }</button>
                    if failed {
                        { retry("button button--primary") }
                    }
                </div>
            </Dialog>
        },
        Placeholder::Inline if failed => html! { <>{ error() }{ retry("button") }</> },
        Placeholder::Inline => html! { <p class="loading">{ LOADING }</p> },
        Placeholder::Page if failed => html! {
            <Page key="not-loaded" title={NOT_LOADED_TITLE}>
                <p role="alert">{ NOT_LOADED_BODY }</p>
                <p>{ retry("button button--primary") }</p>
            </Page>
        },
        // Not a `Page`: that would take the focus, and the page to come could not tell whether it
        // is the first one.
        Placeholder::Page => html! { <div class="page"><h1>{ LOADING }</h1></div> },
    }
}
