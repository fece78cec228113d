import CanonicalJSON
import PlanText
import Reports

/// Lines of YAML with comments, in which text of any kind may stand.
struct CommentedLines {
  private static let width = 100

  /// More of what somebody else says is not needed to recognise it.
  private static let longestName = 200

  private(set) var lines: [String] = []

  /// Adds a line as it is.
  mutating func add(_ line: String) { lines.append(line) }

  /// Adds a comment, in as many lines as it takes.
  mutating func comment(_ text: String, indent: Int = 0) {
    let start = String(repeating: " ", count: indent) + "#"
    var line = start
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > Self.width, line.count > start.count {
        lines.append(line)
        line = start
      }
      line += " " + word.map { $0 == Self.firmBlank ? " " : $0 }
    }
    lines.append(line)
  }

  /// A blank within a foreign name, where no line may break: a line that began with a part of one could be a comment that
  /// suppresses findings.
  private static let firmBlank: Character = "\u{E000}"

  /// What somebody else calls a thing, as it may stand in a comment: in one line, with everything visible.
  static func quoted(_ name: String) -> String { "'\(shown(name))'" }

  /// What somebody else says, as it may stand in a comment: in one line, with everything visible.
  static func shown(_ words: String) -> String {
    let text = visible(String(words.unicodeScalars.prefix(longestName)), unicode: true)
    return String(text.map { $0 == " " ? firmBlank : $0 })
      + (words.unicodeScalars.count > longestName ? "…" : "")
  }

  /// A value, quoted where YAML or a reader of it might take it for something else.
  static func scalar(_ text: String) -> String {
    guard let first = text.utf8.first, first.isLetter, !words.contains(text.lowercased()),
      text.utf8.last != UInt8(ascii: ":"),
      text.utf8.allSatisfy({
        $0.isLetterOrDigit || $0 == "." || $0 == "_" || $0 == "-" || $0 == "/" || $0 == ":"
      })
    else { return quotedScalar(text) }
    return text
  }

  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  /// A value in double quotes; nothing in it is left that would not show.
  private static func quotedScalar(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.isUnseen || scalar.value > 0xFFFF && !scalar.properties.isEmoji:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
