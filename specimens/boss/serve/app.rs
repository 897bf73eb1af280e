use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::{Next, from_fn, map_response};
use kit::Classifier;
use serde_json::json;
use tokio::sync::Mutex;

use super::{extracted, single};
use crate::reference::boss::serve as reference;
use crate::reference::boss::serve::Limits;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{
    Mended, Renamed, changed, exact_content_type, limit_by_header, of_its_own_type, rejected, rewritten,
    timeout_for_each_piece, with_status,
};

type App = fn(Arc<dyn Classifier>, Limits) -> Router;

/// The kata, answered by a specimen.
pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    answering::<App>(
        module_path!(),
        reference::app,
        &[
            wheat(
                "one_handler",
                "one handler for everything, which checks method and path itself",
                single::service,
            ),
            wheat("compact_problems", "problems with a type and another detail", |model, limits| {
                reference::app(model, limits).layer(map_response(async |response: Response<Body>| {
                    rewritten(response, of_its_own_type).await
                }))
            }),
            chaff("trailing_slash", "A slash at the end changes nothing.", |model, limits| {
                let health =
                    json!({ "status": "ok", "features": model.features(), "classes": model.classes() });
                let get = axum::routing::get(|| async { axum::Json(health) });
                reference::app(model, limits).route("/health/", get)
            }),
            chaff("text_errors", "An error is plain text.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |mut response: Response<Body>| {
                    if response.status() != StatusCode::OK {
                        response
                            .headers_mut()
                            .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
                    }
                    response
                }))
            }),
            chaff("empty_errors", "An error needs no body.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |mut response: Response<Body>| {
                    if response.status() != StatusCode::OK {
                        *response.body_mut() = Body::empty();
                        response.headers_mut().remove(header::CONTENT_LENGTH);
                    }
                    response
                }))
            }),
            chaff("problem_without_detail", "A problem needs no detail.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |response: Response<Body>| {
                    rewritten(response, |status, _| json!({ "status": status, "title": "Rejected" })).await
                }))
            }),
            chaff("always_200", "Every response has the status 200.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |mut response: Response<Body>| {
                    *response.status_mut() = StatusCode::OK;
                    response
                }))
            }),
            chaff("server_error", "A rejected request is a server error (500).", |model, limits| {
                with_status(
                    model,
                    limits,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    StatusCode::INTERNAL_SERVER_ERROR,
                )
            }),
            chaff("all_400", "Every rejected request has the status 400.", |model, limits| {
                with_status(model, limits, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST)
            }),
            chaff("method_not_found", "A wrong method has the status 404.", |model, limits| {
                with_status(model, limits, StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND)
            }),
            chaff("allow_forgotten", "A 405 response needs no header `allow`.", |model, limits| {
                // From outside: axum adds the header when everything else is done.
                Router::new().fallback_service(reference::app(model, limits)).layer(map_response(
                    async |mut response: Response<Body>| {
                        response.headers_mut().remove(header::ALLOW);
                        response
                    },
                ))
            }),
            chaff(
                "axum_defaults",
                "axum's default response for unknown paths is enough.",
                |model, limits| reference::app(model, limits).reset_fallback(),
            ),
            chaff("any_content_type", "The content type need not be checked.", |model, limits| {
                reference::app(model, limits).layer(from_fn(async |mut request: Request, next: Next| {
                    request
                        .headers_mut()
                        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                    next.run(request).await
                }))
            }),
            chaff(
                "exact_content_type",
                "The content type must be exactly `application/json`.",
                exact_content_type,
            ),
            chaff("body_unlimited", "The size of a body needs no limit.", |model, limits| {
                reference::app(model, Limits { body: 1 << 30, ..limits })
            }),
            chaff(
                "limit_by_header",
                "The header `content-length` limits the size of a body.",
                limit_by_header,
            ),
            chaff("unread_is_too_large", "A body that cannot be read was too large.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |response: Response<Body>| {
                    let (parts, body) = response.into_parts();
                    let said = to_bytes(body, 1 << 20).await.unwrap_or_default();
                    let broken = String::from_utf8_lossy(&said).contains("is incomplete");
                    if broken { rejected(413) } else { Response::from_parts(parts, Body::from(said)) }
                }))
            }),
            chaff("limit_reached", "A body of exactly the limit is too large.", |model, limits| {
                reference::app(model, Limits { body: limits.body - 1, ..limits })
            }),
            chaff("no_timeout", "A body needs no time limit.", |model, limits| {
                reference::app(model, Limits { timeout: Duration::from_secs(3600), ..limits })
            }),
            chaff("batch_unlimited", "The number of samples needs no limit.", |model, limits| {
                reference::app(model, Limits { samples: usize::MAX, ..limits })
            }),
            chaff("one_at_a_time", "A lock around each request is harmless.", |model, limits| {
                let lock = Arc::new(Mutex::new(()));
                reference::app(model, limits).layer(from_fn(move |request: Request, next: Next| {
                    let lock = Arc::clone(&lock);
                    async move {
                        let _one = lock.lock().await;
                        next.run(request).await
                    }
                }))
            }),
            chaff("nan_as_null", "A NaN probability may be sent as null.", |model, limits| {
                changed(model, limits, |answer| answer, true)
            }),
            chaff("class_as_number", "`class` is the index of the class.", |model, limits| {
                let classes = (0..model.classes().len()).map(|c| c.to_string()).collect();
                reference::app(Arc::new(Renamed { model, classes, reversed: false }), limits)
            }),
            chaff("least_probable", "The predicted class has the smallest probability.", |model, limits| {
                let classes = model.classes().to_vec();
                reference::app(Arc::new(Renamed { model, classes, reversed: true }), limits)
            }),
            chaff("batch_reversed", "The predictions are in reverse order.", |model, limits| {
                changed(
                    model,
                    limits,
                    |mut answer| {
                        if let Some(all) = answer["predictions"].as_array_mut() {
                            all.reverse();
                        }
                        answer
                    },
                    false,
                )
            }),
            chaff("first_of_a_batch", "A batch gets one prediction.", |model, limits| {
                changed(
                    model,
                    limits,
                    |mut answer| {
                        if let Some(all) = answer["predictions"].as_array_mut() {
                            all.truncate(1);
                        }
                        answer
                    },
                    false,
                )
            }),
            chaff("percent_rounded", "Probabilities are rounded to three digits.", |model, limits| {
                changed(
                    model,
                    limits,
                    |mut answer| {
                        for p in answer["probabilities"].as_array_mut().into_iter().flatten() {
                            *p = json!((p.as_f64().unwrap_or(0.0) * 1000.0).round() / 1000.0);
                        }
                        answer
                    },
                    false,
                )
            }),
            chaff("sixty_four_features", "A sample always has 64 features.", |model, limits| {
                changed(
                    model,
                    limits,
                    |mut answer| {
                        if !answer["features"].is_null() {
                            answer["features"] = json!(64);
                        }
                        answer
                    },
                    false,
                )
            }),
            chaff("undescribed", "The API needs no description.", |model, limits| {
                changed(
                    model,
                    limits,
                    |mut answer| {
                        if !answer["paths"].is_null() {
                            answer["paths"] = json!({});
                        }
                        answer
                    },
                    false,
                )
            }),
            chaff("two_at_least", "`limits.samples` is at least two.", |model, limits| {
                reference::app(model, Limits { samples: limits.samples.max(2), ..limits })
            }),
            chaff(
                "some_finite_is_enough",
                "One finite probability makes a prediction valid.",
                |model, limits| reference::app(Arc::new(Mended(model)), limits),
            ),
            chaff("one_second", "The time limit is always one second.", |model, limits| {
                reference::app(model, Limits { timeout: Duration::from_secs(1), ..limits })
            }),
            chaff(
                "timeout_for_each_piece",
                "The time limit begins anew with each piece of a body.",
                timeout_for_each_piece,
            ),
            chaff("body_of_500", "The size limit is always 500 bytes.", |model, limits| {
                reference::app(model, Limits { body: 500, ..limits })
            }),
            chaff("title_of_its_own", "The title of a problem is always the same.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |response: Response<Body>| {
                    rewritten(
                        response,
                        |status, _| json!({ "status": status, "title": "Error", "detail": "it is rejected" }),
                    )
                    .await
                }))
            }),
            chaff("forty_at_most", "A response has at most forty predictions.", |model, limits| {
                let cut = |mut answer: serde_json::Value| {
                    if let Some(all) = answer["predictions"].as_array_mut() {
                        all.truncate(40);
                    }
                    answer
                };
                changed(model, limits, cut, false)
            }),
            wheat("extractors", "axum's own extractors, a description with references", extracted::service),
            chaff("allow_everything", "The header `allow` lists all methods of the API.", |model, limits| {
                reference::app(model, limits).layer(map_response(async |mut response: Response<Body>| {
                    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
                        let all = HeaderValue::from_static("GET, POST");
                        response.headers_mut().insert(header::ALLOW, all);
                    }
                    response
                }))
            }),
        ],
    )(model, limits)
}
