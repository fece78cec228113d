package import PlanText

extension CatalogueEntry {
  /// The pages about a text that is no YAML, or more of it than is read.
  package static let syntaxPages: [CatalogueEntry] = documentPages + nodePages + layoutPages

  /// The pages about the document as a whole.
  static let documentPages: [CatalogueEntry] = [
    tooLarge, otherEncoding, invalidUTF8, forbiddenCharacter, noDocument, tooDeep,
    tooManyNodes, unreadable,
  ]

  /// More bytes than are read.
  package static let tooLarge = CatalogueEntry(
    "S001", "The file is too large",
    explanation: """
      The file is larger than 64 MiB, and Waltz refuses it without reading it; or it holds more than \
      10,000 documents, and Waltz does not read the rest; or its plans have more than 250,000 \
      steps together.

      A plan of 10,000 servers has about 2.5 MB. A file many times larger is not a plan but a log, \
      a backup or a disk image that was named by mistake. A check on a pull request must not fill \
      the machine's memory with it.

      Check the name. If several estates share one file, give each a file of its own. The limit is \
      on bytes, comments included; the example here stands for a file of more than 64 MiB.
      """,
    bad: "metadata: { name: emea-2026 } # and so on for more than sixty-four mebibytes\n",
    good: "metadata: { name: emea-2026 }\n")

  /// UTF-16 or UTF-32.
  package static let otherEncoding = CatalogueEntry(
    "S002", "The file is not UTF-8",
    explanation: """
      Plans are read as UTF-8. This file has every character in two or four bytes.

      Windows PowerShell writes such files with `>` and `Out-File`, and Notepad calls them \
      "Unicode". Plans are often written on a management server, which is a Windows machine. Read \
      as UTF-8, every second character of such a file would be a NUL.

      Save the file as UTF-8 in the editor, or convert it: `Get-Content plan.yaml | Set-Content \
      -Encoding utf8 plan-utf8.yaml`. A byte order mark does no harm.
      """,
    bad: "k\u{0}i\u{0}n\u{0}d\u{0}:\u{0} \u{0}x\u{0}\n\u{0}",
    good: "kind: x\n")

  /// A byte that no UTF-8 has at its place.
  package static let invalidUTF8 = CatalogueEntry(
    "S003", "A byte is not UTF-8",
    explanation: """
      The file is mostly UTF-8, but a byte in it is not. Usually it is a letter like `é` or `ü` \
      that an editor saved in Latin-1 or Windows-1252.

      A description would be shown wrongly. In the name of a client group it is worse: SEPM has no \
      group of that name, so an exclusion waives nobody and a cohort protects nobody.

      Save the file as UTF-8. In the example the `ü` is one byte of Latin-1, 0xFC.
      """,
    bad: "metadata:\n  description: Zürich\n",
    good: "metadata:\n  description: Zurich\n")

  /// A character outside YAML's printable ones.
  package static let forbiddenCharacter = CatalogueEntry(
    "S004", "A character is not allowed in YAML",
    explanation: """
      The only control characters that YAML allows are tab, line feed and carriage return. A byte \
      order mark may stand only at the start.

      Such characters come from text that was pasted from a terminal, from files that were joined, \
      or from a file that is not text. Nobody sees them in a review, and a group or host name that \
      contains one matches nothing.

      Remove the character. A value that needs it can have it as an escape in double quotes.
      """,
    bad: "metadata:\n  description: bell \u{7} here\n",
    good: "metadata:\n  description: \"bell \\a here\"\n")

  /// Nothing but comments, or nothing.
  package static let noDocument = CatalogueEntry(
    "S005", "The file holds no document",
    explanation: """
      The file is empty, or there are only comments in it.

      Often a download failed, a template printed nothing, or a plan was commented out. If the \
      check passed, it would call a rotation sound that nobody has written.

      Write the plan, or name the right file. `waltz plan init` writes a plan to start from.
      """,
    bad: "# The plan for EMEA, to be written.\n",
    good: "# The plan for EMEA.\nkind: RotationPlan\n")

  /// Collections inside collections beyond the limit.
  package static let tooDeep = CatalogueEntry(
    "S006", "Values are nested too deeply",
    explanation: """
      Lists and mappings are nested more than a hundred levels deep. Aliases count as if their \
      values were written out.

      A plan needs fewer than ten levels. A hundred and more come from a generator that went \
      wrong, or from a file that was made to exhaust the reader.

      Fix the generator, or write the value where it belongs.
      """,
    bad: "labels: " + String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
      + "\n",
    good: "labels: [[a]]\n")

  /// More nodes than are read once aliases are followed.
  package static let tooManyNodes = CatalogueEntry(
    "S007", "The document is too large with its aliases",
    explanation: """
      An alias stands for the whole value that its anchor names. When such values hold aliases \
      themselves, the document multiplies: nine lines can stand for a billion values.

      Waltz counts the values without writing them out and refuses more than any plan needs, so \
      that a file in a pull request cannot stop the machine that checks it.

      Write the values out, or repeat less.
      """,
    bad: """
      a: &a [x, x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
      f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
      g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]

      """,
    good: """
      a: &a [x, x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a]

      """)

  /// Everything that libyaml refuses and no other page names.
  package static let unreadable = CatalogueEntry(
    "S029", "The YAML cannot be read",
    explanation: """
      The text breaks a rule of YAML that has no page of its own. The message says what the reader \
      found.

      What cannot be read cannot be checked. If Waltz skipped that part of the plan, it might skip \
      the part that protects clients.

      Look just before that place, for a quote or bracket that is not closed. In the example a \
      mapping starts on the line of the document marker, where only a single value may stand.
      """,
    bad: "--- kind: RotationPlan\n",
    good: "---\nkind: RotationPlan\n")
}
