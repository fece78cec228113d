// What a terminal or the log of a job would take for more than text is drawn here, so that nobody who writes
// a plan or names a file can forge what Waltz prints.

/// The text with everything visible that would not show, would move the cursor, or would be a command to
/// the runner of a job: GitHub's and Azure's take `##[…]` and `##vso[…]` anywhere in a line for one.
package func visible(_ text: String, unicode: Bool) -> String {
  var result = ""
  var before: Character?
  for index in text.indices {
    let character = text[index]
    if character == "#", before == "#", isRunnerMark(text[index...]) {
      result += "<0x23>"
    } else {
      result += visible(character, unicode: unicode) ?? String(character)
    }
    before = character
  }
  return result
}

/// The same for a text that a line begins with: a runner of GitHub takes `::…` for a command there.
package func visibleLine(_ text: String, unicode: Bool) -> String {
  withoutCommand(visible(text, unicode: unicode))
}

/// A line with its first colon drawn, or as `colon`, where it begins with `::`; the runner takes no account
/// of blanks.
func withoutCommand(_ line: String, colon: String = "<0x3A>") -> String {
  let rest = line.unicodeScalars.drop(while: \.properties.isWhitespace)
  guard rest.starts(with: "::".unicodeScalars) else { return line }
  return String(line[..<rest.startIndex]) + colon + String(rest.dropFirst())
}

/// Whether a text that begins with the second of two number signs goes on as a command to a runner does.
func isRunnerMark(_ text: Substring) -> Bool {
  let rest = text.unicodeScalars.dropFirst().drop {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0)
  }
  return rest.first == "["
}

extension Unicode.Scalar {
  /// Whether it is no letter or sign that shows, but would control or reorder what does.
  var isUnseen: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}

/// What stands for a character that does not show as itself; nil for all others.
func visible(_ character: Character, unicode: Bool) -> String? {
  guard let first = character.unicodeScalars.first else { return nil }
  let value = first.value
  if value < 0x20 || value == 0x7F {
    guard unicode else { return "<0x\(hexadecimal(value, digits: 2))>" }
    let picture = value == 0x7F ? 0x2421 : 0x2400 + value
    // A line feed after a carriage return is one character with it.
    let scalars = character.unicodeScalars.map { _ in Unicode.Scalar(picture) ?? "?" }
    return String(String.UnicodeScalarView(scalars))
  }
  let isEmoji = first.properties.isEmoji && value > 0xFF
  let hidden = character.unicodeScalars.contains { scalar in
    // Joiners and tags make one emoji of several.
    scalar.isUnseen
      && !(isEmoji && (scalar.value == 0x200D || (0xE0020...0xE007F).contains(scalar.value)))
  }
  guard hidden else { return nil }
  return character.unicodeScalars.map { scalar in
    scalar.isUnseen
      ? "<U+\(hexadecimal(scalar.value, digits: 4))>" : String(Character(scalar))
  }.joined()
}

func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
