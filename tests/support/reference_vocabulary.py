"""The texts that the formats know: docs/format.md ("Phrases"), docs/format-mix.md ("The vocabulary")."""
import pathlib

TEXTS = pathlib.Path(__file__).resolve().parents[2] / "lib/backend"
VOCABULARY = (TEXTS / "vocabulary.txt").read_bytes()
WORDS = (TEXTS / "words.txt").read_bytes()
PHRASES = (TEXTS / "phrases.txt").read_bytes() + VOCABULARY
