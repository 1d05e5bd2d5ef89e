//! Requests to the auth server, as browsers and clients send them. Redirects are not followed.

use crate::auth::client::limited_body;
use crate::auth::userinfo::http_client;
use crate::config::Config;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use url::{Url, form_urlencoded};

pub(super) struct Probe {
    http: reqwest::Client,
    /// The origin of the page.
    origin: String,
}

pub(super) struct ProbeResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
    pub(super) json: Option<Value>,
}

impl Probe {
    pub(super) fn new(config: &Config) -> reqwest::Result<Self> {
        Ok(Self {
            http: http_client()?,
            origin: config.http.public_url.origin().ascii_serialization(),
        })
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns `None` without a response.
    pub(super) async fn get(&self, url: &str, token: Option<&str>) -> Option<ProbeResponse> {
        let mut request = self.http.get(url);
        if let Some(token) = token {
            // gn-auth answers with JSON errors only to requests of this type.
            let json = (header::CONTENT_TYPE, "application/json");
            request = request.bearer_auth(token).header(json.0, json.1);
        }
        see(request).await
    }

    /// Sends a form as the page would.
    pub(super) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Option<ProbeResponse> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let mut request = self
            .http
            .post(url.clone())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, &self.origin)
            .body(body.finish());
        if let Some((id, secret)) = basic {
            let encode =
                |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            request = request.basic_auth(encode(id), Some(encode(secret)));
        }
        see(request).await
    }
}

async fn see(request: reqwest::RequestBuilder) -> Option<ProbeResponse> {
    let request = request.header(header::ACCEPT, "application/json, text/html;q=0.9");
    let response = request.send().await.ok()?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = limited_body(response).await.ok()??;
    let text = String::from_utf8_lossy(&body).into_owned();
    Some(ProbeResponse {
        status,
        headers,
        json: serde_json::from_str(&text).ok(),
        text,
    })
}

impl ProbeResponse {
    /// The `error` of an OAuth2 error response (RFC 6749, section 5.2).
    pub(super) fn error(&self) -> Option<&str> {
        self.json.as_ref()?.get("error")?.as_str()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Describes the response. Bodies are not repeated, because they may hold secrets.
    pub(super) fn kind(&self) -> String {
        let format = match (&self.json, self.error()) {
            // Error codes of the standard are short.
            (_, Some(error)) if error.len() <= 40 => {
                return format!("{} {error}", self.status.as_u16());
            }
            (Some(_), _) => "JSON",
            _ if self.text.contains('<') => "an HTML page",
            _ => "neither JSON nor HTML",
        };
        format!("{} with {format}", self.status.as_u16())
    }
}
