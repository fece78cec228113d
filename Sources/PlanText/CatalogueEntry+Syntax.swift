extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let syntaxPages: [CatalogueEntry] = [
    tooLarge, otherEncoding, invalidUTF8, forbiddenCharacter, noDocument, tooDeep, tooManyNodes,
    unknownAnchor, recursiveAlias, anchorTwice, duplicateKey, keyIsNoText, tag, directive, tab,
    missingSpace, missingColon, unpairedBracket, unclosedQuote, indentation, reservedCharacter,
    unknownEscape, colonInText, listAndKeys, comma, anchorName, blockHeader, textAfterValue,
    unreadable,
  ]
}

// The file as a whole.
extension CatalogueEntry {
  /// More bytes than are read.
  public static let tooLarge = CatalogueEntry(
    "S001", "The file is too large",
    explanation: """
      A plan of 10,000 servers has about 2.5 MB. A file many times larger is not a plan but a log, a \
      backup or a disk image that was named by mistake, and is refused before it is read.

      Check the name. If several estates share one file, give each a file of its own. The limit is on \
      bytes, comments included, so the example here stands for a file of more than 64 MiB.
      """,
    bad: "metadata: { name: emea-2026 } # and so on for more than sixty-four mebibytes\n",
    good: "metadata: { name: emea-2026 }\n")

  /// UTF-16 or UTF-32.
  public static let otherEncoding = CatalogueEntry(
    "S002", "The file is not UTF-8",
    explanation: """
      Plans are read as UTF-8. This file has every character in two or four bytes, as Windows \
      PowerShell writes files with `>` and `Out-File`, and as Notepad does for "Unicode".

      Save it as UTF-8 in the editor, or convert it: \
      `Get-Content plan.yaml | Set-Content -Encoding utf8 plan-utf8.yaml`. A byte order mark does no harm.
      """,
    bad: "k\u{0}i\u{0}n\u{0}d\u{0}:\u{0} \u{0}x\u{0}\n\u{0}",
    good: "kind: x\n")

  /// A byte that no UTF-8 has at its place.
  public static let invalidUTF8 = CatalogueEntry(
    "S003", "A byte is not UTF-8",
    explanation: """
      The file is mostly UTF-8, but a byte in it is not: as a rule a letter like `é` or `ü` that an \
      editor saved in Latin-1 or Windows-1252. A description would show wrong; in the name of a client \
      group the step that excludes it would miss the group.

      Save the file as UTF-8. In the example the `ü` is one byte of Latin-1, 0xFC.
      """,
    bad: "metadata:\n  description: Zürich\n",
    good: "metadata:\n  description: Zurich\n")

  /// A character outside YAML's printable ones.
  public static let forbiddenCharacter = CatalogueEntry(
    "S004", "A character is not allowed in YAML",
    explanation: """
      YAML allows no control characters but tab, line feed and carriage return, and a byte order mark \
      only at the start. Such characters come from a paste out of a terminal, from files that were \
      joined, or from a file that is no text.

      Remove the character. A value that needs one can have it as an escape in double quotes.
      """,
    bad: "metadata:\n  description: bell \u{7} here\n",
    good: "metadata:\n  description: \"bell \\a here\"\n")

  /// Nothing but comments, or nothing.
  public static let noDocument = CatalogueEntry(
    "S005", "The file holds no document",
    explanation: """
      The file is empty, or all of it is comments. A check that passes on an empty file would say that \
      a rotation is sound which nobody has written, so this is an error.

      It is often the result of a failed download, a template that printed nothing, or a plan that was \
      commented out. `waltz plan init` writes a plan to start from.
      """,
    bad: "# The plan for EMEA, to be written.\n",
    good: "# The plan for EMEA.\nkind: RotationPlan\n")

  /// Collections inside collections beyond the limit.
  public static let tooDeep = CatalogueEntry(
    "S006", "Values are nested too deeply",
    explanation: """
      A plan needs fewer than ten levels. A hundred and more come from a generator that went astray or \
      from a file made to exhaust the reader, and are refused.

      Aliases count: a list that holds an alias of a list that holds an alias goes as deep as if it \
      were written out.
      """,
    bad: "labels: " + String(repeating: "[", count: 101) + String(repeating: "]", count: 101)
      + "\n",
    good: "labels: [[a]]\n")

  /// More nodes than are read once aliases are followed.
  public static let tooManyNodes = CatalogueEntry(
    "S007", "The document is too large with its aliases",
    explanation: """
      An alias stands for all of the value that its anchor names. When such values hold aliases \
      themselves the document multiplies: nine lines can stand for a thousand million values. Waltz \
      counts them without writing them out, and refuses what no plan needs.

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
  public static let unreadable = CatalogueEntry(
    "S029", "The YAML can not be read",
    explanation: """
      The text breaks a rule of YAML that has no page of its own here. The message says what the reader \
      saw; what is wrong is often just before that place, in a quote or bracket that is not closed.

      In the example a mapping starts on the line of the document marker, where only one value can be.
      """,
    bad: "--- kind: RotationPlan\n",
    good: "---\nkind: RotationPlan\n")
}
