// How a plan is written down: indentation, colons, brackets, quotes.
extension CatalogueEntry {
  /// A tab where spaces count.
  public static let tab = CatalogueEntry(
    "S015", "A tab is used for indentation",
    explanation: """
      In YAML the number of spaces before a key says what it belongs to. A tab has no fixed width, so \
      YAML forbids it there. Set the editor to insert spaces, two a level, and replace the tabs.
      """,
    bad: "metadata:\n\tname: emea-2026\n",
    good: "metadata:\n  name: emea-2026\n")

  /// `key:value`.
  public static let missingSpace = CatalogueEntry(
    "S016", "The space after a colon or dash is missing",
    explanation: """
      A colon makes a key only when a space or the end of the line follows; else it is part of the \
      text, as in `14:30` or `https://sepm.example.net`. Without the space `clients:4200` is one piece \
      of text, and the plan would go on without the figure. The dash of a list item needs its space too.
      """,
    bad: "paris:\n  database: embedded\n  clients:4200\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n")

  /// A text where a key must be.
  public static let missingColon = CatalogueEntry(
    "S017", "The colon after a key is missing",
    explanation: """
      Among the entries of a mapping each line starts with a key and a colon. This one has text and no \
      colon: the colon was forgotten, or the line belongs to the value above and is not indented deeper.
      """,
    bad: "paris:\n  database: embedded\n  clients 4200\n  api: {}\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n  api: {}\n")

  /// A bracket or brace without its partner.
  public static let unpairedBracket = CatalogueEntry(
    "S018", "A bracket has no partner",
    explanation: """
      `[` opens a list and `{` a mapping that go on to `]` and `}`, over as many lines as it takes. One \
      that is never closed swallows the entries after it; the place where that was noticed and the one \
      that opened are both shown. A closing one that nothing opened is text and must stand in quotes.
      """,
    bad: "strategy:\n  waves: [[paris], [berlin]\nwaits: {}\n",
    good: "strategy:\n  waves: [[paris], [berlin]]\nwaits: {}\n")

  /// A quote without its partner.
  public static let unclosedQuote = CatalogueEntry(
    "S019", "A quote is never closed",
    explanation: """
      A value in quotes goes on to the next quote of its kind, over as many lines as it takes. If the \
      closing one is missing the value swallows what follows. The quote that opens is shown. An \
      apostrophe at the start of a text needs double quotes around the text.
      """,
    bad: "metadata:\n  description: \"Replace the certificates\n  name: emea-2026\n",
    good: "metadata:\n  description: \"Replace the certificates\"\n  name: emea-2026\n")

  /// A line that lines up with nothing above it.
  public static let indentation = CatalogueEntry(
    "S020", "The indentation does not fit",
    explanation: """
      Entries of one mapping and items of one list start in the same column, and what belongs to an \
      entry stands deeper. This line stands between the columns of the entries above it, or deeper than \
      a key that already has its value, so it is open which site or server it belongs to.
      """,
    bad: "sites:\n    paris: {}\n  berlin: {}\n",
    good: "sites:\n    paris: {}\n    berlin: {}\n")

  /// A value that starts with a character that YAML keeps.
  public static let reservedCharacter = CatalogueEntry(
    "S021", "A value starts with a reserved character",
    explanation: """
      YAML keeps some characters at the start of a value for itself: `@` and the backquote for later \
      use, `%`, the comma, `?` with a space. Text that starts with one of them must stand in quotes.
      """,
    bad: "owner: @sepm-team\n",
    good: "owner: '@sepm-team'\n")

  /// A backslash in double quotes.
  public static let unknownEscape = CatalogueEntry(
    "S022", "An escape in double quotes is not known",
    explanation: """
      In double quotes a backslash starts an escape such as `\\n`. The path of a Windows folder is full \
      of backslashes: some of them are refused, others silently become line breaks and tabs, so that \
      `"C:\\new"` is a path that no server has. In single quotes and without quotes a backslash is a \
      backslash.
      """,
    bad: "check: [powershell, -File, \"C:\\Waltz\\check.ps1\"]\n",
    good: "check: [powershell, -File, 'C:\\Waltz\\check.ps1']\n")

  /// A second colon in a value.
  public static let colonInText = CatalogueEntry(
    "S023", "A colon in a value makes it a key",
    explanation: """
      A colon with a space after it makes a key of the text before it. In a value that is text, as in \
      a description, this must not be: put the value in quotes. If a second key was meant it needs a \
      line of its own.
      """,
    bad: "metadata:\n  description: Change CHG0042: replace certificates\n",
    good: "metadata:\n  description: 'Change CHG0042: replace certificates'\n")

  /// Items and keys in one place.
  public static let listAndKeys = CatalogueEntry(
    "S024", "A list item and a key do not go together",
    explanation: """
      A value is a list, whose lines start with `- `, or a mapping, whose lines start with a key; it can \
      not be both. What belongs to a key stands below it and deeper, and a list starts on a line of its \
      own.
      """,
    bad: "replication:\n  - sites: [paris, berlin]\n  break: delete\n",
    good: "replication:\n  - sites: [paris, berlin]\n    break: delete\n")

  /// A comma that is missing or too many.
  public static let comma = CatalogueEntry(
    "S025", "A comma is missing or stands alone",
    explanation: """
      The values in brackets and the entries in braces are separated by commas, one between each two. A \
      comma after the last one is allowed.
      """,
    bad: "certificate: { pkcs12: 'paris.p12' password: { env: P12 } }\n",
    good: "certificate: { pkcs12: 'paris.p12', password: { env: P12 } }\n")

  /// `|` or `>` with something after it.
  public static let blockHeader = CatalogueEntry(
    "S027", "A text of several lines starts wrongly",
    explanation: """
      `|` and `>` at the start of a value announce a text of several lines that begins on the next \
      line; only a digit, `+`, `-` or a comment may follow them. A condition such as `>= 98%` is text \
      and must stand in quotes, and a share in a plan is written without a sign.
      """,
    bad: "adopted: >= 98%\n",
    good: "adopted: 98%\n")

  /// Something after a closing quote or bracket.
  public static let textAfterValue = CatalogueEntry(
    "S028", "Text follows a complete value",
    explanation: """
      A value in quotes, brackets or braces ends where they close; nothing but a comment may follow on \
      the line. Put all of the text in one pair of quotes. In single quotes an apostrophe is written \
      twice.
      """,
    bad: "metadata:\n  description: 'the site's certificates'\n",
    good: "metadata:\n  description: 'the site''s certificates'\n")
}
