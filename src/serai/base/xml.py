"""Read XML that strangers sent: no document types, no entities, no network, no giants."""

from enum import StrEnum
from xml.parsers import expat

from django.utils.translation import gettext as _
from lxml import etree

MEGABYTE = 1024 * 1024
_OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_FILE = b"PK\x03\x04"


class XmlFault(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    BINARY = "binary"
    DOCUMENT_TYPE = "document_type"
    ENCODING = "encoding"
    BROKEN = "broken"


class XmlRefused(ValueError):
    """A file that is not read; `str()` is the sentence for whoever sent it.

    Attributes:
        fault: the stable code.
        line: where it breaks; None where that has no meaning.
    """

    def __init__(self, fault: XmlFault, sentence: str, line: int | None = None) -> None:
        self.fault, self.line = fault, line
        super().__init__(sentence)


class _DocumentTypeMet(Exception):
    """The prolog names a document type."""


class _PrologOver(Exception):
    """The first element began without one."""


def read_xml(content: bytes, *, most_bytes: int) -> etree._Element:
    """Parse a file, comments and processing instructions left out.

    Args:
        content: the whole file.
        most_bytes: the size above which it is not looked at.
    Returns:
        The root element.
    Raises:
        XmlRefused: for an empty, too big, binary, oddly encoded or broken file, and for any document type, since
            entities, external files and endless expansion all need one.
    """
    _refuse_at_sight(content, most_bytes)
    _refuse_document_type(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(error.lineno) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _has_document_type()
    return root


def _refuse_at_sight(content: bytes, most_bytes: int) -> None:
    if not content.strip():
        raise XmlRefused(XmlFault.EMPTY, _("The file is empty. Choose the file again."))
    if len(content) > most_bytes:
        raise XmlRefused(
            XmlFault.TOO_BIG,
            _("The file has %(size)s MB; at most %(most)s MB are read. Send a smaller file.")
            % {"size": -(-len(content) // MEGABYTE), "most": most_bytes // MEGABYTE},
        )
    if content.startswith((_OLE_FILE, _ZIP_FILE)):
        raise XmlRefused(XmlFault.BINARY, _("The file is not XML. Save it as XML and send that."))


def _refuse_document_type(content: bytes) -> None:
    """Read the prolog only, and stop at the document type before anything in it is declared."""
    prolog = expat.ParserCreate()
    prolog.StartDoctypeDeclHandler = _meet_document_type
    prolog.StartElementHandler = _end_prolog
    try:
        prolog.Parse(content, True)
    except _PrologOver:
        return
    except _DocumentTypeMet:
        raise _has_document_type() from None
    except (LookupError, ValueError) as error:
        raise XmlRefused(
            XmlFault.ENCODING,
            _("The file is written in an encoding that is not read here. Save it in UTF-8."),
        ) from error
    except expat.ExpatError as error:
        raise _broken(error.lineno) from error


def _meet_document_type(*_declared: object) -> None:
    raise _DocumentTypeMet


def _end_prolog(*_element: object) -> None:
    raise _PrologOver


def _has_document_type() -> XmlRefused:
    return XmlRefused(
        XmlFault.DOCUMENT_TYPE,
        _("The file declares a document type (DTD), which is not accepted. Save it again without."),
    )


def _broken(line: int | None) -> XmlRefused:
    return XmlRefused(
        XmlFault.BROKEN,
        _("The file is not well-formed XML: it breaks at line %(line)s. Save it again.")
        % {"line": line or 1},
        line,
    )
