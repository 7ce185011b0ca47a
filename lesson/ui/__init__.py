"""The page: the only part of lesson that imports gradio."""
