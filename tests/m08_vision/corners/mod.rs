mod definition;
mod harris_corners;
mod known;
mod harris_response;
