mod read_request;
