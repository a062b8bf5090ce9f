"""The weights that this project trained, each with its card."""
