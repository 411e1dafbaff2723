"""What was found in your mail: read each sentence, put it on Today or leave it out."""
