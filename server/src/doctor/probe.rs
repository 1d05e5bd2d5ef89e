//! Questions to the auth server, as browsers and clients ask them. No redirect is followed.

use crate::auth::client::limited_body;
use crate::auth::userinfo::http_client;
use crate::config::Config;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use url::{Url, form_urlencoded};

pub(super) struct Probe {
    http: reqwest::Client,
    /// Where the page will ask from.
    origin: String,
}

/// An answer, read as far as it matters here.
pub(super) struct Seen {
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

    /// `GET`, perhaps with a token. `None` for no answer.
    pub(super) async fn get(&self, url: &str, token: Option<&str>) -> Option<Seen> {
        let mut request = self.http.get(url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        see(request).await
    }

    /// `POST` of a form, as the page at our origin would send it.
    pub(super) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Option<Seen> {
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

async fn see(request: reqwest::RequestBuilder) -> Option<Seen> {
    let request = request.header(header::ACCEPT, "application/json, text/html;q=0.9");
    let answer = request.send().await.ok()?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = limited_body(answer).await.ok()??;
    let text = String::from_utf8_lossy(&body).into_owned();
    Some(Seen {
        status,
        headers,
        json: serde_json::from_str(&text).ok(),
        text,
    })
}

impl Seen {
    /// The `error` of a refusal (RFC 6749, section 5.2).
    pub(super) fn error(&self) -> Option<&str> {
        self.json.as_ref()?.get("error")?.as_str()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What it is, in words. Bodies are not repeated: they may hold anything.
    pub(super) fn kind(&self) -> String {
        let what = match (&self.json, self.error()) {
            // A short word of a standard; anything longer is something else.
            (_, Some(error)) if error.len() <= 40 => {
                return format!("{} {error}", self.status.as_u16());
            }
            (Some(_), _) => "JSON",
            _ if self.text.contains('<') => "a page",
            _ => "neither JSON nor a page",
        };
        format!("{} with {what}", self.status.as_u16())
    }
}
