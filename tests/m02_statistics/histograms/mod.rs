mod histogram;
