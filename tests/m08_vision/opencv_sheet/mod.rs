mod contact_sheet;
mod panels;
