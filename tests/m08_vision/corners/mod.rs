mod definition;
mod harris_corners;
mod harris_response;
