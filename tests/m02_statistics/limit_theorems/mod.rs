mod central_limit;
mod central_limit_figure;
