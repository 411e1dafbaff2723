"""Mail servers as programs reach them: where they are, who may be asked, and what they say."""
