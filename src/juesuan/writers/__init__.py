"""Writers: accounts back into the files a finance office exchanges."""
