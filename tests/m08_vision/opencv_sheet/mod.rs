mod contact_sheet;
