"""What the manifests of both versions of SCORM have alike: one organization, with one item and one SCO for each module.

Source: IMS Content Packaging 1.1.2 and 1.1.4, as ADL's Content Aggregation Models use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from greensupply.packages.course import Course

NAME = "imsmanifest.xml"


class Manifest:
    """A manifest of one version of SCORM, to which the version adds what only it has.

    Attributes:
        organization: Its only one.
        items: One for each unit of the course, in its order.
    """

    def __init__(
        self, course: Course, version: str, ims: str, adl: str, scorm_type: str, namespaces: Mapping[Any, str]
    ) -> None:
        """Make what both versions have.

        Arguments:
            course: What is packed.
            version: The version, as the metadata say it.
            ims: Namespace of content packaging, the default one.
            adl: Namespace of ADL's own names.
            scorm_type: How the version spells the attribute that tells a SCO from an asset.
            namespaces: Prefix -> namespace, of the whole manifest.
        """
        self._ims, self._scorm_type = ims, f"{{{adl}}}{scorm_type}"
        about = {"identifier": course.identifier, "version": str(course.revision)}
        self._root = etree.Element(f"{{{ims}}}manifest", about, nsmap=dict(namespaces))
        metadata = self._add(self._root, "metadata")
        self._add(metadata, "schema", "ADL SCORM")
        self._add(metadata, "schemaversion", version)
        organizations = self._add(self._root, "organizations", default="org")
        self.organization = self._add(organizations, "organization", identifier="org")
        self._add(self.organization, "title", course.title)
        self.items = []
        resources = self._add(self._root, "resources")
        for unit in course.units:
            names = {"identifier": f"item-{unit.id}", "identifierref": f"sco-{unit.id}"}
            item = self._add(self.organization, "item", **names, isvisible="true")
            self._add(item, "title", unit.titles[course.locales[0]])
            self.items.append(item)
            sco = self._resource(resources, f"sco-{unit.id}", "sco", unit.files, href=unit.start)
            self._add(sco, "dependency", identifierref="shared")
        self._resource(resources, "shared", "asset", course.shared)

    def files(self) -> dict[str, bytes]:
        """The manifest by its name in the package."""
        return {NAME: etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, pretty_print=True)}

    def _resource(
        self, resources: etree._Element, identifier: str, kind: str, paths: tuple[str, ...], **more: str
    ) -> etree._Element:
        resource = self._add(resources, "resource", identifier=identifier, type="webcontent", **more)
        resource.set(self._scorm_type, kind)
        for path in paths:
            self._add(resource, "file", href=path)
        return resource

    def _add(self, parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{self._ims}}}{tag}", attributes)
        element.text = text
        return element
