"""Who gets which letter of the room surveys, and what stands in it: links, never answers."""

from serai.surveys.emails import forms

TOPICS = {**forms.TOPICS}
