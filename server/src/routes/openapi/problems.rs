//! The problem responses of every operation under `/api/`: `4XX`, `5XX` and 429.
//!
//! A route describes another status only if it tells the client more than the range does.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{
    Content, Header, HeaderBuilder, Object, OpenApi, Ref, RefOr, Response, ResponseBuilder, Type,
};

/// Adds the problem responses to every operation under `/api/`.
pub(crate) fn describe(description: &mut OpenApi) {
    let responses = [
        ("4XX", "ClientProblem", client_problem()),
        ("5XX", "ServerProblem", server_problem()),
        ("429", "RateLimited", rate_limited()),
    ];
    let api_paths = description.paths.paths.iter_mut();
    let api_paths = api_paths.filter(|(path, _)| path.starts_with("/api/"));
    for operation in api_paths.flat_map(|(_, item)| operations(item)) {
        for (status, name, _) in &responses {
            let reference = Ref::from_response_name(*name).into();
            let described = &mut operation.responses.responses;
            described.insert((*status).to_owned(), reference);
        }
    }
    let components = description.components.get_or_insert_default();
    for (_, name, response) in responses {
        components
            .responses
            .insert(name.to_owned(), RefOr::T(response));
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

fn client_problem() -> Response {
    problem("The request was refused; `type` and `errors` say why. Nothing was changed.").build()
}

fn server_problem() -> Response {
    problem("The request failed for no fault of the client. It may be repeated later.").build()
}

fn rate_limited() -> Response {
    problem("rate-limited: nothing was done; ask again after `Retry-After`")
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
                "each limit's name, requests (`q`) and window in seconds (`w`); in every response, while there are limits",
            ),
        )
        .header(
            "RateLimit",
            header(
                Type::String,
                "requests left of each limit (`r`), and seconds until all of them are back (`t`); in every response, while there are limits",
            ),
        )
        .build()
}

fn problem(description: &str) -> ResponseBuilder {
    ResponseBuilder::new().description(description).content(
        "application/problem+json",
        Content::new(Some(Ref::from_schema_name("Problem"))),
    )
}

fn header(r#type: Type, description: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(Object::with_type(r#type)))
        .description(Some(description))
        .build()
}
