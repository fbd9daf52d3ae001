"""The form's sections, each with the declarations of its questions."""
