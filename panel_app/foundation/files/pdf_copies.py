"""PDF panel copies: pages put into a new document, with nothing that isn't drawn."""

from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from panel_app.foundation.files.pdf_contents import bare_contents
from panel_app.foundation.files.segments import bare_jpeg, bare_jpeg2000

# What a page needs to be drawn (ISO 32000-2, table 31). All else goes: annotations, actions, thumbnails.
PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Contents",
     "/Rotate", "/Group", "/UserUnit"}
)  # fmt: skip
# What streams, fonts and pictures may carry besides what is drawn.
UNDRAWN_KEYS = tuple(
    Name(key)
    for key in (
        "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/StructParent", "/StructParents", "/Thumb", "/AA",
        "/Measure", "/PtData", "/ID", "/Alternates", "/F", "/FFilter", "/FDecodeParms", "/Ref", "/Private",
    )
)  # fmt: skip
DRAWN_TYPES = frozenset({"/XObject", "/Font", "/FontDescriptor", "/Pattern", "/ExtGState", "/OCG", "/OCMD", "/Page"})
# The strings in dictionaries that drawing needs: how a font is put together, and what we say ourselves.
DRAWN_STRINGS = frozenset({"/Registry", "/Ordering", "/CharSet", "/FontFamily", "/Panose", "/Lookup"})
_DEEPEST = 30
_STATES = ("/BaseState", "/ON", "/OFF")


def write_copy(source: Path, out: BinaryIO, label: str) -> int:
    """Write the panel copy and return its number of pages. Raises pikepdf.PdfError."""
    with pikepdf.open(source) as original, Pdf.new() as made:
        _draw_form_fields(original)
        for page in original.pages:
            for carried in (Name.Annots, Name.AA, Name.B, Name.Metadata, Name.PieceInfo, Name.Thumb):
                if carried in page.obj:
                    del page.obj[carried]
        made.pages.extend(original.pages)
        for page in made.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page.obj[key]
        _keep_layers(original, made)
        _bare_objects(made)
        bare_contents(made)
        _drop_strings(made.Root, 0)
        made.docinfo[Name.Title] = label
        made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        made.remove_unreferenced_resources()
        made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(made.pages)


def _draw_form_fields(original: Pdf) -> None:
    """Turn what was filled into form fields into drawn text; signatures and all other annotations go."""
    for page in original.pages:
        annotations = page.obj.get(Name.Annots)
        if isinstance(annotations, Array):
            page.obj.Annots = Array([one for one in annotations if _is_filled_field(one)])
    original.flatten_annotations("print")
    if Name.AcroForm in original.Root:
        del original.Root[Name.AcroForm]


def _is_filled_field(annotation: Object) -> bool:
    if not isinstance(annotation, Dictionary) or annotation.get(Name.Subtype) != Name.Widget:
        return False
    field: Object | None = annotation
    for _ in range(20):  # deeper trees of fields are made to loop
        if not isinstance(field, Dictionary) or Name.FT in field:
            break
        field = field.get(Name.Parent)
    return isinstance(field, Dictionary) and field.get(Name.FT) != Name.Sig


def _keep_layers(original: Pdf, made: Pdf) -> None:
    """Keep which layers are shown, so that nothing hidden appears; their names become numbers in `_bare_objects`."""
    properties = original.Root.get(Name.OCProperties)
    if not isinstance(properties, Dictionary):
        return
    groups = properties.get(Name.OCGs)
    default = properties.get(Name.D)
    if not isinstance(groups, Array) or not isinstance(default, Dictionary):
        return
    kept = Dictionary({key: default[key] for key in _STATES if key in default})
    bundle = original.make_indirect(Dictionary(OCGs=groups, D=kept))
    made.Root.OCProperties = made.copy_foreign(bundle)


def _bare_objects(made: Pdf) -> None:
    layers = 0
    for thing in made.objects:
        if not isinstance(thing, (Dictionary, Stream)):
            continue
        kind = str(thing.get(Name.Type, ""))
        _drop_strings(thing, 0)
        if isinstance(thing, Stream) or kind in DRAWN_TYPES or Name.Subtype in thing:
            _drop_undrawn(thing)
        if kind == "/OCG":
            layers += 1
            _neutral_layer(thing, layers)
        if isinstance(thing, Stream):
            _bare_picture(thing)


def _drop_strings(thing: Object, depth: int) -> None:
    """Delete the words in a dictionary and in those written inside it: keys that no standard knows may hold any."""
    for key in set(thing.keys()) - DRAWN_STRINGS:
        value = thing[key]
        if isinstance(value, pikepdf.String) or depth > _DEEPEST:
            del thing[key]
        elif isinstance(value, Dictionary) and not value.is_indirect:
            _drop_strings(value, depth + 1)


def _drop_undrawn(thing: Object) -> None:
    for key in UNDRAWN_KEYS:
        if key in thing:
            del thing[key]
    if thing.get(Name.Subtype) in (Name.Image, Name.Form) and Name.Name in thing:
        del thing[Name.Name]


def _neutral_layer(group: Object, number: int) -> None:
    group.Name = pikepdf.String(f"Layer {number}")
    for key in (Name.Usage, Name.Intent):
        if key in group:
            del group[key]


def _bare_picture(stream: Stream) -> None:
    filters = stream.get(Name.Filter)
    names = [str(one) for one in filters] if isinstance(filters, Array) else [str(filters)]
    if len(names) != 1:
        return
    if names[0] == "/DCTDecode":
        parameters = stream.get(Name.DecodeParms)
        kept = parameters if isinstance(parameters, (Dictionary, Array)) else None
        stream.write(bare_jpeg(stream.read_raw_bytes()), filter=Name.DCTDecode, decode_parms=kept)
    elif names[0] == "/JPXDecode":
        stream.write(bare_jpeg2000(stream.read_raw_bytes()), filter=Name.JPXDecode)
