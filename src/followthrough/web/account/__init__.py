"""The door: signing up, joining, signing in, and keeping the key safe."""
