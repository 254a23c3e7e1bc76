"""The catalogue as open data: the standards that other programs and search engines already read."""

from portal.web.open_data.routes import Graphs, blueprint, put_graphs

__all__ = ["Graphs", "blueprint", "put_graphs"]
