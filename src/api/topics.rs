//! `GET /v1/topics`: what provisions are about, with counts.

use axum::response::Response;
use serde::Serialize;

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::library::TopicCounts;

/// Every topic.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct TopicsAnswer {
    /// How many there are.
    total: usize,
    /// Topics in the order of the closed list.
    topics: Vec<TopicCounts>,
}

/// Every topic of the closed list, with how many provisions and jurisdictions it occurs in.
#[utoipa::path(
    get,
    path = "/v1/topics",
    tag = "lists",
    operation_id = "topics",
    responses(
        (status = 200, description = "The topics.", body = TopicsAnswer),
        (status = 400, description = "A parameter was given.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn topics(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    shared
        .answer(Lane::Words, |library| {
            let topics = library.topics()?;
            Ok(TopicsAnswer {
                total: topics.len(),
                topics,
            })
        })
        .await
}
