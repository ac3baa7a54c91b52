"""Pairs of a member and a candidate, made by rule, with what must be found: positives of each kind, and near misses.

`python -m tests.conflicts.corpus` prints the table by kind. Nobody here exists: family names are put together from
syllables, domains are reserved ones.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from panel_app.conflicts.blocking_rules import candidate_keys, member_keys
from panel_app.conflicts.rules import Finding, Strength, examine
from panel_app.conflicts.sheet_rules import CANDIDATE_COLUMNS, MEMBER_COLUMNS, candidates_of, members_of, months_ago

TODAY = date(2027, 1, 15)
YEARS = 2
Row = dict[str, str]


@dataclass(frozen=True)
class Pair:
    """A member's row and a candidate's. `kind` at `strength` must be found; None: nothing of any weight may be."""

    kind: str | None
    strength: Strength | None
    member: Row
    candidate: Row
    why: str = field(compare=False)


SURNAMES = (
    "Thistlewold", "Quillfeather", "Brambleworth", "Ostrowandel", "Zwingenbart", "Vandermolk", "Kestrelby",
    "Marrowgate",
    "Lindelhorn", "Pfefferlok", "Wintermoor", "Drosselbart", "Fennimark", "Grubenwald", "Haverscott", "Ilvermont",
)  # fmt: skip
SHORT_FORMS = (
    ("Robert", "Bob"), ("William", "Bill"), ("Margaret", "Peggy"), ("Elizabeth", "Liz"), ("Alexander", "Alex"),
    ("Katherine", "Kate"), ("Michael", "Mike"), ("Joseph", "Joe"), ("Richard", "Dick"), ("Theodore", "Ted"),
    ("Ignacio", "Nacho"), ("Francisco", "Paco"), ("Dmitry", "Dima"), ("Georgios", "Yorgos"), ("Johannes", "Hans"),
)  # fmt: skip
COMMON = (
    "John Smith", "Maria Garcia", "Wei Zhang", "David Jones", "Mohamed Ali", "Anna Müller", "Ivan Ivanov",
    "Priya Sharma",
    "Michael Brown", "Juan Perez", "Minh Nguyen", "Sarah Johnson", "Li Wang", "Ahmed Hassan", "James Wilson",
    "Raj Kumar",
)  # fmt: skip
TRANSLITERATED = (
    ("Юрий Щербанюк", "Yuri Shcherbanyuk", "Iurii Shcherbaniuk", "Jurij Scerbanjuk"),
    ("Наталья Хворостухина", "Natalya Khvorostukhina", "Natalia Khvorostukhina", "Natalja Chvorostuchina"),
    ("Евгений Жемчужников", "Yevgeny Zhemchuzhnikov", "Evgenii Zhemchuzhnikov", "Evgenij Zemcuznikov"),
    ("Олексій Цимбаленко", "Oleksiy Tsymbalenko", "Oleksii Tsymbalenko", "Oleksij Cymbalenko"),
    ("Γεώργιος Χατζηφωτίου", "Georgios Chatzifotiou", "Georgios Hatzifotiou", "Georgios Chatziphotiou"),
    ("Ευάγγελος Μπουρνόζης", "Evangelos Bournozis", "Evangelos Mpournozis", "Euangelos Mpournozes"),
    ("Παναγιώτης Ξυλουράκης", "Panagiotis Xylourakis", "Panagiotis Xilourakis", "Panagiotis Ksilourakis"),
    ("محمد القحطاني", "Muhammad al-Qahtani", "Mohamed El Kahtani", "Mohammed Alqahtani"),
    ("خالد الزهراني", "Khalid al-Zahrani", "Khaled Zahrani", "Khaled El-Zahrani"),
    ("يوسف الشمراني", "Yusuf al-Shamrani", "Youssef Chamrani", "Yousef Alshamrani"),
    ("عبد الرحمن الدوسري", "Abd al-Rahman al-Dawsari", "Abdulrahman Aldosari", "Abderrahman Dosari"),
    ("欧阳修远", "Ouyang Xiuyuan", "Ou-yang Hsiu-yüan", "Xiuyuan Ouyang"),
    ("诸葛孔明", "Zhuge Kongming", "Chu-ko K'ung-ming", "Kongming Zhuge"),
    ("司馬承禎", "Sima Chengzhen", "Ssu-ma Ch'eng-chen", "Chengzhen Sima"),
    ("谢晓东", "Xie Xiaodong", "Hsieh Hsiao-tung", "Xiao-Dong Xie"),
    ("蒋经桂", "Jiang Jinggui", "Chiang Ching-kuei", "Jinggui Jiang"),
    ("श्रीनिवास झुनझुनवाला", "Shrinivas Jhunjhunwala", "Srinivas Jhunjhunvala", "Shreenivas Jhunjhunwala"),
    ("लक्ष्मी चट्टोपाध्याय", "Lakshmi Chattopadhyay", "Laxmi Chattopadhyaya", "Laksmi Cattopadhyaya"),
    ("सत्यजीत देवधर्कर", "Satyajit Devdharkar", "Satyajeet Deodharkar", "Satyajit Devadharkar"),
    ("कृष्णमूर्ति वेंकटाचारी", "Krishnamurti Venkatachari", "Krishnamurthy Venkatachari", "Krsnamurti Venkatacari"),
)  # fmt: skip
FIRMS = ("Brindlecast", "Orvenhall", "Kestmark", "Zellwand", "Pommerick", "Tarnstead", "Quorvax", "Ubblewick")
SAME_FIRM = (
    ("{0} Ltd", "{0}"), ("{0} GmbH & Co. KG", "{0} AG"), ("THE {0} COMPANY, INC.", "{0}"), ("{0} & Sons",
    "{0} and Sons Ltd."),
    ("{0} S.p.A.", "{0} SpA"), ("{0} Sp. z o.o.", "{0}"), ("{0} (UK) Limited", "{0}"), ("{0}-Werke", "{0} Werke"),
    ("{0}, LLC", "{0} L.L.C."), ("{0} Pty Ltd", "{0} Pvt. Ltd."), ("{0}|Other House", "{0} plc"),
    ("Department of Physics, University of {0}", "University of {0}, School of Law"),
    ("{0} University - Computer Science Department", "{0} University"), ("Institute for {0} Research (IZR)", "IZR"),
)  # fmt: skip
OTHER_FIRM = (
    ("Bank of {0}", "Bank of {1}"), ("{0}", "{0} Tree Ltd"), ("{0} University", "University of {0}"),
    ("{0} Holdings", "{0}"),
    ("{0} (UK)", "{1} (UK)"), ("Freelance", "freelance"), ("Self-employed", "self employed"), ("n/a", "N/A"),
    ("none", "None"),
    ("{0} AI", "{0} Health"), ("University of {0}, North Campus", "University of {0}, South Campus"), ("{0}", "{0}s"),
)  # fmt: skip
WORKS = (
    ("https://github.com/{0}/tool", "git@github.com:{0}/tool.git"), ("github.com/{0}/tool",
    "http://www.GitHub.com/{0}/tool/"),
    ("doi:10.5555/{0}.7", "https://doi.org/10.5555/{0}.7"), ("10.5555/{0}", "http://dx.doi.org/10.5555/{0}"),
    ("https://{0}.example/demo/", "www.{0}.example/demo"), ("https://gitlab.com/{0}/a/b",
    "gitlab.com/{0}/a/b/-/issues"),
    ("https://huggingface.co/{0}/model", "huggingface.co/{0}/model/tree/main"), ("https://youtu.be/{0}",
    "youtube.com/watch?v={0}&t=3"),
)  # fmt: skip
OTHER_WORKS = (
    ("https://github.com/{0}/tool", "https://github.com/{0}/other"), ("https://github.com/", "github.com"),
    ("https://github.com/explore", "github.com/explore"), ("https://www.linkedin.com/feed/", "linkedin.com/feed"),
    ("scholar.google.com/citations?user=A{0}", "scholar.google.com/citations?user=B{0}"),
    ("{0}.github.io", "other{0}.github.io"), ("https://gitlab.com/{0}/a/b", "https://gitlab.com/{0}/a/c"),
)  # fmt: skip


def corpus() -> list[Pair]:
    """Every pair."""
    makers = (_same_names, _transliterated, _addresses, _pages, _common_names, _two_people, _organisations, _former,
              _works, _named_people, _vendors, _families)  # fmt: skip
    return [pair for maker in makers for pair in maker()]


def _pair(kind: str | None, strength: Strength | None, mine: Row, theirs: Row, why: str) -> Pair:
    return Pair(kind, strength, {"name": "Orla Fenwickby"} | mine, {"name": "Tove Rasmundal"} | theirs, why)


def _same_names() -> Iterator[Pair]:
    for number, family in enumerate(SURNAMES):
        given, short = SHORT_FORMS[number % len(SHORT_FORMS)]
        plain = f"{given} {family}"
        for written, why in (
            (f"{family}, {given}", "comma"), (f"{family} {given}", "order"), (plain.upper(), "case"),
            (f"{short} {family}", "short form"),
            (f"{given[0]}. {family}", "initial"), (f"Prof. Dr. {plain}, PhD", "titles"), (f"{plain} Jr.", "suffix"),
            (f"{given} Maria {family}", "middle name"), (f"{given} {family}-Smith", "hyphen"),
            (f"{given} Smith née {family}", "maiden"),
            (f"{given} van der {family}", "particle"), (f"{given[0]} {given} {family}", "initial before"),
            (f"{given} {family} Garcia", "second surname"), (f"{given} {family.replace('e', 'é', 1)}", "accent"),
        ):  # fmt: skip
            yield _pair("same_person", Strength.DECISION, {"name": plain}, {"name": written}, why)
        yield _pair("same_person", Strength.DECISION, {"aliases": plain}, {"name": f"{family}, {given}"}, "alias")


def _transliterated() -> Iterator[Pair]:
    for native, *latin in TRANSLITERATED:
        for one in latin:
            yield _pair("same_person", Strength.DECISION, {"name": native}, {"name": one}, "transliteration")
        yield _pair("same_person", Strength.DECISION, {"name": latin[0]}, {"name": latin[1]}, "two romanisations")


def _addresses() -> Iterator[Pair]:
    for number, (mine, theirs) in enumerate((
        ("Ana.{0}@Orven{0}.example", "ana.{0}@orven{0}.example"), ("ana+panel@orven{0}.example",
        "ana@orven{0}.example"),
        ("ana.{0}@gmail.com", "Ana{0}@googlemail.com"), ("ana@bücher{0}.example", "ana@BÜCHER{0}.example"),
        ("ana@münchen.example", "ana@xn--mnchen-3ya.example"), ("x{0}@gmail.com|ana@{0}.example", "ana@{0}.example"),
    )):  # fmt: skip
        yield _pair(
            "same_person", Strength.BARRED, {"email": mine.format(number)}, {"email": theirs.format(number)}, "address"
        )
        yield _pair(
            "same_person", Strength.BARRED, {"aliases": mine.format(number)}, {"email": theirs.format(number)}, "alias"
        )
    for mine, theirs in (
        ("a@cs.orven.example", "b@law.orven.example"),
        ("a@x.orven.co.uk", "b@orven.co.uk"),
        ("a@bücher.example", "b@xn--bcher-kva.example"),
    ):
        yield _pair("same_organisation", Strength.BARRED, {"email": mine}, {"email": theirs}, "domain")
    for mine, theirs in (
        ("a@gmail.com", "b@gmail.com"), ("a@t-online.de", "b@t-online.de"), ("a@comcast.net", "b@comcast.net"),
        ("a@orven.github.io", "b@kest.github.io"),
        ("a@orven.pages.dev", "b@kest.pages.dev"), ("a@orven.co.uk", "b@kest.co.uk"), ("ana.o@orven.example",
        "anao@kest.example"), ("a@telia.com", "b@telia.com"),
    ):  # fmt: skip
        yield _pair(None, None, {"email": mine}, {"email": theirs}, "addresses of two")


def _pages() -> Iterator[Pair]:
    for mine, theirs in (
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"), ("orcid.org/0000-0002-1694-233X",
        "http://www.orcid.org/0000-0002-1694-233x/"),
        ("scholar.google.com/citations?user=AbC", "https://scholar.google.de/citations?hl=de&user=AbC"),
        ("linkedin.com/in/Orven", "https://de.linkedin.com/in/orven/"),
    ):  # fmt: skip
        yield _pair("same_person", Strength.BARRED, {"links": mine}, {"links": theirs}, "identifier")


def _common_names() -> Iterator[Pair]:
    for name in COMMON:
        given, family = name.split()
        yield _pair(None, None, {"name": name}, {"name": f"{family}, {given}"}, "common")
        yield _pair(None, None, {"name": name}, {"name": f"{given[0]}. {family}"}, "initial of a common name")


def _two_people() -> Iterator[Pair]:
    for number, family in enumerate(SURNAMES):
        mine, theirs = f"Robert {family}", f"Robert {family}"
        orcids = {"links": f"0000-0002-0000-00{number:02}"}, {"links": f"0000-0003-0000-00{number:02}"}
        yield _pair(None, None, {"name": mine} | orcids[0], {"name": theirs} | orcids[1], "two ORCID iDs")
        yield _pair(None, None, {"name": f"Robert James {family}"}, {"name": f"Robert Peter {family}"}, "middle names")
        yield _pair(None, None, {"name": f"Ana {family} López"}, {"name": f"Ana {family} Ruiz"}, "second surnames")
        yield _pair(None, None, {"name": mine}, {"name": f"Ingrid {family}"}, "relatives")
        yield _pair(None, None, {"name": mine}, {"name": f"Robert {SURNAMES[number - 1]}"}, "given name alone")
    for mine, theirs in (
        ("王晓明", "王小明"),
        ("李 伟", "李 薇"),
        ("欧阳修", "欧阳秀"),
        ("王小明 Wang Xiaoming", "王晓明 Wang Xiaoming"),
    ):
        yield _pair(None, None, {"name": mine}, {"name": theirs}, "characters")


def _organisations() -> Iterator[Pair]:
    for number, firm in enumerate(FIRMS):
        for mine, theirs in SAME_FIRM[number % 2 :: 2]:
            row, other = {"organisation": mine.format(firm)}, {"organisation": theirs.format(firm)}
            yield _pair("same_organisation", Strength.BARRED, row, other, "organisation")
        for mine, theirs in OTHER_FIRM[number % 2 :: 2]:
            row, other = ({"organisation": each.format(firm, FIRMS[number - 1])} for each in (mine, theirs))
            yield _pair(None, None, row, other, "another organisation")


def _former() -> Iterator[Pair]:
    for firm in FIRMS:
        for month, strength in (("2025-01", Strength.DECISION), ("2026-12", Strength.DECISION), ("2024-12", None)):
            left, there = {"former": f"{firm} GmbH@{month}"}, {"organisation": firm}
            kind = "former_organisation" if strength else None
            yield _pair(kind, strength, left, there, "member left")
            yield _pair(kind, strength, there, left, "candidate left")
        yield _pair(None, None, {"former": f"{firm}@2026-05"}, {"former": f"{firm} AG@2025-05"}, "both left")


def _works() -> Iterator[Pair]:
    for firm in FIRMS[:4]:
        name = firm.lower()
        for mine, theirs in WORKS:
            yield _pair(
                "shared_work", Strength.DECISION, {"links": mine.format(name)}, {"links": theirs.format(name)}, "work"
            )
        for mine, theirs in OTHER_WORKS:
            yield _pair(None, None, {"links": mine.format(name)}, {"links": theirs.format(name)}, "other works")


def _named_people() -> Iterator[Pair]:
    for number, family in enumerate(SURNAMES):
        given, short = SHORT_FORMS[number % len(SHORT_FORMS)]
        for written in (f"{given} {family}", f"{short} {family}", f"{given[0]}. {family}", f"{family}, {given}"):
            who = {"name": f"{given} {family}"}
            yield _pair("declared", Strength.BARRED, {"people": f"sister: {written}"}, who, "declared")
            yield _pair("coached", Strength.BARRED, {"coached": written}, who, "coached")
            yield _pair("coached", Strength.BARRED, who, {"mentors": written}, "mentor")
            yield _pair("named_in_portfolio", Strength.DECISION, who, {"people": f"team mate:{written}"}, "named")
        yield _pair(
            "declared", Strength.DECISION, {"people": f"{given} {family}"}, {"name": f"{given} {family}"}, "free text"
        )
        other = {"people": f"manager:Ingrid {family}", "coached": f"Robert James {family}"}
        yield _pair(None, None, other, {"name": f"Robert Peter {family}"}, "another person")


def _vendors() -> Iterator[Pair]:
    for firm in FIRMS:
        yield _pair(
            "vendor", Strength.DECISION, {"vendors": f"{firm} Inc."}, {"vendors": f"Other|{firm.upper()}"}, "vendor"
        )
        yield _pair("vendor", Strength.DECISION, {"organisation": firm}, {"vendors": f"{firm}, LLC"}, "employer")
        yield _pair(None, None, {"vendors": f"{firm}|none"}, {"vendors": f"{firm} Cloud|none|n/a"}, "another vendor")


def _families() -> Iterator[Pair]:
    for family in SURNAMES:
        yield _pair(
            "family_name", Strength.NOTE, {"name": f"Robert {family}"}, {"name": f"{family}, Ingrid"}, "family name"
        )


def found_in(pair: Pair) -> tuple[Finding, ...]:
    """What the detectors find, if the keys of the two meet at all."""
    member = members_of(_sheet(pair.member, MEMBER_COLUMNS), "M.csv")[0].facts
    candidate = candidates_of(_sheet(pair.candidate, CANDIDATE_COLUMNS), "C.csv", months_ago(TODAY, YEARS))[0].facts
    return examine(member, candidate) if member_keys(member).meet(candidate_keys(candidate)) else ()


def _sheet(row: Row, columns: tuple[str, ...]) -> bytes:
    cells = (f'"{row.get(column, "")}"' if column != "id" else "x" for column in columns)
    return f"{','.join(columns)}\n{','.join(cells)}\n".encode()


@dataclass(frozen=True)
class Score:
    """One kind: pairs that have it, how many of them were found at their strength, and findings that are wrong."""

    pairs: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        """Share of the pairs that was found."""
        return self.found / self.pairs if self.pairs else 1.0

    @property
    def precision(self) -> float:
        """Share of the findings that is right."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


