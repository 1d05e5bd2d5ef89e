//! Requests without a sign-in.

use super::{ApiError, http};
use gloo_net::http::Request;
use shared::api::ClientConfig;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublicApi;

impl PublicApi {
    pub async fn config(self) -> Result<ClientConfig, ApiError> {
        let builder = http::prepare(Request::get("/api/v1/config"), http::TIME_LIMIT);
        let request = builder.build().map_err(|_| ApiError::Network)?;
        http::send(request).await?.read()
    }
}
