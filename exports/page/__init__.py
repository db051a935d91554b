"""The parts of the interactive page: HTML, styles, scripts, and the tables of words and colours they use.

This folder holds data; ``write_page`` and ``page_html`` are defined in ``diplograph.exports.page_document``
and can be imported from here.
"""

from diplograph.exports.page_document import page_html, write_page

__all__ = ["page_html", "write_page"]
