mod draw_circle;
mod draw_line;
mod drawn;
