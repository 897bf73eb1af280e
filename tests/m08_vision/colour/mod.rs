mod to_gray;