def scores(pairs: list[Pair]) -> tuple[dict[str, Score], list[str]]:
    """Score each kind, and name the pairs that went wrong. A note where nothing is expected is no mistake."""
    expected: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    mistakes = []
    for pair in pairs:
        found = {each.kind: each.strength for each in found_in(pair)}
        if pair.kind is not None:
            expected[pair.kind] += 1
            right[pair.kind] += found.get(pair.kind) is pair.strength
        surplus = [kind for kind, strength in found.items() if kind != pair.kind and strength is not Strength.NOTE]
        wrong.update(surplus)
        if surplus or (pair.kind and found.get(pair.kind) is not pair.strength):
            mistakes.append(f"{pair.why}: {pair.member} | {pair.candidate}: {pair.kind} {pair.strength}, found {found}")
    kinds = sorted({*expected, *wrong})
    return {kind: Score(expected[kind], right[kind], wrong[kind]) for kind in kinds}, mistakes


def table(pairs: list[Pair]) -> str:
    """Return the scores as a table in Markdown."""
    lines = ["| kind | pairs | recall | precision |", "| --- | ---: | ---: | ---: |"]
    for kind, score in scores(pairs)[0].items():
        lines.append(f"| `{kind}` | {score.pairs} | {score.recall:.3f} | {score.precision:.3f} |")
    return "\n".join(
        [*lines, f"\n{len(pairs)} pairs, {sum(pair.kind is None for pair in pairs)} of them without a finding."]
    )


if __name__ == "__main__":
    print(table(corpus()))  # noqa: T201  it is what this is run for
    print("\n".join(scores(corpus())[1]))  # noqa: T201
