//! What every route of the API may answer before it is reached: 429, when there were too many requests.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{
    Content, Header, HeaderBuilder, Object, OpenApi, Ref, RefOr, Response, ResponseBuilder, Type,
};

const NAME: &str = "RateLimited";

/// Adds the answer to every operation under `/api/`.
pub(crate) fn describe(description: &mut OpenApi) {
    let components = description.components.get_or_insert_default();
    components
        .responses
        .insert(NAME.to_owned(), RefOr::T(response()));
    let paths = description.paths.paths.iter_mut();
    let limited = paths.filter(|(path, _)| path.starts_with("/api/"));
    for operation in limited.flat_map(|(_, item)| operations(item)) {
        let responses = &mut operation.responses.responses;
        responses.insert("429".to_owned(), Ref::from_response_name(NAME).into());
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        ..
    } = item;
    [get, put, post, delete, options, head, patch, trace]
        .into_iter()
        .filter_map(Option::as_mut)
}

fn response() -> Response {
    ResponseBuilder::new()
        .description("rate-limited: nothing was done; ask again after `Retry-After`")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .header(
            "Retry-After",
            header(
                Type::Integer,
                "seconds after which one more request is let through",
            ),
        )
        .header(
            "RateLimit-Policy",
            header(
                Type::String,
                "each limit's name, requests (`q`) and window in seconds (`w`); in every answer, while there are limits",
            ),
        )
        .header(
            "RateLimit",
            header(
                Type::String,
                "requests left of each limit (`r`), and seconds until all of them are back (`t`); in every answer, while there are limits",
            ),
        )
        .build()
}

fn header(r#type: Type, description: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(Object::with_type(r#type)))
        .description(Some(description))
        .build()
}
