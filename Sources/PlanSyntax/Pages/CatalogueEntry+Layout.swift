package import PlanText

extension CatalogueEntry {
  /// The pages about blanks, brackets, quotes and signs.
  static let layoutPages: [CatalogueEntry] = [
    tab, missingSpace, missingColon, unpairedBracket, unclosedQuote, indentation,
    reservedCharacter, unknownEscape, colonInText, listAndKeys, comma, blockHeader,
    textAfterValue,
  ]

  /// A tab where spaces count.
  package static let tab = CatalogueEntry(
    "S015", "A tab is used for indentation",
    explanation: """
      In YAML the number of spaces before a key says what it belongs to. A tab has no fixed width, \
      so YAML forbids it there.

      With a tab, a line that looks right in one editor would belong elsewhere in the next: a \
      server to another site, a minimum to another wait.

      Replace the tabs with spaces, two for each level, and set the editor to insert spaces.
      """,
    bad: "metadata:\n\tname: emea-2026\n",
    good: "metadata:\n  name: emea-2026\n")

  /// `key:value`.
  package static let missingSpace = CatalogueEntry(
    "S016", "The space after a colon or dash is missing",
    explanation: """
      A colon makes a key, and a dash a list item, only if a space or the end of the line follows. \
      Otherwise they are part of the text, as in `14:30` or `https://sepm.example.net`.

      Without the space, `clients:4200` is one piece of text, and the plan would lack the figure \
      that its waits are judged by.

      Add the space.
      """,
    bad: "paris:\n  database: embedded\n  clients:4200\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n")

  /// A text where a key must be.
  package static let missingColon = CatalogueEntry(
    "S017", "The colon after a key is missing",
    explanation: """
      Every entry of a mapping starts with a key and a colon. This line has text and no colon.

      Either the colon was forgotten, or the line belongs to the value above it. The difference \
      may be whether a server gets a certificate or a description gets longer, so Waltz does not \
      guess.

      Add the colon, or indent the line deeper than the key whose value it belongs to.
      """,
    bad: "paris:\n  database: embedded\n  clients 4200\n  api: {}\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n  api: {}\n")

  /// A bracket or brace without its partner.
  package static let unpairedBracket = CatalogueEntry(
    "S018", "A bracket has no partner",
    explanation: """
      `[` opens a list that goes on to `]`, and `{` a mapping that goes on to `}`, over any number \
      of lines. Here one of the two is missing. The message shows where that was noticed and which \
      bracket is open.

      A bracket that is never closed swallows the entries after it: the sites of the next wave, \
      or the waits.

      Close the bracket where the value ends. A closing bracket that is meant as text must be in \
      quotes.
      """,
    bad: "strategy:\n  waves: [[paris], [berlin]\nwaits: {}\n",
    good: "strategy:\n  waves: [[paris], [berlin]]\nwaits: {}\n")

  /// A quote without its partner.
  package static let unclosedQuote = CatalogueEntry(
    "S019", "A quote is never closed",
    explanation: """
      A value in quotes goes on to the next quote of the same kind, over any number of lines. The \
      quote that opens here is not closed where it should be.

      The value swallows the keys that follow it, and what they say about servers and waits.

      Add the closing quote. A text that starts with an apostrophe needs double quotes around it.
      """,
    bad: "metadata:\n  description: \"Replace the certificates\n  name: emea-2026\n",
    good: "metadata:\n  description: \"Replace the certificates\"\n  name: emea-2026\n")

  /// A line that lines up with nothing above it.
  package static let indentation = CatalogueEntry(
    "S020", "The indentation does not fit",
    explanation: """
      The entries of one mapping, or the items of one list, start in the same column, and what \
      belongs to an entry is indented deeper. This line is between the columns of the entries \
      above it, or deeper than a key that already has its value.

      The column decides which site a server belongs to, and so whose database and whose clients \
      are affected. Waltz does not guess.

      Move the line to the column of the entries that it belongs to.
      """,
    bad: "sites:\n    paris: {}\n  berlin: {}\n",
    good: "sites:\n    paris: {}\n    berlin: {}\n")

