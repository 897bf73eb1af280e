mod ballots;
mod hough_lines;
mod hough_votes;
