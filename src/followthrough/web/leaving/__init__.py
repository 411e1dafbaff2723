"""The page behind “no more mail”, for anybody."""