  /// A value that starts with a character that YAML keeps.
  package static let reservedCharacter = CatalogueEntry(
    "S021", "A value starts with a reserved character",
    explanation: """
      YAML reserves some characters at the start of a value: `@`, the backquote, `%`, the comma, \
      and `?` with a space after it.

      The value cannot be read at all. Usually it is a name that starts with `@`, or a share with \
      its sign in front.

      Put the text in quotes. In a share the sign comes after the number.
      """,
    bad: "owner: @sepm-team\n",
    good: "owner: '@sepm-team'\n")

  /// A backslash in double quotes.
  package static let unknownEscape = CatalogueEntry(
    "S022", "An escape in double quotes is not known",
    explanation: """
      In double quotes a backslash starts an escape such as `\\n`, and YAML does not know this \
      one.

      Windows paths are full of backslashes. Some of them are refused, others silently become line \
      breaks and tabs: `"C:\\new"` is a path that no management server has, and `"My \
      Company\\test"` a group that no client is in.

      Use single quotes or no quotes: there a backslash is just a backslash.
      """,
    bad: "check: [powershell, -File, \"C:\\Waltz\\check.ps1\"]\n",
    good: "check: [powershell, -File, 'C:\\Waltz\\check.ps1']\n")

  /// A second colon in a value.
  package static let colonInText = CatalogueEntry(
    "S023", "A colon in a value makes it a key",
    explanation: """
      A colon with a space after it makes the text before it a key. That must not happen inside a \
      value that is text, such as a description.

      Waltz cannot tell whether the rest of the line is text or a second entry, which would be a \
      setting of the plan.

      Put the value in quotes. If a second key was meant, give it a line of its own.
      """,
    bad: "metadata:\n  description: Change CHG0042: replace certificates\n",
    good: "metadata:\n  description: 'Change CHG0042: replace certificates'\n")

  /// Items and keys in one place.
  package static let listAndKeys = CatalogueEntry(
    "S024", "A list item and a key do not go together",
    explanation: """
      A value is a list, whose lines start with `- `, or a mapping, whose lines start with a key. \
      It cannot be both.

      Usually a key of an item has lost its indentation: 'break' and 'authority' would then belong \
      to no partnership, and nobody could say whose data wins.

      Indent the key like the other keys of its item, or start the list on a line of its own.
      """,
    bad: "replication:\n  - sites: [paris, berlin]\n  break: delete\n",
    good: "replication:\n  - sites: [paris, berlin]\n    break: delete\n")

  /// A comma that is missing or too many.
  package static let comma = CatalogueEntry(
    "S025", "A comma is missing or stands alone",
    explanation: """
      Values in brackets and entries in braces have one comma between them. Here there is a comma \
      too few or too many.

      Two values without a comma between them are one text: two sites would become one that does \
      not exist.

      Add the missing comma, or remove the extra one. A comma after the last value is allowed.
      """,
    bad: "certificate: { pkcs12: 'paris.p12' password: { env: P12 } }\n",
    good: "certificate: { pkcs12: 'paris.p12', password: { env: P12 } }\n")

  /// `|` or `>` with something after it.
  package static let blockHeader = CatalogueEntry(
    "S027", "A text of several lines starts wrongly",
    explanation: """
      `|` or `>` at the start of a value means that a text of several lines begins on the next \
      line. Only a digit, `+`, `-` or a comment may follow.

      Usually it is a condition such as `>= 98%`. As a text of several lines it would swallow the \
      settings of the wait below it.

      Write a share without `>=`: 'adopted' already means "at least". Put other text in quotes.
      """,
    bad: "adopted: >= 98%\n",
    good: "adopted: 98%\n")

  /// Something after a closing quote or bracket.
  package static let textAfterValue = CatalogueEntry(
    "S028", "Text follows a complete value",
    explanation: """
      A value in quotes, brackets or braces ends where they close. Only a comment may follow on \
      that line.

      What follows would be lost, or it belongs to a text that ended early at an apostrophe.

      Put the whole text in one pair of quotes. In single quotes an apostrophe is written twice.
      """,
    bad: "metadata:\n  description: 'the site's certificates'\n",
    good: "metadata:\n  description: 'the site''s certificates'\n")
}
