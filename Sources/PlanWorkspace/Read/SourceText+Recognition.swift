package import PlanText

extension SourceText {
  /// Whether a file that nobody named is one of Waltz's: a plan, an overlay or a scenario.
  ///
  /// A folder holds YAML of other programs too. One of Waltz's says so in `apiVersion` or `kind` at the
  /// outermost level of a document; a slip in either counts, so that it is reported and not passed over. The
  /// text alone is looked at: a file that is no YAML yet may be a plan. A plan in another program's file, such
  /// as in a ConfigMap, stands further in and is text to that program.
  package var isOfWaltz: Bool {
    // Text with two bytes a character is a plan too, and reported.
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let text = isWide ? bytes.dropFirst(2).filter { $0 != 0 }[...] : bytes[...]
    let content = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
    /// The blanks before the outermost keys of the document; nil before its first line.
    var margin: Int?
    var isFlow = false
    var hasContent = false
    /// A plan that was commented out as a whole is one still, and reported.
    var isCommentedOut = false
    for line in content.split(whereSeparator: { $0.isBreak }) {
      var rest = line.drop(while: Self.isBlank)
      if line.starts(with: Array("---".utf8)) || line.starts(with: Array("...".utf8)) {
        margin = nil
        isFlow = false
        rest = line.dropFirst(3).drop(while: Self.isBlank)
      }
      guard let first = rest.first, first != "%" else { continue }
      if first == "#" {
        let comment = rest.drop { $0 == "#" || Self.isBlank($0) }
        isCommentedOut = isCommentedOut || !hasContent && Self.isHeader(comment)
        continue
      }
      hasContent = true
      let indentation = line.count - rest.count
      if margin == nil {
        margin = indentation
        isFlow = first == "{"
      }
      if isFlow {
        if rest.split(whereSeparator: { $0 == "," || $0 == "{" })
          .contains(where: Self.isHeader)
        {
          return true
        }
      } else if indentation == margin, Self.isHeader(rest) {
        return true
      }
    }
    return isCommentedOut && !hasContent
  }

  /// Whether an entry says what Waltz's documents say of themselves.
  private static func isHeader(_ entry: ArraySlice<UInt8>) -> Bool {
    guard let colon = entry.firstIndex(of: ":") else { return false }
    let key = word(entry[..<colon])
    let value = word(entry[(colon + 1)...])
    // The lengths first: the distance is dear, and other programs' files are large.
    switch (key.utf8.count, value.utf8.count) {
    case (7...13, 4...):
      let language = value.prefix { $0 != "/" }
      return (4...6).contains(language.utf8.count) && isNear(key, ["apiVersion"])
        && isNear(String(language), ["waltz"])
    case (3...5, 9...25):
      return isNear(key, ["kind"])
        && isNear(
          value.filter { $0 != "-" && $0 != "_" },
          ["RotationPlan", "RotationPlanOverlay", "EstateScenario"])
    default: return false
    }
  }

  private static func isNear(_ text: String, _ words: [String]) -> Bool {
    nearest(to: text, among: words) != nil
  }

  /// The first word of a key or a value, without its quotes.
  private static func word(_ text: ArraySlice<UInt8>) -> String {
    let start = text.drop { isBlank($0) || isQuote($0) }
    return String(
      decoding: start.prefix { !isBlank($0) && !isQuote($0) && $0 != "}" },
      as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte.isBlank }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == "'" || byte == "\""
  }
}
