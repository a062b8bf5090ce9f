"""The corpus that comes with the product, and ``gold/``, its questions and answers."""
