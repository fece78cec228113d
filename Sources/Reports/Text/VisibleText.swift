import CanonicalJSON
import PlanText

// What a terminal or the log of a job would take for more than text is drawn here, so that nobody who writes
// a plan or names a file can forge what Waltz prints.

/// The text with everything visible that would not show, would move the cursor, or would be a command to
/// the runner of a job: GitHub's and Azure's take `##[…]` and `##vso[…]` anywhere in a line for one.
package func visible(_ text: String, unicode: Bool) -> String {
  if isPlain(text) { return text }
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
/// of blanks. Three colons and a blank, as findings have before a second place, are no command.
func withoutCommand(_ line: String, colon: String = "<0x3A>") -> String {
  let rest = line.unicodeScalars.drop(while: \.properties.isWhitespace)
  guard rest.starts(with: "::".unicodeScalars), !rest.starts(with: "::: ".unicodeScalars) else {
    return line
  }
  return String(line[..<rest.startIndex]) + colon + String(rest.dropFirst())
}

/// Whether a text that begins with the second of two number signs goes on as a command to a runner does.
func isRunnerMark(_ text: Substring) -> Bool {
  let rest = text.unicodeScalars.dropFirst().drop {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0)
  }
  return rest.first == "["
}

/// Whether there is nothing in a text that would have to be drawn, as in nearly every one.
private func isPlain(_ text: String) -> Bool {
  var before: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    if scalar.isUnseen || scalar == "#" && before == "#" { return false }
    before = scalar
  }
  return true
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
  guard character.unicodeScalars.contains(where: { $0.isUnseen }) else { return nil }
  let shown = shownParts(of: character)
  guard !shown.isWhole else { return nil }
  return shown.parts.map { scalar, isShown in
    isShown ? String(Character(scalar)) : "<U+\(hexadecimal(scalar.value, digits: 4))>"
  }.joined()
}

/// The scalars of a character, and which of them show. Joiners, selectors and tags do where they make one emoji
/// of several, and only there: any other could stand for anything.
private func shownParts(
  of character: Character
) -> (parts: [(scalar: Unicode.Scalar, isShown: Bool)], isWhole: Bool) {
  let scalars = Array(character.unicodeScalars)
  let isFlag = isTaggedFlag(scalars)
  let parts = scalars.indices.map { index in
    let scalar = scalars[index]
    guard scalar.isUnseen else { return (scalar: scalar, isShown: true) }
    let before = index > 0 ? scalars[index - 1] : nil
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    let isShown =
      switch scalar.value {
      // Digits are emoji too, as parts of keycaps.
      case 0xFE0E, 0xFE0F:
        before.map { isEmoji($0) || after?.value == 0x20E3 && $0.properties.isEmoji } == true
      case 0x200D: isEmoji(scalars[0]) && after.map(isEmoji) == true
      default: isFlag
      }
    return (scalar: scalar, isShown: isShown)
  }
  return (parts, parts.allSatisfy(\.isShown))
}

/// Whether it is an emoji by itself, and no digit or sign that can be made one.
private func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value > 0xFF && scalar.properties.isEmoji
}

/// Whether it is a black flag with the tags of a region: up to six letters and digits, and the end.
private func isTaggedFlag(_ scalars: [Unicode.Scalar]) -> Bool {
  guard (5...8).contains(scalars.count), scalars[0].value == 0x1F3F4,
    scalars[scalars.count - 1].value == 0xE007F
  else { return false }
  return scalars.dropFirst().dropLast().allSatisfy {
    (0xE0030...0xE0039).contains($0.value) || (0xE0061...0xE007A).contains($0.value)
  }
}

func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
