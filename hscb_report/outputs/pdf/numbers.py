"""Numbers of sections, tables and figures: those that Sphinx gave, so that HTML and PDF agree."""

from docutils import nodes
from sphinx.environment import BuildEnvironment


class Numbers:
    """Looks up the number of a node on a page, as Sphinx's HTML writer does."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._standard = env.get_domain("std")

    def section(self, docname: str, section: nodes.Element) -> str | None:
        """Return a section's number such as "2.1", None if it has none."""
        numbers = self._env.toc_secnumbers.get(docname, {})
        own = f"#{section['ids'][0]}"
        # The first section of a page is listed without an anchor.
        number = numbers.get(own if own in numbers else "")
        return _dotted(number) if number else None

    def caption(self, docname: str, node: nodes.Element) -> str | None:
        """Return what stands before a caption, such as "Table 2.1"; None if it has no number."""
        kind = self._standard.get_enumerable_node_type(node)
        if not kind or not node["ids"]:
            return None
        numbers = self._env.toc_fignumbers.get(docname, {}).get(kind, {})
        number = numbers.get(node["ids"][0])
        pattern = self._env.config.numfig_format.get(kind)
        return pattern % _dotted(number) if number and pattern else None


def _dotted(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))
