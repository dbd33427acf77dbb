# A man page from its Markdown: awk -v version=0.1.0 -f docs/man.awk docs/logpress.1.md > logpress.1
#
# For any awk, so that whoever builds has the pages. It knows what the pages here use, as pandoc reads it:
# a title block, headings, paragraphs, definition lists, lists with "- ", indented code, pipe tables, and
# **bold**, *italic*, `code`, [links](to) and backslashes within. All else is an error with its line.

function fail(what) {
  printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"
  failed = 1
  exit 1
}

# Text as roff has it: as it stands, with hyphens that can be searched for and pasted.
function plain(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  gsub(/'/, "\\(aq", text)
  gsub(/`/, "\\(ga", text)
  gsub(/\^/, "\\(ha", text)
  gsub(/~/, "\\(ti", text)
  gsub(/"/, "\\(dq", text)
  return text
}

# Markdown within a line, with the fonts of roff.
function inline(text,    out, bold, italic, size) {
  out = ""
  while (text != "") {
    size = 1
    if (text ~ /^\\[^A-Za-z0-9 ]/) {
      size = 2
      out = out plain(substr(text, 2, 1))
    } else if (text ~ /^\*\*/) {
      size = 2
      bold = !bold
      out = out (bold ? "\\fB" : "\\fR")
    } else if (text ~ /^\*/) {
      italic = !italic
      out = out (italic ? "\\fI" : "\\fR")
    } else if (text ~ /^`/) {
      size = index(substr(text, 2), "`") + 1
      if (size == 1) fail("code that does not end")
      out = out "\\fB" plain(substr(text, 2, size - 2)) "\\fR"
    } else if (match(text, /^\[[^]]*\]\([^)]*\)/)) {
      size = RLENGTH
      out = out inline(substr(text, 2, index(text, "](") - 2))
    } else {
      match(text, /^[^\\*`[]+/)
      if (RLENGTH > 0) size = RLENGTH
      out = out plain(substr(text, 1, size))
    }
    text = substr(text, size + 1)
  }
  if (bold || italic) fail("bold or italic that does not end")
  return out
}

# A line that roff does not take for a request.
function put(text) {
  print (text ~ /^[.']/ ? "\\&" : "") text
}

# The paragraph so far, under the request that begins it.
function end_paragraph() {
  if (paragraph != "") {
    if (request != "") print request
    put(inline(paragraph))
  }
  paragraph = ""
}

function begin(what, text) {
  end_paragraph()
  request = what
  paragraph = text
}

function end_code() {
  if (code) print ".EE\n.RE"
  code = 0
}

function end_table() {
  if (table) print ".TE"
  table = 0
}

# A row of a pipe table, its last cell as wide as there is room.
function table_row(line,    cells, count, i, row, format) {
  sub(/^\| */, "", line)
  sub(/ *\|$/, "", line)
  count = split(line, cells, / +\| +/)
  if (!table) {
    end_paragraph()
    for (i = 1; i < count; i++) format = format "l "
    print ".TS\ntab(\t);\n" format "lx."
    table = count
  }
  if (line ~ /^[-: |]*$/) return
  if (count != table) fail("a row of " count " cells in a table of " table)
  for (i = 1; i < count; i++) row = row inline(cells[i]) "\t"
  print row "T{\n" inline(cells[count]) "\nT}"
}

FNR == 1 {
  if ($0 != "---") fail("a page begins with its title, section and header between lines of ---")
  title_block = 1
  next
}
title_block {
  if ($0 == "---") {
    title_block = 0
    print "'\\\" t"
    printf ".TH %s %s \"\" \"logpress %s\" \"%s\"\n", of["title"], of["section"], version, of["header"]
  } else if (match($0, /^[a-z]+: /)) {
    of[substr($0, 1, RLENGTH - 2)] = substr($0, RLENGTH + 1)
  } else {
    fail("no line of a title block")
  }
  next
}
/^ *$/ {
  end_paragraph()
  end_table()
  blank = 1
  next
}
!/^\|/ { end_table() }
# Code: four columns further in than the text.
code && match($0, item ? "^        " : "^    ") {
  if (blank) print ""
  put(plain(substr($0, RLENGTH + 1)))
  blank = 0
  next
}
{ end_code() }
blank && match($0, item ? "^        " : "^    ") {
  print (item ? ".IP\n.RS 0" : ".PP\n.RS 4") "\n.EX"
  put(plain(substr($0, RLENGTH + 1)))
  code = 1
  blank = 0
  next
}
match($0, /^##? /) {
  end_paragraph()
  print (RLENGTH == 2 ? ".SH " : ".SS ") inline(substr($0, RLENGTH + 1))
  item = blank = 0
  next
}
/^:   / {
  if (paragraph != "" && request == ".PP") {
    print ".TP"
    put(inline(paragraph))
    paragraph = ""
    begin("", substr($0, 5))
  } else if (item) {
    begin(".IP", substr($0, 5))
  } else {
    fail("a definition of nothing")
  }
  item = 1
  blank = 0
  next
}
/^- / {
  begin(".IP \\(bu 2", substr($0, 3))
  item = blank = 0
  next
}
/^\|/ {
  table_row($0)
  blank = 0
  next
}
/^(```|###|>|[*+] |[0-9]+\. |<!--|\t)/ { fail("not known to man.awk: " $0) }
{
  if (paragraph != "") {
    sub(/^ +/, "")
    paragraph = paragraph " " $0
  } else if (item && sub(/^    /, "")) {
    begin(".IP", $0)
  } else {
    begin(".PP", $0)
    item = 0
  }
  blank = 0
}
END {
  if (failed) exit 1
  if (title_block || FNR == 0) fail("no page")
  end_paragraph()
  end_table()
  end_code()
}
