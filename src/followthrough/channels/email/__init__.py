"""Mail: a letter becomes bytes, and a talk with a server that can stop before its last byte."""
