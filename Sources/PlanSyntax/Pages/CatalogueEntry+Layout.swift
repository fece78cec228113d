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
      In YAML the number of spaces before a key says what it belongs to. A tab has no fixed \
      width, so that YAML forbids it there.

      What looks right in one editor belongs elsewhere in the next: a server to another site, a \
      minimum to another wait.

      Replace the tabs by spaces, two a level, and set the editor to insert spaces.
      """,
    bad: "metadata:\n\tname: emea-2026\n",
    good: "metadata:\n  name: emea-2026\n")

  /// `key:value`.
  package static let missingSpace = CatalogueEntry(
    "S016", "The space after a colon or dash is missing",
    explanation: """
      A colon makes a key, and a dash a list item, only when a space or the end of the line \
      follows; else they are part of the text, as in `14:30` or `https://sepm.example.net`.

      Without the space `clients:4200` is one piece of text, and the plan would go on without \
      the figure that its waits are judged by.

      Write the space.
      """,
    bad: "paris:\n  database: embedded\n  clients:4200\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n")

  /// A text where a key must be.
  package static let missingColon = CatalogueEntry(
    "S017", "The colon after a key is missing",
    explanation: """
      Among the entries of a mapping each line starts with a key and a colon. This one has text \
      and no colon.

      Either the colon was forgotten, or the line belongs to the value above it. Which of the \
      two decides whether a server gets a certificate or a description gets a longer text, so \
      that nothing is guessed.

      Write the colon, or indent the line deeper than the key whose value it belongs to.
      """,
    bad: "paris:\n  database: embedded\n  clients 4200\n  api: {}\n",
    good: "paris:\n  database: embedded\n  clients: 4200\n  api: {}\n")

  /// A bracket or brace without its partner.
  package static let unpairedBracket = CatalogueEntry(
    "S018", "A bracket has no partner",
    explanation: """
      `[` opens a list and `{` a mapping that go on to `]` and `}`, over as many lines as it \
      takes. Here one of the two is missing; the place where that was noticed and the one that \
      opened are both shown.

      A bracket that is never closed swallows the entries after it: the sites of the next wave, \
      or the waits.

      Close the bracket where the value ends. A closing one that nothing opened is text and must \
      stand in quotes.
      """,
    bad: "strategy:\n  waves: [[paris], [berlin]\nwaits: {}\n",
    good: "strategy:\n  waves: [[paris], [berlin]]\nwaits: {}\n")

  /// A quote without its partner.
  package static let unclosedQuote = CatalogueEntry(
    "S019", "A quote is never closed",
    explanation: """
      A value in quotes goes on to the next quote of its kind, over as many lines as it takes. \
      The quote that opens here is not closed where it should be.

      The value swallows the keys that follow it, and with them what they say of servers and \
      waits.

      Write the closing quote. An apostrophe at the start of a text needs double quotes around \
      the text.
      """,
    bad: "metadata:\n  description: \"Replace the certificates\n  name: emea-2026\n",
    good: "metadata:\n  description: \"Replace the certificates\"\n  name: emea-2026\n")

  /// A line that lines up with nothing above it.
  package static let indentation = CatalogueEntry(
    "S020", "The indentation does not fit",
    explanation: """
      Entries of one mapping and items of one list start in the same column, and what belongs to \
      an entry stands deeper. This line stands between the columns of the entries above it, or \
      deeper than a key that already has its value.

      The column decides which site a server belongs to, and with it whose database and whose \
      clients are touched. Nothing is guessed here.

      Move the line to the column of the entries that it belongs to.
      """,
    bad: "sites:\n    paris: {}\n  berlin: {}\n",
    good: "sites:\n    paris: {}\n    berlin: {}\n")

  /// A value that starts with a character that YAML keeps.
  package static let reservedCharacter = CatalogueEntry(
    "S021", "A value starts with a reserved character",
    explanation: """
      YAML keeps some characters at the start of a value for itself: `@` and the backquote for \
      later use, `%`, the comma, `?` with a space.

      The value cannot be read at all; an address book name or a share with its sign in front \
      are the usual cases.

      Put the text in quotes. A share is written with its sign behind the number.
      """,
    bad: "owner: @sepm-team\n",
    good: "owner: '@sepm-team'\n")

  /// A backslash in double quotes.
  package static let unknownEscape = CatalogueEntry(
    "S022", "An escape in double quotes is not known",
    explanation: """
      In double quotes a backslash starts an escape such as `\\n`, and this one is none that \
      YAML knows.

      The path of a Windows folder is full of backslashes: some of them are refused, others \
      silently become line breaks and tabs, so that `"C:\\new"` is a path that no management \
      server has, and `"My Company\\test"` a group that no client is in.

      Use single quotes, or none: there a backslash is a backslash.
      """,
    bad: "check: [powershell, -File, \"C:\\Waltz\\check.ps1\"]\n",
    good: "check: [powershell, -File, 'C:\\Waltz\\check.ps1']\n")

  /// A second colon in a value.
  package static let colonInText = CatalogueEntry(
    "S023", "A colon in a value makes it a key",
    explanation: """
      A colon with a space after it makes a key of the text before it. In a value that is text, \
      as in a description, this must not be.

      It cannot be told whether the rest of the line is text or a second entry, which would be \
      read as a setting of the plan.

      Put the value in quotes. If a second key was meant, give it a line of its own.
      """,
    bad: "metadata:\n  description: Change CHG0042: replace certificates\n",
    good: "metadata:\n  description: 'Change CHG0042: replace certificates'\n")

  /// Items and keys in one place.
  package static let listAndKeys = CatalogueEntry(
    "S024", "A list item and a key do not go together",
    explanation: """
      A value is a list, whose lines start with `- `, or a mapping, whose lines start with a \
      key; it cannot be both.

      As a rule a key of an item has lost its indentation: 'break' and 'authority' would then \
      belong to no partnership, and nobody could say whose data wins.

      Indent the key like the other keys of its item, or start the list on a line of its own.
      """,
    bad: "replication:\n  - sites: [paris, berlin]\n  break: delete\n",
    good: "replication:\n  - sites: [paris, berlin]\n    break: delete\n")

  /// A comma that is missing or too many.
  package static let comma = CatalogueEntry(
    "S025", "A comma is missing or stands alone",
    explanation: """
      The values in brackets and the entries in braces are separated by commas, one between each \
      two. Here one is missing or too many.

      Two values without a comma between them are one text: two sites would be one that does not \
      exist.

      Write the comma, or remove the one too many. A comma after the last value is allowed.
      """,
    bad: "certificate: { pkcs12: 'paris.p12' password: { env: P12 } }\n",
    good: "certificate: { pkcs12: 'paris.p12', password: { env: P12 } }\n")

  /// `|` or `>` with something after it.
  package static let blockHeader = CatalogueEntry(
    "S027", "A text of several lines starts wrongly",
    explanation: """
      `|` and `>` at the start of a value announce a text of several lines that begins on the \
      next line; only a digit, `+`, `-` or a comment may follow them.

      A condition such as `>= 98%` is the usual case. Read as a text of several lines it would \
      swallow the settings of the wait below it.

      Write a share without a sign: 'adopted' means "at least". Put other text in quotes.
      """,
    bad: "adopted: >= 98%\n",
    good: "adopted: 98%\n")

  /// Something after a closing quote or bracket.
  package static let textAfterValue = CatalogueEntry(
    "S028", "Text follows a complete value",
    explanation: """
      A value in quotes, brackets or braces ends where they close; nothing but a comment may \
      follow on the line.

      What stands behind it would be lost, or belongs to a text whose apostrophe has ended it.

      Put all of the text in one pair of quotes. In single quotes an apostrophe is written \
      twice.
      """,
    bad: "metadata:\n  description: 'the site's certificates'\n",
    good: "metadata:\n  description: 'the site''s certificates'\n")
}
