"""The web chat: layout in ``app``, words to HTML in ``respond`` and ``source``."""
