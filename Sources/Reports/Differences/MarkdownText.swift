import PlanText

/// A plan's text in a Markdown comment: shown as it is, whatever it holds.
///
/// It stands in a code span, in which neither links, mentions nor HTML mean anything; what could end the
/// span or a cell of a table, and what does not show, is written as its code point.
enum MarkdownText {
  /// The longest value, in characters.
  static let longest = 160

  /// A value as a code span that is safe in a paragraph and in a table.
  static func code(_ value: String, atMost limit: Int = longest) -> String {
    var text = ""
    var count = 0
    for character in value {
      guard count < limit else {
        text += "…"
        break
      }
      count += 1
      // A character may be a letter with any number of marks on it.
      text += String(String(character).unicodeScalars.prefix(8))
    }
    text = visible(text, unicode: false).replacing("|", with: "<0x7C>")
    guard !text.isEmpty else { return "(empty)" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    // One blank on either side is no part of a code span's content.
    let needsBlank =
      text.hasPrefix("`") || text.hasSuffix("`") || text.hasPrefix(" ") || text.hasSuffix(" ")
    return needsBlank ? "\(fence) \(text) \(fence)" : fence + text + fence
  }

  /// A phrase: Waltz's words as they are, everything else as code.
  static func text(_ phrase: Phrase, atMost limit: Int = longest) -> String {
    phrase.pieces.map {
      switch $0 {
      case .words(let words): words
      case .value(let value): code(value, atMost: limit)
      }
    }.joined()
  }

  /// A name for the inside of an HTML comment, which it cannot end.
  static func marker(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars.prefix(80) {
      switch scalar {
      case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
      case "-" where !result.hasSuffix("-"): result.unicodeScalars.append(scalar)
      default: result.append("_")
      }
    }
    return result
  }

  private static func longestRun(of wanted: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for character in text {
      run = character == wanted ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
