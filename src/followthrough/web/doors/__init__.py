"""Where the world knocks: forms for anybody, deliveries of shops and telephones, and their page."""
