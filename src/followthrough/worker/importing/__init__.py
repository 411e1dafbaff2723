"""From a file to what it tells: readings are pure, and one writer brings them into the books."""
