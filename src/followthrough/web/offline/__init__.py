"""On the phone, and without network: the home-screen icon, what is kept, and what is sent later."""
