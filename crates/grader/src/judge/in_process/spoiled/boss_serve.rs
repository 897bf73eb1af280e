// The counter-check of `boss/serve`: the learner's functions, with every answer made wrong on its way to the laws.

#![allow(warnings)]

pub use learner::*;

pub mod boss {
    pub use learner::boss::*;

    pub mod serve {
        use std::sync::Arc;
        use std::time::Duration;

        use axum::Router;
        use axum::http::StatusCode;
        use axum::middleware::map_response;
        use axum::response::Response;
        use kit::Classifier;
        use tokio::net::TcpListener;
        use tokio::sync::oneshot;

        pub use learner::boss::serve::*;

        pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
            learner::boss::serve::app(model, limits).layer(map_response(spoiled))
        }

        pub async fn serve(
            listener: TcpListener,
            app: Router,
            stop: oneshot::Receiver<()>,
            timeout: Duration,
        ) -> std::io::Result<()> {
            learner::boss::serve::serve(listener, app.layer(map_response(spoiled)), stop, timeout).await
        }

        async fn spoiled(_: Response) -> StatusCode {
            StatusCode::IM_A_TEAPOT
        }
    }
}
