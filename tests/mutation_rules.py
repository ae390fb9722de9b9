"""What is put where in a file of each kind: pairs of a pattern and what stands there afterwards (for the fuzz test)."""

from __future__ import annotations

Pairs = tuple[tuple[bytes, bytes], ...]
NESTED = b"<table><tr><td>"
XLSX: Pairs = (
    (rb'r="[A-Z]+\d+"', b'r="A1048576"'), (rb'r="[A-Z]+\d+"', b'r="XFD1"'), (rb'r="[A-Z]+\d+"', b'r="ZZZZ9"'),
    (rb'<row r="\d+"', b'<row r="1048576"'), (rb'<row r="\d+"', b'<row r="99999999999"'),
    (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A1:ZZ9"/></mergeCells>'),
    (rb"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    (rb"<v>[^<]*</v>", b"<v>1e999999999</v>"), (rb"<v>[^<]*</v>", b"<v>NaN</v>"), (rb"<v>[^<]*</v>", b"<v>-1e-320</v>"),
    (rb' s="\d+"', b' s="99999"'), (rb't="s"', b't="d"'), (rb't="s"', b't="e"'), (rb"<v>[^<]*</v>", b"<f>A1</f><v/>"),
    (rb'formatCode="[^"]*"', b'formatCode="[h]:mm:ss;;;@@@"'), (rb'numFmtId="\d+"', b'numFmtId="14"'),
    (rb"<row .*?</row>", b""), (rb"<v>[^<]*</v>", b"<v>12345678.9</v>"), (rb"<v>[^<]*</v>", b"<v>-0.005</v>"), (rb"<c [^>]*>.*?</c>", b""),
    (rb"<v>[^<]*</v>", b"<v>3</v>"), (rb' t="s"', b""), (rb"<mergeCell [^>]*>", b""), (rb"<v>[^<]*</v>", b"<v>0</v>"),
    (rb"</row>", b"</row>" + b"<row><c><v>1</v></c></row>" * 3000),
)  # fmt: skip
DOCX: Pairs = (
    (rb"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999"/>'), (rb"<w:tcPr>", b'<w:tcPr><w:vMerge/>'),
    (rb"<w:p>", b"<w:tbl><w:tr><w:tc>" * 100 + b"<w:p>"), (rb"<w:t>", b"<w:t>" + b"1.0 " * 50_000),
    (rb"<w:p>", b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60 + b"<w:p>"),
    (rb"<w:tr>.*?</w:tr>", b""), (rb"<w:tc>.*?</w:tc>", b""), (rb"<w:p>.*?</w:p>", b""), (rb"<w:t>[^<]*</w:t>", b"<w:t>-</w:t>"),
    (rb"<w:t>[^<]*</w:t>", "<w:t>单位：元</w:t>".encode()), (rb"<w:tbl>.*?</w:tbl>", b""),
    (rb"</w:p>", b"</w:p>" + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 5000), (rb"</w:tr>", b"</w:tr>" + b"<w:tr/>" * 5000),
    (rb"<w:p>", b'<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
)  # fmt: skip
ODS: Pairs = (
    (rb"<table:table-cell", b'<table:table-cell table:number-columns-repeated="999999999"'),
    (rb"<table:table-row", b'<table:table-row table:number-rows-repeated="999999999"'),
    (rb"<table:table-cell", b'<table:table-cell table:number-columns-spanned="99999" table:number-rows-spanned="99999"'),
    (rb"<table:table-row>.*?</table:table-row>", b""), (rb"<table:table-cell>.*?</table:table-cell>", b""), (rb"<text:p>[^<]*", b"<text:p>-"),
    (rb"<text:p>", b'<text:p><text:s text:c="999999999"/>'), (rb"<text:p>", b"<text:p>" + b"<text:span>" * 400),
)  # fmt: skip
HTML: Pairs = (
    (rb"<td>", b'<td colspan="99999">'), (rb"<td>", b'<td rowspan="99999" colspan="0">'), (rb"<td>", NESTED * 4000),
    (rb"<td>", NESTED * 100 + b"1" + b"</table>" * 100), (rb"<p>", b"<p>" + b" " * 300_000), (rb"<p>", b"<p>" + b"\n" * 300_000),
    (rb"<tr>", b"<tr>" + b"<td>1.00</td>" * 20_000), (rb"<p>", b"<div>" * 5000), (rb"</tr>", b"</tr>" + b"<tr><td>x</td></tr>" * 30_000),
    (rb"</table>", b"</table>" + b"<table><tr><td>a</td><td>b</td></tr></table>" * 1500),
    (rb"<body>", b"<body><!--" * 9000), (rb"charset=utf-8", b"charset=utf-7"), (rb"<p>", b"<p>" + "１.０".encode() * 40_000),
)  # fmt: skip
TEXT: Pairs = (
    (rb"\n", b"\n" + b"<!--" * 40_000), (rb"\n", b"\n" + b"`*_" * 30_000), (rb"\|", b"|" * 50_000), (rb"\n", b"\n" + b"**a" * 30_000),
    (rb"\n", b" " * 200_000 + b"\n"), (rb"[\d.]+", b"9" * 100_000), (rb"[\d.]+", b"1,234,5.67.89"), (rb"\n", b"\n\x00\n"),
    (rb"\n", b""), (rb"\n", b"\xed\xa0\x80"), (rb"\n", "\u202e\u200f".encode()), (rb"\n", b"\r"), (rb",", b'"'), (rb"\n", b'"\n' * 3000),
    ("。".encode(), "与年度相比，其中：增加1.00万元，".encode() * 3000), (rb"\n", b"\n" + b"|-" * 30_000 + b"\n"),
)  # fmt: skip
YAML: Pairs = (
    (rb": ", b": " + b"[" * 3000), (rb": ", b": " + b"{a: " * 3000), (rb"\n", b"\n\t"), (rb": ", b": &a "), (rb": .+", b": *a"),
    (rb": .+", b": !!python/object:os.system x"), (rb": .+", b': "\\ud800"'), (rb": .+", b": 1e400"), (rb": .+", b": 2021-13-45"),
    (rb"\A", b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b"*%c," % (97 + i) * 9) for i in range(9))),
    (rb": .+", b": " + b"9" * 50_000), (rb"\n", b"\n<<: *a\n"), (rb": .+", b": .nan"), (rb": .+", b": |\n" + b" x\n" * 3000),
)  # fmt: skip
PDF: Pairs = (
    (rb"/Kids \[[^\]]*\]", b"/Kids [1 0 R 1 0 R]"), (rb"/Count \d+", b"/Count 99999999"), (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 1e9 1e9]"),
    (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 0 0]"), (rb"/Length \d+", b"/Length 99999999"), (rb"/W \[", b"/W [0 99999999 500 "),
    (rb"\d+ 0 R", b"1 0 R"), (rb"\d+ 0 R", b"99999 0 R"), (rb"/FlateDecode", b"/LZWDecode"), (rb"/Type /Page\b", b"/Type /Pages"),
    (rb"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"), (rb"startxref\n\d+", b"startxref\n7"), (rb"trailer", b"trailor"),
    (rb"/Filter /FlateDecode", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999 >>"), (rb"/Parent \d+ 0 R", b"/Parent 99 0 R"),
    (rb"/DW \d+", b"/DW 1e30"), (rb"/Rotate 0", b"/Rotate 45"), (rb"obj\n<<", b"obj\n" + b"[" * 2000 + b"<<"), (rb"endobj", b""),
)  # fmt: skip
